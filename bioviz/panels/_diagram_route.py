"""The way that errors take, drawn over the arrows that carry them.

Under backprop these are the forward arrows themselves, gone through backwards, which is what weight
transport means; other rules have feedback arrows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ..core.catalogue import ExperimentEntry
from ..figures.diagram import Diagram
from ..ui import theme
from ._diagram_items import Piece
from ._diagram_layout import Wire

APART, WING = 17.0, 5.0  # pixels from one chevron to the next, and how long its sides are
CALM = 10.0  # pixels at either end that stay free
NOWHERE = "No error travels down under this rule, so there is no way to show"


@dataclass(frozen=True)
class Way:
    """Which projections carry errors, and whether they are gone through backwards."""

    names: tuple[str, ...] = ()
    backwards: bool = False

    @property
    def key(self) -> str:
        """What the legend says of it; "" where there is none."""
        if not self.names:
            return ""
        return "error, back through W" if self.backwards else "error, through B"

    @property
    def brief(self) -> str:
        """The same where there is little room."""
        return "Error: back through W" if self.backwards else "Error: through B"

    @property
    def words(self) -> str:
        """The same in a sentence, without its full stop."""
        if not self.names:
            return NOWHERE
        if self.backwards:
            return "The error travels down the same weights, transposed"
        return "The error travels down through weights of its own"


def way_of(diagram: Diagram, entry: ExperimentEntry | None) -> Way:
    """Which way errors take in a network as it is built."""
    if entry is None:
        return Way()
    feedback = tuple(edge.name for edge in diagram.edges if edge.role == "feedback")
    if feedback:
        return Way(feedback)
    ends = {node.name for node in diagram.nodes[:1]}
    forward = [edge for edge in diagram.edges if edge.role == "forward" and edge.pre not in ends]
    names = tuple(edge.name for edge in forward)
    return Way(names, backwards=True) if entry.transposes else Way()


class Route(Piece):
    """Chevrons along every arrow of the way, pointing where the error goes."""

    def __init__(self) -> None:
        super().__init__(5)
        self._paths: list[QPainterPath] = []
        self._backwards = False
        self.hide()

    def place(self, wires: Sequence[Wire], backwards: bool) -> None:
        """Lie along these wires; along none, it is not there."""
        self._paths = [wire.path for wire in wires]
        self._backwards = backwards
        box = QRectF()
        for path in self._paths:
            box = box.united(path.boundingRect())
        self.take_box(box.adjusted(-12, -12, 12, 12))
        self.setVisible(bool(self._paths))

    def draw(self, painter: QPainter, look: theme.Theme) -> None:
        colour = QColor(look.feedback)
        glow, halo = QColor(colour), QColor(look.base)
        glow.setAlphaF(0.22)
        for path in self._paths:
            soft = QPen(glow, 15)
            soft.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(path, soft)
            marks = list(self._chevrons(path))
            for pen in (_round(halo, 5), _round(colour, 2.4)):
                for mark in marks:
                    painter.strokePath(mark, pen)

    def _chevrons(self, path: QPainterPath) -> Iterator[QPainterPath]:
        long = path.length()
        count = max(1, int((long - 2 * CALM) // APART) + 1)
        start = (long - (count - 1) * APART) / 2
        for number in range(count):
            share = path.percentAtLength(min(long, start + number * APART))
            angle = path.angleAtPercent(share) + (180 if self._backwards else 0)
            yield chevron(path.pointAtPercent(share), angle)


def chevron(at: QPointF, angle: float) -> QPainterPath:
    """A small angle that points to `angle`, 0 to the right and 90 up."""
    path = QPainterPath(at + _turned(angle + 140))
    path.lineTo(at)
    path.lineTo(at + _turned(angle - 140))
    path.translate(QPointF(cos(radians(angle)), -sin(radians(angle))) * (WING / 2))
    return path


def _turned(angle: float) -> QPointF:
    return QPointF(cos(radians(angle)), -sin(radians(angle))) * (WING + 1.5)


def _round(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
