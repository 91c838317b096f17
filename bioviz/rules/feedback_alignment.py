"""Feedback alignment: errors travel down through fixed random weights B.

    delta_l = (B_{l+1} delta_{l+1}) * phi'(a_l)          dW_l = eta <delta_l^T h_{l-1}>

B is drawn once and never changes; the forward weights come to align with its transpose, and
learning works as long as e^T W B e > 0 on average. Drawing B again every so often shows what that
alignment is worth: each time the forward weights must begin to follow anew.
Order within a trial: (B drawn again, if it is due); activity up, deltas down through B, all weights
at once.
Source: Lillicrap, Cownden, Tweed and Akerman (2016), Nature Communications 7:13276
(arXiv 1411.0247, 2014).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.feedback import FeedbackParams, add_feedback, feedback_into
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.rule import Card, ErrorRule, Phase
from ..core.task import Trial


class FeedbackAlignmentParams(FeedbackParams):
    """How B is drawn, and whether it is ever drawn again."""

    redraw_every: int = parameter(
        0,
        "Draw B again after this many trials, over and over; 0 keeps the first B for good.",
        title="Draw B again every",
        unit="trials",
        ge=0,
        le=1_000_000,
        advanced=True,
    )


class FeedbackAlignment(ErrorRule):
    """Fixed random feedback."""

    key = "feedback_alignment"
    title = "Feedback alignment"
    summary = "Errors travel down through fixed random weights; the forward weights align."
    Params = FeedbackAlignmentParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup>",
            "B fixed and random",
        ),
        crosses="The error of each layer, through random synapses that never learn.",
        implausible=(
            "Separate phases: errors travel only after activity has.",
            "Signed errors: a cell would send both less and more than nothing.",
            "A teacher at the output layer.",
        ),
        source="Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276",
    )

    def __init__(self, params: Any, streams: Any, loss: str) -> None:
        super().__init__(params, streams, loss)
        self.kept_trials = 0  # since B was last drawn

    def prepare(self, net: Network) -> None:
        add_feedback(net, self.params.feedback, self.streams)

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        if self.params.redraw_every and self.kept_trials >= self.params.redraw_every:
            self._draw_again(net)
        yield from super().trial(net, trial)
        self.kept_trials += 1

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return feedback_into(net, projection).send(projection.post.delta, out)

    def memory(self) -> dict[str, Any]:
        return {"kept_trials": self.kept_trials}

    def remember(self, memory: dict[str, Any]) -> None:
        self.kept_trials = int(memory.get("kept_trials", 0))  # files of the first version have none

    def _draw_again(self, net: Network) -> None:
        for projection in net.forward[1:]:
            feedback = feedback_into(net, projection)
            if not feedback.frozen:
                feedback.draw(self.params.feedback, self.streams[f"redraw/{feedback.name}"])
        self.kept_trials = 0
