"""What moves at a synapse, told from the time since each spike: no clock runs here."""

from __future__ import annotations

from math import cos, exp, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ..core.synapse import Change, SynapseReply
from ..ui import motion, theme
from ._synapse_shape import Shape

ARRIVAL = 0.7  # part of the delay after which the spike is in the terminal
FLASH = 4.0  # ms for which a cell body shows that it fired
ONWARD = 5.0  # ms that the postsynaptic spike takes out of the picture
BOUND = 9.0  # ms for which transmitter stays
TOLD = 30.0  # ms for which growing or shrinking is pointed out
LENGTH = 0.16  # of an axon, that a spike is long


class Motion:
    """Paints one moment of a synapse over its shape."""

    def __init__(self, painter: QPainter, shape: Shape, reply: SynapseReply) -> None:
        self._painter = painter
        self._shape = shape
        self._reply = reply
        look = theme.current()
        self._spike, self._transmitter = QColor(look.series[1]), QColor(look.series[2])
        self._potential = QColor(look.series[0])
        self._paper = QColor(look.plot)

    def paint(self, change: Change | None) -> None:
        self._fill()
        self._dendrite()
        for age in self._ages(self._reply.pre):
            self._send(age)
        self._bodies()
        if change is not None and self._reply.now - change.at < TOLD:
            self._tell(change)

    def _ages(self, times: tuple[float, ...]) -> list[float]:
        """Time since the beginning of the tick in which each spike came."""
        return [self._reply.now - time for time in times]

    # ---- presynaptic -----------------------------------------------------------------------

    def _send(self, age: float) -> None:
        """A spike on its way, and the transmitter that it releases."""
        delay = max(self._reply.delay, 2 * self._reply.dt)
        if motion.reduced():
            self._hold(age, delay)
            return
        part = age / (ARRIVAL * delay)
        if part <= 1 + LENGTH:
            self._pulse(self._shape.sent, part)
        since = age - ARRIVAL * delay
        if 0 <= since < (1 - ARRIVAL) * delay + BOUND:
            self._release(since, (1 - ARRIVAL) * delay)

    def _hold(self, age: float, delay: float) -> None:
        """The same without anything that travels: the axon is lit, then the receptors are."""
        if age < delay:
            self._light(self._shape.sent)
        elif age < delay + BOUND:
            self._bind(1 - (age - delay) / BOUND)

    def _light(self, way: list[QPointF]) -> None:
        """A path on which a spike is under way, lit from end to end."""
        if len(way) < 2:
            return
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._spike, 5 * self._shape.scale))
        self._painter.drawPolyline(QPolygonF(way))

    def _pulse(self, way: list[QPointF], part: float) -> None:
        """A spike with its front at `part` of the way: thick, with an arrowhead."""
        last = len(way) - 1
        front, back = min(1.0, part), max(0.0, part - LENGTH)
        if back >= front:
            return
        stretch = way[round(back * last) : round(front * last) + 1]
        if len(stretch) < 2:
            return
        painter, scale = self._painter, self._shape.scale
        round_, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._spike, 13 * scale, Qt.PenStyle.SolidLine, round_, join))
        painter.drawPolyline(QPolygonF(stretch))
        tip, before = stretch[-1], stretch[-2]
        along = tip - before
        long = max(1e-6, (along.x() ** 2 + along.y() ** 2) ** 0.5)
        along = along / long * 15 * scale
        side = QPointF(-along.y(), along.x())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._spike)
        painter.drawPolygon(QPolygonF([tip + along * 1.2, tip + side, tip - side]))

    def _release(self, since: float, crossing: float) -> None:
        """Vesicles open, and transmitter crosses the cleft, binds and is gone."""
        shape, painter = self._shape, self._painter
        gone = max(0.0, (since - crossing) / BOUND)
        painter.setPen(Qt.PenStyle.NoPen)
        for vesicle in shape.released():
            if since < crossing + 2:
                painter.setBrush(self._paper)
                painter.drawEllipse(vesicle, shape.vesicle * 0.8, shape.vesicle * 0.8)
        colour = QColor(self._transmitter)
        colour.setAlphaF(max(0.0, 1 - gone) ** 0.7)
        painter.setBrush(colour)
        size = 3.1 * shape.scale
        for place in self._cloud(min(1.0, since / max(crossing, 1e-9)), gone):
            painter.drawEllipse(place, size, size)
        if since >= crossing * 0.8:
            self._bind(1 - gone)

    def _cloud(self, crossed: float, gone: float) -> list[QPointF]:
        """Where the transmitter is: fixed, spread places, so that nothing depends on chance."""
        shape, found = self._shape, []
        for number, vesicle in enumerate(shape.released()):
            for k in range(6):
                turn = 2.399963 * (6 * number + k + 1)  # the golden angle spreads evenly
                lag = 0.6 * ((5 * k + 2 * number) % 6) / 6
                reach = max(0.0, (crossed - lag) / (1 - lag)) * 0.86 + 0.05
                drift = shape.cleft * (0.42 * reach + 0.5 * gone)
                found.append(
                    QPointF(
                        shape.face + shape.cleft * reach + 0.1 * drift * cos(turn),
                        vesicle.y() + drift * sin(turn) * 0.9,
                    )
                )
        return found

    def _bind(self, strength: float) -> None:
        """Receptors that hold transmitter are lit, with a ring around them."""
        colour = QColor(self._transmitter)
        colour.setAlphaF(0.9 * max(0.0, strength))
        self._painter.setPen(QPen(colour, 2.2 * self._shape.scale))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, _ in self._shape.slots:
            self._painter.drawEllipse(place, 6.5 * self._shape.scale, 6.5 * self._shape.scale)

    # ---- postsynaptic ----------------------------------------------------------------------

    @property
    def height(self) -> float:
        """How far the potential is from rest to threshold, 0 to 1."""
        reply = self._reply
        return min(
            1.0, max(0.0, (float(reply.v[-1]) - reply.rest) / (reply.threshold - reply.rest))
        )

    def _dendrite(self) -> None:
        """The current that runs inward from the spine."""
        ages = [age - self._reply.delay for age in self._ages(self._reply.pre)]
        glow = min(1.0, sum(exp(-age / 6) for age in ages if age >= 0))
        if glow < 0.04:
            return
        colour = QColor(self._potential)
        colour.setAlphaF(0.75 * glow)
        wide = (3 + 9 * self._shape.strength) * self._shape.scale
        round_, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, round_, join))
        self._painter.drawPath(self._shape.inward)

    def _fill(self) -> None:
        """The cell body fills as its potential nears the threshold."""
        shape, painter = self._shape, self._painter
        if self.height <= 0.01:
            return
        radius = shape.radius - 2 * shape.scale
        disc = QPainterPath()
        disc.addEllipse(shape.post, radius, radius)
        painter.save()
        painter.setClipPath(disc)
        colour = QColor(self._potential)
        colour.setAlphaF(0.55)
        high = 2 * radius * self.height
        painter.fillRect(
            QRectF(shape.post.x() - radius, shape.post.y() + radius - high, 2 * radius, high),
            colour,
        )
        painter.restore()

    def _bodies(self) -> None:
        """Cells that fired are lit, and the postsynaptic spike runs on."""
        shape = self._shape
        for times, centre in ((self._reply.pre, shape.pre), (self._reply.post, shape.post)):
            ages = [age for age in self._ages(times) if age < FLASH]
            if ages:
                self._flash(centre, min(ages) / FLASH)
        for age in self._ages(self._reply.post):
            if age < ONWARD and motion.reduced():
                self._light(shape.ran)
            elif age < ONWARD:
                self._pulse(shape.ran, 1.4 * age / ONWARD)

    def _flash(self, centre: QPointF, part: float) -> None:
        painter, radius, scale = self._painter, self._shape.radius, self._shape.scale
        colour = QColor(self._spike)
        colour.setAlphaF(0.85 * (1 - part))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, radius - 2 * scale, radius - 2 * scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 4 * scale))
        reach = radius * (1.02 + (0.0 if motion.reduced() else 0.3 * part))
        painter.drawEllipse(centre, reach, reach)

    def _tell(self, change: Change) -> None:
        """An arrow beside the spine and a name: what the last pair did."""
        if not change.step:
            return
        shape, painter, up = self._shape, self._painter, change.step > 0
        look, scale = theme.current(), shape.scale
        colour = QColor(look.good if up else look.danger)
        tip = QPointF(shape.joint.x() - 26 * scale, shape.pre.y() - (112 if up else 72) * scale)
        way = 40 * scale * (1 if up else -1)
        half = 13 * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(
            QRectF(tip.x() - half / 2.4, min(tip.y(), tip.y() + way), half / 1.2, abs(way))
        )
        top = tip + QPointF(0, -0.45 * way)
        painter.drawPolygon(
            QPolygonF([top, tip + QPointF(half, 0.1 * way), tip + QPointF(-half, 0.1 * way)])
        )
        painter.setPen(colour)
        middle = min(tip.y(), tip.y() + way) + abs(way) / 2
        box = QRectF(tip.x() - 210 * scale, middle - 60, 190 * scale, 120)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "LTP" if up else "LTD"
        )
