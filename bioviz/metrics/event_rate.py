"""Event rate: how many events, single spikes or bursts, the units of a layer have."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class EventRate(Metric):
    """Mean event rate e over a layer and the probe examples; of rate units between 0 and 1."""

    key = "event_rate"
    title = "Event rate"
    help = "Events, single spikes or whole bursts, the mean over a layer; 1 is the most."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: event rate") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        return {f"{self.key}.{name}": means.event_rate for name, means in seen.bursts.items()}
