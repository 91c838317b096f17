"""Burst probability P: what part of a layer's events are bursts."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class BurstProbability(Metric):
    """Mean burst probability p' with the teacher, over a layer and the probe examples."""

    key = "burst_probability"
    title = "Burst probability"
    help = "Part of the events that are bursts with the teacher, P, the mean over a layer."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: P") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        return {f"{self.key}.{name}": means.probability for name, means in seen.bursts.items()}
