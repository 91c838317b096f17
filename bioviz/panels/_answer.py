"""One example at a time: what is shown, what the network answers, and what it should."""

from __future__ import annotations

from math import isfinite

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.answer import AnswersReply
from ..core.decade import round_up
from ..figures.task_words import brightness, row_names
from ..ui import theme
from ._digits import ink, picture

LEAST, MOST = 15, 30  # pixels for one output's row


class AnswerView(QWidget):
    """The sample large, and a bar for each output, with a line where the target is."""

    def __init__(self) -> None:
        super().__init__()
        self._reply: AnswersReply | None = None
        self._names: tuple[str, ...] = ()
        self._image: tuple[int, int] | None = None
        self._peak = 1.0
        self._signed = False
        self.setAccessibleName("Answers to the example that is shown now")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self.update)

    def start(self, names: tuple[str, ...], image: tuple[int, int] | None, signed: bool) -> None:
        """Begin with another network: its outputs' names, and whether they can be negative."""
        self._names, self._image, self._signed = names, image, signed
        self._reply, self._peak = None, 1.0
        self.update()

    def show_answers(self, reply: AnswersReply) -> None:
        """Draw the first example of a reply."""
        self._reply = reply
        peak = float(max(np.abs(reply.answers[0]).max(), np.abs(reply.targets[0]).max(initial=0.0)))
        if isfinite(peak) and peak > self._peak:
            self._peak = round_up(peak)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        if self._reply is None:
            painter.setPen(QColor(look.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            words = "Press play or step: the example that is being learned appears here."
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), flags, words)
            return
        room = QRectF(self.rect()).adjusted(12, 4, -12, -6)
        self._draw_key(painter, room)
        room.setBottom(room.bottom() - painter.fontMetrics().height() - 4)
        if self._image is not None:
            side = min(room.height(), room.width() * 0.42, 320)
            box = QRectF(room.left(), room.top() + (room.height() - side) / 2, side, side)
            values = brightness(self._reply.inputs[0])
            painter.drawImage(box, picture(values.reshape(self._image), ink()))
            painter.setPen(QColor(look.outline))
            painter.drawRect(box)
            room.setLeft(box.right() + 16)
        self._draw_bars(painter, room)

    def _draw_bars(self, painter: QPainter, room: QRectF) -> None:
        assert self._reply is not None  # noqa: S101  (paintEvent looked)
        look, metrics = theme.current(), painter.fontMetrics()
        answers, targets = self._reply.answers[0], self._reply.targets[0]
        names = row_names(self._names, len(answers))
        fit = max(1, min(len(answers), int(room.height() / LEAST)))
        high = min(MOST, room.height() / fit)
        top = room.top() + (room.height() - high * fit) / 2
        left = max(metrics.horizontalAdvance(name) for name in names) + 8
        right = metrics.horizontalAdvance("−0.00") + 8
        zero = room.left() + left
        span = max(10.0, room.width() - left - right)
        for row in range(fit):
            y = top + row * high
            bar = QRectF(zero, y + high * 0.18, span, high * 0.64)
            painter.setPen(QColor(look.text))
            words = QRectF(room.left(), y, left - 8, high)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, flags, names[row])
            target = float(targets[row]) if len(targets) else None
            self._draw_bar(painter, bar, float(answers[row]), target)
            worth = QRectF(bar.right() + 6, y, right, high)
            painter.drawText(
                worth, Qt.AlignmentFlag.AlignVCenter, f"{answers[row]:.2f}".replace("-", "−")
            )

    def _draw_key(self, painter: QPainter, room: QRectF) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        line = QRectF(room.left(), room.bottom() - metrics.height(), room.width(), metrics.height())
        middle, left = line.center().y(), room.left()
        painter.fillRect(QRectF(left, middle - 4, 18, 8), QColor(look.series[0]))
        painter.setPen(QColor(look.muted))
        painter.drawText(line.adjusted(24, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "answer")
        if self._reply is not None and not self._reply.targets.size:
            return  # nobody says what the answer should be
        left += 24 + metrics.horizontalAdvance("answer") + 16
        painter.fillRect(QRectF(left, line.top() + 1, 3, line.height() - 2), QColor(look.text))
        line.setLeft(left + 9)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, "target")

    def _draw_bar(
        self, painter: QPainter, bar: QRectF, answer: float, target: float | None
    ) -> None:
        look = theme.current()
        painter.fillRect(bar, QColor(look.alternate))
        middle = bar.center().x() if self._signed else bar.left()
        scale = (bar.width() / 2 if self._signed else bar.width()) / self._peak
        if isfinite(answer):
            fill = QRectF(bar)
            ends = sorted((middle, middle + answer * scale))
            fill.setLeft(max(bar.left(), ends[0]))
            fill.setRight(min(bar.right(), ends[1]))
            painter.fillRect(fill, QColor(look.series[0]))
        if self._signed:
            painter.setPen(QColor(look.outline))
            painter.drawLine(int(middle), int(bar.top() - 2), int(middle), int(bar.bottom() + 2))
        if target is not None and (target or not self._names):
            x = min(max(bar.left() + 1, middle + target * scale), bar.right() - 1)
            painter.setPen(QPen(QColor(look.text), 3))
            painter.drawLine(int(x), int(bar.top() - 2), int(x), int(bar.bottom() + 2))
        painter.setPen(QColor(look.text))
