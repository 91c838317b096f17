"""Weight extremes: how many synapses have gone to either bound."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.spike_plasticity import SpikePlasticity, bounded_weights

LOW, HIGH = 0.2, 0.8  # of the largest weight, as in the science's tables
FEWEST = 20  # weights of which a fraction tells something


class WeightExtremes(Metric):
    """Fractions of weights below 0.2 and above 0.8 of the largest that the rule allows.

    `weight_extremes.W1_low` and `weight_extremes.W1_high`; where weights part into two heaps, both
    grow.
    """

    key = "weight_extremes"
    title = "Weights at the bounds"
    help = "Fractions of the weights below 0.2 and above 0.8 of the largest that the rule allows."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        rule = experiment.rule
        if not isinstance(rule, SpikePlasticity):
            return []
        words = (
            ("low", f"below {LOW}", f"Fraction of the weights below {LOW} of the largest."),
            ("high", f"above {HIGH}", f"Fraction of the weights above {HIGH} of the largest."),
        )
        return [
            ChannelInfo(f"{self.key}.{path.name}_{end}", f"{path.name} {label}", "", self.key,
                        text, path.name)
            for path in rule.learning(experiment.net)
            if path.w.size >= FEWEST
            for end, label, text in words
        ]  # fmt: skip

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        found = {}
        for name, u in bounded_weights(seen.experiment.rule, seen.experiment.net).items():
            if u.size:
                found[f"{self.key}.{name}_low"] = float((u < LOW).mean())
                found[f"{self.key}.{name}_high"] = float((u > HIGH).mean())
        return found
