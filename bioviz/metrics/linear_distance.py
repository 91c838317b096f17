"""Distance from linear: how far burst probabilities are from where their sigmoid is straight."""

from __future__ import annotations

from ..core.burst import bursts
from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class LinearDistance(Metric):
    """Mean |p - 1/2| without the teacher, over a hidden layer and the probe examples; at most 1/2.

    Credit is the difference of two burst probabilities, so it is lost where the sigmoid is flat.
    Source: Payeur et al. (2021), figure 5.
    """

    key = "linear_distance"
    title = "Distance from linear"
    help = (
        "Mean |P̄ − 1/2| of a hidden layer: 0 where the sigmoid is straight, 1/2 where it is flat."
    )

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        layers = [layer for layer in experiment.net.chain[1:-1] if bursts(layer)]
        return [self.channel(layer.name, f"{layer.name}: |P̄ − 1/2|") for layer in layers]

    def values(self, seen: Measurement) -> dict[str, float]:
        output = seen.experiment.net.output.name
        return {
            f"{self.key}.{name}": means.distance
            for name, means in seen.bursts.items()
            if name != output
        }
