"""The stage: up to four panels fill the window, one of them in the spotlight where that is wished.

Panels are guests here: they are brought in from their docks and handed back as they were.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ..ui import theme
from ..ui.focus_ring import PAGE
from ..ui.label import Elided, KeyCap, Picture, toned
from ..ui.panel import Panel
from ..ui.scale import px
from .stage_bar import StageBar

KEYS = {
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_PageUp: "back",
    Qt.Key.Key_Period: "blank",
    Qt.Key.Key_B: "blank",
    Qt.Key.Key_Escape: "leave",
    **{Qt.Key(Qt.Key.Key_1 + place): str(place + 1) for place in range(4)},
}
STAGE_KEYS = (  # rows for the sheet of shortcuts
    ("Presentation", "Next place of the story", "PgDown"),
    ("Presentation", "The place before", "PgUp"),
    ("Presentation", "Enlarge a panel", "1 2 3 4"),
    ("Presentation", "Blank the screen", "B ."),
    ("Presentation", "Back to all panels, then leave", "Esc"),
)
HINT = (
    "1 to 4 enlarge a panel, Esc goes back. Page Down and Page Up go through the story.\n"
    "B blanks the screen. F5 leaves."
)
PART = 0.72  # of the width, for the panel in the spotlight
LOW, HEADS = 190, 200  # pixels at 100 %: a lower panel shows its title alone, so wide


class Stage(QWidget):
    """Shows panels large; it says which key of the presenter was pressed."""

    asked = Signal(str)  # "next", "back", "leave"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frames: dict[str, Frame] = {}
        self.spotlit = ""  # the key of the panel in the spotlight
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Presentation")
        self.setProperty(PAGE, True)
        self._build()

    def _build(self) -> None:
        self.bar = StageBar(self)
        self.hint = toned(HINT, "readout", wrap=True)
        self.hint.setParent(self)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.cover = Cover(self)
        self.cover.pressed.connect(self.unblank)
        self.cover.hide()

    # ---- guests ----------------------------------------------------------------------------

    def bring(self, panels: Sequence[Panel]) -> None:
        """Take panels in, in this order."""
        for number, panel in enumerate(panels, 1):
            frame = self.frames[panel.key] = Frame(number, panel, self)
            frame.pressed.connect(self.toggle)
            frame.show()
        self.hint.raise_()
        self.cover.raise_()
        self._lay()

    def part_with(self) -> list[Panel]:
        """Give the panels up, as they came."""
        panels = [frame.release() for frame in self.frames.values()]
        for frame in self.frames.values():
            frame.hide()
            frame.deleteLater()
        self.frames.clear()
        self.spotlit = ""
        self.unblank()
        return panels

    # ---- the spotlight ---------------------------------------------------------------------

    def toggle(self, key: str) -> None:
        """Put one panel into the spotlight; the one that is there leaves it."""
        self.spotlit = "" if key == self.spotlit or key not in self.frames else key
        for frame in self.frames.values():
            frame.dim(bool(self.spotlit) and frame.key != self.spotlit)
        self._lay()

    @property
    def blank(self) -> bool:
        return not self.cover.isHidden()

    def unblank(self) -> None:
        self.cover.hide()

    def _lay(self) -> None:
        """Give every panel its place: by itself, side by side, or beside the one in the light."""
        gap = px(6)
        foot = self.bar.sizeHint().height()
        room = self.rect().adjusted(gap, gap, -gap, -foot)
        self.bar.setGeometry(0, self.height() - foot, self.width(), foot)
        keys = list(self.frames)
        others = [key for key in keys if key != self.spotlit] if self.spotlit else []
        low = len(others) * px(LOW) > room.height()
        for key in keys:
            self.frames[key].show_head_only(key in others and low)
        if others:
            wide = room.width() - px(HEADS) - gap if low else int(room.width() * PART)
            columns = [([self.spotlit], wide), (others, room.width() - wide - gap)]
        else:
            half = (room.width() - gap) // 2
            left, right = (keys[::2], keys[1::2]) if len(keys) != 3 else (keys[:1], keys[1:])
            columns = [(left, half), (right, half)] if right else [(left, room.width())]
        x = room.left()
        for column, wide in columns:
            high = (room.height() - gap * (len(column) - 1)) // max(1, len(column))
            high = min(high, px(34)) if low and column is others else high
            for row, key in enumerate(column):
                self.frames[key].setGeometry(x, room.top() + row * (high + gap), wide, high)
            x += wide + gap
        self._lay_over()

    def _lay_over(self) -> None:
        """Place what lies over the panels."""
        self.cover.setGeometry(self.rect())
        wide = min(px(600), self.width() - px(24))
        high = self.hint.heightForWidth(wide)
        bottom = self.height() - self.bar.height() - px(16)
        self.hint.setGeometry((self.width() - wide) // 2, bottom - high, wide, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    # ---- keys ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the presenter's keys before the window's shortcuts do: a full stop is a step's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _order(event):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = _order(event)
        if order.isdigit():
            keys = list(self.frames)
            if int(order) <= len(keys):
                self.toggle(keys[int(order) - 1])
        elif order == "blank":
            self.cover.setVisible(not self.blank)
            self.cover.raise_()
        elif order == "leave" and self.blank:
            self.unblank()
        elif order == "leave" and self.spotlit:
            self.toggle(self.spotlit)
        elif order:
            self.asked.emit(order)
        else:
            super().keyPressEvent(event)


def _order(event: QKeyEvent) -> str:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return KEYS.get(Qt.Key(event.key()), "") if not held else ""


class Frame(QFrame):
    """One panel on the stage, with its number and title above it."""

    pressed = Signal(str)  # the panel's key: its title was clicked, or any of it while it is dim

    def __init__(self, number: int, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = panel.key
        self._panel: Panel | None = panel
        self._dim = False
        self.setProperty("tone", "stage")
        self._build(number, panel)

    def _build(self, number: int, panel: Panel) -> None:
        self._head = QWidget()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setToolTip(f"Enlarge {panel.heading}, or show all again ({number})")
        self._head.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(px(6), px(3), px(6), 0)
        row.setSpacing(px(6))
        picture = Picture(panel.icon)
        row.addWidget(KeyCap(str(number)))
        row.addWidget(picture)
        title = Elided(panel.heading)
        title.setProperty("tone", "heading")
        row.addWidget(title, 1)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._inside.addWidget(self._head)
        self._inside.addWidget(panel, 1)
        panel.show()
        self._veil = Veil(self)
        self._veil.hide()
        self.setAccessibleName(f"{number}: {panel.heading}")

    def release(self) -> Panel:
        """Give the panel up."""
        assert self._panel is not None  # noqa: S101  (asked for once)
        self._panel.show()
        panel, self._panel = self._panel, None
        self._inside.removeWidget(panel)
        panel.setParent(None)
        return panel

    def show_head_only(self, alone: bool) -> None:
        """Show the title without the panel, which then costs nothing, or both."""
        if self._panel is not None:
            self._panel.setHidden(alone)
        self._veil.setVisible(self._dim and not alone)

    def dim(self, dim: bool) -> None:
        """Stand back behind another, or not."""
        self._dim = dim
        self._veil.setVisible(dim)
        self._veil.setGeometry(self.rect())
        self._veil.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._veil.setGeometry(self.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        veiled = not self._veil.isHidden()
        if veiled or self._head.geometry().contains(event.position().toPoint()):
            self.pressed.emit(self.key)
        else:
            super().mousePressEvent(event)


class Veil(QWidget):
    """Dims what lies below it; a press goes to the frame."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = QColor(theme.current().window)
        colour.setAlpha(150)
        QPainter(self).fillRect(self.rect(), colour)


class Cover(QLabel):
    """A black screen, while people are to look at the speaker."""

    pressed = Signal()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor("black"))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()
