"""A cloud of inputs with its principal axes and the weight vectors, or bars of their angles."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.principal import PrincipalReply
from ..figures.panels.principal_axes import ANGLES, Vector, pieces_of, plane_end, shortened
from ..ui import theme
from ._axes import Axes, place

DOT = 2.5  # pixels across, of one input
SERIES = 8
NARROW = 150  # pixels across below which words are few


class CloudView(QWidget):
    """Two-dimensional inputs as dots, their axes dashed, weight vectors as arrows with paths."""

    def __init__(self) -> None:
        super().__init__()
        self.reply: PrincipalReply | None = None
        self.vectors: Sequence[Vector] = ()
        self._live = False
        self._limit = 0.0
        self.setAccessibleName("Inputs, their principal axes and the weights")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(90, 70)
        theme.notifier.changed.connect(self.update)

    def start(self) -> None:
        """Begin with another network."""
        self.reply, self.vectors, self._limit = None, (), 0.0
        self.update()

    def show_cloud(self, reply: PrincipalReply, vectors: Sequence[Vector]) -> None:
        """Draw the inputs and, over them, the weights."""
        self.reply, self.vectors = reply, vectors
        if not self._limit:
            self._limit = plane_end(reply)
        self.update()

    def set_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, reply = QPainter(self), theme.current(), self.reply
        if reply is None:
            painter.setPen(QColor(look.muted))
            words = "The inputs and the weights are drawn here."
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), flags, words)
            return
        end = self._limit
        axes = place(QRectF(self.rect()), self.fontMetrics(), (-end, end, -end, end))
        painter.fillRect(axes.area, QColor(look.plot))
        painter.save()
        painter.setClipRect(axes.area)
        self._draw_inputs(painter, axes, reply)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_axes(painter, axes, reply)
        for vector in self.vectors:
            self._draw_path(painter, axes, vector)
        for vector in sorted(self.vectors, key=_shortness):  # a short one lies on a long one
            self._draw_vector(painter, axes, vector)
        painter.restore()
        words = "weight {}" if axes.area.width() < NARROW else "input {0}, weight {0}"
        axes.draw(painter, words.format(1), words.format(2))

    def _draw_inputs(self, painter: QPainter, axes: Axes, reply: PrincipalReply) -> None:
        look = theme.current()
        painter.setPen(QPen(QColor(look.grid), 1))
        painter.drawLine(axes.point(-self._limit, 0), axes.point(self._limit, 0))
        painter.drawLine(axes.point(0, -self._limit), axes.point(0, self._limit))
        painter.setPen(QPen(QColor(look.faded), DOT))
        painter.drawPoints([axes.point(x, y) for x, y in reply.points.tolist()])
        if reply.shown is not None:
            painter.setPen(QPen(QColor(look.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(axes.point(*map(float, reply.shown)), 5, 5)

    def _draw_axes(self, painter: QPainter, axes: Axes, reply: PrincipalReply) -> None:
        """Draw each principal axis, two standard deviations either way, with its number."""
        look, metrics = theme.current(), painter.fontMetrics()
        painter.setPen(QPen(QColor(look.text), 1, Qt.PenStyle.DashLine))
        for rank, (value, vector) in enumerate(
            zip(reply.axes.values, reply.axes.vectors, strict=True), 1
        ):
            along = 2 * np.sqrt(max(value, 0.0)) * vector * (1 if vector[1] >= 0 else -1)
            painter.drawLine(axes.point(*map(float, -along)), axes.point(*map(float, along)))
            words = f"axis {rank}"
            at = axes.point(*map(float, along)) + QPointF(5, -2)
            most = axes.area.right() - metrics.horizontalAdvance(words) - 4
            if axes.area.width() >= NARROW:
                left, top = min(at.x(), most), at.y() - metrics.ascent()
                wide = metrics.horizontalAdvance(words)
                painter.fillRect(QRectF(left - 2, top, wide + 4, metrics.height()), _plate())
                painter.drawText(QPointF(left, at.y()), words)

    def _draw_path(self, painter: QPainter, axes: Axes, vector: Vector) -> None:
        ink = QColor(theme.current().series[vector.colour % SERIES])
        ink.setAlpha(150)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        far = 50 * self._limit  # beyond it nothing can be seen, and pixels would overflow
        for piece in pieces_of(vector.path, far):
            painter.drawPolyline(QPolygonF([axes.point(x, y) for x, y in piece.tolist()]))

    def _draw_vector(self, painter: QPainter, axes: Axes, vector: Vector) -> None:
        look = theme.current()
        w, outside = shortened(vector.w, self._limit)
        if not w.any():
            return
        tail, tip = axes.point(0, 0), axes.point(*map(float, w))
        ink = QColor(look.series[vector.colour % SERIES])
        style = Qt.PenStyle.DashLine if outside else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 2.5, style))
        painter.drawLine(tail, tip)
        painter.setPen(QPen(ink, 2.5))
        painter.drawLines(_head(tail, tip))
        self._name(painter, axes, vector, tip)

    def _name(self, painter: QPainter, axes: Axes, vector: Vector, tip: QPointF) -> None:
        """Write beside an arrow's tip whose it is, on a plate inside the plane."""
        look, metrics, area = theme.current(), painter.fontMetrics(), axes.area
        wide, high = metrics.horizontalAdvance(vector.name) + 6, metrics.height()
        left = tip.x() + 6 if tip.x() + wide + 8 < area.right() else tip.x() - wide - 6
        top = min(max(tip.y() + 4, area.top() + 2), area.bottom() - high - 2)
        box = QRectF(left, top, wide, high)
        painter.fillRect(box, _plate())
        painter.setPen(QColor(look.series[vector.colour % SERIES]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, vector.name)


class AngleBars(QWidget):
    """For each unit a row of bars, one for each principal axis: 0 degrees is along it."""

    def __init__(self) -> None:
        super().__init__()
        self._angles = np.empty((0, 0))
        self.setAccessibleName("Angles between weights and principal axes")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(90, 70)
        theme.notifier.changed.connect(self.update)

    def show_angles(self, angles: np.ndarray) -> None:
        """Draw (units, axes) in degrees."""
        self._angles = angles
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, metrics = QPainter(self), theme.current(), self.fontMetrics()
        high = metrics.height()
        fit = max(1, int((self.height() - 2 * high - 8) / (high + 12)))
        angles = self._angles[:fit]
        if not angles.size:
            return
        left = metrics.horizontalAdvance(f"w{len(angles)}  90°") + 10
        room = QRectF(self.rect()).adjusted(left, 6, -8, -2 * high - 8)
        row, step = room.height() / len(angles), room.width() / angles.shape[1]
        for unit, line in enumerate(angles.tolist()):
            box = QRectF(room.left(), room.top() + unit * row + 4, room.width(), row - 8)
            painter.fillRect(box, QColor(look.plot))
            painter.setPen(QColor(look.axis))
            label = QRectF(0, box.top(), left - 6, box.height())
            painter.drawText(
                label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"w{unit + 1}"
            )
            self._draw_row(painter, box, step, line)
        painter.setPen(QColor(look.axis))
        for axis in range(angles.shape[1]):
            box = QRectF(room.left() + axis * step, room.bottom(), step, high + 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(axis + 1))
        below = QRectF(room.left(), room.bottom() + high + 2, room.width(), high + 2)
        words = ANGLES
        if metrics.horizontalAdvance(words) > below.width():
            words = "principal axis"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_row(self, painter: QPainter, box: QRectF, step: float, line: list[float]) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        best = int(np.nanargmin(line)) if np.isfinite(line).any() else -1
        for axis, degrees in enumerate(line):
            if degrees != degrees:
                continue
            tall = box.height() * (1 - degrees / 90)
            bar = QRectF(box.left() + (axis + 0.12) * step, box.bottom() - tall, 0.76 * step, tall)
            painter.fillRect(bar, QColor(look.series[0] if axis == best else look.faded))
            words = f"{degrees:.0f}°"
            if metrics.horizontalAdvance(words) < step and box.height() > metrics.height() + 2:
                inside = tall > metrics.height() + 2
                ink = look.plot if inside else look.axis
                painter.setPen(QColor(ink))
                top = bar.top() + 1 if inside else bar.top() - metrics.height()
                spot = QRectF(box.left() + axis * step, top, step, metrics.height())
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(QColor(look.outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def _shortness(vector: Vector) -> float:
    return -float(np.linalg.norm(vector.w))


def _head(tail: QPointF, tip: QPointF) -> list[QLineF]:
    """Both lines of an arrow's head, 9 pixels long."""
    along = tip - tail
    length = hypot(along.x(), along.y())
    if length < 1:
        return []
    back = along * (9 / length)
    side = QPointF(-back.y(), back.x()) * 0.5
    return [QLineF(tip, tip - back + side), QLineF(tip, tip - back - side)]


def _plate() -> QColor:
    """What words lie on, so that they can be read over points."""
    plate = QColor(theme.current().plot)
    plate.setAlpha(215)
    return plate
