"""The plane of two weights: arrows of learning, its solutions, and where the run has been."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.flow import FlowField, Solutions
from ..figures.panels.flow_field import (
    COLOURS,
    LONG_WORDS,
    PATH,
    SHORTEST,
    SPAN,
    in_words,
    invariant,
    pieces_of,
)
from ..ui import theme
from ._axes import Axes, place

CLOSEST = 15  # pixels between two arrows
SPELL, SPELL_OUT = 120, 230  # pixels across from which there is room for words, and for many
WORDS = {**LONG_WORDS, "opposed": "eᵀWBe < 0"}


class FlowView(QWidget):
    """Arrows and solutions are drawn once and kept; only the path and the parabola move."""

    clicked = Signal(float, float)  # both weights where the plane was clicked
    pointed = Signal(object)  # both weights under the mouse, or None

    def __init__(self) -> None:
        super().__init__()
        self._titles = ("W1", "W2")
        self.field: FlowField | None = None  # what the arrows show
        self._trail = np.empty((0, 2))
        self._present: tuple[float, float] | None = None
        self._layer: QPixmap | None = None
        self._live = False
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(100, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Flow field of two weights")
        theme.notifier.changed.connect(self._redraw)

    def start(self, first: str, second: str) -> None:
        """Begin with another network."""
        self._titles = (first, second)
        self.field, self._present, self._trail = None, None, np.empty((0, 2))
        self._redraw()

    def show_field(self, field: FlowField) -> None:
        """Draw another field."""
        self.field = field
        self._redraw()

    def show_run(self, trail: np.ndarray, present: tuple[float, float]) -> None:
        """Draw where the weights have been (n, 2), with gaps of NaN, and where they are."""
        self._trail, self._present = trail, present
        self.update()

    def set_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def axes(self) -> Axes:
        """Return where the plane lies."""
        limits = (-SPAN, SPAN, -SPAN, SPAN)
        return place(QRectF(self.rect()), self.fontMetrics(), limits)

    # Drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, axes = QPainter(self), self.axes()
        if self._layer is None:
            self._layer = self._draw_layer(axes)
        painter.drawPixmap(0, 0, self._layer)
        painter.save()
        painter.setClipRect(axes.area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._live)
        self._draw_parabola(painter, axes)
        self._draw_trail(painter, axes)
        painter.restore()

    def _draw_layer(self, axes: Axes) -> QPixmap:
        """Draw what stays as it is while the weights move."""
        ratio, look = self.devicePixelRatioF(), theme.current()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setFont(self.font())
        painter.fillRect(axes.area, QColor(look.plot))
        painter.setPen(QPen(QColor(look.grid), 1))
        painter.drawLine(axes.point(-SPAN, 0), axes.point(SPAN, 0))
        painter.drawLine(axes.point(0, -SPAN), axes.point(0, SPAN))
        short = axes.area.width() < SPELL
        axes.draw(painter, *(title.partition(":")[0] if short else title for title in self._titles))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(axes.area)
        if self.field is not None:
            painter.setPen(QPen(QColor(look.muted), 1))
            painter.drawLines(arrows(self.field, axes))
            for stretch in self.field.solutions:
                _draw_solutions(painter, axes, stretch)
        painter.end()
        return layer

    def _draw_parabola(self, painter: QPainter, axes: Axes) -> None:
        """Draw where a linear network with fixed B can go from here: 2 B W2 - W1^2 stays."""
        field, present = self.field, self._present
        if field is None or present is None or not field.parabolic or not field.feedback:
            return
        constant = invariant(field, *present)
        ones = np.linspace(-SPAN, SPAN, 81)
        others = (constant + ones**2) / (2 * field.feedback)
        look = theme.current()
        painter.setPen(QPen(QColor(look.accent), 1, Qt.PenStyle.DashDotLine))
        painter.drawPolyline(_polygon(axes, np.stack([ones, others], axis=1)))
        inside = np.flatnonzero(np.abs(others) < 0.9 * SPAN)
        if axes.area.width() >= SPELL_OUT and len(inside):
            at = axes.point(float(ones[inside[0]]), float(others[inside[0]]))
            _write(painter, axes, at + QPointF(4, -2), in_words(constant), look.accent)

    def _draw_trail(self, painter: QPainter, axes: Axes) -> None:
        """Draw the path since the weights were last put somewhere, and earlier ones faintly."""
        look = theme.current()
        ink, faint = QColor(look.series[PATH]), QColor(look.series[PATH])
        faint.setAlpha(170)
        pieces = pieces_of(self._trail)
        for piece in pieces:
            last = piece is pieces[-1]
            painter.setPen(QPen(ink if last else faint, 1 if self._live or not last else 2))
            painter.drawPolyline(_polygon(axes, piece))
        if self._present is not None:
            painter.setPen(QPen(QColor(look.base), 1.5))
            painter.setBrush(ink)
            painter.drawEllipse(axes.point(*self._present), 5, 5)

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    # Hearing --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layer = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._weights_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._weights_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None and self.field:
            self.clicked.emit(*at)

    def _weights_at(self, place: QPointF) -> tuple[float, float] | None:
        """Return both weights at a point of the widget, to two decimals; None outside."""
        area = self.axes().area
        if not area.contains(place):
            return None
        across = (place.x() - area.center().x()) / (area.width() / 2)
        up = (area.center().y() - place.y()) / (area.height() / 2)
        return round(across * SPAN, 2), round(up * SPAN, 2)


def arrows(field: FlowField, axes: Axes) -> list[QLineF]:
    """Return each arrow's shaft and head; the longer the faster, as many as there is room for."""
    count = len(field.axis)
    gap = axes.area.width() / count
    every = max(1, int(-(-CLOSEST // gap)))
    chosen = [i for i in range(count) if (i - count // 2) % every == 0]
    steps = field.steps[np.ix_(chosen, chosen)]
    sizes = np.hypot(steps[..., 0], steps[..., 1])
    most = float(sizes.max(initial=0.0)) or 1.0
    lengths = np.maximum(SHORTEST, (sizes / most) ** 0.4) * 0.85 * gap * every
    lines: list[QLineF] = []
    for row, i in enumerate(chosen):
        for col, j in enumerate(chosen):
            size = float(sizes[row, col])
            if size > 1e-6 * most:
                at = axes.point(float(field.axis[j]), float(field.axis[i]))
                turn = steps[row, col] / size * float(lengths[row, col])
                lines += _arrow(at, QPointF(float(turn[0]), -float(turn[1])))
    return lines


def _arrow(middle: QPointF, along: QPointF) -> list[QLineF]:
    tip, tail = middle + along / 2, middle - along / 2
    back, side = along * 0.3, QPointF(-along.y(), along.x()) * 0.17
    return [QLineF(tail, tip), QLineF(tip, tip - back + side), QLineF(tip, tip - back - side)]


def _draw_solutions(painter: QPainter, axes: Axes, stretch: Solutions) -> None:
    look = theme.current()
    colour = getattr(look, COLOURS[stretch.kind])
    dashed = stretch.kind == "unstable"
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(colour), 2.4 if stretch.kind == "learns" else 1.6, style))
    painter.drawPolyline(_polygon(axes, stretch.points))
    if axes.area.width() >= SPELL:
        middle = stretch.points[len(stretch.points) // 2]
        at = axes.point(*map(float, middle)) + QPointF(5, 4 if dashed else -2)
        words = LONG_WORDS if axes.area.width() >= SPELL_OUT else WORDS
        _write(painter, axes, at, words[stretch.kind], colour)


def _write(painter: QPainter, axes: Axes, at: QPointF, words: str, colour: str) -> None:
    """Write on a plate, inside the plane."""
    metrics = painter.fontMetrics()
    wide, high = metrics.horizontalAdvance(words) + 6, metrics.height()
    area = axes.area
    left = min(max(at.x(), area.left() + 2), area.right() - wide - 2)
    top = min(max(at.y() - high, area.top() + 2), area.bottom() - high - 2)
    plate = QColor(theme.current().plot)
    plate.setAlpha(215)
    box = QRectF(left, top, wide, high)
    painter.fillRect(box, plate)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _polygon(axes: Axes, points: np.ndarray) -> QPolygonF:
    return QPolygonF([axes.point(x, y) for x, y in points.tolist()])
