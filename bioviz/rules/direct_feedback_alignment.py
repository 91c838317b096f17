"""Direct feedback alignment: the output's error reaches every hidden layer at once.

    delta_l = (B_l delta_L) * phi'(a_l)                  dW_l = eta <delta_l^T h_{l-1}>

Each hidden layer has a fixed random B of its own, straight from the output, so that no error passes
through another layer: with one hidden layer this is feedback alignment, and with many it trains
where errors that go down step by step fade, even from weights that are all zero.
Order within a trial: activity up, the output's delta to all layers, all weights at once.
Source: Nokland (2016), Direct feedback alignment provides learning in deep neural networks, NeurIPS
(arXiv 1609.01596).
"""

from __future__ import annotations

import numpy as np

from ..core.feedback import FeedbackParams, add_direct_feedback, feedback_into
from ..core.network import Network
from ..core.projection import Projection
from ..core.rule import Card, ErrorRule


class DirectFeedbackAlignment(ErrorRule):
    """Fixed random feedback that skips layers."""

    key = "direct_feedback_alignment"
    title = "Direct feedback alignment"
    summary = "The output's error goes straight to every hidden layer, through random weights."
    Params = FeedbackParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l</sub> δ<sub>L</sub>) ∘ φ′(a<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup>",
            "B fixed and random",
        ),
        crosses="The output's error alone, through random synapses that never learn.",
        implausible=(
            "Separate phases: errors travel only after activity has.",
            "Signed errors: a cell would send both less and more than nothing.",
            "Every layer hears the output, however far below it lies.",
        ),
        source="Nøkland 2016, NeurIPS, arXiv 1609.01596",
    )

    def prepare(self, net: Network) -> None:
        add_direct_feedback(net, self.params.feedback, self.streams)

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return feedback_into(net, projection).send(net.output.delta, out)
