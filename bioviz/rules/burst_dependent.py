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

from ..core.burst_plasticity import BurstParams, BurstPlasticity
from ..core.parameter import parameter
from ..core.registry import UNITS
from ..core.rule import Card

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec


class BurstDependentParams(BurstParams):
    """The family's constants, with the published ones of populations that dendrites steer."""

    learning_rate: float = parameter(
        0.0035, "Size of a weight step at a burst, for a trace of 1.", symbol="η", ge=0, le=1e9
    )
    tau_average: float = parameter(
        5.0,
        "Time over which a cell averages its events and bursts, to know what to expect.",
        title="Moving average",
        symbol="τ<sub>avg</sub>",
        unit="s",
        gt=0,
        le=1e4,
    )
    upper_bound: float = parameter(
        1000.0,
        "Cells with more events a second lose weight at each of them; no cell has 1,000.",
        title="Upper rate bound",
        unit="Hz",
        gt=0,
        le=1e6,
        advanced=True,
    )
    start_events: float = parameter(
        5.0,
        "Events a second that every cell is taken to have had before the run began.",
        title="Events before",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1000,
        advanced=True,
    )
    start_probability: float = parameter(
        0.15,
        "The burst probability that they had.",
        title="Burst probability before",
        symbol="P̄(0)",
        rebuild=True,
        ge=0,
        le=1,
        advanced=True,
    )


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
        found = super().problems(spec)
        first = spec.network.layers[0]
        if not UNITS[first.unit].spikes:
            found.append(
                f"{cls.title} changes weights at spikes, but the input layer '{first.name}' shows "
                "numbers. Give it Poisson source units."
            )
        return found
