"""Burst difference: how much the teacher changes burst probabilities, up or down."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class BurstDifference(Metric):
    """Mean |p' - p| between with and without the teacher, over a layer and the probe examples.

    Of P and P̄ themselves the means nearly agree: some units are taught to burst more, others less.
    """

    key = "burst_difference"
    title = "Burst difference"
    help = "Mean |P − P̄|: how much the teacher changes burst probabilities, up or down."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: |P − P̄|") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        return {f"{self.key}.{name}": means.difference for name, means in seen.bursts.items()}
