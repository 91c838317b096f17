"""What a network says to one picture: the class large, the picture as seen, and a bar a class."""

from __future__ import annotations

from math import ceil, isfinite

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..core.decade import round_up
from ..ui import theme
from ._digits import ink, picture

WIDEST = 44  # pixels for one class's bar
ROOMY = 150  # pixels in height, from which on the small picture has a caption
Flag = Qt.AlignmentFlag


class Verdict(QWidget):
    """Answers as columns over the classes, with the winner and the picture above them."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._signed = False
        self._picture: np.ndarray | None = None  # (rows, cols), as the network sees it
        self._answer: np.ndarray | None = None  # (classes,)
        self._peak = 1.0
        self.setAccessibleName("The network's answer to the drawing")
        self.setToolTip(
            "The picture as the network sees it, the class with the largest output, and a bar "
            "for the output of each class"
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self.update)

    def start(self, names: tuple[str, ...], signed: bool) -> None:
        """Begin with another network: its classes, and whether its outputs can be negative."""
        self._names, self._signed = names, signed
        self._peak = 1.0
        self.show_picture(None)

    def show_picture(self, values: np.ndarray | None) -> None:
        """Show another picture as the network sees it; its answer is still to come."""
        self._picture = values
        if values is None:
            self._answer = None
        self.update()

    def show_answer(self, answer: np.ndarray) -> None:
        """Draw an answer (n_out,); one unit is read as two classes."""
        self._answer = np.append(1 - answer, answer) if len(answer) == 1 else answer
        peak = float(np.abs(self._answer).max())
        if isfinite(peak) and peak > self._peak:
            self._peak = round_up(peak)
        self.setAccessibleDescription(self.words())
        self.update()

    @property
    def winner(self) -> int | None:
        """The class that is answered; None while there is no answer."""
        if self._answer is None or not np.isfinite(self._answer).all():
            return None
        return int(self._answer.argmax())

    def words(self) -> str:
        """Say what is answered, and what comes next: "7 (0.93), then 2 (0.04)"."""
        return f"{self._ranked(0)}, {self.runner_up()}" if self.winner is not None else ""

    def runner_up(self) -> str:
        """Say only what comes next: "then 2 (0.04)"."""
        return f"then {self._ranked(1)}" if self.winner is not None else ""

    def _ranked(self, rank: int) -> str:
        assert self._answer is not None  # noqa: S101  (there is a winner)
        place = int(np.argsort(-self._answer, kind="stable")[rank])
        return f"{self._names[place]} ({_worth(self._answer[place])})"

    # Drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, room = QPainter(self), QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self._picture is None:
            painter.setPen(QColor(theme.current().muted))
            flags = int(Flag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(6, 4, -6, -4), flags, "The answer appears here.")
            return
        high = min(0.44 * room.height(), 0.42 * room.width(), 96)
        self._draw_picture(painter, QRectF(room.left(), room.top(), high, high))
        below = self._draw_caption(painter, room, high) if room.height() > ROOMY else 0
        if self._answer is None:
            return
        beside = QRectF(room.left() + high + 8, room.top(), room.width() - high - 8, high)
        self._draw_winner(painter, beside)
        room.setTop(room.top() + high + below + 6)
        self._draw_bars(painter, room)

    def _draw_picture(self, painter: QPainter, box: QRectF) -> None:
        assert self._picture is not None  # noqa: S101  (paintEvent looked)
        rows, cols = self._picture.shape
        wide, high = box.width() * min(1, cols / rows), box.height() * min(1, rows / cols)
        box = QRectF(box.left(), box.top(), wide, high)
        painter.drawImage(box, picture(self._picture.clip(0, 1), ink()))
        painter.setPen(QColor(theme.current().outline))
        painter.drawRect(box)

    def _draw_caption(self, painter: QPainter, room: QRectF, high: float) -> int:
        """Say what the small picture is, below it; return how much room that takes."""
        assert self._picture is not None  # noqa: S101  (paintEvent looked)
        line = painter.fontMetrics().height()
        painter.setPen(QColor(theme.current().muted))
        words = "as seen: {} × {}".format(*self._picture.shape)
        painter.drawText(QRectF(room.left(), room.top() + high + 2, room.width(), line), words)
        return line

    def _draw_winner(self, painter: QPainter, box: QRectF) -> None:
        look, winner, line = theme.current(), self.winner, painter.fontMetrics().height()
        name = "?" if winner is None else self._names[winner]
        font = QFont(self.font())
        font.setBold(True)
        size = max(10, int(box.height() - 0.8 * line))
        font.setPixelSize(size)
        wide = QFontMetrics(font).horizontalAdvance(name)
        if wide > box.width():
            font.setPixelSize(max(10, int(size * box.width() / wide)))
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        mode = Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(name, mode, ceil(box.width()))
        above = box.adjusted(0, -2, 0, -line)
        painter.drawText(above, Flag.AlignLeft | Flag.AlignVCenter | Qt.TextFlag.TextDontClip, name)
        painter.setFont(self.font())
        if winner is not None and self._answer is not None:
            painter.setPen(QColor(look.muted))
            below = QRectF(box.left(), box.bottom() - line, box.width(), line)
            words = f"output {_worth(self._answer[winner])}"
            if painter.fontMetrics().horizontalAdvance(words) > box.width():
                words = _worth(self._answer[winner])
            painter.drawText(below, Flag.AlignLeft | Flag.AlignVCenter, words)

    def _draw_bars(self, painter: QPainter, room: QRectF) -> None:
        assert self._answer is not None  # noqa: S101  (paintEvent looked)
        look, metrics, count = theme.current(), painter.fontMetrics(), len(self._answer)
        step = min(WIDEST, room.width() / count)
        bars = QRectF(room.left(), room.top(), step * count, room.height() - metrics.height() - 2)
        middle = bars.center().y() if self._signed else bars.bottom()
        scale = (bars.height() / 2 if self._signed else bars.height()) / self._peak
        for place, worth in enumerate(self._answer.tolist()):
            column = QRectF(bars.left() + place * step, bars.top(), step, bars.height())
            column.adjust(0.12 * step, 0, -0.12 * step, 0)
            painter.fillRect(column, QColor(look.alternate))
            if isfinite(worth):
                ends = sorted((middle, middle - worth * scale))
                column.setTop(max(bars.top(), ends[0]))
                column.setBottom(min(bars.bottom(), ends[1]))
                colour = look.series[0] if place == self.winner else look.muted
                painter.fillRect(column, QColor(colour))
        painter.setPen(QColor(look.outline))
        painter.drawLine(int(bars.left()), int(middle), int(bars.right()), int(middle))
        self._draw_names(painter, bars, step)

    def _draw_names(self, painter: QPainter, bars: QRectF, step: float) -> None:
        """Name the classes below their bars; names that would overlap are left out."""
        look, metrics = theme.current(), painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(name) for name in self._names)
        every = ceil((widest + 2) / step)
        for place, name in enumerate(self._names):
            if place % every and place != self.winner:
                continue
            middle = bars.left() + (place + 0.5) * step
            box = QRectF(middle - widest, bars.bottom() + 2, 2 * widest, metrics.height())
            painter.setPen(QColor(look.text if place == self.winner else look.muted))
            painter.drawText(box, Flag.AlignCenter, name)


def _worth(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
