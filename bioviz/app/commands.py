"""Everything that can be asked for by name: actions, panels, networks, rules, tasks, parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ..core.choose import choose_rule
from ..core.registry import RULES, TASKS
from ..core.spec import ExperimentSpec
from ..session import gallery
from .action_table import ACTIONS
from .attempt import attempt
from .build_column import BuildColumn
from .command import Command
from .document import Document
from .menus import Menus
from .parameter_command import parameter_commands

LEFT_OUT = ("palette", "recent", "fetch")  # itself, and what only opens a menu
WHY_NOT = {"undo": "Nothing has been changed yet.", "redo": "Nothing was taken back."}


class Commands(QObject):
    """Collects them anew each time: what can be done depends on what is worked on."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        menus: Menus,
        column: BuildColumn,
        document: Document,
        entries: Sequence[gallery.Entry],
        open_network: Callable[[str], None],
    ) -> None:
        super().__init__(document)
        self._actions, self._menus = actions, menus
        self._column, self._document = column, document
        self._entries, self._open = entries, open_network

    def all(self) -> list[Command]:
        """Every command, in the order of the menus, then of the gallery and the pickers."""
        spec = self._document.spec
        return [
            *self._of_actions(),
            *self._of_panels(),
            *parameter_commands(spec, "", self._column.change_rule),
            *self._of_rules(spec),
            *self._of_tasks(spec),
            *self._of_networks(),
        ]

    def typed(self, query: str) -> list[Command]:
        """What a query with a value in it asks for: 'learning rate 0.5'."""
        if not query.strip():
            return []
        return parameter_commands(self._document.spec, query, self._column.change_rule)

    def _of_actions(self) -> list[Command]:
        made = []
        for spec in ACTIONS:
            action = self._actions[spec.key]
            if spec.key in LEFT_OUT:
                continue
            why_not = "" if action.isEnabled() else WHY_NOT.get(spec.key, "Not possible now.")
            place = spec.menu
            text = f"{spec.under}: {spec.text}" if spec.under else action.text()
            if action.isCheckable() and action.isChecked():
                text += " (on)"
            made.append(
                Command(
                    f"action {spec.key}",
                    text,
                    place,
                    action.trigger,
                    spec.tip,
                    QKeySequence(spec.keys[0]).toString() if spec.keys else "",
                    spec.icon,
                    why_not,
                )
            )
        return made

    def _of_panels(self) -> list[Command]:
        return [
            Command(
                f"panel {key}", f"Panel: {action.text()}", "View", action.trigger,
                action.toolTip(), action.shortcut().toString(), "panel-network",
                "" if action.isEnabled() else "Not while presenting.",
            )
            for key, action in self._menus.panels.items()
        ]  # fmt: skip

    def _of_networks(self) -> list[Command]:
        return [
            Command(
                f"network {entry.key}", entry.session.about.title, "Gallery",
                partial(self._open, entry.key), entry.session.about.question, icon="gallery",
            )
            for entry in self._entries
        ]  # fmt: skip

    def _of_rules(self, spec: ExperimentSpec) -> list[Command]:
        """The learning rules; why one cannot train this network is found out as if choosing it."""
        made = []
        for key, rule in RULES.items():
            outcome = attempt(spec, partial(_choose, key))
            now = key == spec.rule.key
            why_not = outcome.words if outcome.spec is None and not now else ""
            made.append(
                Command(
                    f"rule {key}",
                    rule.title + (" (now)" if now else ""),
                    "Rule",
                    partial(self._column.choose_rule, key),
                    rule.summary,
                    icon="rule",
                    why_not=why_not,
                )
            )
        return made

    def _of_tasks(self, spec: ExperimentSpec) -> list[Command]:
        return [
            Command(
                f"task {key}", task.title + (" (now)" if key == spec.task.key else ""), "Task",
                partial(self._column.choose_task, key), task.summary, icon="task",
            )
            for key, task in TASKS.items()
        ]  # fmt: skip


def _choose(key: str, spec: ExperimentSpec) -> Any:
    return choose_rule(spec, key)
