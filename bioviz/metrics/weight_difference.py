"""Weight difference: how far a feedback matrix B is from the transpose that it stands in for."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class WeightDifference(Metric):
    """|W - B^T|, the Euclidean length over all entries, in the weights' own unit.

    It is not divided by |W|, so that where both learn the same step and decay by the same fraction
    it falls exactly as (1 - lambda)^t, a straight line on a logarithmic axis (Kolen and Pollack
    1994). The matrices are subtracted first: |W|^2 + |B|^2 - 2 W.B^T is no cheaper, and cancels to
    zero at a relative difference of about 1e-4 in float32.
    """

    key = "weight_difference"
    title = "Difference |W − Bᵀ|"
    help = "Length of W minus B-transposed over all entries; 0 where B mirrors W exactly."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            self.channel(forward.name, f"|{forward.name} − {feedback.name}ᵀ|")
            for forward, feedback in experiment.net.mirrors()
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            f"{self.key}.{forward.name}": float(np.linalg.norm(forward.w - feedback.w.T))
            for forward, feedback in seen.experiment.net.mirrors()
        }
