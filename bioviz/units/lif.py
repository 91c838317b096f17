"""Leaky integrate-and-fire unit, driven by synaptic currents.

    tau_m dv/dt = E_L - v + current + i - a          tau_s di/dt = -i          tau_a da/dt = -a
    a spike arriving: i += w          v >= threshold: spike, v = reset, a += jump, pause

Order within a tick: the potential moves on, exactly, under what had arrived before; i and a decay;
units that reach the threshold (or are forced) spike; what arrives in this tick is added to i, and
so acts from the next tick on. Currents are told in mV, as the shift of the potential that they
would bring in the long run.
Source: Lapicque (1907); exact integration as in Rotter and Diesmann (1999), Biological
Cybernetics 81:381; adaptation as in Gerstner, Kistler, Naud and Paninski (2014), chapter 6.
"""

from __future__ import annotations

import numpy as np

from ..core.leaky import ADAPTATION, PAUSE, POTENTIAL, LeakyParams, LeakyUnit
from ..core.parameter import parameter
from ..core.spiking import MEAN_RATE, SPIKE, State, decay, held
from ..core.unit import DRIVE, Variable


class LIFParams(LeakyParams):
    """The cell's constants, and how long a synaptic current lasts."""

    tau_s: float = parameter(
        5.0,
        "How long a synaptic current lasts; 0 lets a spike shift the potential at once.",
        title="Synaptic current",
        symbol="τ<sub>s</sub>",
        unit="ms",
        rebuild=True,
        ge=0,
        le=1e4,
    )


class LIF(LeakyUnit):
    """Current-based: the effect of a spike does not depend on the potential."""

    key = "lif"
    title = "LIF"
    help = "Leaky integrate-and-fire: gathers currents, leaks, spikes at a threshold, starts again."
    variables = (
        POTENTIAL,
        MEAN_RATE,
        SPIKE,
        Variable("i", "mV", "Synaptic current, as the shift of the potential that it would bring."),
        ADAPTATION,
        PAUSE,
        DRIVE,
    )
    Params = LIFParams

    def move(self, state: State, dt: float) -> None:
        params, v, i = self.params, state["v"], state["i"]
        goal = i * held(dt, params.tau_s)
        goal -= state["a"]
        goal += params.rest + params.current
        v -= goal
        v *= decay(dt, params.tau_m)
        v += goal
        i *= decay(dt, params.tau_s)

    def arrive(self, state: State) -> None:
        drive = state["drive"]
        if not drive.any():
            return
        if self.params.tau_s > 0:
            state["i"] += drive
        else:
            np.add(state["v"], drive, out=state["v"], where=state["pause"] == 0)
