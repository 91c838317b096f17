"""What can be gone on with: a file that was open lately, or unsaved work after a crash."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from ..session.recovery import Recoverable
from ..ui import icon, theme
from ..ui.label import Elided, Picture


class RecentRow(QWidget):
    """A file that was open lately."""

    opened = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.button = QToolButton()
        self.button.setText(path.stem)
        self.button.setToolTip(f"Open {path}")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon.tint(self.button, "recent")
        folder = Elided(str(path.parent), Qt.TextElideMode.ElideMiddle)
        folder.setProperty("tone", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(folder, 1)
        self.button.clicked.connect(self._open)

    def _open(self) -> None:
        self.opened.emit(self.path)


class RecoverRow(QFrame):
    """Unsaved work that was left behind; discarding it asks once more, in place."""

    recovered = Signal(object)
    discarded = Signal(object)

    def __init__(self, left: Recoverable) -> None:
        super().__init__()
        self.left = left
        whence = f" of {Path(left.original).name}" if left.original else ""
        words = Elided(f"Unsaved work{whence}: {left.title}, {ago(time.time() - left.time)}")
        self.recover = QPushButton("Recover")
        self.recover.setToolTip("Open this copy; the file itself stays as it is.")
        self.discard = QPushButton("Discard")
        self.discard.setToolTip("Remove this copy for good.")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 5, 5)
        row.setSpacing(8)
        row.addWidget(Picture("restore", "warning", 18))
        row.addWidget(words, 1)
        row.addWidget(self.recover)
        row.addWidget(self.discard)
        self.recover.clicked.connect(self._recover)
        self.discard.clicked.connect(self._discard)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(look.base))
        painter.setPen(QColor(look.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(0, 0, 3, self.height(), QColor(look.warning))

    def _recover(self) -> None:
        self.recovered.emit(self.left)

    def _discard(self) -> None:
        if self.discard.text() == "Discard":
            self.discard.setText("Discard for good")
        else:
            self.discarded.emit(self.left)


def ago(seconds: float) -> str:
    """How long ago, as a person would say it."""
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        count = int(seconds // size)
        if count:
            return f"{count} {word}{'s' * (count > 1)} ago"
    return "just now"
