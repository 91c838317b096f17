"""Pictures with what the network says of each: right and wrong by frame and by a mark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ..figures.task_words import Caption
from ..ui import theme
from ..ui.colour import colour_table
from ..ui.picture import Kept

GAP = 6
LEAST = 30  # pixels: in a smaller picture a digit cannot be read, so fewer are shown
EASY = 56  # pixels: where captions are wide, so that pictures cannot be many
MOST = 96


def ink() -> list[int]:
    """Return the colours of values from 0 to 1, on the theme's ground; made once for many."""
    return colour_table("sequential", theme.current())


def picture(values: np.ndarray, colours: list[int]) -> QImage:
    """Return (rows, cols) values from 0 to 1 as a picture."""
    indices = np.clip(values * 254, 0, 254).astype(np.uint8)
    rows, cols = indices.shape
    form = QImage.Format.Format_Indexed8
    image = QImage(indices.tobytes(), cols, rows, cols, form)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # owns its memory


class PictureGrid(Kept):
    """As many captioned pictures as can be read, as large as fits."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._stack = np.empty((0, 1, 1), np.float32)
        self._images: list[QImage] = []  # of the stack, in the theme's colours
        self._captions: Sequence[Caption] = ()
        self._empty = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self._recolour)

    def show_pictures(self, stack: np.ndarray, captions: Sequence[Caption]) -> None:
        """Draw (k, rows, cols) values from 0 to 1, each with its caption."""
        same = np.array_equal(stack, self._stack)
        if same and captions == self._captions:
            return
        if not same:  # mostly only what the network says of them has changed
            self._stack, self._images = stack, []
        self._captions = captions
        self.setAccessibleDescription("; ".join(caption.tip for caption in captions[:10]))
        self.draw_anew()

    def say(self, text: str) -> None:
        """Show nothing but a sentence."""
        self._stack, self._captions, self._empty = self._stack[:0], (), text
        self._recolour()

    def _recolour(self) -> None:
        self._images = []
        self.draw_anew()

    def boxes(self) -> list[QRectF]:
        """Return where each picture that fits is drawn, without its caption."""
        room = QRectF(self.rect()).adjusted(10, 4, -10, -4)
        below = self.fontMetrics().height() + 2
        size, columns, count = self._fit(room, below)
        wide, high = room.width() / columns, size + below + GAP
        wide = min(wide, max(size, self._caption_width()) + 3 * GAP)
        left = room.left() + (room.width() - columns * wide) / 2 + (wide - size) / 2
        return [
            QRectF(left + i % columns * wide, room.top() + i // columns * high, size, size)
            for i in range(count)
        ]

    def _caption_width(self) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(c.words) for c in self._captions), default=0)

    def _fit(self, room: QRectF, below: int) -> tuple[float, int, int]:
        """Return the pictures' size, their columns, and how many there are."""
        count, words = len(self._stack), self._caption_width() + GAP
        best = (0.0, 1)
        for columns in range(1, min(count, max(1, int(room.width() / words))) + 1):
            rows = -(-count // columns)
            size = min(room.width() / columns, room.height() / rows - below) - GAP
            best = max(best, (size, columns))
        if best[0] >= LEAST:
            return min(best[0], MOST), best[1], count
        size = float(min(max(LEAST, 0.7 * words), EASY))
        columns = max(1, int(room.width() / max(size + GAP, words)))
        rows = max(1, int(room.height() / (size + GAP + below)))
        return size, columns, min(count, rows * columns)

    def draw(self, painter: QPainter) -> None:
        look = theme.current()
        if not len(self._stack):
            painter.setPen(QColor(look.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), flags, self._empty)
            return
        if not self._images:
            colours = ink()
            self._images = [picture(values, colours) for values in self._stack]
        for box, image, caption in zip(self.boxes(), self._images, self._captions, strict=False):
            painter.drawImage(box, image)
            self._draw_frame(painter, box, caption)

    def _draw_frame(self, painter: QPainter, box: QRectF, caption: Caption) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        colour = {True: look.good, False: look.danger, None: look.outline}[caption.right]
        wide = 2.5 if caption.right is False else 1.5
        painter.setPen(QPen(QColor(colour), wide))
        painter.drawRect(box)
        words = QRectF(0, box.bottom() + 2, 2 * box.center().x(), metrics.height())
        painter.setPen(QColor(look.text if caption.right is not False else look.danger))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, caption.words)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = [i for i, box in enumerate(self.boxes()) if box.contains(event.pos())]
            tip = self._captions[found[0]].tip if found else self.toolTip()
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
