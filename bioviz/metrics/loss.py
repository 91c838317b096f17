"""Loss: mean per example, over the training trials since the last point and over the test set."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo

UNITS = {"cross_entropy": "nats", "squared_error": ""}


class Loss(Metric):
    """Half squared error, or cross-entropy in nats, mean per example."""

    key = "loss"
    title = "Loss"
    help = "What learning lowers, mean per example: in training and on held-out examples."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not experiment.rule.teacher:
            return []
        unit = UNITS[experiment.spec.loss]
        return [
            ChannelInfo(name, label, unit, self.key, text)
            for name, label, text in (
                ("train_loss", "training loss", "Mean since the last point."),
                ("test_loss", "test loss", "Mean over the held-out set."),
            )
            if name != "test_loss" or experiment.rule.asked
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        found = {}
        if seen.train.count:
            found["train_loss"] = seen.train.mean(seen.train.loss)
        if seen.test and seen.test.count:
            found["test_loss"] = seen.test.mean(seen.test.loss)
        return found
