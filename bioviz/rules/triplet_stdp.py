"""Triplet STDP: pairs of spikes, and what a third spike shortly before adds to them.

    at a pre spike:    w <- w - eta o1 (A2- + A3- r2)
    at a post spike:   w <- w + eta r1 (A2+ + A3+ o2)

r1, r2 are traces of the lower cell (tau+ and tau_x), o1, o2 of the upper one (tau- and tau_y); r2
and o2 are read before the spike itself enters them. At low frequencies it is a pair rule; above
about 30 Hz potentiation wins for either order, as in visual cortex, which no pair rule can do.
Order within a tick: all units advance; traces decay; depression at pre spikes; potentiation at post
spikes; w is kept within [0, w_max]; spikes enter the traces. Where spikes of one tick count as the
lower cell's first, they enter r1 and r2 between depression and potentiation.
Source: Pfister and Gerstner (2006), Journal of Neuroscience 26:9673, tables 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from ..core.parameter import parameter
from ..core.rule import Card
from ..core.spike_plasticity import BoundParams, SpikePlasticity
from ..core.spiking import State

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec

TAU_PLUS, TAU_MINUS = 16.8, 33.7  # ms, the same in all fits


@dataclass(frozen=True)
class Fit:
    """One published set of amplitudes, and of the slow traces' time constants in ms."""

    pair_up: float  # A2+
    triplet_up: float  # A3+
    pair_down: float  # A2-
    triplet_down: float  # A3-
    tau_x: float
    tau_y: float


# By data, whether spikes meet all others or the nearest, and whether all terms are there. Minimal
# models have no A3-, so their tau_x plays no part.
FITS = {
    ("cortex", "all", False): Fit(5e-10, 6.2e-3, 7e-3, 2.3e-4, 101.0, 125.0),
    ("cortex", "all", True): Fit(0.0, 6.5e-3, 7.1e-3, 0.0, 101.0, 114.0),
    ("cortex", "nearest", False): Fit(8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 714.0, 40.0),
    ("cortex", "nearest", True): Fit(0.0, 5e-2, 8e-3, 0.0, 714.0, 40.0),
    ("hippocampus", "all", False): Fit(6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 946.0, 27.0),
    ("hippocampus", "all", True): Fit(5.3e-3, 8e-3, 3.5e-3, 0.0, 946.0, 40.0),
    ("hippocampus", "nearest", False): Fit(4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 575.0, 47.0),
    ("hippocampus", "nearest", True): Fit(4.6e-3, 9.1e-3, 3e-3, 0.0, 575.0, 48.0),
}


class TripletStdpParams(BoundParams):
    """Which published set of parameters, and how long the steps are beside it."""

    learning_rate: float = parameter(
        1.0, "Length of the steps beside the published ones.", symbol="η", gt=0, le=1e9
    )
    data: Literal["cortex", "hippocampus"] = parameter(
        "cortex",
        "Which experiments the parameters were fitted to.",
        title="Fitted to",
        names={"cortex": "Visual cortex", "hippocampus": "Hippocampal culture"},
    )
    minimal: bool = parameter(
        True,
        "Only the terms without which the data cannot be explained; else all four.",
        title="Minimal model",
    )

    @property
    def fit(self) -> Fit:
        return FITS[self.data, self.interaction, self.minimal]


class TripletStdp(SpikePlasticity):
    """Spike-timing-dependent plasticity of triplets."""

    key = "triplet_stdp"
    title = "Triplet STDP"
    summary = "STDP in which a cell's earlier spike counts too, so that frequency matters."
    Params = TripletStdpParams
    below: ClassVar[dict[str, str]] = {
        **SpikePlasticity.below,
        "slow_pre_trace": "What synapses from here remember for longer of the unit's spikes.",
    }
    above: ClassVar[dict[str, str]] = {
        **SpikePlasticity.above,
        "slow_post_trace": "What synapses onto the unit remember for longer of its spikes.",
    }
    card = Card(
        equations=(
            "Δw = η r<sub>1</sub> (A<sub>2</sub><sup>+</sup> + A<sub>3</sub><sup>+</sup> "
            "o<sub>2</sub>) at a post spike",
            "Δw = −η o<sub>1</sub> (A<sub>2</sub><sup>−</sup> + A<sub>3</sub><sup>−</sup> "
            "r<sub>2</sub>) at a pre spike",
        ),
        crosses="Only spikes: both cells' are known at the synapse.",
        implausible=(
            "Nothing tells a synapse whether its change served any purpose.",
            "Fitted to pairs and triplets; longer patterns can go wrong.",
        ),
        source="Pfister & Gerstner 2006, J. Neurosci. 26:9673",
    )

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        found, dt = super().problems(spec), spec.network.dt
        if dt > TAU_PLUS:
            found.append(
                f"A tick of {dt:g} ms is longer than the rule's shortest trace ({TAU_PLUS:g} ms), "
                "which it cannot follow. Make the tick shorter."
            )
        return found

    def tau(self, trace: str) -> float:
        taus: dict[str, float] = {
            "pre_trace": TAU_PLUS,
            "post_trace": TAU_MINUS,
            "slow_pre_trace": self.params.fit.tau_x,
            "slow_post_trace": self.params.fit.tau_y,
        }
        return taus[trace]

    def lowering(self, pre: State, units: np.ndarray) -> np.ndarray:
        fit, rate = self.params.fit, self.params.learning_rate
        amount: np.ndarray = pre["slow_pre_trace"][:, units] * (rate * fit.triplet_down)
        amount += rate * fit.pair_down
        return amount

    def raising(self, post: State, units: np.ndarray) -> np.ndarray:
        fit, rate = self.params.fit, self.params.learning_rate
        amount: np.ndarray = post["slow_post_trace"][:, units] * (rate * fit.triplet_up)
        amount += rate * fit.pair_up
        return amount
