"""Norm ratio: how long B is beside the weights it stands in for."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class NormRatio(Metric):
    """|B| / |W| over all entries; far from 1 the hidden layers learn at another effective rate."""

    key = "norm_ratio"
    title = "Norm ratio"
    help = "Length of B over that of W; far from 1, hidden layers learn at another effective rate."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            self.channel(forward.name, f"|{feedback.name}| / |{forward.name}|")
            for forward, feedback in experiment.net.mirrors()
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            f"{self.key}.{forward.name}": _ratio(feedback.w, forward.w)
            for forward, feedback in seen.experiment.net.mirrors()
        }


def _ratio(b: np.ndarray, w: np.ndarray) -> float:
    length = float(np.linalg.norm(w))
    return float(np.linalg.norm(b)) / length if length else float("nan")
