"""The burst memory: events and bursts of a run's pools of cells, counted in bins of time.

It belongs to whoever looks: no bit of a run depends on it, and a file holds it only where it holds
the run's history. Nothing is counted unless somebody has asked within the time that it goes back.
"""

from __future__ import annotations

import numpy as np

from .compiled import loop
from .layer import Layer
from .network import Network
from .rule import TEACHING, Rule

WIDTH = 100.0  # ms of a bin, as nearly as ticks allow
BINS = 1000  # how many are kept
FACTS = ("end", "until", "noted", "taught")
KINDS = ("events", "bursts", "expected", "current")


class BurstMemory:
    """Every layer that tells events from bursts, bin by bin of the network's own time.

    Bin number k is made of the ticks k * `ticks` and the `ticks` - 1 that follow.
    """

    def __init__(self, net: Network, rule: Rule) -> None:
        self._net, self._rule = net, rule
        told = [layer for layer in net.chain if {"event", "burst"} <= layer.state.keys()]
        self.pools = {
            layer.name: Pools(layer, pools_of(layer, net), taught=layer is net.output)
            for layer in told
        }
        self.ticks = max(1, round(WIDTH / net.spec.dt))
        self.width = self.ticks * net.spec.dt  # ms
        self.teaching = np.zeros(BINS, np.float32)  # in what part of each bin the rule taught
        self.numbers = np.full(BINS, -1)  # which bin each row holds
        self.life = 0  # how often it has begun anew
        self._end = 0  # the number of the bin after the last that is whole
        self._until = -1  # the bin with which counting stops, unless somebody asks again
        self._noted = 0  # ticks in the bin that is being filled
        self._taught = 0

    def note(self) -> None:
        """Take down the tick that is just over."""
        number, last = divmod(self._net.clock - 1, self.ticks)
        if number >= self._until:
            return
        for pools in self.pools.values():
            pools.count()
        self._noted += 1
        self._taught += self._rule.mode == TEACHING
        if last == self.ticks - 1:
            if self._noted == self.ticks:  # else it was begun in its midst
                self._write(number)
            self._empty()

    def after(self, number: int) -> np.ndarray:
        """The rows of the bins from `number` on that are known and whole, in their order."""
        self._until = self._net.clock // self.ticks + BINS
        first = max(number, self._end - BINS, 0)
        rows = np.arange(first, max(first, self._end))
        known: np.ndarray = rows[self.numbers[rows % BINS] == rows] % BINS
        return known

    def forget(self) -> None:
        """Begin anew, as when a run is put back to an earlier state."""
        self.life += 1
        self._end, self._until = 0, -1
        self.numbers.fill(-1)
        self._empty()

    def capture(self) -> tuple[dict[str, int], dict[str, np.ndarray]]:
        """All that it knows, as plain numbers and arrays by name: the rows that hold a bin."""
        rows = np.flatnonzero(self.numbers >= 0)
        facts = {name: getattr(self, f"_{name}") for name in FACTS}
        arrays = {"rows": rows, "numbers": self.numbers[rows], "teaching": self.teaching[rows]}
        for name, pools in self.pools.items():
            arrays[f"{name}/sums"] = pools.sums
            arrays |= {f"{name}/{kind}": getattr(pools, kind)[rows] for kind in KINDS}
        return facts, arrays

    def restore(self, facts: dict[str, int], arrays: dict[str, np.ndarray]) -> None:
        """Take back what `capture` gave; it is another life, so that nobody goes on from before."""
        self.forget()
        for name in FACTS:
            setattr(self, f"_{name}", facts[name])
        rows = arrays["rows"]
        self.numbers[rows], self.teaching[rows] = arrays["numbers"], arrays["teaching"]
        for name, pools in self.pools.items():
            pools.sums[...] = arrays[f"{name}/sums"]
            for kind in KINDS:
                getattr(pools, kind)[rows] = arrays[f"{name}/{kind}"]

    def _write(self, number: int) -> None:
        """Write down the bin that is just over."""
        row = number % BINS
        for pools in self.pools.values():
            pools.write(row, self.ticks, self._net.spec.dt)
        self.teaching[row] = self._taught / self.ticks
        self.numbers[row] = number
        self._end = number + 1

    def _empty(self) -> None:
        self._noted = self._taught = 0
        for pools in self.pools.values():
            pools.sums.fill(0)


class Pools:
    """A layer's equal groups of cells; the columns of every array are the pools.

    Where it is `taught`, what is sent into its dendrites is of interest too.
    """

    def __init__(self, layer: Layer, count: int, *, taught: bool) -> None:
        self._layer = layer
        self.sums = np.zeros((3, count))  # events, bursts and current of the bin that is filled
        self.events = np.zeros((BINS, count), np.float32)  # Hz
        self.bursts = np.zeros((BINS, count), np.float32)  # Hz
        self.expected = np.full((BINS, count), np.nan, np.float32)  # mean burst probability
        self.current = np.zeros((BINS, count), np.float32)  # pA into the output's dendrites
        self._group = np.arange(layer.size) * count // layer.size
        self._sizes = np.bincount(self._group, minlength=count)
        self._current = "injected" if taught and "injected" in layer.state else ""
        self._nothing = np.zeros((1, 0), layer.dtype)

    def count(self) -> None:
        """Add up what the cells did in this tick."""
        state = self._layer.state
        current = state[self._current] if self._current else self._nothing
        loop("bursts", "tally")(state["event"], state["burst"], current, self._group, self.sums)

    def write(self, row: int, ticks: int, dt: float) -> None:
        """Put down the means over a bin of so many ticks of `dt` ms."""
        events, bursts, current = self.sums / (self._sizes * ticks)
        self.events[row], self.bursts[row] = events * 1000 / dt, bursts * 1000 / dt
        self.current[row] = current
        state = self._layer.state
        if "mean_events" in state:
            self.expected[row] = self._ratio(state["mean_bursts"][0], state["mean_events"][0])

    def _ratio(self, bursts: np.ndarray, events: np.ndarray) -> np.ndarray:
        """What a pool expects: each cell counts as often as it has events, as it does in P."""
        count = len(self._sizes)
        above = np.bincount(self._group, bursts, count)
        below = np.bincount(self._group, events, count)
        ratio = np.full(count, np.nan)
        np.divide(above, below, out=ratio, where=below > 0)
        return ratio


def pools_of(layer: Layer, net: Network) -> int:
    """Into how many groups a layer is counted; those of the output say what it answers."""
    if layer is net.output and net.pool > 1:
        return layer.size // net.pool
    return min(layer.size, getattr(layer.unit.params, "pools", 1))
