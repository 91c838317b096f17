"""Electrodes: spikes that a person has fired by hand, tick by tick, for a run to be repeatable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from .course import Course, Frames
from .network import Network

Fired = dict[str, list[tuple[int, int]]]  # ticks and units, in order, by layer


class Electrodes:
    """One in the input layer and one in the output layer of a network whose trials run in time.

    They keep every spike that was ever fired by hand, in ticks of the network's clock: those
    before the clock are a record, by which the run can be repeated bit for bit; the others are
    still to come. What the task itself shows or forces happens as well.
    """

    def __init__(self, net: Network) -> None:
        self._net = net
        self._ends = (net.input, net.output)
        self._spikes: dict[str, dict[int, set[int]]] = {layer.name: {} for layer in self._ends}

    def fire(self, layer: str, unit: int, after: float = 0.0) -> None:
        """Have a unit spike in the first tick that begins `after` ms from now, or later."""
        tick = self._net.clock + int(np.ceil(after / self._net.spec.dt - 1e-9))
        self._spikes[layer].setdefault(tick, set()).add(unit)

    def cease(self) -> None:
        """Forget what is still to come."""
        for spikes in self._spikes.values():
            for tick in [tick for tick in spikes if tick >= self._net.clock]:
                del spikes[tick]

    def coming(self, layer: str) -> int:
        """How many of a layer's spikes are still to come."""
        ahead = (units for tick, units in self._spikes[layer].items() if tick >= self._net.clock)
        return sum(map(len, ahead))

    def wired(self, course: Course, x: np.ndarray) -> Course:
        """The course of a trial that shows x (batch, n_in), with what is fired while it runs."""
        lower, upper = self._ends
        silence = np.zeros((len(x), upper.size), x.dtype)
        shown = Still(x) if course.frames is None else course.frames
        made = Still(silence) if course.clamp is None else course.clamp
        frames = Touched(shown, self._spikes[lower.name], self._net)
        clamp = Touched(made, self._spikes[upper.name], self._net)
        return replace(course, frames=frames, clamp=clamp)

    def capture(self) -> Fired:
        """Every spike, ready for JSON."""
        return {
            layer: sorted((tick, unit) for tick, units in spikes.items() for unit in units)
            for layer, spikes in self._spikes.items()
        }

    def restore(self, fired: dict[str, Iterable[Iterable[int]]]) -> None:
        """Take back what `capture` gave."""
        for layer, spikes in self._spikes.items():
            spikes.clear()
            for tick, unit in fired.get(layer, ()):
                spikes.setdefault(tick, set()).add(unit)


class Still:
    """Frames of which each is the same: x (batch, n)."""

    def __init__(self, x: np.ndarray) -> None:
        self._x = x

    def __getitem__(self, tick: int, /) -> np.ndarray:
        return self._x


class Touched:
    """Frames with a 1 where a unit is fired in the tick of the network's clock.

    They are made as they are read, so that a spike fired amid a trial comes in the very next tick.
    """

    def __init__(self, frames: Frames, spikes: dict[int, set[int]], net: Network) -> None:
        self._frames = frames
        self._spikes = spikes
        self._net = net

    def __getitem__(self, tick: int, /) -> np.ndarray:
        frame, units = self._frames[tick], self._spikes.get(self._net.clock)
        if units is None:
            return frame
        frame = frame.copy()
        frame[:, sorted(units)] = 1
        return frame
