"""Poisson unit: draws spikes at the rate that it is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import parameter
from ..core.spiking import MEAN_RATE, SPIKE, RateParams, SpikingUnit, State, draw
from ..core.unit import Variable

SHOWN = Variable("drive", "Hz", "The rate that the unit is shown.", signed=False)


class PoissonParams(RateParams):
    """What a shown value means."""

    peak: float = parameter(
        1.0,
        "Spikes a second for a shown value of 1: 1 where the task shows rates, "
        "100 or so where it shows pictures.",
        title="Rate at 1",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1e6,
    )


class Poisson(SpikingUnit):
    """Spikes with probability peak * x * dt in a tick, whatever happened before; for inputs.

    At most one spike a tick: a rate at which that probability is 1 or more spikes at every tick.
    """

    key = "poisson"
    title = "Poisson source"
    help = "Spikes at random, at the rate that the task shows; for input layers."
    source = True
    hears = False
    variables = (MEAN_RATE, SPIKE, SHOWN)
    Params = PoissonParams

    @classmethod
    def rates(cls, params: Any, shown: float) -> dict[str, float]:
        return {"peak": params.peak * shown}

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        spike = draw(stream, state["spike"])
        spike *= 1000.0 / dt
        rates = state["drive"]
        if self.params.peak != 1.0:
            rates *= self.params.peak
        np.less(spike, rates, out=spike, casting="unsafe")
        if forced is not None:
            np.maximum(spike, forced, out=spike)
        self.average(state, dt)
