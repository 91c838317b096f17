"""Autosave: a copy of the session every two minutes, offered at the next start after a crash."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from ..session.file import Saved
from ..session.recovery import Recovery
from .controller import Controller

EVERY = 120.0  # seconds


class Autosave(QObject):
    """Writes a recovery copy off the main thread while there is something to lose."""

    def __init__(
        self,
        controller: Controller,
        recovery: Recovery | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(controller)
        self.recovery = recovery or Recovery()
        self._controller = controller
        self._clock = clock
        self._last = clock()
        controller.pump.beaten.connect(self.consider)
        controller.saved.connect(self._forget)

    def consider(self) -> None:
        """Save a copy if two minutes have passed and there is something to lose."""
        if self._clock() - self._last < EVERY:
            return
        self._last = self._clock()
        if self._controller.document.dirty:
            self.save_now()

    def _forget(self) -> None:
        """The user has saved: what was kept in case is no longer needed."""
        self._controller.in_background(self.recovery.clear)

    def save_now(self) -> None:
        self._controller.capture(self._write)

    def _write(self, saved: Saved) -> None:
        """Write all but what can be looked back at, which would take long every time."""
        saved = saved.without_history()
        path = self._controller.document.path
        self._controller.in_background(lambda: self.recovery.write(saved, path))
