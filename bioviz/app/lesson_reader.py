"""The reader: what a lesson's live numbers are now, in words."""

from __future__ import annotations

import re
from typing import Any

from ..core.catalogue import Catalogue
from ..core.probe import ChannelInfo
from ..core.request import Entry, Request
from ..core.request_lesson import Latest
from ..core.snapshot import Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..session.lesson_text import Linked, Live, Piece, Words
from ..ui.prose import Span
from ..ui.word import number
from .lesson_tip import tip_of

NOT_YET = "…"
WEIGHT = re.compile(r"(?P<address>\w+\.\w+)\[(?P<row>\d+),(?P<col>\d+)\]")
PLACES = ("trial", "epoch")  # where the run stands, which every snapshot tells
ROOTS = ("rule", "task", "network")


class Reader:
    """Knows what is described and built, so that a name can be asked for and worded."""

    def __init__(self) -> None:
        self.spec: ExperimentSpec | None = None
        self.catalogue: Catalogue | None = None

    def wanted(self, pieces: list[Piece]) -> Wanted:
        """What must be asked for to tell the live numbers among these pieces."""
        asked = (self.request(piece) for piece in pieces if isinstance(piece, Live))
        return frozenset(request for request in asked if request is not None)

    def request(self, live: Live) -> Request | None:
        """What to ask for a live number; None where nothing need be asked, or it is not there."""
        weight = WEIGHT.fullmatch(live.name)
        if self.catalogue is None or live.index >= len(self.catalogue.experiments):
            return None
        if weight is not None:
            return Entry(weight["address"], int(weight["row"]), int(weight["col"]), live.index)
        if self.channel(live.name, live.index) is not None:
            return Latest(live.name, live.index)
        return None

    def channel(self, name: str, index: int = 0) -> ChannelInfo | None:
        """A channel of one of the experiments that are built."""
        if self.catalogue is None or index >= len(self.catalogue.experiments):
            return None
        channels = self.catalogue.experiments[index].channels
        return next((info for info in channels if info.name == name), None)

    def spans(self, pieces: list[Piece], snapshot: Snapshot | None) -> list[Span]:
        """Pieces of a text as what is shown."""
        return [self._span(piece, snapshot) for piece in pieces]

    def worded(self, value: float | None, name: str, index: int = 0) -> str:
        """A channel's value with its unit."""
        if value is None or value != value:
            return NOT_YET
        info = self.channel(name, index)
        if info is None:
            return number(value, 3)
        if info.part:
            return f"{number(100 * value, 2 if abs(value) < 1 else 3)}\u2009%"
        if info.unit == "°":
            return f"{value:.0f}°".replace("-", "−")
        unit = f"\u2009{info.unit}" if info.unit else ""
        return f"{number(value, 3)}{unit}"

    def _span(self, piece: Piece, snapshot: Snapshot | None) -> Span:
        if isinstance(piece, Words):
            return Span(piece.text.replace(" %", "\u00a0%"), stress=piece.stress)
        if isinstance(piece, Linked):
            return Span(piece.text, piece.link, tip_of(piece.link))
        return Span(self._now(piece, snapshot), live=True)

    def _now(self, live: Live, snapshot: Snapshot | None) -> str:
        if live.name in PLACES:
            positions = snapshot.positions if snapshot is not None else ()
            if live.index >= len(positions):
                return NOT_YET
            return number(getattr(positions[live.index], live.name))
        described = self._described(live.name)
        if described is not None:
            return described
        request = self.request(live)
        value = snapshot.get(request) if snapshot is not None and request is not None else None
        return self.worded(value, live.name, live.index)

    def _described(self, name: str) -> str | None:
        """A value of the description, if it is one: `rule.learning_rate`, `batch`."""
        steps = name.split(".")
        if self.spec is None or (steps[0] not in ROOTS and name not in ("batch", "seed")):
            return None
        value: Any = self.spec.model_dump(mode="json")
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return number(value) if numeric else None if value is None else str(value)
