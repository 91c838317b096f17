"""The decision map: what the network answers over a plane, with the points it learns from."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QResizeEvent, qRgb
from PySide6.QtWidgets import QSizePolicy

from ..core.answer import DecisionReply, PointsReply
from ..figures.border import borders, edge
from ..ui import theme
from ..ui.colour import lookup
from ..ui.picture import Kept, blank
from ._axes import Axes, place
from ._symbol import class_colour, draw_symbol

SOFT = 0.5  # how much of a colour is laid on the plot's ground, so that points stand out
BAR = 66  # pixels for the colour bar with its numbers and title


class DecisionView(Kept):
    """A picture of the plane in the classes' colours, the line between them, and the points."""

    def __init__(self) -> None:
        super().__init__()
        self._classes: tuple[str, ...] = ()
        self._map: DecisionReply | None = None
        self._points: PointsReply | None = None
        self._image: QImage | None = None
        self._edge: np.ndarray = np.empty((0, 4))
        self._layer: QPixmap | None = None  # the points, drawn once
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Decision map")
        theme.notifier.changed.connect(self._recolour)

    def start(self, classes: tuple[str, ...]) -> None:
        """Forget what was drawn: another network, perhaps another task."""
        self._classes = classes
        self._map = self._points = self._image = self._layer = None
        self.draw_anew()

    def show_map(self, reply: DecisionReply) -> None:
        """Draw the answers over the plane."""
        self._map = reply
        self._edge = edge(reply.field) if reply.graded else borders(reply.field)
        self._paint_image()
        self.draw_anew()

    def show_points(self, reply: PointsReply) -> None:
        """Draw the training points, and a ring around the one that is being shown."""
        old, self._points = self._points, reply
        if old is None or not np.array_equal(old.points, reply.points):
            self._layer = None
        self.draw_anew()

    # Drawing --------------------------------------------------------------------------------

    def _axes(self, reply: DecisionReply) -> Axes:
        metrics = self.fontMetrics()
        bar = 30 + metrics.horizontalAdvance("0.5") + metrics.height()
        right = max(BAR, bar) if reply.graded else 10
        return place(QRectF(self.rect()), metrics, reply.limits, right)

    def _paint_image(self) -> None:
        """Turn the field into a picture in softened colours, row 0 at the bottom."""
        if self._map is None:
            return
        field = self._map.field[::-1]
        scaled = np.clip(field, 0, 1) * 255 if self._map.graded else field
        indices = np.ascontiguousarray(np.nan_to_num(scaled).astype(np.uint8))
        rows, cols = indices.shape
        form = QImage.Format.Format_Indexed8
        image = QImage(indices.tobytes(), cols, rows, cols, form)
        image.setColorTable(self._colours(self._map.graded))
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # owns its memory

    def _colours(self, graded: bool) -> list[int]:
        look = theme.current()
        if graded:
            return _graded(look)
        count = max(1, len(self._classes))
        return [_mix(QColor(look.plot), class_colour(i, count)) for i in range(count)]

    def draw(self, painter: QPainter) -> None:
        if self._map is None or self._image is None:
            painter.setPen(QColor(theme.current().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "The map is drawn here.")
            return
        axes = self._axes(self._map)
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, self._map.graded)
        painter.drawImage(axes.area, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_edge(painter, axes)
        self._draw_points(painter, axes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        axes.draw(painter, "Input 1", "Input 2")
        if self._map.graded:
            self._draw_bar(painter, axes)

    def _draw_edge(self, painter: QPainter, axes: Axes) -> None:
        if self._map is None or not len(self._edge):
            return
        rows, cols = self._map.field.shape
        steps = np.array([axes.area.width() / (cols - 1), axes.area.height() / (rows - 1)] * 2)
        ends = self._edge * steps
        left, bottom = axes.area.left(), axes.area.bottom()
        lines = [QLineF(left + a, bottom - b, left + c, bottom - d) for a, b, c, d in ends.tolist()]
        painter.setPen(QPen(QColor(theme.current().text), 1.6))
        painter.drawLines(lines)

    def _draw_points(self, painter: QPainter, axes: Axes) -> None:
        if self._points is None:
            return
        if self._layer is None:
            self._layer = self._draw_layer(axes)
        painter.drawPixmap(0, 0, self._layer)
        shown = self._points.shown
        if shown is not None and shown < len(self._points.points):
            at = axes.point(*map(float, self._points.points[shown]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, wide in ((theme.current().base, 4.5), (theme.current().text, 2)):
                painter.setPen(QPen(QColor(colour), wide))
                painter.drawEllipse(at, 8, 8)

    def _draw_layer(self, axes: Axes) -> QPixmap:
        assert self._points is not None  # noqa: S101  (the caller looked)
        layer = blank(self, self.devicePixelRatioF())
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(axes.area)
        painter.setPen(QPen(QColor(theme.current().plot), 0.8))
        size = 2.6 if len(self._points.points) > 250 else 3.6
        count = max(2, len(self._classes))
        for kind in range(count):
            painter.setBrush(class_colour(kind, count))
            for x, y in self._points.points[self._points.labels == kind].tolist():
                draw_symbol(painter, axes.point(x, y), kind, size)
        painter.end()
        return layer

    def _draw_bar(self, painter: QPainter, axes: Axes) -> None:
        """Draw the scale from the first class to the second, with a half where neither wins."""
        look, metrics = theme.current(), painter.fontMetrics()
        strip = QRectF(axes.area.right() + 10, axes.area.top(), 10, axes.area.height())
        ramp = np.repeat(np.arange(255, -1, -1, dtype=np.uint8), 4)
        image = QImage(ramp.tobytes(), 4, 256, 4, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours(graded=True))
        painter.drawImage(strip, image)
        painter.setPen(QColor(look.outline))
        painter.drawRect(strip)
        painter.setPen(QColor(look.axis))
        for level, words in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
            y = strip.bottom() - level * strip.height()
            y = min(max(y, strip.top() + metrics.height() / 2 - 2), strip.bottom() - 4)
            painter.drawText(QPointF(strip.right() + 4, y + metrics.ascent() / 2 - 1), words)
        self._draw_bar_title(painter, strip)

    def _draw_bar_title(self, painter: QPainter, strip: QRectF) -> None:
        metrics = painter.fontMetrics()
        name = self._classes[1] if len(self._classes) == 2 else "the second class"
        words = f"probability of {name}"
        if metrics.horizontalAdvance(words) > strip.height():
            words = metrics.elidedText(
                f"P({name})", Qt.TextElideMode.ElideRight, int(strip.height())
            )
        painter.save()
        painter.translate(strip.right() + 8 + metrics.horizontalAdvance("0.5"), strip.bottom())
        painter.rotate(-90)
        beside = QRectF(0, 0, strip.height(), metrics.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    # Hearing --------------------------------------------------------------------------------

    def _recolour(self) -> None:
        self._layer = None
        self._paint_image()
        self.draw_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layer = None


@lru_cache(maxsize=4)
def _graded(look: theme.Theme) -> list[int]:
    """The softened colours from the first class to the second; made once for each theme."""
    ground, ends = QColor(look.plot), np.linspace(28, 227, 256).astype(int)
    table = lookup("diverging", look)[ends].tolist()
    return [_mix(ground, QColor(*colour[:3])) for colour in table]


def _mix(ground: QColor, colour: QColor) -> int:
    ends = ((ground.red(), colour.red()), (ground.green(), colour.green()))
    red, green = (round(a + SOFT * (b - a)) for a, b in ends)
    return qRgb(red, green, round(ground.blue() + SOFT * (colour.blue() - ground.blue())))
