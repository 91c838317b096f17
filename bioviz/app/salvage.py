"""Salvage: offers what an earlier crash left, and forgets it only on the user's word."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from ..session.recovery import Recoverable, Recovery
from .controller import Controller
from .files import Files


class Salvage(QObject):
    """Knows the copies that processes no longer alive left behind."""

    found = Signal(object)  # a list of Recoverables, newest first
    settled = Signal()  # the offer has been answered

    def __init__(self, recovery: Recovery, controller: Controller, files: Files) -> None:
        super().__init__(controller)
        self._recovery = recovery
        self._controller = controller
        self._files = files

    def offer(self) -> None:
        """Offer the newest copy in a sentence; the start page lists the others."""
        left = self._recovery.find()
        self.found.emit(left)
        if left:
            newest = left[0]
            when = datetime.fromtimestamp(newest.time).astimezone()
            self._controller.told.emit(
                "warning",
                f"bioviz did not close properly. A copy of “{newest.title}” from "
                f"{when:%d %B, %H:%M} can be recovered.",
                [
                    ("Recover", partial(self.recover, newest)),
                    ("Discard", partial(self.discard, newest)),
                ],
            )

    def recover(self, left: Recoverable) -> None:
        """Work on a copy; it stays until it is discarded or what came of it is saved."""
        self.settled.emit()
        self._files.leaving(partial(self._controller.recover_copy, left.path))

    def discard(self, left: Recoverable) -> None:
        self._recovery.discard(left)
        self.settled.emit()
        self.found.emit(self._recovery.find())
