"""The shelf: states that rebuilding left behind, so that undo brings back what was learned."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future

from ..core.state import State

MOST = 6  # states kept: an undo further back builds the network again from its seed


class Shelf:
    """States by the identity of what they belong to: a description, or the token of a restart."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[object, Future[State | None]]] = OrderedDict()

    def put(self, owner: object, state: Future[State | None]) -> None:
        """Keep the state that is on its way; the owner is kept too, so that its identity stays."""
        self._held[id(owner)] = (owner, state)
        self._held.move_to_end(id(owner))
        while len(self._held) > MOST:
            self._held.popitem(last=False)

    def __contains__(self, owner: object) -> bool:
        return id(owner) in self._held

    def take(self, owner: object) -> State | None:
        """The state, which the training thread has captured before it asks; None if it is gone."""
        held = self._held.get(id(owner))
        if held is None or not held[1].done() or held[1].exception() is not None:
            return None
        return held[1].result()

    def clear(self) -> None:
        self._held.clear()
