"""Burst expectation P̄: what part of a layer's events would be bursts by themselves."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class BurstExpectation(Metric):
    """Mean burst probability p without the teacher, over a layer and the same probe examples."""

    key = "burst_expectation"
    title = "Expected burst probability"
    help = "Part of the events that would be bursts without the teacher, P̄, the mean over a layer."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: P̄") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        return {f"{self.key}.{name}": means.expected for name, means in seen.bursts.items()}
