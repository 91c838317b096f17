"""Waiting for other threads without ever standing still: futures, looked at on every beat."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

Then = Callable[[Any], None]
Else = Callable[[BaseException], None]


class Waiting(QObject):
    """Hands out results in the main thread, whichever thread they come from."""

    failed = Signal(object)  # what a future raised

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending: list[tuple[Future[Any], Then | None, Else]] = []

    def __bool__(self) -> bool:
        """Whether something has not come back yet."""
        return bool(self._pending)

    def follow(
        self, future: Future[Any], then: Then | None = None, otherwise: Else | None = None
    ) -> None:
        """Call `then` with the result once it is there; a fault goes to `otherwise` or `failed`."""
        self._pending.append((future, then, otherwise or self.failed.emit))

    def collect(self) -> None:
        """Hand out what has come; to be called on every beat."""
        done = [one for one in self._pending if one[0].done()]
        self._pending = [one for one in self._pending if one not in done]
        for future, then, otherwise in done:
            fault = future.exception()
            if fault is not None:
                otherwise(fault)
            elif then is not None:
                then(future.result())
