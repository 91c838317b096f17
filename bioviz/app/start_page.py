"""The start page: what was open lately, the gallery in pictures, and a network of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..session.gallery import Entry
from ..session.recovery import Recoverable
from ..ui import icon, theme
from ..ui.label import toned
from ..ui.scale import larger, letter
from .card_grid import CardGrid
from .continue_row import RecentRow, RecoverRow
from .gallery_card import GalleryCard
from .rule_card import serif

WIDEST = 1240
MOST_RECENT = 6
MOST_LEFT = 3
TAGLINE = "Assemble a network, choose how it learns, and watch its errors find their way back."


class StartPage(QWidget):
    """Where work begins; it says what was chosen and opens nothing itself."""

    chosen = Signal(str)  # a gallery key
    opened = Signal(object)  # a Path
    recovered = Signal(object)  # a Recoverable
    discarded = Signal(object)  # a Recoverable
    blank_asked = Signal()
    closed = Signal()  # back to the network

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QWidget] = []
        self._paths: list[Path] = []
        self._left: list[Recoverable] = []
        self._build(entries)
        self._connect()
        self.set_recent([])

    def _build(self, entries: Sequence[Entry]) -> None:
        self.cards = [GalleryCard(entry) for entry in entries]
        self.grid = CardGrid(self.cards)
        self._continue = QWidget()
        self._recent = QVBoxLayout(self._continue)
        self._recent.setContentsMargins(0, 0, 0, 8)
        self._recent.setSpacing(4)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(24, 4, 24, 24)
        self._column.setSpacing(8)
        self._column.addWidget(self._continue)
        self._column.addLayout(self._gallery_line())
        self._column.addWidget(self.grid)
        self._column.addStretch()
        self._area = QScrollArea(self)
        self._area.setWidget(self._page)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._top())
        outer.addWidget(self._area, 1)

    def _gallery_line(self) -> QHBoxLayout:
        self.blank = QPushButton("Start from scratch")
        self.blank.setToolTip("Begin with a small network and choose all of it yourself.")
        icon.tint(self.blank, "new")
        line = QHBoxLayout()
        line.addWidget(_heading("Gallery"))
        line.addStretch()
        line.addWidget(self.blank, 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _top(self) -> QWidget:
        name = toned("bioviz", "")
        letter(name, partial(serif, scale=2.4))
        line = toned(TAGLINE, "muted", wrap=True)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setText("Back to the network")
        self._close.setToolTip("Back to the network (Esc)")
        self._close.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon.tint(self._close, "close")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(line)
        top = QWidget()
        row = self._head = QHBoxLayout(top)
        row.setSpacing(16)
        row.addWidget(Logo(52))
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _connect(self) -> None:
        for card in self.cards:
            card.chosen.connect(self.chosen)
        self.blank.clicked.connect(self._ask_blank)
        self._close.clicked.connect(self._leave)
        self.grid.reached.connect(self._reveal)

    # ---- calls down ------------------------------------------------------------------------

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer these files, the latest first."""
        self._paths = list(paths)
        self._refill()

    def set_recoverable(self, left: Sequence[Recoverable]) -> None:
        """Offer unsaved work that a crash left behind."""
        self._left = list(left)
        self._refill()

    def check_data(self) -> None:
        """Look again which networks lack their data."""
        for card in self.cards:
            card.check_data()

    def focus_first(self) -> None:
        """Begin at the top, with the focus on the first card."""
        first = self.grid.cards[0] if self.grid.cards else self.blank
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(0)

    def _refill(self) -> None:
        for row in self._rows:
            self._recent.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        if self._left or self._paths:
            self._put(_heading("Continue"))
        for left in self._left[:MOST_LEFT]:
            row = RecoverRow(left)
            row.recovered.connect(self._recover)
            row.discarded.connect(self.discarded)
            self._put(row)
        if self._paths:
            self._put(self._recent_files())
        self._continue.setVisible(bool(self._rows))

    def _recent_files(self) -> QWidget:
        """Two rows of three: the gallery is to be seen below them."""
        files = QWidget()
        grid = QGridLayout(files)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        for place, path in enumerate(self._paths[:MOST_RECENT]):
            recent = RecentRow(path)
            recent.opened.connect(self.opened)
            grid.addWidget(recent, place // 3, place % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return files

    def _put(self, row: QWidget) -> None:
        self._rows.append(row)
        self._recent.addWidget(row)

    # ---- what the user does ----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(24, (self.width() - WIDEST) // 2)
        self._head.setContentsMargins(side, 16, side, 12)
        self._column.setContentsMargins(side, 4, side, 24)

    def _leave(self) -> None:
        self.closed.emit()

    def _recover(self, left: Recoverable) -> None:
        self.recovered.emit(left)
        self._leave()  # what is recovered is seen in the workspace

    def _ask_blank(self) -> None:
        self.blank_asked.emit()

    def _reveal(self, card: object) -> None:
        if isinstance(card, QWidget):
            self._area.ensureWidgetVisible(card, 0, 24)


class Logo(QLabel):
    """The program's own picture, in its own colours."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self.setFixedSize(size, size)
        self.setAccessibleName("bioviz")
        self.setPixmap(self._drawn())

    def _drawn(self) -> QPixmap:
        return icon.pixmap("bioviz", self._size, theme.current().text, self.devicePixelRatioF())


def _heading(text: str) -> QLabel:
    label = toned(text, "heading")
    letter(label, larger(1.25))
    label.setContentsMargins(0, 8, 0, 2)
    return label
