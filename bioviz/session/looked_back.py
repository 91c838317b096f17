"""What a file holds to be looked back at: gathered member by member, then put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..core.archive import Archive
from ..core.state import State
from ..core.task import Dataset
from .excerpt import excerpt_from
from .fault import SessionError
from .history import MOST_TEXT, history_of


class LookedBackAt:
    """Histories and excerpts of a file's experiments, of which there are `count`."""

    def __init__(self, count: int) -> None:
        self._notes: list[dict[int, bytes]] = [{} for _ in range(count)]
        self._blocks: list[dict[int, np.ndarray]] = [{} for _ in range(count)]
        self._told: list[bytes | None] = [None] * count
        self._examples: list[dict[str, np.ndarray]] = [{} for _ in range(count)]

    def take(self, archive: Archive, name: str, kind: str, index: int, address: str) -> None:
        """Read one member of a history or an excerpt."""
        if index >= len(self._notes):
            raise SessionError(f"It holds '{name}' without the run it belongs to.")
        text = name.endswith(".json")
        if kind == "history" and text:
            self._notes[index][int(address)] = archive.read(name, MOST_TEXT)
        elif kind == "history":
            self._blocks[index][int(address)] = archive.array(name)
        elif text:
            self._told[index] = archive.read(name, MOST_TEXT)
        else:
            self._examples[index][address] = archive.array(name)

    def finish(self, states: Sequence[State | None]) -> list[Dataset | None]:
        """Give the states their histories, and return the excerpts."""
        for state, notes, blocks in zip(states, self._notes, self._blocks, strict=True):
            if not notes and not blocks:
                continue
            if state is None:
                raise SessionError("It holds the history of a run that it does not hold.")
            state.history = history_of(notes, blocks)
            if any(frame.trial > state.meta["trial"] for frame in state.history.frames):
                raise SessionError("Its history goes on after the end of its run.")
        pairs = zip(self._told, self._examples, strict=True)
        return [None if told is None else excerpt_from(told, found) for told, found in pairs]
