"""The line of time: moments that are kept, bookmarks, events, and where one looks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSlider, QToolTip

from ..core.probe import Marker
from ..ui import theme
from .time_scale import part_of, parts_of, trial_at

EDGE = 9  # pixels left and right of the line, for the handle
NEAR = 5  # pixels within which the mouse means a bookmark or an event
GROOVE = 4
HANDLE = 7
DOT = 2  # how wide a moment is drawn
SPARSE = 8  # pixels between moments above which each is drawn


class HistoryLine(QSlider):
    """A slider over the moments of a history; its last value is the present.

    Values count moments, so that the arrow keys and a screen reader go from one to the next; on the
    line each lies where its trial does.
    """

    looked = Signal(int)  # the trial that is asked for
    live_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._trials: tuple[int, ...] = ()
        self._now = 0
        self._log = False
        self._looking: int | None = None
        self._bookmarks: Mapping[int, str] = {}
        self._events: Sequence[Marker] = ()
        self.setAccessibleName("History")
        self.setPageStep(10)
        self.setRange(0, 0)
        self.setMouseTracking(True)
        self.setMinimumWidth(120)
        self.actionTriggered.connect(self._on_action)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, 30)

    # ---- what is so ------------------------------------------------------------------------

    def set_history(self, trials: tuple[int, ...], now: int, looking: int | None) -> None:
        """Show which moments there are, how far training is, and which one is looked at."""
        if (trials, now, looking) == (self._trials, self._now, self._looking):
            return
        self._trials, self._now, self._looking = trials, now, looking
        place = len(trials) if looking is None else max(0, bisect_right(trials, looking) - 1)
        before = self.blockSignals(True)
        self.setRange(0, len(trials))
        self.setValue(place)
        self.blockSignals(before)
        where = "the present" if looking is None else f"trial {looking:,}"
        self.setAccessibleDescription(f"{where}, of {len(trials)} moments up to trial {now:,}")
        self.update()

    def set_notes(self, bookmarks: Mapping[int, str], events: Sequence[Marker]) -> None:
        if (bookmarks, events) != (self._bookmarks, self._events):
            self._bookmarks, self._events = bookmarks, events
            self.update()

    def set_log(self, log: bool) -> None:
        """Lay early trials apart by their logarithm, or all evenly."""
        self._log = log
        self.update()

    # ---- mouse and keys --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            mark = self._bookmark_near(event.position().x())
            self._go(event.position().x() if mark is None else self._x(mark))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().x())
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.live_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """What lies at a place of the line, in words."""
        shown = self._kept(x)
        lines = ["the present" if shown is None else f"trial {shown:,}"]
        lines += [f"bookmark: {n}" for at, n in self._bookmarks.items() if self._is_near(at, x)]
        lines += [
            f"trial {mark.trial:,}: {mark.text}"
            for mark in self._events
            if self._is_near(mark.trial, x)
        ]
        return "\n".join([*lines[:8], "" if len(lines) < 9 else "…"]).rstrip()

    def _on_action(self, _: int) -> None:
        """A key or the wheel has moved the slider."""
        place = self.sliderPosition()
        if place >= len(self._trials):
            self.live_asked.emit()
        else:
            self.looked.emit(self._trials[place])

    def _go(self, x: float) -> None:
        shown = self._kept(x)
        if shown is None:
            self.live_asked.emit()
        elif shown != self._looking:
            self.looked.emit(shown)

    def _kept(self, x: float) -> int | None:
        """The moment nearest to a place on the line; None for the present."""
        if not self._trials:
            return None
        place = bisect_right(self._trials, self._trial(x))
        near = self._trials[max(0, place - 1) : place + 1]
        best = min(near, key=lambda trial: abs(self._x(trial) - x))
        present = abs(self._x(self._now) - x) <= abs(self._x(best) - x)
        return None if present else best

    def _bookmark_near(self, x: float) -> int | None:
        near = [trial for trial in self._bookmarks if self._is_near(trial, x)]
        return min(near, key=lambda trial: abs(self._x(trial) - x), default=None)

    def _is_near(self, trial: int, x: float) -> bool:
        return abs(self._x(trial) - x) <= NEAR

    # ---- where things lie ------------------------------------------------------------------

    def _x(self, trial: float) -> float:
        room = self.width() - 2 * EDGE
        return EDGE + room * part_of(trial, self._now, log=self._log)

    def _trial(self, x: float) -> float:
        part = (x - EDGE) / max(1, self.width() - 2 * EDGE)
        return trial_at(part, self._now, log=self._log)

    # ---- drawing ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        here = self._x(self._now if self._looking is None else self._looking)
        self._draw_groove(painter, look, middle, here)
        self._draw_moments(painter, look, middle)
        self._draw_events(painter, look, middle)
        self._draw_bookmarks(painter, look, middle)
        self._draw_handle(painter, look, QPointF(here, middle))

    def _draw_groove(
        self, painter: QPainter, look: theme.Theme, middle: float, here: float
    ) -> None:
        whole = QRectF(EDGE, middle - GROOVE / 2, self.width() - 2 * EDGE, GROOVE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.outline))
        painter.drawRoundedRect(whole, GROOVE / 2, GROOVE / 2)
        past = QRectF(whole.topLeft(), QPointF(here, whole.bottom()))
        painter.setBrush(QColor(look.accent if self.isEnabled() else look.disabled))
        painter.drawRoundedRect(past, GROOVE / 2, GROOVE / 2)

    def _draw_moments(self, painter: QPainter, look: theme.Theme, middle: float) -> None:
        """A dot for each moment, where they lie far enough apart to be told from one another."""
        painter.setPen(QPen(QColor(look.base), DOT))
        painter.drawPoints([QPointF(x, middle) for x in self._spread()])

    def _spread(self) -> list[float]:
        """Where moments lie, but for those too near the last one that is drawn."""
        parts = parts_of(np.array(self._trials), self._now, log=self._log)
        places: list[float] = (EDGE + (self.width() - 2 * EDGE) * parts).tolist()
        found, place = [], 0
        while place < len(places):  # from dot to dot: it is drawn five times a second
            found.append(places[place])
            place = bisect_left(places, places[place] + SPARSE, place + 1)
        return found

    def _draw_events(self, painter: QPainter, look: theme.Theme, middle: float) -> None:
        painter.setPen(QPen(QColor(look.muted), 1.5))
        for x in {round(self._x(mark.trial)) for mark in self._events}:
            painter.drawLine(QPointF(x, middle + 5), QPointF(x, middle + 10))

    def _draw_bookmarks(self, painter: QPainter, look: theme.Theme, middle: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.feedback))
        for trial in self._bookmarks:
            x, top = self._x(trial), middle - 13
            notched = [(-3.5, 0), (3.5, 0), (3.5, 9), (0, 6.5), (-3.5, 9)]
            painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in notched]))

    def _draw_handle(self, painter: QPainter, look: theme.Theme, at: QPointF) -> None:
        """Full where it holds a moment of the past, hollow where it goes along with the present."""
        ring = QColor(look.accent if self.isEnabled() else look.disabled)
        painter.setPen(QPen(ring, 2))
        painter.setBrush(QColor(look.base) if self._looking is None else ring)
        painter.drawEllipse(at, HANDLE - 1, HANDLE - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ring, 1))
            painter.drawEllipse(at, HANDLE + 1, HANDLE + 1)
