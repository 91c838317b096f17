"""A live layer: units of one kind and what they hold for every example of a batch."""

from __future__ import annotations

from typing import Any

import numpy as np

from .delay import DelayLine
from .product import Span
from .registry import UNITS
from .spec import LayerSpec
from .spiking import SpikingUnit
from .unit import Unit, Variable

Room = tuple[dict[str, np.ndarray], np.ndarray, DelayLine | None]  # state, scratch, delay line


class Layer:
    """Units of one kind; `rate`, `drive` and `delta` are (batch, size) and change in place.

    In memory a unit's values for all examples lie together, as products with W like them; but for
    the input, whose examples are copied in one by one.
    """

    def __init__(
        self, spec: LayerSpec, dtype: type[np.floating[Any]], *, shown: bool = False
    ) -> None:
        self.name = spec.name
        self.size = spec.size
        self.dtype = dtype
        self.unit: Unit = UNITS[spec.unit](spec.params())
        self.variables = self.unit.variables
        self.state: dict[str, np.ndarray] = {}
        self._shown = shown  # whether it is the input
        self.awake: Span = None  # units outside these are silent in the whole batch
        self.scratch = np.empty((0, self.size), dtype)
        self.depth = 0  # ticks for which what it sends must be kept
        self.line: DelayLine | None = None
        self.hold(1)

    def hold(self, batch: int) -> None:
        """Make room for `batch` examples; at rest where the number changes."""
        for variable in self.variables:
            self.state[variable.name] = self._zeros(batch)
        self.scratch = self._zeros(batch)
        self.line = DelayLine(batch, self.depth, self.scratch) if self.depth else None
        self.rest()

    def add(self, variable: Variable) -> None:
        """Give the layer one more variable, as a rule needs for its traces."""
        self.variables = (*self.variables, variable)
        self.state[variable.name] = self._zeros(len(self.scratch))

    def delayed(self, ticks: int) -> None:
        """Keep what the layer sends for at least so many ticks."""
        if ticks > self.depth:
            self.depth = ticks
            self.line = DelayLine(len(self.scratch), ticks, self.scratch)

    def rest(self) -> None:
        """Go back to where everything is while nothing happens: silent, and nothing under way."""
        for array in self.state.values():
            array.fill(0)
        if isinstance(self.unit, SpikingUnit):
            self.unit.rest(self.state)
        if self.line is not None:
            self.line.kept.fill(0)

    def sent(self, tick: int, delay: int) -> np.ndarray:
        """What the layer sends onward (batch, n): now, or what it sent `delay` ticks ago."""
        if delay and self.line is not None:
            return self.line.ago(tick, delay)
        return self.state[self.unit.sends]

    @property
    def room(self) -> Room:
        """All that holds its activity, to be put aside and taken back."""
        return self.state, self.scratch, self.line

    @room.setter
    def room(self, room: Room) -> None:
        self.state, self.scratch, self.line = room

    def _zeros(self, batch: int) -> np.ndarray:
        if self._shown:
            return np.zeros((batch, self.size), self.dtype)
        return np.zeros((self.size, batch), self.dtype).T

    @property
    def rate(self) -> np.ndarray:
        return self.state["rate"]

    @property
    def drive(self) -> np.ndarray:
        return self.state["drive"]

    @property
    def delta(self) -> np.ndarray:
        return self.state["delta"]
