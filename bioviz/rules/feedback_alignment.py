"""Feedback alignment: errors travel down through fixed random weights B.

    delta_l = (B_{l+1} delta_{l+1}) * phi'(a_l)          dW_l = eta <delta_l^T h_{l-1}>

B is drawn once and never changes; the forward weights come to align with its transpose, and
learning works as long as e^T W B e > 0 on average.
Order within a trial: activity up, deltas down through B, all weights at once.
Source: Lillicrap, Cownden, Tweed and Akerman (2016), Nature Communications 7:13276
(arXiv 1411.0247, 2014).
"""

from __future__ import annotations

import numpy as np

from ..core.feedback import FeedbackParams, add_feedback
from ..core.network import Network
from ..core.projection import Projection
from ..core.rule import Card, ErrorRule


class FeedbackAlignment(ErrorRule):
    """Fixed random feedback."""

    key = "feedback_alignment"
    title = "Feedback alignment"
    summary = "Errors travel down through fixed random weights; the forward weights align."
    Params = FeedbackParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup>, B fixed and random",
        ),
        crosses="The error of each layer, through random synapses that never learn.",
        implausible=(
            "Separate phases: errors travel only after activity has.",
            "Signed errors: a cell would send both less and more than nothing.",
            "A teacher at the output layer.",
        ),
        source="Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276",
    )

    def prepare(self, net: Network) -> None:
        add_feedback(net, self.params.feedback, self.streams)

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        feedback = net.feedback_of(projection.name)
        assert feedback is not None  # noqa: S101  (prepare made one for each)
        return feedback.send(projection.post.delta, out)
