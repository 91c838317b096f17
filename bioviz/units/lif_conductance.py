"""Leaky integrate-and-fire unit, driven by synaptic conductances.

    tau_m dv/dt = E_L - v + current - a + g_e (E_e - v) + g_i (E_i - v)
    tau_e dg_e/dt = -g_e          tau_i dg_i/dt = -g_i
    a spike arriving through a weight w > 0: g_e += w; through a weight w < 0: g_i += |w|

Conductances are in units of the leak. Order within a tick as for the current-based unit: v moves
on under what had arrived before, whoever reaches the threshold spikes, then what arrives is added.
What arrives in one tick counts as one sum, excitation less inhibition.

Steady inhibition may come from `inhibitors` inputs of the cell's own that spike at random: in each
tick g_i += k * weight, k drawn from a Poisson distribution of mean inhibitors * rate * dt. They are
no layer, since nothing of them is to be learned or seen one by one: all that reaches the cell is
their sum. So W holds excitation alone, between 0 and w_max, and rules need not know of signs.
Source: Song, Miller and Abbott (2000), Nature Neuroscience 3:919.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.leaky import ADAPTATION, PAUSE, POTENTIAL, LeakyParams, LeakyUnit
from ..core.parameter import parameter
from ..core.spiking import MEAN_RATE, SPIKE, State, decay, held
from ..core.unit import DRIVE, Variable


class ConductanceParams(LeakyParams):
    """The cell's constants, and its synapses'."""

    excitation: float = parameter(
        0.0,
        "Potential to which excitation pulls.",
        title="Excitatory reversal",
        symbol="E<sub>e</sub>",
        unit="mV",
        rebuild=True,
        ge=-200,
        le=200,
    )
    inhibition: float = parameter(
        -70.0,
        "Potential to which inhibition pulls.",
        title="Inhibitory reversal",
        symbol="E<sub>i</sub>",
        unit="mV",
        rebuild=True,
        ge=-200,
        le=200,
    )
    tau_e: float = parameter(
        5.0,
        "How long an excitatory conductance lasts.",
        title="Excitatory conductance",
        symbol="τ<sub>e</sub>",
        unit="ms",
        rebuild=True,
        gt=0,
        le=1e4,
    )
    tau_i: float = parameter(
        5.0,
        "How long an inhibitory conductance lasts.",
        title="Inhibitory conductance",
        symbol="τ<sub>i</sub>",
        unit="ms",
        rebuild=True,
        gt=0,
        le=1e4,
    )
    inhibitors: int = parameter(
        0,
        "Inhibitory inputs of each cell's own, which spike at random and never learn.",
        title="Inhibitory inputs",
        rebuild=True,
        ge=0,
        le=100_000,
        advanced=True,
    )
    inhibitor_rate: float = parameter(
        10.0,
        "Spikes a second of every inhibitory input.",
        title="Their rate",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1000,
        advanced=True,
    )
    inhibitor_weight: float = parameter(
        0.05,
        "What each of their spikes adds to the inhibitory conductance.",
        title="Their weight",
        rebuild=True,
        ge=0,
        le=100,
        advanced=True,
    )


class LIFConductance(LeakyUnit):
    """Conductance-based: the effect of a spike shrinks as the potential nears the reversal."""

    key = "lif_conductance"
    title = "LIF (conductance)"
    help = "Leaky integrate-and-fire in which spikes open conductances, as at real synapses."
    variables = (
        POTENTIAL,
        MEAN_RATE,
        SPIKE,
        Variable("g_e", "", "Excitatory conductance, in units of the leak.", signed=False),
        Variable("g_i", "", "Inhibitory conductance, in units of the leak.", signed=False),
        ADAPTATION,
        PAUSE,
        DRIVE,
    )
    Params = ConductanceParams

    @classmethod
    def rates(cls, params: Any, shown: float) -> dict[str, float]:
        return {"inhibitor_rate": params.inhibitor_rate if params.inhibitors else 0.0}

    def move(self, state: State, dt: float) -> None:
        """Exactly, for conductances that stay at their mean over the tick."""
        params, v = self.params, state["v"]
        g_e, g_i = state["g_e"], state["g_i"]
        e, i = g_e * held(dt, params.tau_e), g_i * held(dt, params.tau_i)
        total = e + i
        total += 1
        goal = e * params.excitation
        goal += i * params.inhibition
        goal += params.rest + params.current
        goal -= state["a"]
        goal /= total
        total *= -dt / params.tau_m
        v -= goal
        v *= np.exp(total, out=total)
        v += goal
        g_e *= decay(dt, params.tau_e)
        g_i *= decay(dt, params.tau_i)

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        super().advance(state, dt, stream, forced)
        params, g_i = self.params, state["g_i"]
        if params.inhibitors:
            mean = params.inhibitors * params.inhibitor_rate * dt / 1000
            spikes = stream.poisson(mean, g_i.T.shape).T
            g_i += spikes.astype(g_i.dtype) * params.inhibitor_weight

    def arrive(self, state: State) -> None:
        drive = state["drive"]
        if drive.any():
            state["g_e"] += np.maximum(drive, 0)
            state["g_i"] -= np.minimum(drive, 0)
