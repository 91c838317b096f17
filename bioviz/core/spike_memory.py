"""The spike memory: what a run's spiking layers did of late, for rasters and traces.

It belongs to whoever looks: no bit of a run depends on it, and no file holds it.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from .network import Layer, Network

TICKS = 2000  # how far back it goes
MOST_UNITS = 1000  # of a layer; more cannot be told apart
MOST_WATCHED = 4


class SpikeMemory:
    """The last TICKS ticks of a network, of the batch's first example.

    `count` is the number of ticks lived through since the run was built, or put back.
    """

    def __init__(self, net: Network) -> None:
        self._net = net
        spiking = [layer for layer in net.chain if layer.unit.spikes]
        self._rings = [(layer, Ring.of_spikes(layer)) for layer in spiking]
        self._watched: dict[tuple[str, int], Ring] = {}  # the latest asked for comes last
        self.count = 0
        self.onsets: deque[int] = deque(maxlen=TICKS)  # ticks at which trials began

    def begin_trial(self) -> None:
        """A trial begins with the next tick."""
        if self._rings:
            self.onsets.append(self.count)

    def note(self) -> None:
        """Take down the tick that is just over."""
        place = self.count % TICKS
        for layer, ring in self._rings:
            ring.values[place] = layer.state["spike"][0, :MOST_UNITS]
        for (address, unit), ring in self._watched.items():
            ring.values[place] = self._net[address][0, unit]
        self.count += 1

    def forget(self) -> None:
        """Begin anew, as when a run is put back to an earlier state."""
        self.count = 0
        self.onsets.clear()
        for ring in (*(ring for _, ring in self._rings), *self._watched.values()):
            ring.since = 0

    def spikes(self, layer: str, ticks: int) -> np.ndarray:
        """The last `ticks` ticks of a layer's spikes, (n, units) of 0 and 1, the latest last."""
        found = [ring for one, ring in self._rings if one.name == layer]
        if not found:
            raise ValueError(f"Layer '{layer}' has no units that spike.")
        return found[0].latest(self.count, ticks)

    def watch(self, address: str, unit: int, ticks: int) -> np.ndarray:
        """The last `ticks` values of one unit's variable, as far as it has been watched.

        It is watched from now on; of more than MOST_WATCHED the one asked for longest ago is not.
        """
        key = (address, unit)
        ring = self._watched.pop(key, None)
        if ring is None:
            if not 0 <= unit < self._net[address].shape[1]:
                raise ValueError(f"{address} has no unit {unit}.")
            ring = Ring(np.zeros(TICKS, np.float32), self.count)
        self._watched[key] = ring
        while len(self._watched) > MOST_WATCHED:
            del self._watched[next(iter(self._watched))]
        return ring.latest(self.count, ticks)


class Ring:
    """Rows that are written over in turn; those since tick `since` are true."""

    def __init__(self, values: np.ndarray, since: int = 0) -> None:
        self.values = values
        self.since = since

    @classmethod
    def of_spikes(cls, layer: Layer) -> Ring:
        return cls(np.zeros((TICKS, min(layer.size, MOST_UNITS)), np.uint8))

    def latest(self, count: int, ticks: int) -> np.ndarray:
        """A copy of at most the last `ticks` rows before tick `count`, the latest last."""
        known = min(ticks, TICKS, count - self.since)
        rows: np.ndarray = self.values[np.arange(count - known, count) % TICKS]
        return rows
