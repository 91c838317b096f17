"""Threshold: BCM's theta, which follows the mean of a unit's squared activity."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo

MOST = 8  # units; of more, the mean alone


class Threshold(Metric):
    """theta of each unit, or where there are many its mean over the layer."""

    key = "threshold"
    title = "Threshold θ"
    help = "The activity above which synapses grow and below which they weaken."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [self.channel(about, label) for about, label, _ in _thresholds(experiment)]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {f"{self.key}.{about}": value for about, _, value in _thresholds(seen.experiment)}


def _thresholds(experiment: Experiment) -> Iterator[tuple[str, str, float]]:
    for layer in experiment.net.chain:
        if "theta" not in layer.state or layer.unit.spikes:  # of cells it is where they spike
            continue
        theta = layer.state["theta"][0]
        if 1 < layer.size <= MOST:
            for unit, value in enumerate(theta.tolist()):
                yield f"{layer.name}_{unit}", f"θ of unit {unit}", value
        else:
            yield layer.name, "θ" if layer.size == 1 else "θ, mean", float(theta.mean())
