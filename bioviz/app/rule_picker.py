"""The rule picker: all learning rules by what they send through the network, with parameters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from ..core.registry import RULES
from ..core.rule import GROUPS
from ..ui import icon
from .picker import Entry, Picker


class RulePicker(Picker):
    """Chooses the learning rule; its card is one click away."""

    card_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RULES, grouped_rules(), parent)
        self._card = QToolButton()
        self._card.setToolTip("Rule card\nIts equations, and what is implausible about it.")
        self._card.setAccessibleName("Rule card")
        icon.tint(self._card, "rule")
        self.top.addWidget(self._card)
        self._card.clicked.connect(self._ask_card)

    def _ask_card(self) -> None:
        self.card_asked.emit()


def grouped_rules() -> dict[str, list[Entry]]:
    """Every rule under its group's heading; a group without rules has no heading."""
    groups: dict[str, list[Entry]] = {}
    for group, heading in GROUPS.items():
        rules = [(k, rule.title, rule.summary) for k, rule in RULES.items() if rule.group == group]
        if rules:
            groups[heading] = rules
    return groups
