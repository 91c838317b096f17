"""A bubble in the diagram that says why something cannot be done, until the user goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ..ui.scale import px

WIDEST = 420


class Bubble(QLabel):
    """Words at the foot of the view that is its parent; the mouse goes through it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setProperty("tone", "readout")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str) -> None:
        """Show this; nothing hides it."""
        self.setText(text)
        self.setVisible(bool(text))
        self.place()

    def place(self) -> None:
        """Take the middle of the view's foot, as wide as the words need."""
        view = self.parentWidget()
        if self.isHidden() or view is None:
            return
        line = self.fontMetrics().horizontalAdvance(self.text()) + 26
        self.setFixedWidth(min(px(WIDEST), view.width() - 16, line))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move((view.width() - self.width()) // 2, view.height() - self.height() - 6)
        self.raise_()
