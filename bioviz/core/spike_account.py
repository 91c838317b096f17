"""The spike account: what spiking layers did since the last recorded point, for the metrics.

It is part of a run: kept in files, so that curves go on as if nothing had been saved.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import loop
from .layer import Layer
from .network import Network
from .spiking import any_spike

NEVER = -1
GAPS = ("last", "gaps", "total", "square")


class SpikeAccount:
    """Counts of all layers whose units spike on hearing something, and the ticks that went by.

    `lasting` tells whether activity lives on from trial to trial, so that the time between two
    spikes means anything.
    """

    def __init__(self, net: Network, lasting: bool) -> None:
        heard = [layer for layer in net.chain if layer.unit.spikes and layer.unit.hears]
        self.layers = {layer.name: LayerAccount(layer, lasting) for layer in heard}
        self.tick = 0  # since the run began
        self.begun = 0  # the tick with which the trial began
        self.since = 0  # the tick with which the account begins

    def begin_trial(self) -> None:
        """A trial begins with the next tick."""
        self.begun = self.tick
        for account in self.layers.values():
            account.begin_trial()

    def note(self) -> None:
        """Take down the tick that is just over."""
        for account in self.layers.values():
            account.take(self.tick, self.begun)
        self.tick += 1

    def clear(self) -> None:
        """Begin anew, but remember when each unit spiked last."""
        self.since = self.tick
        for account in self.layers.values():
            account.clear()

    @property
    def ticks(self) -> int:
        """How many ticks the account is of."""
        return self.tick - self.since

    def capture(self) -> dict[str, Any]:
        """Everything between two trials, ready for JSON."""
        layers = {name: account.capture() for name, account in self.layers.items()}
        return {"tick": self.tick, "since": self.since, "layers": layers}

    def restore(self, plain: dict[str, Any] | None) -> None:
        """Put back what `capture` gave; None, as in older files, begins anew."""
        for account in self.layers.values():
            account.forget()
        self.tick = self.begun = self.since = 0
        if plain is None:
            return
        self.tick, self.since = plain["tick"], plain["since"]
        for name, values in plain["layers"].items():
            self.layers[name].restore(values)


class LayerAccount:
    """One layer's spikes: how many, how soon in a trial, and the times between them."""

    def __init__(self, layer: Layer, lasting: bool) -> None:
        self.layer = layer
        self._lasting = lasting
        self.forget()

    def forget(self) -> None:
        """Begin anew, with units that have never spiked."""
        self.last = np.full((0, self.layer.size), NEVER)  # (batch, n) tick of the latest spike
        self.begin_trial()
        self.clear()

    def begin_trial(self) -> None:
        """Wait for each example's first spike."""
        self._early: np.ndarray | None = None  # (batch,) for whom it has come
        self._waiting = True

    def clear(self) -> None:
        self.spikes = 0
        self.first = 0  # ticks from a trial's beginning to the layer's first spike, added up
        self.firsts = 0  # over so many trials and examples
        self.gaps = np.zeros_like(self.last)  # (batch, n) times between two spikes of a unit
        self.total = np.zeros_like(self.last)  # ticks, added up
        self.square = np.zeros_like(self.last)  # their squares, added up

    def take(self, tick: int, begun: int) -> None:
        """Take down what the units did in this tick of a trial that was `begun` with an earlier."""
        spike = self.layer.state["spike"]  # (batch, n)
        spikes = self._take_gaps(spike, tick) if self._lasting else _count(spike)
        self.spikes += spikes
        if spikes and self._waiting:
            self._take_first(spike, tick - begun)

    def _take_first(self, spike: np.ndarray, after: int) -> None:
        """Take down for whom this is the first spike of the trial."""
        if self._early is None:
            self._early = np.zeros(len(spike), bool)
        fresh = (spike > 0).any(axis=1) & ~self._early
        self._early |= fresh
        self._waiting = not self._early.all()
        self.firsts += int(fresh.sum())
        self.first += int(fresh.sum()) * after

    def _take_gaps(self, spike: np.ndarray, tick: int) -> int:
        """Take down how long ago the units that spike last did; returns how many there are."""
        if len(self.last) != len(spike):
            self._make_room(len(spike))
        times = self.last, self.gaps, self.total, self.square
        return int(loop("gaps", "take_gaps")(spike, *times, tick))

    def _make_room(self, batch: int) -> None:
        self.last = np.full((batch, self.layer.size), NEVER)
        self.gaps, self.total, self.square = (np.zeros_like(self.last) for _ in range(3))

    def capture(self) -> dict[str, Any]:
        times = {name: getattr(self, name).tolist() for name in GAPS}
        return {"spikes": self.spikes, "first": self.first, "firsts": self.firsts, **times}

    def restore(self, values: dict[str, Any]) -> None:
        self.spikes, self.first, self.firsts = (values[k] for k in ("spikes", "first", "firsts"))
        for name in GAPS:
            array = np.array(values[name], np.int64).reshape(-1, self.layer.size)
            if len(array) != len(values[name]):
                raise ValueError(f"The spike account of '{self.layer.name}' has another size.")
            setattr(self, name, array)
        if len({getattr(self, name).shape for name in GAPS}) > 1:
            raise ValueError(f"The spike account of '{self.layer.name}' has several sizes.")


def _count(spike: np.ndarray) -> int:
    return int(np.count_nonzero(spike)) if any_spike(spike) else 0
