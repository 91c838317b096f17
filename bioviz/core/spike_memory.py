"""The spike memory: what a run's spiking layers did of late, for rasters and traces.

It belongs to whoever looks: no bit of a run depends on it, and a file holds it only where it holds
the run's history.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from .compiled import loop
from .layer import Layer
from .network import Network
from .pair_watch import PairWatch
from .projection import Projection
from .weight_history import WeightHistory

TICKS = 2000  # how far back it goes
MOST_UNITS = 1000  # of a layer; more cannot be told apart
MOST_WATCHED = 8  # the somata and dendrites of four cells
FURTHER = 2  # in a ring: a spike that goes on with a burst; 1 is any other
PATIENCE = 50_000  # ticks after which what nobody asks for is watched no longer

Cell = tuple[str, int, int]  # an address, a row and a column


class SpikeMemory:
    """The last TICKS ticks of a network, of the batch's first example.

    `count` is the number of ticks lived through since the run was built, or put back.
    """

    def __init__(self, net: Network) -> None:
        self._net = net
        spiking = [layer for layer in net.chain if layer.unit.spikes]
        self._rings = [(layer, Ring.of_spikes(layer)) for layer in spiking]
        self._watched: dict[tuple[str, int], Ring] = {}  # the latest asked for comes last
        self._synapse: tuple[tuple[Cell, ...], Ring] | None = None
        self._pairs: PairWatch | None = None
        paths = [*net.forward, *net.lateral] if self._rings else []
        self.weights = {path.name: WeightHistory(path) for path in paths}
        self.count = 0
        self.onsets: deque[int] = deque(maxlen=TICKS)  # ticks at which trials began

    def begin_trial(self, trial: int) -> None:
        """Trial number `trial` begins with the next tick."""
        if not self._rings:
            return
        self.onsets.append(self.count)
        for history in self.weights.values():
            history.note(trial)
        self._let_go()
        if self._pairs is not None:
            self._pairs.renew()

    def note(self) -> None:
        """Take down the tick that is just over."""
        place = self.count % TICKS
        for layer, ring in self._rings:
            state = layer.state
            if "event" in state:
                loop("bursts", "mark")(state["spike"], state["event"], ring.values[place])
            else:
                ring.values[place] = state["spike"][0, :MOST_UNITS]
        for (address, unit), ring in self._watched.items():
            ring.values[place] = self._net[address][0, unit]
        if self._synapse is not None:
            cells, ring = self._synapse
            ring.values[place] = [self._net[address][row, col] for address, row, col in cells]
        if self._pairs is not None:
            self._pairs.note(self.count)
        self.count += 1

    def forget(self) -> None:
        """Begin anew, as when a run is put back to an earlier state."""
        self.count = 0
        self.onsets.clear()
        self._synapse = self._pairs = None
        for ring in (*(ring for _, ring in self._rings), *self._watched.values()):
            ring.since = ring.asked = 0
        for history in self.weights.values():
            history.forget()

    def capture(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """All that it knows, as plain data and arrays by name: spikes as the places of their ring.

        Nothing is copied that may change later: whoever keeps it copies.
        """
        arrays: dict[str, np.ndarray] = {"onsets": np.array(self.onsets, np.int64)}
        for layer, ring in self._rings:
            for kind in (1, FURTHER):
                places = np.flatnonzero(ring.values == kind)
                arrays[f"ring/{layer.name}/{kind}"] = places.astype(np.int32)
        facts: dict[str, Any] = {"count": self.count, "watched": [], "synapse": None, "pairs": None}
        for (address, unit), ring in self._watched.items():
            facts["watched"].append([address, unit, ring.since, ring.asked])
            arrays[f"watched/{address}/{unit}"] = ring.values
        if self._synapse is not None:
            cells, ring = self._synapse
            facts["synapse"] = [[list(cell) for cell in cells], ring.since, ring.asked]
            arrays["synapse"] = ring.values
        if self._pairs is not None:
            told, held = self._pairs.capture()
            facts["pairs"] = {"path": self._pairs.path.name, **told}
            arrays |= {f"pairs/{name}": array for name, array in held.items()}
        facts["apart"] = self._capture_weights(arrays)
        return facts, arrays

    def restore(self, facts: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        """Take back what `capture` gave."""
        self.forget()
        self.count = facts["count"]
        self.onsets.extend(arrays["onsets"].tolist())
        for layer, ring in self._rings:
            ring.values.fill(0)
            for kind in (1, FURTHER):
                ring.values.reshape(-1)[arrays[f"ring/{layer.name}/{kind}"]] = kind
        self._watched = {
            (address, unit): Ring(arrays[f"watched/{address}/{unit}"].copy(), since, asked)
            for address, unit, since, asked in facts["watched"]
        }
        if facts["synapse"] is not None:
            cells, since, asked = facts["synapse"]
            ring = Ring(arrays["synapse"].copy(), since, asked)
            self._synapse = tuple((str(a), int(r), int(c)) for a, r, c in cells), ring
        if facts["pairs"] is not None:
            self._pairs = PairWatch(self._net.projections[facts["pairs"]["path"]])
            self._pairs.restore(facts["pairs"], _within(arrays, "pairs"))
        for name, apart in facts["apart"].items():
            rows = {int(trial): row for trial, row in _within(arrays, f"weights/{name}").items()}
            self.weights[name].restore(apart, rows)

    def _capture_weights(self, arrays: dict[str, np.ndarray]) -> dict[str, int]:
        every = {}
        for name, history in self.weights.items():
            every[name], rows = history.capture()
            arrays |= {f"weights/{name}/{trial}": row for trial, row in rows.items()}
        return every

    def spikes(self, layer: str, ticks: int) -> np.ndarray:
        """The last `ticks` ticks of a layer's spikes, (n, units) of 0 and 1, the latest last."""
        return self.told(layer, ticks)[0]

    def told(self, layer: str, ticks: int) -> tuple[np.ndarray, np.ndarray | None]:
        """The same, and which of them go on with a burst: (n, units) of bool.

        None instead where the layer does not tell events from bursts.
        """
        found = [(one, ring) for one, ring in self._rings if one.name == layer]
        if not found:
            raise ValueError(f"Layer '{layer}' has no units that spike.")
        kinds = found[0][1].latest(self.count, ticks)
        if "event" not in found[0][0].state:
            return kinds, None
        return (kinds != 0).view(np.uint8), kinds == FURTHER

    def watch(self, address: str, unit: int, ticks: int) -> np.ndarray:
        """The last `ticks` values of one unit's variable, as far as it has been watched.

        It is watched from now on; of more than MOST_WATCHED the one asked for longest ago is not.
        """
        key = (address, unit)
        ring = self._watched.pop(key, None)
        if ring is None:
            if not 0 <= unit < self._net[address].shape[1]:
                raise ValueError(f"{address} has no unit {unit}.")
            ring = self._ring(np.zeros(TICKS, np.float32), self._net[address][0, unit])
        self._watched[key] = ring
        while len(self._watched) > MOST_WATCHED:
            del self._watched[next(iter(self._watched))]
        ring.asked = self.count
        return ring.latest(self.count, ticks)

    def watch_cells(self, cells: tuple[Cell, ...], ticks: int) -> np.ndarray:
        """The last `ticks` values (n, cells) of a synapse's cells, as far as they are watched.

        One synapse is watched at a time: the one that was asked for last.
        """
        if self._synapse is None or self._synapse[0] != cells:
            now = [self._net[address][row, col] for address, row, col in cells]
            self._synapse = cells, self._ring(np.zeros((TICKS, len(cells)), np.float32), now)
        ring = self._synapse[1]
        ring.asked = self.count
        return ring.latest(self.count, ticks)

    def watch_pairs(self, path: Projection) -> PairWatch:
        """The spike pairs of a projection's synapses, which are noted from now on.

        One projection is watched at a time: the one that was asked for last.
        """
        if self._pairs is None or self._pairs.path is not path:
            self._pairs = PairWatch(path)
        self._pairs.asked = self.count
        return self._pairs

    def _ring(self, values: np.ndarray, now: Any) -> Ring:
        """A ring that begins with what is so now, after the latest tick."""
        since = max(0, self.count - 1)
        values[since % TICKS] = now
        return Ring(values, since)

    def _let_go(self) -> None:
        """Watch no longer what nobody has asked for in a long time."""
        oldest = self.count - PATIENCE
        self._watched = {key: ring for key, ring in self._watched.items() if ring.asked >= oldest}
        if self._synapse is not None and self._synapse[1].asked < oldest:
            self._synapse = None
        if self._pairs is not None and self._pairs.asked < oldest:
            self._pairs = None


class Ring:
    """Rows that are written over in turn; those since tick `since` are true."""

    def __init__(self, values: np.ndarray, since: int = 0, asked: int | None = None) -> None:
        self.values = values
        self.since = since
        self.asked = since if asked is None else asked  # the tick when somebody last wanted it

    @classmethod
    def of_spikes(cls, layer: Layer) -> Ring:
        return cls(np.zeros((TICKS, min(layer.size, MOST_UNITS)), np.uint8))

    def latest(self, count: int, ticks: int) -> np.ndarray:
        """A copy of at most the last `ticks` rows before tick `count`, the latest last."""
        known = min(ticks, TICKS, count - self.since)
        start, end = (count - known) % TICKS, count % TICKS
        if known and start >= end:  # it goes round: two slices are copied faster than places
            return np.concatenate([self.values[start:], self.values[:end]])
        return self.values[start : start + known].copy()


def _within(arrays: dict[str, np.ndarray], folder: str) -> dict[str, np.ndarray]:
    """The arrays whose names begin with a folder, by the rest of their names."""
    start = f"{folder}/"
    return {k.removeprefix(start): array for k, array in arrays.items() if k.startswith(start)}
