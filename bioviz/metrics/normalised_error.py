"""Normalised squared error: squared error over the variance of the targets, for regression."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class NormalisedError(Metric):
    """<|t - y|^2> / <|t - <t>|^2> on held-out examples; 1 is no better than always saying the mean.

    Source: the NSE of Lillicrap et al. (2016), figure 1.
    """

    key = "normalised_error"
    title = "Normalised squared error"
    help = "Held-out squared error over the targets' variance; 1 is no better than the mean."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if experiment.data.classes or not experiment.rule.teacher:
            return []
        text = "Squared error over the variance of the targets, on the held-out set."
        return [ChannelInfo("test_nse", "test error (normalised)", "", self.key, text)]

    def values(self, seen: Measurement) -> dict[str, float]:
        targets = seen.experiment.data.test.targets
        if seen.test is None or not seen.test.count or targets is None:
            return {}
        spread = float(np.var(targets, axis=0, dtype=np.float64).sum())
        error = seen.test.mean(seen.test.square)
        return {"test_nse": error / spread if spread else float("nan")}
