"""Backprop: errors travel down through the transpose of the forward weights.

    delta_l = (delta_{l+1} W_{l+1}) * phi'(a_l)          dW_l = eta <delta_l^T h_{l-1}>

Order within a trial: activity up, deltas down, all weights at once.
Source: Rumelhart, Hinton and Williams (1986), Nature 323:533.
"""

from __future__ import annotations

import numpy as np

from ..core.network import Network
from ..core.projection import Projection
from ..core.rule import Card, DescentParams, ErrorRule


class Backprop(ErrorRule):
    """Exact gradient descent."""

    key = "backprop"
    title = "Backprop"
    summary = "Errors travel down through the transpose of the forward weights."
    Params = DescentParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (W<sub>l+1</sub><sup>T</sup> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "ΔW<sub>l</sub> = η δ<sub>l</sub> h<sub>l−1</sub><sup>T</sup>",
        ),
        crosses="The error of each layer, through an exact copy of every forward weight.",
        implausible=(
            "Weight transport: feedback needs the forward synapses' strengths, transposed.",
            "Separate phases: errors travel only after activity has.",
            "Signed errors: a cell would send both less and more than nothing.",
        ),
        source="Rumelhart, Hinton & Williams 1986, Nature 323:533",
    )

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return projection.back(projection.post.delta, out)
