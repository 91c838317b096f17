"""Named random streams from one seed: changing one part leaves the draws of others alone."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np


class Streams:
    """Independent generators by name ("weights/W1", "order", "noise"), all from one seed.

    The same seed and name always give the same numbers: two rules get the same initial weights
    and the same order of samples, whatever else they draw.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._open: dict[str, np.random.Generator] = {}

    def __getitem__(self, name: str) -> np.random.Generator:
        if name not in self._open:
            self._open[name] = self.fresh(name)
        return self._open[name]

    def fresh(self, name: str) -> np.random.Generator:
        """A generator at the start of its stream, whatever was drawn from it before."""
        key = zlib.crc32(name.encode())
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, key])))

    def place(self, name: str) -> dict[str, Any] | None:
        """Where a stream stands, ready for JSON; None before anything is drawn from it."""
        return _as_text(self._open[name]) if name in self._open else None

    def put(self, name: str, place: dict[str, Any] | None) -> None:
        """Have a stream go on from where `place` said that it stood."""
        self._open.pop(name, None)
        if place is not None:
            self[name].bit_generator.state = _from_text(place)

    def capture(self) -> dict[str, Any]:
        """Every open generator's state, ready for JSON (its integers need 128 bits)."""
        return {name: _as_text(stream) for name, stream in sorted(self._open.items())}

    def restore(self, states: dict[str, Any]) -> None:
        self._open = {}
        for name, state in states.items():
            self.put(name, state)


def _as_text(stream: np.random.Generator) -> dict[str, Any]:
    state: dict[str, Any] = dict(stream.bit_generator.state)
    inner = {name: str(value) for name, value in state["state"].items()}
    return {**state, "state": inner}


def _from_text(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "state": {name: int(value) for name, value in state["state"].items()}}
