"""How weights are spread over time: a map of trials by weight, and the present spread beside."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.request_timing import CourseReply
from ..figures.panels.stdp_window import SHARES, share_peak, shares_of
from ..ui import theme
from ..ui.colour import colour_words
from ..ui.word import number
from ._axes import Axes, bottom_margin, left_margin

BESIDE = 0.24  # of the width for the present spread
GAP = 22  # pixels between both, so that the numbers at their ends do not touch
ROOM = 170  # pixels of width from which titles are in full


class CourseView(QWidget):
    """Trials across, weights up; the darker or lighter a cell, the more weights are there."""

    pointed = Signal(object)  # words on what is under the mouse, or None

    def __init__(self) -> None:
        super().__init__()
        self.reply: CourseReply | None = None
        self._shares = np.empty((0, 0))  # (rows, bins), in percent
        self._peak = 10.0  # where the colours end
        self._mouse: QPointF | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(100, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Spread of the weights over time")
        theme.notifier.changed.connect(self.update)

    def start(self) -> None:
        """Begin with another projection."""
        self.reply, self._peak = None, 10.0
        self.update()

    def show_course(self, reply: CourseReply) -> None:
        """Draw what the weights have been; the last row is what they are."""
        self.reply = reply
        self._shares = shares_of(reply)
        self._peak = max(self._peak, share_peak(self._shares))
        self.update()
        if self._mouse is not None:
            self.pointed.emit(self._say(self._mouse))

    def axes(self) -> tuple[Axes, Axes]:
        """Where the map is drawn, and the present spread."""
        metrics, top = self.fontMetrics(), self.reply.w_max if self.reply else 1.0
        left, legend = left_margin(metrics, 0, top), metrics.height() + 6
        beyond = metrics.horizontalAdvance("100") / 2 + 2  # half of the last number
        inside = QRectF(self.rect()).adjusted(left, legend, -beyond, -bottom_margin(metrics))
        wide = BESIDE * inside.width()
        first, second = inside.adjusted(0, 0, -wide - GAP, 0), QRectF(inside)
        second.setLeft(inside.right() - wide)
        trials = self.reply.trials if self.reply else np.array([0, 1])
        span = (float(trials[0]), float(max(trials[-1], trials[0] + 1)), 0.0, top)
        now = float(self._shares[-1].max()) if len(self._shares) else 0.0
        end = next((step for step in SHARES if step >= now), 100)
        return Axes(first, span, left), Axes(second, (0.0, end, 0.0, top), left)

    # Drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        if self.reply is None:
            painter.setPen(QColor(look.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "The weights come here.")
            return
        first, second = self.axes()
        wide = self.width() >= ROOM
        painter.drawImage(first.area, self._image(first))
        self._draw_present(painter, second)
        first.draw(painter, "Trial", "Weight w" if self.height() >= 120 else "w")
        second.draw(painter, " ", "")
        self._draw_ends(painter, second, "now, %" if wide else "now")
        self._draw_legend(painter, first.area)

    def _image(self, axes: Axes) -> QImage:
        """A column a pixel: what was noted at or before its trial."""
        assert self.reply is not None  # noqa: S101
        wide = max(1, int(axes.area.width() * self.devicePixelRatioF()))
        start, end, _, _ = axes.limits
        when = start + (np.arange(wide) + 0.5) / wide * (end - start)
        rows = np.searchsorted(self.reply.trials, when, side="right") - 1
        shares = self._shares[np.clip(rows, 0, len(self._shares) - 1)].T[::-1]
        indices = np.minimum(shares / self._peak * 254, 254).astype(np.uint8)
        pixels = np.take(colour_words("sequential", theme.current()), indices)
        high = pixels.shape[0]
        return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()

    def _draw_present(self, painter: QPainter, axes: Axes) -> None:
        """The last row as bars that grow to the right."""
        look = theme.current()
        painter.fillRect(axes.area, QColor(look.plot))
        ink, bins = QColor(look.series[0]), self._shares.shape[1]
        for place, share in enumerate(self._shares[-1].tolist()):
            if share:
                low, high = (axes.limits[3] * (place + side) / bins for side in (0, 1))
                box = QRectF(axes.point(0, high), axes.point(share, low))
                painter.fillRect(box.adjusted(0, 0.5, 0, -0.5), ink)

    def _draw_ends(self, painter: QPainter, axes: Axes, title: str) -> None:
        metrics = painter.fontMetrics()
        below = QRectF(axes.area.left() - 8, 0, axes.area.width() + 14, metrics.height())
        below.moveTop(axes.area.bottom() + metrics.height() + 6)
        painter.setPen(QColor(theme.current().axis))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, title)

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        """Above the map: what its colours mean."""
        look, metrics = theme.current(), painter.fontMetrics()
        strip = QRectF(area.left(), 5, min(64.0, 0.3 * area.width()), metrics.height() - 6)
        table = colour_words("sequential", look)
        image = QImage(table.data, 255, 1, 4 * 255, QImage.Format.Format_RGB32).copy()
        painter.drawImage(strip, image)
        painter.setPen(QPen(QColor(look.outline), 1))
        painter.drawRect(strip)
        painter.setPen(QColor(look.axis))
        long, short = f"0 to {self._peak:g} % of the weights", f"0 to {self._peak:g} %"
        room = self.width() - strip.right() - 8
        words = long if metrics.horizontalAdvance(long) < room else short
        beside = QRectF(strip.right() + 6, 1, room, metrics.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft, words)

    # Hearing --------------------------------------------------------------------------------

    def _say(self, where: QPointF) -> str | None:
        """What is under the mouse, exactly."""
        if self.reply is None:
            return None
        first, second = self.axes()
        area = first.area if first.area.contains(where) else second.area
        if not area.contains(where):
            return None
        trials, bins = self.reply.trials, self._shares.shape[1]
        row = len(trials) - 1
        if area == first.area:
            start, end, _, _ = first.limits
            when = start + (where.x() - area.left()) / area.width() * (end - start)
            row = max(0, int(np.searchsorted(trials, when, side="right")) - 1)
        place = min(bins - 1, max(0, int((area.bottom() - where.y()) / area.height() * bins)))
        ends = (number(self.reply.w_max * (place + side) / bins, 3) for side in (0, 1))
        count, share = int(self.reply.counts[row, place]), float(self._shares[row, place])
        return (
            f"Trial {number(int(trials[row]))}, w {' to '.join(ends)}: "
            f"{number(count)} weights, {number(share, 3)} %"
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        self.pointed.emit(self._say(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)
