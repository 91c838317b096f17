"""Answers against targets: every output of some examples as a point, right on the diagonal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.answer import AnswersReply
from ..core.decade import round_up
from ..ui import theme
from ._axes import place


class AnswerScatter(QWidget):
    """Targets across, answers up; on the diagonal an answer is exactly right."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs = np.empty((0, 2))
        self._peak = 0.0
        self.setAccessibleName("Answers against targets")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self.update)

    def start(self) -> None:
        """Begin with another network."""
        self._pairs, self._peak = np.empty((0, 2)), 0.0
        self.update()

    def show_answers(self, reply: AnswersReply) -> None:
        """Draw every output of every example; the targets choose the scale."""
        self._pairs = np.stack([reply.targets.ravel(), reply.answers.ravel()], axis=1)
        self._peak = max(self._peak, round_up(float(np.abs(reply.targets).max()) or 1.0))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        if not len(self._pairs):
            return
        end = self._peak
        axes = place(QRectF(self.rect()), self.fontMetrics(), (-end, end, -end, end))
        painter.fillRect(axes.area, QColor(look.plot))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(axes.point(-end, -end), axes.point(end, end))
        painter.save()
        painter.setClipRect(axes.area)
        painter.setPen(QPen(QColor(look.plot), 0.6))
        painter.setBrush(QColor(look.series[0]))
        good = self._pairs[np.isfinite(self._pairs).all(axis=1)]
        for x, y in good.tolist():
            painter.drawEllipse(axes.point(x, y), 2.8, 2.8)
        painter.restore()
        painter.setPen(QColor(look.muted))
        below = axes.area.adjusted(6, 6, -6, -4)  # where the diagonal leaves most room
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(below, corner, "dashed:\nexactly right")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        axes.draw(painter, "Target", "Answer")
