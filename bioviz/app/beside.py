"""What is offered to put side by side: backprop in one click, or any rule that can train this."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QMenu

from ..core.beside import FULL, MOST, baseline, beside, why_no_baseline, why_not_beside
from ..core.fault import SpecError
from ..core.registry import RULES
from ..ui.label import run
from .actions import tip_of
from .build_column import BuildColumn
from .controller import Controller
from .rule_picker import grouped_rules

ALONE = "There is one experiment; compare it with another first."


class Beside(QObject):
    """Keeps the actions that add and remove experiments up to date, and does what they say."""

    def __init__(
        self, controller: Controller, column: BuildColumn, actions: dict[str, QAction]
    ) -> None:
        super().__init__(controller)
        self._controller = controller
        self._document = controller.document
        self._column = column
        self._actions = actions
        self.menu = QMenu(column)
        self.menu.setToolTipsVisible(True)
        actions["add_beside"].setMenu(self.menu)
        column.offer_beside(actions["compare"], actions["add_beside"])
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.menu.aboutToShow.connect(self.fill)
        self._actions["compare"].triggered.connect(self._compare)
        self._actions["remove_beside"].triggered.connect(self._remove_active)
        self._column.experiments.chosen.connect(self._document.activate)
        self._column.experiments.removed.connect(self._controller.remove_beside)
        self._document.spec_changed.connect(self.refresh)
        self._document.active_changed.connect(self.refresh)
        self._document.replaced.connect(self.refresh)

    def refresh(self, *_: object) -> None:
        """List the experiments that there are, and allow what can be done to them."""
        experiments, active = self._document.experiments, self._document.active
        self._column.show_experiments(experiments, active)
        full = FULL if len(experiments) >= MOST else ""
        self._allow("compare", why_no_baseline(experiments, active))
        self._allow("add_beside", full)
        self._allow("remove_beside", ALONE if len(experiments) < 2 else "")

    def fill(self) -> None:
        """Offer every rule that can train this network; of the others it says why they cannot."""
        self.menu.clear()
        spec = self._document.spec
        apart = QMenu("Not for this network", self.menu)
        apart.setToolTipsVisible(True)
        for heading, rules in grouped_rules().items():
            whys = {key: why_not_beside(spec, key) for key, _, _ in rules}
            if not all(whys.values()):
                self._head(heading)
            for key, title, summary in rules:
                if whys[key]:
                    apart.addAction(title).setToolTip(whys[key])
                else:
                    self._offer(key, title, summary, own=key == spec.rule.key)
        for action in apart.actions():
            action.setEnabled(False)
        if apart.actions():
            self.menu.addSeparator()
            self.menu.addMenu(apart)

    def _head(self, heading: str) -> None:
        action = self.menu.addAction(heading)
        action.setEnabled(False)
        font = QFont(self.menu.font())
        font.setBold(True)
        action.setFont(font)

    def _offer(self, key: str, title: str, summary: str, *, own: bool) -> None:
        action = self.menu.addAction(f"{title}, once more" if own else title)
        more = " The same once more, to try other parameters." if own else ""
        action.setToolTip(f"{summary}{more}")
        action.triggered.connect(partial(run, partial(self.add, key)))

    def add(self, key: str) -> None:
        """Put the same network and task beside, learned by another rule."""
        try:
            spec = beside(self._document.spec, key)
        except SpecError as error:
            self._controller.told.emit("info", str(error), [])
            return
        self._controller.add_beside(spec, None, f"Add {RULES[key].title} beside")

    def _compare(self) -> None:
        spec = baseline(self._document.experiments, self._document.active)
        self._controller.add_beside(spec, None, "Compare with backprop")

    def _remove_active(self) -> None:
        self._controller.remove_beside(self._document.active)

    def _allow(self, key: str, why: str) -> None:
        """Let an action be done, or say in its tooltip why it cannot."""
        action = self._actions[key]
        action.setEnabled(not why)
        action.setToolTip(f"{action.text()}\n{why}" if why else tip_of(key))
        action.setStatusTip(why or tip_of(key).partition("\n")[2])
