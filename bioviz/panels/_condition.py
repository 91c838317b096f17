"""The small note that shows what was done to a projection: frozen, pruned."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..core.request import Condition
from ..figures.condition import WHOLE, condition_words, explained, share
from ..ui.label import Picture, toned


class ConditionNote(QWidget):
    """What was done to a projection: a lock, scissors, and words; hidden while nothing was."""

    def __init__(self) -> None:
        super().__init__()
        self._lock, self._scissors = Picture("lock", "accent", 16), Picture("prune", "accent", 16)
        self._frozen, self._removed = toned("frozen", "muted"), toned("", "muted")
        self._brief = False
        self._condition = WHOLE
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._lock, self._frozen, self._scissors, self._removed):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self.accessibleName()

    def set_brief(self, brief: bool) -> None:
        """Leave the words to the tooltip, where there is little room."""
        self._brief = brief
        self._refresh()

    def show_condition(self, condition: Condition) -> None:
        """Say how a projection is; a whole one that learns needs no words."""
        if condition != self._condition:
            self._condition = condition
            self._refresh()

    def _refresh(self) -> None:
        condition = self._condition
        self._removed.setText(f"{share(condition)} removed")
        for picture, words, so in (
            (self._lock, self._frozen, condition.frozen),
            (self._scissors, self._removed, condition.removed > 0),
        ):
            picture.setVisible(so)
            words.setVisible(so and not self._brief)
        self.setToolTip(explained(condition))
        self.setAccessibleName(", ".join(condition_words(condition)))
        self.setVisible(condition != WHOLE)
