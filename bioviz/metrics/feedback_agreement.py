"""Feedback agreement: e^T W B e, positive where B e is within 90 degrees of W-transposed e."""

from __future__ import annotations

import numpy as np

from ..core.experiment import Experiment
from ..core.measure import Measurement
from ..core.metric import Metric
from ..core.probe import ChannelInfo


class FeedbackAgreement(Metric):
    """Mean over the probe of e^T W B e, where e is the delta above; learning needs it positive.

    Source: the sufficient condition of Lillicrap et al. (2016).
    """

    key = "feedback_agreement"
    title = "eᵀWBe"
    help = "Mean of e-transposed W B e; while it is positive, feedback through B lowers the loss."

    def channels(self, experiment: Experiment) -> list[ChannelInfo]:
        if not experiment.rule.signals:
            return []
        return [
            self.channel(forward.name, f"eᵀ {forward.name} {feedback.name} e")
            for forward, feedback in experiment.net.mirrors()
        ]

    def values(self, seen: Measurement) -> dict[str, float]:
        credit = seen.credit if seen.angles else None
        if credit is None:
            return {}
        found = {}
        for forward, feedback in seen.experiment.net.mirrors():
            e = credit.rule[forward.post.name]
            agreement = np.vdot(e @ forward.w, e @ feedback.w.T)
            found[f"{self.key}.{forward.name}"] = float(agreement) / len(e)
        return found
