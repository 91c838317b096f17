"""Mean weight: how strong the synapses of a projection are on the whole."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.spike_plasticity import bounded_weights

FEWEST = 10  # weights; of fewer each is followed by itself


class MeanWeight(Metric):
    """The mean of a projection's weights as a fraction of the largest that the rule allows.

    For rules that keep weights between 0 and a bound, and projections of several weights; those
    that were removed do not count.
    """

    key = "mean_weight"
    title = "Mean weight"
    help = "The mean of the weights, as a fraction of the largest that the rule allows."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [self.channel(name, name) for name in bounded_weights(experiment, FEWEST)]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        weights = bounded_weights(seen.experiment, FEWEST)
        return {f"{self.key}.{name}": float(u.mean()) for name, u in weights.items()}
