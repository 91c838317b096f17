"""Sanger: Oja's rule for several units, each of which learns what those before it left over.

    y = W x                                              dW = eta (y x^T - lower(y y^T) W)

`lower` keeps the diagonal and what is below it: from the input of unit i what units 1 to i have
explained is taken away, so the rows of W become the first principal axes of <x x^T>, in order and
of length 1.
Order within a presentation: activity up; then all weights at once, from that same activity.
Source: Sanger (1989), Neural Networks 2:459.
"""

from __future__ import annotations

import numpy as np

from ..core.network import Network
from ..core.online import OnlineParams, OnlineRule
from ..core.parameter import parameter
from ..core.rule import Card


class SangerParams(OnlineParams):
    """How long a weight step is."""

    learning_rate: float = parameter(
        0.002, "Size of a weight step, at each presentation.", symbol="η", gt=0, le=1e9
    )


class Sanger(OnlineRule):
    """Principal components in order."""

    key = "sanger"
    title = "Sanger"
    summary = "Each unit learns the next principal axis: what the units before it left over."
    Params = SangerParams
    principal = "each"
    card = Card(
        equations=("y = W x", "ΔW = η (y x<sup>T</sup> − lower(y y<sup>T</sup>) W)"),
        crosses="Activity and, to each unit, the weights and the activity of those before it.",
        implausible=(
            "A synapse must know the weights of other units from the same input.",
            "The units have an order, the same at every synapse.",
        ),
        source="Sanger 1989, Neural Netw. 2:459",
    )

    def adapt(self, net: Network) -> None:
        for path in self.learning(net):
            y = path.post.rate[0][:, None]  # (post, 1)
            step = y * path.pre.rate
            step -= np.tril(y * y.T) @ path.w
            path.nudge(step, None, self.params.learning_rate)
