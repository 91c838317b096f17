"""A square pad to draw on with a mouse, a pen or a finger."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..ui import theme
from ._digits import ink, picture
from ._seen import resampled

SIDE = 280  # pixels of the drawing, whatever the pad's size: whole times 28 and 8
PEN = 24  # of these, the width of a stroke; MNIST's are about a tenth of a digit's box


class DigitPad(QWidget):
    """What is drawn with the left button (Qt turns pens and fingers into it) is ink."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self._image.fill(0)
        self._last: QPointF | None = None  # where the pen is, while it is down
        self.blank = True
        self.setAccessibleName("Pad to draw on")
        self.setToolTip("Draw a digit here; the network answers while you draw")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self.update)

    def drawing(self) -> np.ndarray:
        """Return a copy of the drawing, float32 (SIDE, SIDE) from 0 to 1."""
        pixels = np.frombuffer(self._image.constBits(), np.uint8)
        rows = pixels.reshape(SIDE, self._image.bytesPerLine())[:, :SIDE]
        return rows.astype(np.float32) / 255

    def erase(self) -> None:
        """Begin with a clean pad."""
        self._image.fill(0)
        self.blank = True
        self.update()

    def show_picture(self, values: np.ndarray) -> None:
        """Lay (rows, cols) values from 0 to 1 on the pad, to be drawn on further."""
        pixels = (resampled(values, SIDE, SIDE).clip(0, 1) * 255).astype(np.uint8)
        form = QImage.Format.Format_Grayscale8
        self._image = QImage(pixels.tobytes(), SIDE, SIDE, SIDE, form).copy()
        self.blank = False
        self.update()

    # Drawing --------------------------------------------------------------------------------

    def box(self) -> QRectF:
        """Return where the drawing lies, in this widget's pixels: a square, as large as fits."""
        side = min(self.width(), self.height()) - 2
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        return QRectF(left, top, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, box = theme.current(), QPainter(self), self.box()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, picture(self.drawing(), ink()))
        painter.setPen(QColor(look.outline))
        painter.drawRect(box)
        if self.blank:
            painter.setPen(QColor(look.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box.adjusted(8, 8, -8, -8), flags, "Draw a digit here")

    def _draw_to(self, where: QPointF) -> None:
        box = self.box()
        scale = SIDE / max(1.0, box.width())
        point = QPointF((where.x() - box.left()) * scale, (where.y() - box.top()) * scale)
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(QColor("white"), PEN, Qt.PenStyle.SolidLine, round_, join))
        painter.drawLine(self._last or point, point)
        painter.end()
        self._last, self.blank = point, False
        self.update()
        self.drawn.emit()

    # Hearing --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._draw_to(event.position())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._last = None
