"""STDP: a synapse grows when its cell spikes just before the next one does, else it shrinks.

    with Δt = t_post - t_pre, and u = w / w_max:
    Δw = +A+ w_max f+(u) exp(-Δt / tau+)   for Δt > 0
    Δw = -A- w_max f-(u) exp(Δt / tau-)    for Δt < 0

    additive         f+ = 1             f- = 1            (Song, Miller and Abbott 2000)
    van Rossum       f+ = 1             f- = u            (van Rossum, Bi and Turrigiano 2000)
    Rubin            f+ = 1 - u         f- = u            (Rubin, Lee and Sompolinsky 2001)
    Guetig           f+ = (1 - u)^mu    f- = u^mu         (Guetig and others 2003)
    power law        f+ = u0^(1-mu) u^mu   f- = u         (Morrison, Aertsen and Diesmann 2007)

It is worked out at spikes, from traces: x (pre_trace, tau+) and y (post_trace, tau-).
Order within a tick: all units advance; traces decay; at pre spikes w falls by A- f- y; at post
spikes w rises by A+ f+ x; w is kept within [0, w_max]; spikes enter the traces. So Δt = 0 changes
nothing; or, where spikes of one tick count as the lower cell's first, pre spikes enter x before it
is read, and Δt = 0 is part of the upper branch, +A+ f+.
Source: the rule as in Song, Miller and Abbott (2000), Nature Neuroscience 3:919. Spikes of one tick
as in the simulator Brian 2 (Stimberg, Brette and Goodman 2019, eLife 8:e47314), whose synapses run
their pre part before their post part.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..core.parameter import parameter
from ..core.rule import Card
from ..core.spike_plasticity import BoundParams, SpikePlasticity
from ..core.spiking import State


class StdpParams(BoundParams):
    """The window, and how steps depend on the weight."""

    learning_rate: float = parameter(
        0.005,
        "Largest potentiation by one pair of spikes, as a fraction of the largest weight.",
        title="Potentiation",
        symbol="A<sub>+</sub>",
        gt=0,
        le=1e9,
    )
    balance: float = parameter(
        1.05,
        "Depression over potentiation; with equal time constants, above 1 keeps weights in check.",
        title="Depression / potentiation",
        symbol="A<sub>−</sub>/A<sub>+</sub>",
        ge=0,
        le=1000,
    )
    tau_plus: float = parameter(
        20.0,
        "How long before the upper cell's spike the lower one's still counts.",
        title="Potentiation window",
        symbol="τ<sub>+</sub>",
        unit="ms",
        gt=0,
        le=1e4,
    )
    tau_minus: float = parameter(
        20.0,
        "How long after the upper cell's spike the lower one's still counts.",
        title="Depression window",
        symbol="τ<sub>−</sub>",
        unit="ms",
        gt=0,
        le=1e4,
    )
    dependence: Literal["additive", "van_rossum", "rubin", "guetig", "power"] = parameter(
        "additive",
        "How steps depend on the weight: not at all, or so that weights keep off their bounds.",
        title="Weight dependence",
        names={
            "additive": "Additive",
            "van_rossum": "Multiplicative (van Rossum)",
            "rubin": "Multiplicative (Rubin)",
            "guetig": "Gütig",
            "power": "Power law (Morrison)",
        },
    )
    mu: float = parameter(
        0.4,
        "Exponent of the weight dependence: Gütig's from 0, additive, to 1; the power law's.",
        title="Exponent",
        symbol="μ",
        ge=0,
        le=1,
        advanced=True,
    )
    w_ref: float = parameter(
        0.1,
        "Weight at which the power law's steps are as told, as a fraction of the largest.",
        title="Reference weight",
        symbol="u<sub>0</sub>",
        gt=0,
        le=1,
        advanced=True,
    )


class Stdp(SpikePlasticity):
    """Spike-timing-dependent plasticity of pairs."""

    key = "stdp"
    title = "STDP"
    summary = "A synapse grows when its spike comes just before the cell's own, else it shrinks."
    Params = StdpParams
    card = Card(
        equations=(
            "Δw = A<sub>+</sub> w<sub>max</sub> exp(−Δt / τ<sub>+</sub>) for Δt &gt; 0",
            "Δw = −A<sub>−</sub> w<sub>max</sub> exp(Δt / τ<sub>−</sub>) for Δt &lt; 0",
            "Δt = t<sub>post</sub> − t<sub>pre</sub>",
        ),
        crosses="Only spikes: both cells' are known at the synapse.",
        implausible=(
            "Pairs add up, whatever the frequency: real synapses grow above about 40 Hz.",
            "Nothing tells a synapse whether its change served any purpose.",
        ),
        source="Song, Miller & Abbott 2000, Nat. Neurosci. 3:919",
    )

    def tau(self, trace: str) -> float:
        tau: float = self.params.tau_plus if trace == "pre_trace" else self.params.tau_minus
        return tau

    def lowering(self, pre: State, units: np.ndarray) -> float:
        params = self.params
        return float(params.learning_rate * params.balance * params.w_max)

    def raising(self, post: State, units: np.ndarray) -> float:
        return float(self.params.learning_rate * self.params.w_max)

    def falling(self, w: np.ndarray, step: np.ndarray) -> np.ndarray:
        kind = self.params.dependence
        if kind == "additive":
            return step
        u = w / self.params.w_max
        step *= u**self.params.mu if kind == "guetig" else u
        return step

    def rising(self, w: np.ndarray, step: np.ndarray) -> np.ndarray:
        kind, params = self.params.dependence, self.params
        if kind in ("additive", "van_rossum"):
            return step
        u = w / params.w_max
        if kind == "power":
            step *= params.w_ref ** (1 - params.mu) * u**params.mu
        else:
            room = np.maximum(1 - u, 0)
            step *= room if kind == "rubin" else room**params.mu
        return step
