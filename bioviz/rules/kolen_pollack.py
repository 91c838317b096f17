"""Kolen-Pollack: B learns the same products as W, both fade alike, and so they become one.

    delta_l = (B_{l+1} delta_{l+1}) * phi'(a_l)
    W_l     <- (1 - lambda) W_l     + eta <delta_l^T h_{l-1}>
    B_{l+1} <- (1 - lambda) B_{l+1} + eta <h_l^T delta_{l+1}>

Both ends of a pair of synapses see the same two activities, so each forms the same product by
itself and no weight is copied. Since W and B change alike, W^T - B = (1 - lambda)^t (W^T - B)_0,
whatever the data. The fading stands outside the momentum, so the law holds with momentum too.
It needs all pairs to learn alike: a frozen or pruned projection, or weights removed on one side,
end it, and removed weights are refused.
Order within a trial: activity up, deltas down through the present B, then W and B at once.
Source: Kolen and Pollack (1994), IEEE ICNN 3:1375; Akrout, Wilson, Humphreys, Lillicrap and Tweed
(2019), NeurIPS (arXiv 1904.05391), for networks of neurons.
"""

from __future__ import annotations

import numpy as np

from ..core.feedback import FeedbackDraw, add_feedback, feedback_into
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.registry import RULES
from ..core.rule import Card, ErrorRule, StepParams
from ..core.spec import ExperimentSpec


class KolenPollackParams(FeedbackDraw, StepParams):
    """A step, the fading that both sides share, and how B is drawn at first."""

    fade: float = parameter(
        1e-3,
        "Part of every W and every B that fades in one trial; W-transposed minus B fades with it.",
        symbol="λ",
        ge=0,
        lt=1,
    )


class KolenPollack(ErrorRule):
    """Feedback that becomes W-transposed because both sides learn alike and forget alike."""

    key = "kolen_pollack"
    title = "Kolen-Pollack"
    summary = "Feedback weights learn what forward weights learn; as both fade, they become equal."
    Params = KolenPollackParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup> − λ W<sub>l</sub>",
            "ΔB<sub>l</sub> = η h<sub>l−1</sub> δ<sub>l</sub><sup>T</sup> − λ B<sub>l</sub>",
            "so W<sup>T</sup> − B shrinks as (1−λ)<sup>t</sup>",
        ),
        crosses="Errors through B; the same two activities at both ends of a pair of synapses.",
        implausible=(
            "Paired cells: a feedback cell must know its forward twin's activity, and the reverse.",
            "Both synapses of a pair must learn and fade at exactly one rate.",
            "Signed errors: a cell would send both less and more than nothing.",
        ),
        source="Kolen & Pollack 1994, IEEE ICNN; Akrout et al. 2019, arXiv 1904.05391",
    )

    def prepare(self, net: Network) -> None:
        add_feedback(net, self.params.feedback, self.streams)

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return feedback_into(net, projection).send(projection.post.delta, out)

    def learn(self, net: Network) -> None:
        for projection in net.forward:
            self._step(projection, projection.post.delta, projection.pre.rate)
        for projection in net.forward[1:]:
            feedback = feedback_into(net, projection)
            self._step(feedback, projection.pre.rate, projection.post.delta)

    def _step(self, projection: Projection, post: np.ndarray, pre: np.ndarray) -> None:
        params = self.params
        projection.learn(
            post, pre, params.learning_rate, momentum=params.momentum, fade=params.fade
        )

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        params = spec.rule.params(RULES)
        sparse = isinstance(params, KolenPollackParams) and params.feedback_sparsity > 0
        if not sparse and not spec.network.weights.sparsity:
            return []
        return [
            "Kolen-Pollack needs every weight to have its partner: weights removed at random from "
            "W or B would never become equal. Set both sparsities to 0."
        ]
