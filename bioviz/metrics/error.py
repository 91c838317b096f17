"""Error: the fraction of wrong answers; accuracy is one minus it."""

from __future__ import annotations

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import FRACTION, ChannelInfo


class Error(Metric):
    """Fraction of examples whose largest output is not the target's (or one unit, cut at 1/2)."""

    key = "error"
    title = "Error and accuracy"
    help = "Fraction of wrong answers in training and on held-out examples, and of right ones."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not experiment.classes:
            return []
        rows = (
            ("train_error", "training error", "Wrong answers since the last point."),
            ("test_error", "test error", "Wrong answers on the held-out set."),
            ("train_accuracy", "training accuracy", "Right answers since the last point."),
            ("test_accuracy", "test accuracy", "Right answers on the held-out set."),
        )
        return [
            ChannelInfo(name, label, FRACTION, self.key, text)
            for name, label, text in rows
            if experiment.rule.asked or not name.startswith("test_")
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        found = {}
        for name, tally in (("train", seen.train), ("test", seen.test)):
            if tally is not None and tally.count:
                wrong = tally.wrong / tally.count
                found[f"{name}_error"] = wrong
                found[f"{name}_accuracy"] = 1 - wrong
        return found
