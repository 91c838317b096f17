"""Hebb: what fires together wires together, and nothing ever holds it back.

    y = W x                                              dW = eta y x^T

On average dW = eta W <x x^T>: the part of the weights along the first principal axis of the inputs
grows fastest, exponentially and without bound, so the direction is right and the length is not.
Order within a presentation: activity up; then the weights, from that same activity.
Source: Hebb (1949), The Organization of Behavior; the linear analysis: Oja (1982), Journal of
Mathematical Biology 15:267.
"""

from __future__ import annotations

from ..core.network import Network
from ..core.online import OnlineParams, OnlineRule
from ..core.rule import Card


class Hebb(OnlineRule):
    """Correlation alone."""

    key = "hebb"
    title = "Hebb"
    summary = "A synapse grows by the activity on both its sides; nothing bounds it."
    Params = OnlineParams
    principal = "first"
    cure = (
        "That is Hebb's rule itself, at any learning rate: what grows makes itself grow faster. "
        "Choose Oja's rule, which holds the weights' length"
    )
    card = Card(
        equations=("y = W x", "ΔW = η y x<sup>T</sup>"),
        crosses="Nothing but activity: each synapse knows what is on its two sides.",
        implausible=(
            "Weights grow without bound: real synapses saturate, or compete.",
            "A weight may change its sign, and an excitatory synapse become an inhibitory one.",
        ),
        source="Hebb 1949, The Organization of Behavior; Oja 1982, J. Math. Biol. 15:267",
    )

    def adapt(self, net: Network) -> None:
        for path in self.learning(net):
            path.learn(path.post.rate, path.pre.rate, self.params.learning_rate)
