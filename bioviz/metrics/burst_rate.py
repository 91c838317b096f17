"""Burst rate: how many bursts the units of a layer have."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class BurstRate(Metric):
    """Mean burst rate b' = p' e with the teacher, over a layer and the probe examples."""

    key = "burst_rate"
    title = "Burst rate"
    help = "Event rate times burst probability, with the teacher, the mean over a layer."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: burst rate") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        return {f"{self.key}.{name}": means.burst_rate for name, means in seen.bursts.items()}
