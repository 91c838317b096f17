"""Stochastic integrator: a leaky sum whose sigmoid is the probability of a spike.

    u += (drive - u) / tau          p = 1 / (1 + exp(-u))          spike with probability p

in every tick, whatever its length: tau counts ticks. Its `rate` is p, so that its derivative
p (1 - p) is at hand; it is not a membrane with a threshold and a reset.
Order within a tick: u takes in what arrives in this tick, then p, then the spike.
Source: a stand-in for the spiking network of Lillicrap, Cownden, Tweed and Akerman (2016), Nature
Communications 7:13276, whose dynamics could not be found.
"""

from __future__ import annotations

import numpy as np

from ..core.parameter import Part, parameter
from ..core.spiking import SPIKE, SpikingUnit, State, draw
from ..core.unit import DELTA, DRIVE, Variable


class IntegratorParams(Part):
    """How fast it forgets."""

    tau: float = parameter(
        10.0,
        "How many ticks the sum lasts.",
        title="Integration",
        symbol="τ",
        unit="ticks",
        rebuild=True,
        ge=1,
        le=1e4,
    )


class SpikingIntegrator(SpikingUnit):
    """Spikes by chance, the more likely the larger its leaky sum."""

    key = "spiking_integrator"
    title = "Spiking integrator"
    help = "Spikes by chance, the more likely the larger the leaky sum of what arrives."
    biased = True
    probable = True
    variables = (
        Variable("rate", "", "Probability of a spike in this tick.", signed=False),
        SPIKE,
        Variable("u", "", "Leaky sum of what arrives."),
        DRIVE,
        DELTA,
    )
    Params = IntegratorParams

    def rest(self, state: State) -> None:
        super().rest(state)
        state["rate"].fill(0.5)

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        u, rate, spike = state["u"], state["rate"], state["spike"]
        u *= 1.0 - 1.0 / self.params.tau
        np.multiply(state["drive"], 1.0 / self.params.tau, out=rate)
        u += rate
        np.multiply(u, 0.5, out=rate)  # the sigmoid as (1 + tanh) / 2, which never overflows
        np.tanh(rate, out=rate)
        rate += 1
        rate *= 0.5
        np.less(draw(stream, spike), rate, out=spike, casting="unsafe")
        if forced is not None:
            np.maximum(spike, forced, out=spike)

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        """d p / d u, told from p: p (1 - p)."""
        np.subtract(1, rate, out=out)
        out *= rate
        return out
