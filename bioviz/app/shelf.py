"""The shelf: states that rebuilding left behind, so that undo brings back what was learned."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future

from ..core.state import State

MOST = 6  # rebuilds: an undo further back builds the network again from its seed

States = Sequence[State | None]


class Shelf:
    """States by the identity of what they belong to: a description, or the token of a restart."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[object, Future[States]]] = OrderedDict()

    def put(self, owner: object, states: Future[States]) -> None:
        """Keep the states that are on their way; the owner is kept, so that its identity stays.

        Only the two latest have their histories with them: these are large.
        """
        for _, before in list(self._held.values())[:-1]:
            _let_histories_go(before)
        self._held[id(owner)] = (owner, states)
        self._held.move_to_end(id(owner))
        while len(self._held) > MOST:
            self._held.popitem(last=False)

    def __contains__(self, owner: object) -> bool:
        return id(owner) in self._held

    def take(self, owner: object) -> States:
        """The states, which the training thread captured before it asks; none if they are gone."""
        held = self._held.get(id(owner))
        if held is None or not held[1].done() or held[1].exception() is not None:
            return ()
        return held[1].result()

    def clear(self) -> None:
        self._held.clear()


def _let_histories_go(states: Future[States]) -> None:
    if states.done() and states.exception() is None:
        for state in states.result():
            if state is not None:
                state.history = None
