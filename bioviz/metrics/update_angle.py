"""Update angle: between the hidden error the rule sends and the one backprop would send."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement, row_angles
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class UpdateAngle(Metric):
    """Mean over the probe of the angle between the rule's delta and backprop's, in degrees.

    The reference is backprop's complete chain: its own deltas through W-transposed at every layer.
    Signed cosine: 90 is chance, above it the update makes matters worse. Measured on the same
    held-out probe examples all along. Source: Lillicrap et al. (2016), figure 1.
    """

    key = "update_angle"
    title = "Update angle"
    help = "Angle between the rule's hidden error and backprop's, example by example; 90 is chance."
    unit = "°"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not experiment.rule.signals:
            return []
        hidden = experiment.net.chain[1:-1]
        return [
            self.channel(layer.name, f"{layer.name}: rule against backprop") for layer in hidden
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        credit = seen.credit if seen.angles else None
        if credit is None:
            return {}
        names = [layer.name for layer in seen.experiment.net.chain[1:-1]]
        return {
            f"{self.key}.{name}": mean(row_angles(credit.rule[name], credit.true[name]))
            for name in names
        }


def mean(values: np.ndarray) -> float:
    """The mean of the finite values; NaN where there are none."""
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")
