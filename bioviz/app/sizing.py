"""How large and how calm the interface is: its scale, and whether what moves stands still."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from ..ui import motion, scale, theme
from .memory import Memory
from .workspace import Workspace


class Sizing(QObject):
    """Takes both choices, remembers them, and lays the panels out for the room that is left."""

    def __init__(self, memory: Memory, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._memory = memory
        self._workspace = workspace
        self._actions: Mapping[str, QAction] = {}
        self._boost = self._stroke = 1.0  # of a presentation
        motion.notifier.changed.connect(self._on_motion)

    @property
    def level(self) -> int:
        """The scale that is chosen, in per cent."""
        return self._memory.settings.scale

    def slots(self) -> dict[str, Callable[..., Any]]:
        """What each of its actions does."""
        return {
            **{f"scale_{level}": partial(self.choose, level) for level in scale.LEVELS},
            "scale_up": partial(self._go, 1),
            "scale_down": partial(self._go, -1),
            "scale_plain": partial(self.choose, scale.PLAIN),
            "reduced_motion": self.reduce,
        }

    def restore(self, actions: Mapping[str, QAction]) -> None:
        """Take up what is remembered, and show it in the menus from now on."""
        self._actions = actions
        motion.notifier.choose(self._memory.settings.motion)
        self._on_motion(motion.reduced())
        self._apply()

    def choose(self, level: int, *_: object) -> None:
        """Draw the interface at `level` per cent."""
        self._memory.keep_scale(level)
        if self._boost == 1:  # on stage there are no docks to lay out
            self._workspace.note_layout()
        self._apply()
        if self._boost == 1:
            self._workspace.follow_scale()

    def boost(self, times: float, stroke: float) -> None:
        """Draw everything larger still and curves thicker, until told otherwise: 1 and 1."""
        self._boost, self._stroke = times, stroke
        self._apply()

    def reduce(self, reduced: bool) -> None:
        """Let what moves by itself stand still, or move again, whatever the desktop says."""
        choice: motion.Choice = "reduced" if reduced else "full"
        self._memory.keep_motion(choice)
        motion.notifier.choose(choice)

    def _go(self, way: int, *_: object) -> None:
        self.choose(scale.beside(self.level, way))

    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101  (told to the type checker)
        theme.notifier.resize(app, self.level / 100 * self._boost, self._stroke)
        if f"scale_{self.level}" in self._actions:
            self._actions[f"scale_{self.level}"].setChecked(True)

    def _on_motion(self, reduced: bool) -> None:
        self._workspace.setAnimated(not reduced)
        if "reduced_motion" in self._actions:
            self._actions["reduced_motion"].setChecked(reduced)
