"""Spike irregularity: whether a cell spikes like a clock or like rain."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.registry import TASKS
from ..core.spike_account import LayerAccount

FEWEST = 2  # intervals of a unit, of which a spread can be told


class SpikeIrregularity(Metric):
    """Standard deviation over mean of the times between a unit's spikes, the mean over units.

    0 for a clock, 1 for spikes at random; measured over the intervals that ended since the last
    point. For rules under which activity lives on from trial to trial, so that intervals are whole,
    and tasks that leave it to the cells when they spike.
    """

    key = "spike_irregularity"
    title = "Spike irregularity"
    help = "How unlike a clock the units spike: 0 for a clock, 1 at random (CV of intervals)."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        task = TASKS[experiment.spec.task.key]
        if not experiment.rule.lasting or task.clamps or experiment.data.notes.get("volleys"):
            return []
        return [self.channel(name, name) for name in experiment.account.layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        spikes = seen.experiment.account
        if not spikes.ticks:
            return {}
        return {f"{self.key}.{name}": _spread(account) for name, account in spikes.layers.items()}


def _spread(account: LayerAccount) -> float:
    """The mean over units and examples; NaN where no unit has intervals enough."""
    enough = account.gaps >= FEWEST
    if not enough.any():
        return float("nan")
    count = account.gaps[enough]
    mean = account.total[enough] / count
    spread = np.sqrt(np.maximum(account.square[enough] / count - mean**2, 0))
    return float((spread / mean).mean())
