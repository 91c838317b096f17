"""Icons: one-colour SVG drawings, tinted from the theme and re-tinted when it changes."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton

from bioviz.session import resource

from . import theme

SIZES = (16, 20, 24, 32)  # logical pixels at 100 %, each drawn for every kind of screen there is

PLAIN = 16  # logical pixels at 100 % of an icon on a button
OWN_SIZE = "own icon size"  # a button's property, where `scale.keep` looks after it


class MissingIconError(KeyError):
    """No drawing has that name."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the sentence's repr


class Iconic(Protocol):
    """Anything that wears an icon: an action, a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def icon(name: str) -> QIcon:
    """Return the drawing `name` in the theme's colours: normal, disabled and checked (accent)."""
    return _icon(name, theme.current())


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return the drawing `name` in `colour`, `size` logical pixels wide, sharp at `ratio`."""
    return _draw(_inked(name, colour), size, ratio)


def tint(target: Iconic, name: str) -> None:
    """Give `target` the icon `name`, and give it again whenever the theme changes."""
    assert isinstance(target, QObject)  # noqa: S101  (the child below needs a parent)
    tinted = target.findChild(Tinted, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if tinted is None:
        tinted = Tinted(target)
    tinted.wear(name)


class Tinted(QObject):
    """Re-tints its parent's icon; it lives and dies with the parent and keeps nothing alive."""

    def __init__(self, target: QObject) -> None:
        super().__init__(target)
        self._name = ""
        theme.notifier.changed.connect(self._refresh)

    def wear(self, name: str) -> None:
        self._name = name
        self._refresh()

    def _refresh(self) -> None:
        target = self.parent()
        if target is not None:
            target.setIcon(icon(self._name))  # type: ignore[attr-defined]
        if isinstance(target, QToolButton) and not target.property(OWN_SIZE):
            size = round(PLAIN * theme.current().scale)
            target.setIconSize(QSize(size, size))


@lru_cache(maxsize=256)
def _icon(name: str, look: theme.Theme) -> QIcon:
    both = (QIcon.State.Off, QIcon.State.On)
    kinds = (
        (look.text, QIcon.Mode.Normal, both[:1]),
        (look.accent, QIcon.Mode.Normal, both[1:]),
        (look.disabled, QIcon.Mode.Disabled, both),
    )
    fine = _fineness()
    made = QIcon()
    for colour, mode, states in kinds:
        drawing = _inked(name, colour)  # read once for all sizes: that takes longer than drawing
        for size in SIZES:
            for ratio in fine:
                picture = _draw(drawing, round(size * look.scale), ratio)
                for state in states:
                    made.addPixmap(picture, mode, state)
    return made


def _fineness() -> set[float]:
    """The device pixel ratios that there are: half of the drawing is for screens of twice."""
    return {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}


def _inked(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    folder = resource.folder("icons")
    path = folder / f"{name}.svg"
    if not path.is_file():
        raise MissingIconError(_absence(name, folder))
    return path.read_text(encoding="utf-8")


def _absence(name: str, folder: Path) -> str:
    near = get_close_matches(name, [path.stem for path in folder.glob("*.svg")], n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no icon {name!r} in {folder}.{hint}"


def _draw(drawing: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(size, size) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
