"""Words and numbers that follow a run, told at a pace at which they can be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from .motion import READABLE


class Calm(QObject):
    """Calls `tell` at once where it was not called lately, else as soon as it may again.

    The last of what there is to tell is never left out.
    """

    def __init__(self, tell: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._untold = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause_over)

    def tell_soon(self) -> None:
        """There is something new."""
        if self._pause.isActive():
            self._untold = True
        else:
            self.tell_now()

    def tell_now(self) -> None:
        """There is something new that must not wait."""
        self._untold = False
        self._pause.start(READABLE)
        self._tell()

    def _on_pause_over(self) -> None:
        if self._untold:
            self.tell_now()
