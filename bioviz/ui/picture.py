"""Pictures kept of what a widget shows, so that it is painted once however often Qt asks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget


def blank(widget: QWidget, ratio: float) -> QPixmap:
    """A transparent picture of the widget's size, for `ratio` device pixels to one of its own."""
    made = QPixmap(widget.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made
