"""The mailbox between the window, which asks, and the training thread, which answers."""

from __future__ import annotations

from collections.abc import Callable

from .snapshot import Snapshot, Wanted


class Mailbox:
    """One request and one reply in flight: neither side ever waits for the other."""

    def __init__(self) -> None:
        self._wanted: Wanted | None = None
        self._reply: Snapshot | None = None

    def ask(self, wanted: Wanted) -> None:
        self._wanted = wanted

    @property
    def asked(self) -> bool:
        return self._wanted is not None

    def take(self) -> Snapshot | None:
        reply, self._reply = self._reply, None
        return reply

    def serve(self, make: Callable[[Wanted], Snapshot]) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._reply = make(wanted)
