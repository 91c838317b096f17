"""A session as seen from one of its experiments, which then counts as the first of them.

Panels that show one experiment ask for the first. Which one that is, is decided outside: what they
ask is turned to the experiment that is looked at, and what comes is turned back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .catalogue import Catalogue
from .request import Request
from .snapshot import Snapshot, Wanted

T = TypeVar("T")

PLACES = ("index", "other")  # the fields of a request that name an experiment


@dataclass(frozen=True)
class Vantage:
    """Looks from the experiment `lane`: it comes first, the others follow in their order."""

    lane: int = 0

    def place(self, index: int) -> int:
        """Which experiment of the session comes at `index` from here."""
        if index == 0:
            return self.lane
        return index - 1 if index <= self.lane else index

    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        """What there is to look at, in the order from here."""
        return replace(catalogue, experiments=self._turned(catalogue.experiments))

    def question(self, request: Request) -> Request:
        """The request that the run can answer, for one that was made from here."""
        if self.lane == 0:
            return request
        turned: dict[str, Any] = {
            name: self.place(getattr(request, name)) for name in PLACES if hasattr(request, name)
        }
        return replace(request, **turned) if turned else request

    def questions(self, wanted: Wanted) -> Wanted:
        return wanted if self.lane == 0 else frozenset(map(self.question, wanted))

    def snapshot(self, snapshot: Snapshot, wanted: Wanted) -> Snapshot:
        """The answers to what was `wanted` from here, under the requests as they were made."""
        if self.lane == 0:
            return snapshot
        asked = {request: self.question(request) for request in wanted}
        told, failed = snapshot.replies, snapshot.failures
        return replace(
            snapshot,
            positions=self._turned(snapshot.positions),
            replies={own: told[real] for own, real in asked.items() if real in told},
            failures={own: failed[real] for own, real in asked.items() if real in failed},
        )

    def _turned(self, things: Sequence[T]) -> tuple[T, ...]:
        return tuple(things[self.place(index)] for index in range(len(things)))
