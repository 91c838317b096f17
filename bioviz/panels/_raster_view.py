"""Spikes as marks: a row a unit, layers below each other, time across."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..figures.raster_band import Band
from ..ui import theme
from ..ui.word import number
from ._stretch import Stretch, axis_height, draw_cursor

GAP = 5  # pixels between two layers
LEAST = 15  # pixels of a layer's height
TALLEST = 12  # pixels of a spike's mark
WIDEST = 2
Spot = tuple[str, int, int]  # a layer, a unit and a tick


class RasterView(QWidget):
    """Draws bands, tells the spot under the mouse, and marks units that are looked at."""

    pointed = Signal(object)  # a Spot, or None
    clicked = Signal(str, int)  # a layer and a unit

    def __init__(self) -> None:
        super().__init__()
        self.bands: Sequence[Band] = ()
        self.stretch = Stretch(200, 0, 1)
        self.left = 60  # pixels for the names
        self.cursor_tick: int | None = None
        self.marked: Sequence[tuple[str, int]] = ()  # units of which there are traces
        self.titled = True  # whether the axis has a title
        self._mouse: QPointF | None = None
        self._images: list[QImage] = []  # of the bands; none once they are out of date
        self.setMouseTracking(True)
        self.setMinimumSize(100, 50)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Raster of spikes")
        theme.notifier.changed.connect(self._redraw)

    def show_bands(self, bands: Sequence[Band], stretch: Stretch) -> None:
        """Draw what came."""
        self.bands, self.stretch = bands, stretch
        self._redraw()
        if self._mouse is not None:
            self.pointed.emit(self._spot(self._mouse))

    def areas(self) -> list[QRectF]:
        """Where each band lies; larger layers are taller, though not in proportion."""
        below = axis_height(self.fontMetrics(), title=self.titled)
        room = QRectF(self.left, 4, max(10, self.width() - self.left - 10), self.height() - below)
        weights = [max(1, band.units) ** 0.4 for band in self.bands]
        free = room.height() - 4 - sum(LEAST + GAP for _ in weights) + GAP
        found, top = [], room.top()
        for weight in weights:
            high = LEAST + max(0.0, free) * weight / sum(weights)
            found.append(QRectF(room.left(), top, room.width(), high))
            top += high + GAP
        return found

    # Drawing --------------------------------------------------------------------------------

    def _redraw(self) -> None:
        self._images = []
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, areas = QPainter(self), self.areas()
        look, pairs = theme.current(), list(zip(self.bands, areas, strict=True))
        if not self._images:
            self._images = [self._image(band, area) for band, area in pairs]
        for (band, area), image in zip(pairs, self._images, strict=True):
            painter.drawImage(area, image)
            self._draw_onsets(painter, band, area)
            painter.setPen(QColor(look.outline))
            painter.drawRect(area)
            self._draw_name(painter, band, area)
            self._draw_marks(painter, band, area)
            draw_cursor(painter, self.stretch, area, self.cursor_tick)
        if areas:
            self.stretch.draw_axis(painter, areas[-1], title=self.titled)

    def _image(self, band: Band, area: QRectF) -> QImage:
        """The band's spikes, pixel by pixel of the screen: cheap however many there are.

        Those of units of which there are traces have the traces' colours. A burst's further
        spikes are low, broad and in the colour of what is sent down.
        """
        ratio = self.devicePixelRatioF()
        wide, high = max(1, int(area.width() * ratio)), max(1, int(area.height() * ratio))
        look = theme.current()
        pixels = np.full(high * wide, QColor(look.plot).rgb(), np.uint32)
        spikes, stretch = band.reply.spikes[-self.stretch.ticks :], self.stretch
        first = stretch.end - len(spikes)
        x = stretch.across(QRectF(0, 0, wide, high), np.arange(first, stretch.end)).astype(int)
        row = high / max(1, band.units)
        tall = max(1, int(min(0.8 * row, TALLEST * ratio)))
        broad = max(1, min(int(WIDEST * ratio), int(wide / stretch.ticks)))
        y = (np.arange(band.units) * row + (row - tall) / 2).astype(int)
        column, line = x.clip(0, wide - broad - 1), y.clip(0, high - tall) * wide
        when, unit = np.divmod(np.flatnonzero(spikes.view(bool)), max(1, band.units))
        corner, ink = column[when] + line[unit], self._inks(band)[unit]
        on = band.goes_on(when - len(spikes), unit)
        ink[on] = QColor(look.feedback).rgb()
        for which, rows, places in ((~on, tall, broad), (on, max(1, tall // 2), broad + 1)):
            at, dye = corner[which], ink[which]
            stamp = np.add.outer(np.arange(tall - rows, tall) * wide, np.arange(places))
            for place in stamp.ravel().tolist():
                pixels[at + place] = dye
        image = QImage(pixels.data, wide, high, wide * 4, QImage.Format.Format_RGB32)
        return image.copy()  # of its own memory

    def _inks(self, band: Band) -> np.ndarray:
        """The colour of every unit's spikes, (units,): the trace's, where there is one."""
        look = theme.current()
        inks = np.full(band.units, QColor(look.text).rgb(), np.uint32)
        for place, (layer, marked) in enumerate(self.marked):
            if layer == band.layer and marked < band.units:
                inks[marked] = QColor(look.series[place % len(look.series)]).rgb()
        return inks

    def _draw_onsets(self, painter: QPainter, band: Band, area: QRectF) -> None:
        painter.setPen(QPen(QColor(theme.current().faded), 1, Qt.PenStyle.DotLine))
        onsets = band.reply.onsets
        if len(onsets) > area.width() / 12:
            return  # they would be all that is seen
        for x in self.stretch.across(area, np.array(onsets)).tolist():
            if area.left() < x < area.right():
                painter.drawLine(int(x), int(area.top()), int(x), int(area.bottom()))

    def _draw_name(self, painter: QPainter, band: Band, area: QRectF) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        beside = QRectF(2, area.top(), self.left - 8, area.height())
        name = metrics.elidedText(band.layer, Qt.TextElideMode.ElideRight, int(beside.width()))
        count = number(band.units)
        size = count if band.units == band.reply.size else f"first {count}"
        two = area.height() >= 2 * metrics.height()
        painter.setPen(QColor(look.text))
        right = Qt.AlignmentFlag.AlignRight
        if not two:
            painter.drawText(beside, right | Qt.AlignmentFlag.AlignVCenter, name)
            return
        middle = area.center().y()
        upper = QRectF(2, middle - metrics.height(), beside.width(), metrics.height())
        painter.drawText(upper, right, name)
        painter.setPen(QColor(look.muted))
        painter.drawText(upper.translated(0, metrics.height()), right, size)

    def _draw_marks(self, painter: QPainter, band: Band, area: QRectF) -> None:
        """A small arrow at each unit of which there is a trace, in the trace's colour."""
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        for place, (layer, unit) in enumerate(self.marked):
            if layer != band.layer or unit >= band.units:
                continue
            painter.setBrush(QColor(look.series[place % len(look.series)]))
            y, x = area.top() + (unit + 0.5) * area.height() / band.units, area.right()
            painter.drawPolygon(
                QPolygonF([QPointF(x + 1, y), QPointF(x + 8, y - 4), QPointF(x + 8, y + 4)])
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # Hearing --------------------------------------------------------------------------------

    def _spot(self, where: QPointF) -> Spot | None:
        """The unit under the mouse, and the tick: that of its spike, where one is near."""
        for band, area in zip(self.bands, self.areas(), strict=True):
            if area.contains(where) and band.units:
                row = int((where.y() - area.top()) / area.height() * band.units)
                unit = min(row, band.units - 1)
                return band.layer, unit, self._near(band, area, unit, where.x())
        return None

    def _near(self, band: Band, area: QRectF, unit: int, x: float) -> int:
        first = self.stretch.end - len(band.reply.spikes)
        when = np.flatnonzero(band.reply.spikes[:, unit]) + first
        away = np.abs(self.stretch.across(area, when + 0.5) - x)
        if len(away) and away.min() <= 4:
            return int(when[away.argmin()])
        return self.stretch.tick_at(area, x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        self.pointed.emit(self._spot(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(spot[0], spot[1])

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)
