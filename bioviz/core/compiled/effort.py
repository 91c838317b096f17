"""The effort of compiling, told by numba, so that somebody can say why nothing moves meanwhile."""

from __future__ import annotations

from numba.core.event import Event, Listener, register


class Effort(Listener):
    """How many loops are being compiled just now, in whatever thread."""

    def __init__(self) -> None:
        self.under_way = 0

    def on_start(self, event: Event) -> None:
        self.under_way += 1

    def on_end(self, event: Event) -> None:
        self.under_way -= 1


EFFORT = Effort()
register("numba:compile", EFFORT)  # type: ignore[no-untyped-call]
