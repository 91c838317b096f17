"""Small shared pieces: elided text, collapsible sections, key caps, pictures and empty states."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from . import icon, theme
from .scale import forget_hint, keep, px


def run(call: Callable[[], object], *_: object) -> None:
    """Call `call` without what the signal carries: a click brings its checked state along."""
    call()


def toned(text: str, tone: str, *, wrap: bool = False) -> QLabel:
    """Return a label in one of the style sheet's tones: muted, danger, heading, keycap..."""
    label = QLabel(text)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


class Steady(QLabel):
    """A label for words that change while a run goes on: it only ever grows.

    An ordinary label has its whole window laid out anew with every text.
    """

    def setText(self, text: str) -> None:
        super().setText(text)
        need, now = self.sizeHint(), self.minimumSize()
        if need.width() > now.width() or need.height() != now.height():
            self.setFixedSize(max(need.width(), now.width()), need.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:  # it may also shrink
            self.setMinimumSize(0, 0)
            forget_hint(self)
            self.setText(self.text())


class Elided(QLabel):
    """A label that ends in an ellipsis when it is too narrow, and then tells all in its tooltip.

    It may be given shorter words, to say where the whole does not fit.
    """

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def shown(self) -> str:
        """Return the text as it is drawn at the present width."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        wordings = (self.text(), *self._shorter)
        fitting = (words for words in wordings if metrics.horizontalAdvance(words) <= room)
        return next(fitting, None) or metrics.elidedText(wordings[-1], self._mode, room)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def setText(self, text: str) -> None:
        self.say(text)

    def say(self, text: str, *shorter: str) -> None:
        """Say `text`, or the first of `shorter` that fits: the most important words to the end."""
        self._shorter = shorter
        super().setText(text)
        self._explain()
        self.update()  # where only the shorter words are others

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown())

    def _explain(self) -> None:
        self.setToolTip(self.text() if self.shown() != self.text() else "")


class Picture(QLabel):
    """An icon as a picture, in a colour of the theme that is named, not fixed."""

    def __init__(self, name: str, colour: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size  # pixels at 100 %
        theme.notifier.changed.connect(self._refresh)
        self._refresh()

    def show_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self._refresh()

    def _refresh(self) -> None:
        colour = getattr(theme.current(), self._colour)
        size, ratio = px(self._size), self.devicePixelRatioF()
        self.setFixedSize(size, size)
        self.setPixmap(icon.pixmap(self._name, size, colour, ratio))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refresh()
        return super().event(event)


class Section(QWidget):
    """A heading that folds what is below it away."""

    toggled = Signal(bool)

    def __init__(self, title: str, *, opened: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(title, opened)
        self._head.toggled.connect(self.set_open)

    def _build(self, title: str, opened: bool) -> None:
        self._head = QToolButton()
        self._head.setText(title)
        self._head.setProperty("tone", "heading")
        self._head.setCheckable(True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep(self._head, "icon", 14)
        self._head.setAccessibleName(title)
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._body)
        self.set_open(opened)

    def add(self, widget: QWidget) -> None:
        """Put `widget` below what is there."""
        self._inside.addWidget(widget)

    def is_open(self) -> bool:
        return self._head.isChecked()

    def set_open(self, opened: bool) -> None:
        """Show or fold away the body."""
        changed = self._body.isHidden() == opened
        self._head.setChecked(opened)
        self._body.setVisible(opened)
        self._head.setToolTip("Fold this section away" if opened else "Show this section")
        icon.tint(self._head, "chevron-down" if opened else "chevron-right")
        if changed:
            self.toggled.emit(opened)


class Flow(QLayout):
    """Items side by side, on as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6, line_gap: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before the item at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def minimumSize(self) -> QSize:
        least = [item.minimumSize() for item in self._items if not item.isEmpty()]
        wide = max((size.width() for size in least), default=0)
        return QSize(wide, max((size.height() for size in least), default=0))

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, move=True)

    def _lay(self, area: QRect, *, move: bool) -> int:
        """Go through the items line by line; return the height that they take."""
        x, y, line = area.left(), area.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            wide = min(size.width(), max(1, area.width()))
            if x > area.left() and x + wide > area.right() + 1:
                x, y, line = area.left(), y + line + self._line_gap, 0
            if move:
                item.setGeometry(QRect(x, y, wide, size.height()))
            x, line = x + wide + self._gap, max(line, size.height())
        return y + line - area.top()


class KeyCap(QLabel):
    """A key, drawn as on a keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setProperty("tone", "keycap")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Key {key}")


class Empty(QWidget):
    """What a place says while it has nothing to show: a picture, a sentence, perhaps a button."""

    def __init__(
        self,
        name: str,
        sentence: str,
        action: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sentence = toned(sentence, "muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button: QPushButton | None = None
        column = QVBoxLayout(self)
        column.setSpacing(theme.current().margin)
        column.addStretch()
        column.addWidget(Picture(name, size=32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        if action is not None:
            column.addLayout(self._offer(*action))
        column.addStretch()

    def _offer(self, text: str, call: Callable[[], object]) -> QHBoxLayout:
        self.button = QPushButton(text)
        self.button.setToolTip(text)
        self.button.clicked.connect(partial(run, call))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        row.addStretch()
        return row
