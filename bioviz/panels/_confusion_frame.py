"""What stands around a confusion matrix: the classes' names, the axes' titles, the colour bar."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from ..ui import theme
from ..ui.colour import colour_table
from ..ui.word import number

STRIP = 8  # pixels, the colour bar
ROOMY = 36  # pixels: in narrower columns names that do not fit are left out, not cut short
Flag = Qt.AlignmentFlag
ELIDE = Qt.TextElideMode.ElideRight


def bar_width(metrics: QFontMetrics) -> int:
    """Return the room right of the matrix, in pixels."""
    return STRIP + 20 + metrics.horizontalAdvance("100 %")


def draw_row_names(painter: QPainter, area: QRect, names: tuple[str, ...], wide: int) -> None:
    """Write the true classes, in `wide` pixels left of the matrix; names never overlap."""
    metrics, high = painter.fontMetrics(), area.height() / len(names)
    for row in range(0, len(names), ceil(0.9 * metrics.height() / high)):
        words = metrics.elidedText(names[row], ELIDE, wide)
        top = area.top() + (row + 0.5) * high - metrics.height() / 2
        box = QRectF(area.left() - 5 - wide, top, wide, metrics.height())
        painter.drawText(box, Flag.AlignRight | Flag.AlignVCenter, words)


def draw_column_names(painter: QPainter, area: QRect, names: tuple[str, ...]) -> None:
    """Write the answered classes below the matrix; names never overlap."""
    metrics, wide = painter.fontMetrics(), area.width() / len(names)
    widest = max(metrics.horizontalAdvance(name) for name in names)
    step = 1 if wide >= ROOMY else ceil((widest + 3) / wide)
    for col in range(0, len(names), step):
        room = step * wide
        words = metrics.elidedText(names[col], ELIDE, ceil(room) + 1)
        middle = area.left() + (col + 0.5) * wide
        box = QRectF(middle - room, area.bottom() + 3, 2 * room, metrics.height())
        painter.drawText(box, Flag.AlignCenter, words)


def draw_titles(painter: QPainter, area: QRect, room: QRect, labels: int, trial: int) -> None:
    """Write what rows and columns are, beyond the names, and when the counts were made."""
    line = painter.fontMetrics().height()
    half = min(area.center().x() - room.left(), room.right() - area.center().x())
    below = QRect(area.center().x() - half, area.bottom() + 4 + line, 2 * half, line)
    painter.drawText(below, Flag.AlignCenter, f"answered, at trial {number(trial, 9)}")
    painter.save()
    painter.translate(area.left() - 9 - labels - line, area.bottom())
    painter.rotate(-90)
    painter.drawText(QRect(0, 0, area.height(), line), Flag.AlignCenter, "true")
    painter.restore()


def draw_bar(painter: QPainter, area: QRect, peak: float) -> None:
    """Draw what the colours of mistakes mean: from none to `peak`, a part of a row."""
    look, metrics = theme.current(), painter.fontMetrics()
    strip = QRectF(area.right() + 12, area.top(), STRIP, area.height())
    ramp = np.repeat(np.arange(254, -1, -1, dtype=np.uint8), 4)
    image = QImage(ramp.tobytes(), 4, 255, 4, QImage.Format.Format_Indexed8)
    image.setColorTable(colour_table("sequential", look))
    painter.drawImage(strip, image)
    painter.setPen(QColor(look.outline))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(strip)
    painter.setPen(QColor(look.axis))
    top = strip.top() + metrics.ascent() - 1
    painter.drawText(QPointF(strip.right() + 4, top), f"{number(100 * peak, 3)} %")
    painter.drawText(QPointF(strip.right() + 4, strip.bottom()), "0")
