"""Salvage: offers what an earlier crash left, and forgets it only on the user's word."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

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
        self._chosen: Recoverable | None = None  # what is being read
        self._taken: Recoverable | None = None  # what is worked on
        controller.document.replaced.connect(self._on_replaced)
        controller.told.connect(self._on_told)
        controller.saved.connect(self._on_saved)

    def offer(self) -> None:
        """Offer the newest copy once the first network stands; the start page lists the others."""
        once = Qt.ConnectionType.SingleShotConnection
        self._controller.rebuilt.connect(self._tell, once)
        self.found.emit(self._recovery.find())

    def _tell(self, _: object) -> None:
        left = self._recovery.find()
        if left:
            newest = left[0]
            when = datetime.fromtimestamp(newest.time).astimezone()
            self._controller.told.emit(
                "warning",
                f"bioviz did not close properly. A copy of “{newest.title}” from "
                f"{when:%d %B, %H:%M} can be recovered.",
                [
                    ("Recover", partial(self.recover, newest)),
                    ("Discard", partial(self._discard_all, newest)),
                ],
            )

    def recover(self, left: Recoverable) -> None:
        """Work on a copy; it stays until it is discarded or what came of it is saved."""
        self.settled.emit()
        self._files.leaving(partial(self._take, left))

    def _take(self, left: Recoverable) -> None:
        self._chosen = left
        self._controller.recover_copy(left.path)

    def _on_replaced(self) -> None:
        self._taken, self._chosen = self._chosen, None

    def _on_told(self, severity: str, _text: str, _actions: object) -> None:
        if severity == "error":
            self._chosen = None  # it could not be read

    def _on_saved(self, _: object) -> None:
        """The copy has become a file: it and the older ones beside it have done their duty."""
        taken, self._taken = self._taken, None
        if taken is not None:
            self._forget(taken)

    def _discard_all(self, newest: Recoverable) -> None:
        """Discard a copy and the older ones of the same window: no start is to offer them next."""
        self._forget(newest)
        self.settled.emit()

    def _forget(self, newest: Recoverable) -> None:
        for left in self._recovery.find():
            if left.path.parent == newest.path.parent and left.time <= newest.time:
                self._recovery.discard(left)
        self.found.emit(self._recovery.find())

    def discard(self, left: Recoverable) -> None:
        self._recovery.discard(left)
        self.settled.emit()
        self.found.emit(self._recovery.find())
