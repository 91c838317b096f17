"""Sign agreement: in how many entries a feedback matrix has the sign of the weight it mirrors."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class SignAgreement(Metric):
    """100 x the fraction of entries with sign(B) = sign(W^T), of those where neither is zero.

    50 is chance. Source: what Liao, Leibo and Poggio (2016) found that feedback needs most.
    """

    key = "sign_agreement"
    title = "Sign agreement"
    help = "Entries of B with the sign of W-transposed, zeros left out; 50 % is chance."
    unit = "%"

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        return [
            self.channel(forward.name, f"{feedback.name} and {forward.name}ᵀ of one sign")
            for forward, feedback in experiment.net.mirrors()
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        if not seen.angles:
            return {}
        return {
            f"{self.key}.{forward.name}": _agreement(forward.w, feedback.w.T)
            for forward, feedback in seen.experiment.net.mirrors()
        }


def _agreement(w: np.ndarray, b: np.ndarray) -> float:
    both = (w != 0) & (b != 0)
    count = int(np.count_nonzero(both))
    same = int(np.count_nonzero(both & ((w > 0) == (b > 0))))
    return 100 * same / count if count else float("nan")
