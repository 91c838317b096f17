"""Requests for what spiking layers did in the last ticks: rasters, and single units' traces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .request import Request
from .spike_memory import MOST_WATCHED, TICKS

if TYPE_CHECKING:
    from .experiment import Experiment

LONGEST, MOST_TRACES = TICKS, MOST_WATCHED  # what can be asked for: ticks back, and traces at once


@dataclass(frozen=True)
class RasterReply:
    """`spikes` (ticks, units) uint8, the latest tick last, which is number `end` - 1.

    A tick lasts `dt` ms; `onsets` are the numbers of those with which trials began. Ticks are
    counted since the run was built or put back. The layer has `size` units in all. `further`
    (ticks, units) of bool tells the spikes that go on with a burst; it is None where the layer does
    not tell them from events.
    """

    spikes: np.ndarray
    end: int
    dt: float
    onsets: tuple[int, ...]
    size: int
    further: np.ndarray | None = None


@dataclass(frozen=True)
class Raster(Request):
    """A layer's spikes in the last `ticks` ticks, in the batch's first example."""

    layer: str
    ticks: int = 1000
    index: int = 0

    def read(self, experiment: Experiment) -> RasterReply:
        memory = experiment.spikes
        spikes, further = memory.told(self.layer, self.ticks)
        start = memory.count - len(spikes)
        onsets = tuple(onset for onset in memory.onsets if onset >= start)
        size = experiment.net.layers[self.layer].size
        dt = experiment.spec.network.dt
        return RasterReply(spikes, memory.count, dt, onsets, size, further)


@dataclass(frozen=True)
class TraceReply:
    """`values` (ticks,) float32, the latest tick last, which is number `end` - 1."""

    values: np.ndarray
    end: int
    dt: float


@dataclass(frozen=True)
class Trace(Request):
    """One unit's variable, as `out.v`, in the last `ticks` ticks since it was first asked for.

    At most MOST_TRACES are followed at once.
    """

    address: str
    unit: int = 0
    ticks: int = 1000
    index: int = 0

    def read(self, experiment: Experiment) -> TraceReply:
        values = experiment.spikes.watch(self.address, self.unit, self.ticks)
        return TraceReply(values, experiment.spikes.count, experiment.spec.network.dt)
