"""Whose turn it is, where the window and a training thread both need the interpreter.

Python runs one thread at a time. Qt lets go of the interpreter in nearly every call, a thread that
trains takes it, and the window waits for it again and again: what it paints in 5 ms takes 30. So
while it draws, training of short steps stands back. That costs no more than they would have taken
from each other: on two moons panels are drawn twice as often at the same training speed.
"""

from __future__ import annotations

import threading

LONGEST = 0.25  # seconds: a window that is busy for longer than this goes on beside training


class Turn:
    """The window takes it when it begins to draw and gives it back after; training waits for it.

    Whoever never takes it, as on the command line, never keeps anybody waiting.
    """

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self.waiting = False  # whether somebody waits for it now
        self._waited = False  # in vain, since it was taken

    @property
    def taken(self) -> bool:
        return not self._free.is_set()

    def take(self) -> None:
        """From now on others wait; taking it again changes nothing."""
        if not self.taken:
            self._waited = False
            self._free.clear()

    def give(self) -> None:
        """Nobody need wait any longer."""
        self._free.set()

    def wait(self) -> None:
        """Wait until it is free; for once only and not for ever."""
        if self.taken and not self._waited:
            self.waiting = True
            self._waited = not self._free.wait(LONGEST)
            self.waiting = False
