"""Burst-dependent plasticity: a synapse grows where events become bursts more often than usual.

    dw_ij/dt = eta [B_i(t) - Pbar_i(t) E_i(t)] Etilde_j(t)         (see core/burst_plasticity)

There is no teacher: weights change all the time, once the `warm_up` is over. What decides on the
sign is the burst *probability* of the cell above, whatever its rate; rules such as BCM go by the
rate. What counts as an event or a burst is told from the spikes, so that any cells will do.

`lower_bound` and `upper_bound` are off: the published pairing protocols have neither, and that with
a frequency of up to 100 Hz could not grow a weight if cells above 10 Hz lost it.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.burst_params import (
    BurstParams,
    events_before,
    moving_average,
    probability_before,
    step,
    upper_bound,
)
from ..core.burst_plasticity import BurstPlasticity
from ..core.rule import Card
from ..core.spike_rule import TimedParams

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec


class BurstDependentParams(BurstParams, TimedParams):
    """The family's constants, with the published ones of populations that dendrites steer."""

    learning_rate: float = step(0.0035, "")
    tau_average: float = moving_average(5.0)
    upper_bound: float = upper_bound(1000.0)
    start_events: float = events_before(5.0)
    start_probability: float = probability_before(0.15)


class BurstDependent(BurstPlasticity):
    """The rule alone, at the synapses between cells that spike as they will or must."""

    key = "burst_dependent"
    title = "Burst-dependent plasticity"
    summary = "A synapse grows when its cell's events become bursts more often than usual."
    Params = BurstDependentParams
    dress = ("poisson", "burst_poisson", "burst_poisson")
    card = Card(
        equations=(
            "dw<sub>ij</sub>/dt = η [B<sub>i</sub> − P̄<sub>i</sub> E<sub>i</sub>] Ẽ<sub>j</sub>",
            "P̄<sub>i</sub> = B̄<sub>i</sub> / Ē<sub>i</sub>",
        ),
        crosses="Only spikes: a synapse knows its own events and its cell's events and bursts.",
        implausible=(
            "A cell keeps two averages, and every synapse reads their ratio.",
            "Nothing tells a synapse whether its change served any purpose: who drives the "
            "dendrite does.",
        ),
        source="Payeur, Guerguiev, Zenke, Richards & Naud 2021, Nat. Neurosci. 24:1010",
    )

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        return super().problems(spec) + cls.without_spikes(spec)
