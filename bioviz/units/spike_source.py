"""Spike source: relays the spikes that it is shown, and those forced on it."""

from __future__ import annotations

import numpy as np

from ..core.spiking import MEAN_RATE, SPIKE, SpikingUnit, State
from ..core.unit import Variable

SHOWN = Variable("drive", "", "The spike that the unit is shown, if any.", signed=False)


class SpikeSource(SpikingUnit):
    """Spikes in the ticks in which it is shown a 1, or made to spike; deaf to everything else."""

    key = "spike_source"
    title = "Spike source"
    help = "Spikes just when the task says so, and hears nothing else; for pairing protocols."
    source = True
    hears = False
    relays = True
    variables = (MEAN_RATE, SPIKE, SHOWN)

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        spike = state["spike"]
        np.greater(state["drive"], 0, out=spike, casting="unsafe")
        if forced is not None:
            np.maximum(spike, forced, out=spike)
        self.average(state, dt)
