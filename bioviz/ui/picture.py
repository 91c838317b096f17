"""Widgets that keep a picture of themselves, so that they paint once however often Qt asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

CHANGES = (QEvent.Type.FontChange, QEvent.Type.EnabledChange, QEvent.Type.PaletteChange)


class Kept(QWidget):
    """A widget whose `draw` is dear: a neighbour's change has Qt ask for it again and again."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: QPixmap | None = None
        # else all that it lies on would be painted first, up to the window
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def draw(self, painter: QPainter) -> None:
        """Paint all of it; called once after each change."""
        raise NotImplementedError

    def draw_anew(self) -> None:
        """What it shows has changed."""
        self._drawn = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.devicePixelRatio() != ratio:
            self._drawn = blank(self, ratio)
            self._drawn.fill(self.palette().color(QPalette.ColorRole.Window))
            painter = QPainter(self._drawn)
            painter.setFont(self.font())
            self.draw(painter)
            painter.end()
        QPainter(self).drawPixmap(0, 0, self._drawn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in CHANGES:
            self.draw_anew()


def blank(widget: QWidget, ratio: float) -> QPixmap:
    """A transparent picture of the widget's size, for `ratio` device pixels to one of its own."""
    made = QPixmap(widget.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made
