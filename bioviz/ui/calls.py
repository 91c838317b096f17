"""Functions that are called in turn, many times a second."""

from __future__ import annotations

import sys
from collections.abc import Callable


class Calls:
    """Used as a signal is, in one thread; a signal takes ten times as long for each slot."""

    def __init__(self) -> None:
        self._calls: list[Callable[[], object]] = []

    def connect(self, call: Callable[[], object]) -> None:
        self._calls.append(call)

    def emit(self) -> None:
        """Call them all; a fault in one is reported as one in a slot, and keeps no other."""
        for call in self._calls:
            try:
                call()
            except Exception:
                sys.excepthook(*sys.exc_info())
