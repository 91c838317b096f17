"""The foot of a dialog that does something lengthy: how far it is, a way to stop, and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ..ui.label import Elided
from ..ui.scale import keep


class Working(QWidget):
    """A progress bar, Stop and words, which are there while something is being done."""

    stopped = Signal()

    def __init__(self, doing: str, tip: str) -> None:
        """`doing` names the work for screen readers; `tip` says what stopping leaves."""
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(doing)
        keep(self.bar, "width", 140)
        self.stop_button = press_button("Stop", tip)
        self.stop_button.clicked.connect(self.stopped)
        self.doing = Elided("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.stop_button)
        row.addWidget(self.doing, 1)
        self.set_busy(False)

    def tell(self, words: str, fraction: float) -> None:
        """Say what is being done, and the fraction of it that is."""
        self.doing.setText(words)
        self.bar.setValue(round(1000 * fraction))

    def set_busy(self, busy: bool) -> None:
        for widget in (self.bar, self.stop_button, self.doing):
            widget.setVisible(busy)


def foot(left: Sequence[QWidget], working: Working, right: Sequence[QWidget]) -> QHBoxLayout:
    """Lay out a foot; the last button at the right is the one that Enter presses."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in left:
        row.addWidget(widget)
    row.addWidget(working, 1)
    for widget in right:
        row.addWidget(widget)
    last = right[-1]
    if isinstance(last, QPushButton):
        last.setDefault(True)
    return row


def press_button(words: str, tip: str) -> QPushButton:
    """A button that Enter does not press unless it has the focus."""
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
