"""A unit as a dot, drawn once in every colour, as copying takes a sixth of a circle's time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ..ui import theme
from ..ui.colour import Kind
from ._diagram_colour import colours

HOLLOW = 256  # the place of the dot without a value, after those of the 256 colours
LARGEST = 72  # pixels: the pictures of larger ones, as when zoomed in, would take much memory


@dataclass(frozen=True)
class Dots:
    """`pictures` by colour, each `reach` wide on either side of its dot's middle."""

    pictures: tuple[QPixmap, ...]
    reach: float


@lru_cache(maxsize=6)
def dots(kind: Kind, look: theme.Theme, radius: float, ratio: float) -> Dots | None:
    """A dot in every colour, for `ratio` pixels of the device to one of the item.

    None where they are too large to be kept, and are to be drawn each time.
    """
    side = 2 * ceil((radius + 1) * ratio)
    if side > LARGEST:
        return None
    made = tuple(_dot(fill, look, radius, side, ratio) for fill in fills(kind, look))
    return Dots(made, side / 2 / ratio)


@lru_cache(maxsize=4)
def fills(kind: Kind, look: theme.Theme) -> tuple[QColor, ...]:
    """What the dots are filled with: the 256 colours of `kind`, and nothing."""
    return (*colours(kind, look), QColor(Qt.GlobalColor.transparent))


def draw_dot(painter: QPainter, middle: QPointF, radius: float, fill: QColor) -> None:
    """Fill and outline one, with the pen that the painter has."""
    painter.setBrush(fill)
    painter.drawEllipse(middle, radius, radius)


def _dot(fill: QColor, look: theme.Theme, radius: float, side: int, ratio: float) -> QPixmap:
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(rim(look))
    draw_dot(painter, QPointF(side, side) / 2 / ratio, radius, fill)
    painter.end()
    return picture


def rim(look: theme.Theme) -> QPen:
    """The outline of a unit: seen on the card whatever its fill."""
    return QPen(QColor(look.disabled), 1.0)
