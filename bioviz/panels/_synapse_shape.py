"""The shapes of two neurons and their synapse, laid out in whatever room there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

WIDE, HIGH = 1000, 330  # of the drawing that sizes are told for
LEVEL = 0.47  # where axon, terminal and spine lie, from the top
STEPS = 48  # points along a path on which something travels
DOCKED = 7  # vesicles that touch the membrane
SLOTS = 9  # places for receptors
FIXED = ("pre_side", "post_side", "way", "sent", "ran", "docked", "store", "shaft")


@dataclass(frozen=True)
class Shape:
    """Everything in pixels of `area`; `strength` is the weight, from 0 to 1 of the largest."""

    area: QRectF
    strength: float

    @property
    def scale(self) -> float:
        return min(self.area.width() / WIDE, self.area.height() / HIGH)

    def grown(self, strength: float) -> Shape:
        """The same cells with another weight; what does not depend on it is kept."""
        made = Shape(self.area, strength)
        made.__dict__.update({name: self.__dict__[name] for name in FIXED if name in self.__dict__})
        return made

    def at(self, across: float, down: float) -> QPointF:
        """A place as fractions of the area."""
        area = self.area
        return QPointF(area.left() + across * area.width(), area.top() + down * area.height())

    # ---- cells -----------------------------------------------------------------------------

    @property
    def radius(self) -> float:
        """Of both cell bodies."""
        return 58 * self.scale

    @property
    def pre(self) -> QPointF:
        return QPointF(self.area.left() + self.radius * 1.75, self.at(0, LEVEL).y())

    @property
    def post(self) -> QPointF:
        return QPointF(self.area.right() - self.radius * 2.1, self.at(0, 0.60).y())

    @cached_property
    def pre_side(self) -> QPainterPath:
        """The presynaptic cell: body, stumps of dendrites, axon and terminal."""
        body = self._body(self.pre, (0.68, 1.0, 1.32))  # to the left, up and down
        return body.united(outline(self.way, 17 * self.scale)).united(self.terminal())

    @cached_property
    def post_side(self) -> QPainterPath:
        """The postsynaptic cell but for the spine: body, dendrite and its own axon."""
        body = self._body(self.post, (0.30, 0.66)).united(outline(self.shaft, 25 * self.scale))
        return body.united(outline(self.onward(), 11 * self.scale))

    @cached_property
    def receiver(self) -> QPainterPath:
        """All of the postsynaptic cell."""
        return self.post_side.united(self.spine)

    @cached_property
    def sent(self) -> list[QPointF]:
        """Places along the axon, for what travels there."""
        return points(self.way)

    @cached_property
    def ran(self) -> list[QPointF]:
        """Places along the postsynaptic cell's axon."""
        return points(self.onward())

    def _body(self, centre: QPointF, angles: tuple[float, ...]) -> QPainterPath:
        """A cell body and the stumps of dendrites, at angles in half turns."""
        body, reach = self.disc(centre), 1.62 * self.radius
        for angle in angles:
            tip = centre + QPointF(cos(angle * pi), sin(angle * pi)) * reach
            body = body.united(tube(centre, tip, 0.34 * self.radius, 0.14 * self.radius))
        return body

    def disc(self, centre: QPointF) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(centre, self.radius, self.radius)
        return path

    # ---- the axon and its terminal ---------------------------------------------------------

    @property
    def face(self) -> float:
        """Where the terminal's membrane lies, across."""
        return self.area.left() + 0.50 * self.area.width()

    @property
    def bouton(self) -> tuple[float, float]:
        """Length and half the height of the terminal."""
        return 128 * self.scale, 92 * self.scale

    @cached_property
    def way(self) -> QPainterPath:
        """The middle of the axon, from the cell body into the terminal."""
        start, level = self.pre.x() + self.radius * 0.95, self.pre.y()
        inside = self.face - 1.3 * self.bouton[0]
        path, bend = QPainterPath(QPointF(start, level)), 22 * self.scale
        third = (inside - start) / 3
        path.cubicTo(
            QPointF(start + third, level - bend),
            QPointF(start + 2 * third, level),
            QPointF(inside, level),
        )
        path.lineTo(self.face - 0.55 * self.bouton[0], level)
        return path

    def terminal(self) -> QPainterPath:
        """A bulb that ends in a flat membrane."""
        long, half = self.bouton
        left, face, level, neck = self.face - long, self.face, self.pre.y(), 8.5 * self.scale
        round_ = 20 * self.scale
        path = QPainterPath(QPointF(left - 0.35 * long, level - neck))
        path.cubicTo(
            QPointF(left + 0.1 * long, level - neck),
            QPointF(left + 0.02 * long, level - half),
            QPointF(left + 0.62 * long, level - half),
        )
        path.lineTo(face - round_, level - half)
        path.quadTo(face, level - half, face, level - half + round_)
        path.lineTo(face, level + half - round_)
        path.quadTo(face, level + half, face - round_, level + half)
        path.lineTo(left + 0.62 * long, level + half)
        path.cubicTo(
            QPointF(left + 0.02 * long, level + half),
            QPointF(left + 0.1 * long, level + neck),
            QPointF(left - 0.35 * long, level + neck),
        )
        path.closeSubpath()
        return path

    @property
    def vesicle(self) -> float:
        """A vesicle's radius."""
        return 8.2 * self.scale

    @cached_property
    def docked(self) -> list[QPointF]:
        """Vesicles at the membrane, the middle one first: so they are released."""
        level, apart = self.pre.y(), 21.5 * self.scale
        order = sorted(range(DOCKED), key=lambda k: abs(k - DOCKED // 2))
        x = self.face - self.vesicle - 3 * self.scale
        return [QPointF(x, level + (k - DOCKED // 2) * apart) for k in order]

    @cached_property
    def store(self) -> list[QPointF]:
        """Vesicles further inside."""
        long, level = self.bouton[0], self.pre.y()
        places = [
            (0.30, -44), (0.30, -14), (0.30, 18), (0.30, 48),
            (0.46, -58), (0.46, -29), (0.46, 3), (0.46, 33), (0.46, 62),
            (0.62, -30), (0.62, 2), (0.62, 32),
        ]  # fmt: skip
        return [
            QPointF(self.face - across * long, level + down * self.scale) for across, down in places
        ]

    def released(self) -> list[QPointF]:
        """Those that a spike releases: the more, the larger the weight."""
        return self.docked[: max(1, round(self.strength * DOCKED))]

    # ---- the other side --------------------------------------------------------------------

    @property
    def cleft(self) -> float:
        """How wide the gap is."""
        return 34 * self.scale

    @property
    def head(self) -> QRectF:
        """The spine's head; it grows with the weight."""
        half = (26 + 62 * self.strength) * self.scale
        left = self.face + self.cleft
        return QRectF(left, self.pre.y() - half, 1.45 * half, 2 * half)

    @property
    def joint(self) -> QPointF:
        """Where the spine's neck meets the dendrite."""
        return QPointF(self.face + self.cleft + 178 * self.scale, self.pre.y() + 4 * self.scale)

    @cached_property
    def spine(self) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(self.head)
        thick = (11 + 10 * self.strength) * self.scale
        start = QPointF(self.head.center().x(), self.pre.y())
        return path.united(tube(start, self.joint, thick, thick * 1.25))

    @cached_property
    def slots(self) -> list[tuple[QPointF, float]]:
        """Places and angles of receptors on the head's membrane, as many as the weight allows."""
        count = max(2, round(2 + self.strength * (SLOTS - 2)))
        middle, wide, high = self.head.center(), self.head.width() / 2, self.head.height() / 2
        found = []
        for k in range(count):
            angle = pi + (k / (count - 1) - 0.5) * 0.62 * pi
            found.append((middle + QPointF(wide * cos(angle), high * sin(angle)), angle))
        return found

    @cached_property
    def shaft(self) -> QPainterPath:
        """The middle of the dendrite, from above down past the spine to the cell body."""
        joint, post, s = self.joint, self.post, self.scale
        path = QPainterPath(QPointF(joint.x() + 26 * s, self.area.top() + 4 * s))
        path.cubicTo(
            QPointF(joint.x() + 22 * s, self.area.top() + 60 * s),
            QPointF(joint.x() + 14 * s, joint.y() - 50 * s),
            QPointF(joint.x() + 12 * s, joint.y()),
        )
        self._down(path, post)
        return path

    @cached_property
    def inward(self) -> QPainterPath:
        """The way from the synapse to the cell body."""
        path = QPainterPath(QPointF(self.head.center().x(), self.pre.y()))
        path.lineTo(self.joint)
        path.lineTo(self.joint + QPointF(12 * self.scale, 0))
        self._down(path, self.post)
        return path

    def _down(self, path: QPainterPath, post: QPointF) -> None:
        at = path.currentPosition()
        path.cubicTo(
            QPointF(at.x(), at.y() + 60 * self.scale),
            QPointF(post.x() - 2.0 * self.radius, post.y()),
            QPointF(post.x() - 0.5 * self.radius, post.y()),
        )

    def onward(self) -> QPainterPath:
        """The middle of the postsynaptic cell's own axon, out of the picture."""
        path = QPainterPath(self.post + QPointF(0.95 * self.radius, 0))
        path.lineTo(self.area.right() + 8 * self.scale, self.post.y())
        return path


def tube(start: QPointF, end: QPointF, thick: float, thin: float) -> QPainterPath:
    """A straight process that tapers from `thick` to `thin`, with a round tip."""
    way = end - start
    long = max(1e-6, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    side = QPointF(-way.y() / long, way.x() / long)
    path = QPainterPath(start + side * thick / 2)
    path.lineTo(end + side * thin / 2)
    path.lineTo(end - side * thin / 2)
    path.lineTo(start - side * thick / 2)
    path.closeSubpath()
    tip = QPainterPath()
    tip.addEllipse(end, thin / 2, thin / 2)
    return path.united(tip)


def outline(way: QPainterPath, thick: float) -> QPainterPath:
    """The outline of a tube around `way`."""
    pen = QPainterPathStroker()
    pen.setWidth(thick)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen.createStroke(way).simplified()


def points(way: QPainterPath) -> list[QPointF]:
    """Places along a way, evenly apart."""
    return [way.pointAtPercent(k / STEPS) for k in range(STEPS + 1)]
