"""The interface scale: sizes that follow it, also while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from . import theme

LEVELS = (80, 90, 100, 110, 125, 150, 175, 200, 250)  # per cent that can be chosen
PLAIN = 100

Side: TypeAlias = Literal["width", "height", "least width", "both", "icon"]


def px(size: float) -> int:
    """Return how many pixels `size` pixels at 100 % are now."""
    return round(size * theme.current().scale)


def beside(level: int, way: int) -> int:
    """Return the level after (`way` 1) or before (-1) one; the last where there is none."""
    place = LEVELS.index(level) if level in LEVELS else LEVELS.index(PLAIN)
    return LEVELS[min(max(place + way, 0), len(LEVELS) - 1)]


def keep(target: QWidget, side: Side, size: int) -> None:
    """Fix a size of `target`, given in pixels at 100 %, and fix it again whenever that changes."""
    Kept(target, side, size)


def room_for(target: QWidget, words: str) -> None:
    """Fix a width at which `target` can show `words`, whatever the size of letters."""
    Worded(target, words)


def letter(target: QWidget, make: Callable[[QFont], QFont]) -> None:
    """Give `target` the font that `make` makes of the program's, whenever that changes too."""
    Lettered(target, make)


def larger(times: float, *, bold: bool = False) -> Callable[[QFont], QFont]:
    """Return what makes a font `times` as large."""

    def make(font: QFont) -> QFont:
        font.setPointSizeF(font.pointSizeF() * times)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    return make


def forget_hint(label: QLabel) -> None:
    """Have a label work out anew how large it is: Qt keeps what it knew, also of no text at all."""
    label.setIndent(label.indent())


class Kept(QObject):
    """Keeps its parent's size at the present scale; it lives and dies with the parent."""

    def __init__(self, target: QWidget, side: Side, size: int) -> None:
        super().__init__(target)
        self._side, self._size = side, size
        if side == "icon":
            target.setProperty("own icon size", True)  # icon.OWN_SIZE
        theme.notifier.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        target, size = self.parent(), px(self._size)
        if not isinstance(target, QWidget):
            return
        if self._side == "icon":
            target.setIconSize(QSize(size, size))  # type: ignore[attr-defined]
        elif self._side == "least width":
            target.setMinimumWidth(size)
            if isinstance(target, QLabel):
                forget_hint(target)
        else:
            if self._side in ("width", "both"):
                target.setFixedWidth(size)
            if self._side in ("height", "both"):
                target.setFixedHeight(size)


class Worded(QObject):
    """Keeps its parent wide enough for some words."""

    def __init__(self, target: QWidget, words: str) -> None:
        super().__init__(target)
        self._words = words
        theme.notifier.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        target = self.parent()
        if isinstance(target, QWidget):
            target.setFixedWidth(target.fontMetrics().horizontalAdvance(self._words) + 2)


class Lettered(QObject):
    """Keeps its parent's font as much larger than the program's as it was made."""

    def __init__(self, target: QWidget, make: Callable[[QFont], QFont]) -> None:
        super().__init__(target)
        self._make = make
        self._scale = 0.0
        theme.notifier.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        target, scale = self.parent(), theme.current().scale
        if isinstance(target, QWidget) and scale != self._scale:
            self._scale = scale
            target.setFont(self._make(QFont(QApplication.font())))
