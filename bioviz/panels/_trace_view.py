"""Traces of single units and synapses below each other, over the raster's stretch of time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..figures.track import Track
from ..ui import theme
from ..ui.word import number
from ._stretch import Stretch, axis_height, draw_cursor

GAP = 6  # pixels between two tracks
MOST_POINTS = 1000  # of a line; more cannot be told apart


class TraceView(QWidget):
    """Draws tracks and tells which tick is under the mouse."""

    pointed = Signal(object)  # a tick, or None

    def __init__(self) -> None:
        super().__init__()
        self.tracks: Sequence[Track] = ()
        self.stretch = Stretch(200, 0, 1)
        self.left = 60
        self.cursor_tick: int | None = None
        self.titled = True
        self.empty = ""  # what is said where there are no tracks
        self._live = False
        self._mouse: QPointF | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(100, 50)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Traces")
        theme.notifier.changed.connect(self.update)

    def show_tracks(self, tracks: Sequence[Track], stretch: Stretch) -> None:
        """Draw what came."""
        self.tracks, self.stretch = tracks, stretch
        self.update()
        if self._mouse is not None:
            self.pointed.emit(self._tick(self._mouse))

    def set_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def areas(self) -> list[QRectF]:
        """Where each track lies."""
        below = axis_height(self.fontMetrics(), title=self.titled)
        high = (self.height() - below - 2 - GAP * (len(self.tracks) - 1)) / max(1, len(self.tracks))
        wide = max(10, self.width() - self.left - 10)
        return [
            QRectF(self.left, 2 + place * (high + GAP), wide, max(4.0, high))
            for place in range(len(self.tracks))
        ]

    def say(self, tick: int) -> str:
        """What all tracks were at a tick, in words."""
        back = self.stretch.end - 1 - tick
        return "; ".join(filter(None, (track.say(back) for track in self.tracks)))

    # Drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, areas, look = QPainter(self), self.areas(), theme.current()
        if not areas:
            painter.setPen(QColor(look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 4, -12, -4), int(flags), self.empty)
            return
        for track, area in zip(self.tracks, areas, strict=True):
            painter.fillRect(area, QColor(look.plot))
            self._draw_track(painter, track, area)
            painter.setPen(QColor(look.outline))
            painter.drawRect(area)
            self._draw_name(painter, track, area)
            draw_cursor(painter, self.stretch, area, self.cursor_tick)
        self.stretch.draw_axis(painter, areas[-1], title=self.titled)

    def _draw_track(self, painter: QPainter, track: Track, area: QRectF) -> None:
        look = theme.current()
        ink = QColor(look.series[track.colour % len(look.series)])
        painter.save()
        painter.setClipRect(area)
        if track.level is not None:
            painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DashLine))
            y = _up(area, track, np.array(track.level))
            painter.drawLine(QLineF(area.left(), float(y), area.right(), float(y)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._live)
        painter.setPen(QPen(ink, max(1 if self._live else 1.4, look.stroke)))
        if track.spikes is not None:
            self._draw_spikes(painter, track, area)
        if track.values is not None and len(track.values) < 2:
            painter.setPen(QColor(look.muted))
            words = "followed from now on: play or step"
            foot = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(area.adjusted(0, 0, 0, -3), foot, words)
        elif track.values is not None:
            if track.behind is not None:
                painter.setPen(QPen(QColor(look.faded), 1))
                self._draw_line(painter, track, area, track.behind)
                painter.setPen(QPen(ink, max(1 if self._live else 1.4, look.stroke)))
            self._draw_line(painter, track, area, track.values)
        painter.restore()

    def _draw_line(self, painter: QPainter, track: Track, area: QRectF, values: np.ndarray) -> None:
        first = self.stretch.end - len(values)
        ticks, kept = _thin(np.arange(len(values)) + first, values)
        x, y = self.stretch.across(area, ticks + 0.5), _up(area, track, kept)
        painter.drawPath(pg.arrayToQPath(x, y, connect="finite"))

    def _draw_spikes(self, painter: QPainter, track: Track, area: QRectF) -> None:
        assert track.spikes is not None  # noqa: S101
        first = self.stretch.end - len(track.spikes)
        foot = track.level if track.level is not None else track.low
        bottom = float(_up(area, track, np.array(foot)))
        top = area.top() + 0.12 * area.height()
        places = self.stretch.across(area, np.flatnonzero(track.spikes) + first + 0.5)
        painter.drawLines([QLineF(x, bottom, x, top) for x in places.tolist()])

    def _draw_name(self, painter: QPainter, track: Track, area: QRectF) -> None:
        """The title over what is drawn, and the ends of its axis where there is room for them."""
        look, metrics = theme.current(), painter.fontMetrics()
        line, beside = metrics.height(), QRectF(2, area.top(), self.left - 8, area.height())
        elide, right = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(look.text))
        lines = [track.title, track.quantity + (f" ({track.unit})" if track.unit else "")]
        lines += [f"{track.behind_name}, grey"] if track.behind_name else []
        tall = area.height() >= (len(lines) + 2) * line
        shown = lines[: max(1, int(area.height() / line))]
        top = area.center().y() - line * len(shown) / 2
        for place, words in enumerate(shown):
            if place:
                painter.setPen(QColor(look.muted))
            box = QRectF(2, top + place * line, beside.width(), line)
            painter.drawText(box, right, metrics.elidedText(words, elide, int(beside.width())))
        if tall:
            painter.setPen(QColor(look.axis))
            painter.drawText(beside, right | Qt.AlignmentFlag.AlignTop, number(track.high, 4))
            painter.drawText(beside, right | Qt.AlignmentFlag.AlignBottom, number(track.low, 4))

    # Hearing --------------------------------------------------------------------------------

    def _tick(self, where: QPointF) -> int | None:
        areas = self.areas()
        if not areas or not areas[0].left() <= where.x() <= areas[0].right():
            return None
        return self.stretch.tick_at(areas[0], where.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        self.pointed.emit(self._tick(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)


def _up(area: QRectF, track: Track, values: np.ndarray) -> np.ndarray:
    """Where values lie on a track, in pixels; a little short of its frame at both ends."""
    room = area.height() - 4
    part = (np.asarray(values, np.float64) - track.low) / max(track.high - track.low, 1e-12)
    up: np.ndarray = area.bottom() - 2 - part * room
    return up


def _thin(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest of each few samples, where there are too many to draw."""
    step = 2 * len(y) // MOST_POINTS
    if step < 3:
        return x, y
    whole = len(y) // step * step
    blocks = y[:whole].reshape(-1, step)
    ends = np.sort(np.stack([blocks.argmin(1), blocks.argmax(1)], axis=1), axis=1)
    places = (ends + np.arange(len(blocks))[:, None] * step).ravel()
    places = np.append(places, np.arange(whole, len(y)))
    return x[places], y[places]
