"""The condition of a projection in words, and the small note that shows them: frozen, pruned."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..core.request import Condition
from ..ui.label import Picture, toned

WHOLE = Condition()


class ConditionNote(QWidget):
    """What was done to a projection, behind a lock or scissors; hidden while nothing was."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture("lock", "accent", 16)
        self._words = toned("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def show_condition(self, condition: Condition) -> None:
        """Say how a projection is; a whole one that learns needs no words."""
        words = ", ".join(condition_words(condition))
        if words != self.text:
            self._picture.show_icon("lock" if condition.frozen else "prune", "accent")
            self._words.setText(words)
            self.setToolTip(explained(condition))
            self.setAccessibleName(words)
            self.setVisible(bool(words))


def condition_words(condition: Condition) -> list[str]:
    """What was done to a projection: "frozen", "30 % removed"."""
    words = ["frozen"] * condition.frozen
    return [*words, f"{share(condition)} removed"] if condition.removed else words


def share(condition: Condition) -> str:
    """How much of a projection is missing; never none or all where that is not so."""
    percent = 100 * condition.removed
    if percent < 1 or 99 < percent < 100:
        return "< 1 %" if percent < 1 else "> 99 %"
    return f"{percent:.0f} %"


def explained(condition: Condition) -> str:
    """The condition in sentences, for a tooltip."""
    frozen = ["Frozen: learning changes neither its weights nor its biases."] * condition.frozen
    missing = f"{share(condition)} of its weights are removed and stay zero."
    return "\n".join([*frozen, missing] if condition.removed else frozen)
