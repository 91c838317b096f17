"""Opens the command palette, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from .commands import Commands
from .memory import Memory

if TYPE_CHECKING:
    from .command_palette import CommandPalette


class Finder(QObject):
    """Stands between the palette and what the program remembers of it."""

    def __init__(self, window: QWidget, memory: Memory) -> None:
        super().__init__(window)
        self._window, self._memory = window, memory
        self._commands: Commands | None = None
        self.palette: CommandPalette | None = None

    def take(self, commands: Commands) -> None:
        """Know what there is to be found."""
        self._commands = commands

    def open(self, *_: object) -> None:
        """Open the palette over the window."""
        if self._commands is None:
            return
        if self.palette is None:
            from .command_palette import CommandPalette  # not while the window opens

            commands = self._commands
            self.palette = CommandPalette(commands.all, commands.typed, self._recent, self._window)
            self.palette.chosen.connect(self._memory.add_command)
        self.palette.open_over(self._window)

    def _recent(self) -> Sequence[str]:
        return self._memory.settings.commands
