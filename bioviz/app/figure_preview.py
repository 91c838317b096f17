"""The preview of a figure: as it will be, in its true proportions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..figures.preset import Preset
from ..ui import theme

MARGIN = 14  # pixels around the sheet
CELL = 8  # pixels, of the chequers that stand for no ground at all


class FigurePreview(QWidget):
    """Shows a picture on the window's ground, or why there is none."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self._late = False  # whether the picture is of an earlier choice
        self.setMinimumSize(320, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")
        self.setToolTip("The figure as it will be written, in its true proportions")
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def dpi(self, preset: Preset) -> float:
        """With how many dots per inch a preset's sheet just fills the room that there is."""
        return max(20.0, self.fit(preset.width, preset.height))

    def fit(self, wide: float, high: float) -> float:
        """How many of the screen's pixels there is room for, to one of a sheet of this size."""
        room = self.size() - QSize(2 * MARGIN, 2 * MARGIN)
        return min(room.width() / wide, room.height() / high) * self.devicePixelRatioF()

    def show_image(self, image: bytes) -> None:
        """Show a PNG."""
        self._image = QImage.fromData(image)
        self._words, self._late = "", False
        self.setAccessibleDescription("")
        self.update()

    def wait(self) -> None:
        """Show that another picture is being drawn: the one before goes pale."""
        self._late = True
        self.update()

    def say(self, words: str) -> None:
        """Show nothing but a sentence."""
        self._image, self._words, self._late = QImage(), words, False
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), QColor(look.alternate))
        if self._image.isNull():
            painter.setPen(QColor(look.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            words = self._words or "The preview is being drawn."
            painter.drawText(self.rect().adjusted(30, 20, -30, -20), flags, words)
            return
        box = self._place()
        if self._image.hasAlphaChannel():
            painter.fillRect(box, QColor("#ffffff"))
            painter.fillRect(box, _chequers())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.45 if self._late else 1.0)
        painter.drawImage(box, self._image)
        painter.setOpacity(1.0)
        painter.setPen(QColor(look.outline))
        painter.drawRect(box)

    def _place(self) -> QRectF:
        """Where the sheet lies: in the middle, as large as it fits."""
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left = room.left() + (room.width() - size.width()) / 2
        top = room.top() + (room.height() - size.height()) / 2
        return QRectF(round(left), round(top), size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _chequers() -> QBrush:
    image = QImage(2 * CELL, 2 * CELL, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    for x, y in ((0, 0), (CELL, CELL)):
        painter.fillRect(x, y, CELL, CELL, QColor("#e4e7ec"))
    painter.end()
    return QBrush(image)
