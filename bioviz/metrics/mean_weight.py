"""Mean weight: how strong the synapses of a projection are on the whole."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.spike_plasticity import SpikePlasticity, bounded_weights


class MeanWeight(Metric):
    """The mean of a projection's weights as a fraction of the largest that the rule allows.

    For rules that keep weights between 0 and a bound, and projections of several weights; those
    that were removed do not count.
    """

    key = "mean_weight"
    title = "Mean weight"
    help = "The mean of the weights, as a fraction of the largest that the rule allows."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        rule = experiment.rule
        if not isinstance(rule, SpikePlasticity):
            return []
        paths = rule.learning(experiment.net)
        return [self.channel(path.name, path.name) for path in paths if path.w.size > 1]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        weights = bounded_weights(seen.experiment.rule, seen.experiment.net)
        return {f"{self.key}.{name}": float(u.mean()) for name, u in weights.items() if u.size}
