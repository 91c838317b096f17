"""Weight extremes: how many synapses have gone to either bound."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo
from ..core.spike_plasticity import bounded_weights

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
        words = (
            ("low", f"below {LOW}", f"Fraction of the weights below {LOW} of the largest."),
            ("high", f"above {HIGH}", f"Fraction of the weights above {HIGH} of the largest."),
        )
        return [
            ChannelInfo(f"{self.key}.{path}_{end}", f"{path} {label}", "", self.key, text, path)
            for path in bounded_weights(experiment, FEWEST)
            for end, label, text in words
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        found = {}
        for name, u in bounded_weights(seen.experiment, FEWEST).items():
            found[f"{self.key}.{name}_low"] = float((u < LOW).mean())
            found[f"{self.key}.{name}_high"] = float((u > HIGH).mean())
        return found
