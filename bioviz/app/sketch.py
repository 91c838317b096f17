"""A sketch of an experiment, drawn from its description: layers, arrows, feedback and task."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from ..core.fault import BiovizError
from ..core.network import Network
from ..core.projection import Role
from ..core.registry import RULES
from ..core.spec import ExperimentSpec
from ..core.stream import Streams
from ..ui import icon, theme
from .rule_card import serif
from .task_glyph import draw_task

MOST_DOTS = 5  # a layer of more units has dots between the first and the last ones
STRIP = 40  # a layer of more units than this is drawn as a strip


@dataclass(frozen=True)
class Sketch:
    """What a picture of an experiment shows; `paths` has one entry for each forward projection."""

    sizes: tuple[int, ...]
    learns: tuple[bool, ...]
    back: tuple[str, ...]  # how the error gets down along it: "B", "Wᵀ" or "" for not at all
    noise: bool
    task: str


def sketch(spec: ExperimentSpec) -> Sketch:
    """Ask the rule itself what it adds to a network of this depth and which paths it teaches."""
    sizes = tuple(layer.size for layer in spec.network.layers)
    count = len(sizes) - 1
    try:
        learns, feedback, group = _probe(spec)
    except (BiovizError, ValueError):
        learns, feedback, group = (True,) * count, (False,) * count, ""
    below = [any(learns[:place]) for place in range(count)]  # nothing learns there: no error needed
    exact = group == "error"
    back = tuple(
        "B" if feedback[place] else "Wᵀ" if exact and below[place] else "" for place in range(count)
    )
    noise = group == "score" or _has(spec, "noise_samples")
    return Sketch(sizes, learns, back, noise, spec.task.key)


def _probe(spec: ExperimentSpec) -> tuple[tuple[bool, ...], tuple[bool, ...], str]:
    """Build the rule on a network as deep, but of one unit a layer."""
    thin = tuple(
        layer.model_copy(update={"name": f"l{place}", "size": 1})
        for place, layer in enumerate(spec.network.layers)
    )
    streams = Streams(0)
    net = Network(spec.network.model_copy(update={"layers": thin, "lateral": ()}), streams)
    rule = RULES[spec.rule.key](spec.rule.params(RULES), streams, spec.loss)
    rule.prepare(net)
    taught = rule.learning(net)
    reached = {path.post for path in net.projections.values() if path.role is Role.FEEDBACK}
    learns = tuple(path in taught for path in net.forward)
    return learns, tuple(path.pre in reached for path in net.forward), rule.group


def _has(spec: ExperimentSpec, name: str) -> bool:
    return spec.rule.key in RULES and name in RULES[spec.rule.key].Params.model_fields


def draw_sketch(painter: QPainter, what: Sketch, area: QRectF, font: QFont) -> None:
    """Draw it into `area`: the task at the left, then the layers from input to output."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(area.height() * 0.5, area.width() * 0.22)
    middle = area.center().y() - 4
    glyph = QRectF(area.left() + 14, middle - side / 2, side, side)
    draw_task(painter, what.task, glyph)
    start = glyph.right() + 18
    step = (area.right() - 26 - start) / max(1, len(what.sizes) - 1)
    places = [QPointF(start + place * step, middle) for place in range(len(what.sizes))]
    high = area.height() * 0.6
    Pen(painter, font, high).draw(what, places)
    painter.restore()


class Pen:
    """Draws the parts of one sketch, all to one height."""

    def __init__(self, painter: QPainter, font: QFont, high: float) -> None:
        self.painter, self.high = painter, high
        self.look = theme.current()
        self.small = QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.85)
        self.letter = serif(font, 1.0)
        self.letter.setItalic(True)

    def draw(self, what: Sketch, places: list[QPointF]) -> None:
        for at, (left, right) in enumerate(pairwise(places)):
            self.forward(left, right, learns=what.learns[at])
            if what.back[at]:
                self.feedback(left, right, what.back[at])
        for place, size in zip(places, what.sizes, strict=True):
            self.layer(place, size)
        if what.noise:
            self.noise(places[1:-1])

    def layer(self, place: QPointF, size: int) -> None:
        """A column of units, or a strip where there are many; its size below."""
        painter, look = self.painter, self.look
        painter.setPen(QPen(QColor(look.forward), 1.5))
        painter.setBrush(QColor(look.base))
        if size > STRIP:
            strip = QRectF(place.x() - 6, place.y() - self.high / 2, 12, self.high)
            painter.drawRoundedRect(strip, 6, 6)
            painter.setPen(QPen(QColor(look.outline), 1))
            for line in range(1, 12):
                y = strip.top() + line * self.high / 12
                painter.drawLine(QPointF(strip.left() + 3, y), QPointF(strip.right() - 3, y))
        else:
            self._units(place, size)
        painter.setPen(QColor(look.muted))
        painter.setFont(self.small)
        below = QRectF(place.x() - 30, place.y() + self.high / 2 + 4, 60, 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{size:,}")

    def _units(self, place: QPointF, size: int) -> None:
        shown = min(size, MOST_DOTS)
        gap = min(self.high / MOST_DOTS, 15.0)
        radius = gap * 0.36
        top = place.y() - gap * (shown - 1) / 2
        for row in range(shown):
            centre = QPointF(place.x(), top + row * gap)
            if size > MOST_DOTS and row == shown // 2:
                self._more(centre, radius)
            else:
                self.painter.drawEllipse(centre, radius, radius)

    def _more(self, centre: QPointF, radius: float) -> None:
        self.painter.save()
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.look.forward))
        for step in (-1, 0, 1):
            self.painter.drawEllipse(centre + QPointF(0, step * radius * 0.8), 1.1, 1.1)
        self.painter.restore()

    def forward(self, left: QPointF, right: QPointF, *, learns: bool) -> None:
        """A solid arrow; thin and pale where the weights stay as they were drawn."""
        colour = QColor(self.look.forward if learns else self.look.disabled)
        y = left.y() - self.high * 0.12
        start, end = QPointF(left.x() + 11, y), QPointF(right.x() - 11, y)
        self.painter.setPen(QPen(colour, 2.0 if learns else 1.2))
        self.painter.drawLine(start, end - QPointF(5, 0))
        self._head(end, 1, colour)
        self._name("W", QPointF((start.x() + end.x()) / 2, y - 9), colour)

    def feedback(self, left: QPointF, right: QPointF, name: str) -> None:
        """A dashed arrow back: in feedback's colour through B, in the forward one through W."""
        own = name == "B"
        colour = QColor(self.look.feedback if own else self.look.forward)
        y = left.y() + self.high * 0.16
        start, end = QPointF(right.x() - 11, y), QPointF(left.x() + 11, y)
        bend = QPainterPath(start)
        low = QPointF((start.x() + end.x()) / 2, y + 10)
        bend.quadTo(low, end + QPointF(5, 0))
        self.painter.setPen(QPen(colour, 1.8, Qt.PenStyle.DashLine))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(bend)
        self._head(end, -1, colour)
        self._name(name, low + QPointF(0, 7), colour)

    def noise(self, places: list[QPointF]) -> None:
        """Waves above the hidden layers: noise goes in there."""
        ratio = self.painter.device().devicePixelRatio()
        picture = icon.pixmap("noise", 16, self.look.feedback, ratio)
        for place in places:
            corner = QPointF(place.x() - 8, place.y() - self.high / 2 - 20)
            self.painter.drawPixmap(corner, picture)

    def _head(self, tip: QPointF, way: int, colour: QColor) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        back = tip.x() - way * 7
        wings = [QPointF(back, tip.y() - 3.6), QPointF(back, tip.y() + 3.6)]
        self.painter.drawPolygon(QPolygonF([tip, *wings]))

    def _name(self, text: str, centre: QPointF, colour: QColor) -> None:
        self.painter.setPen(colour)
        self.painter.setFont(self.letter)
        box = QRectF(centre.x() - 20, centre.y() - 10, 40, 20)
        self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
