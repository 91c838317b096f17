"""Oja: Hebb's rule with a forgetting that holds the weights' length at one.

    y = w x                                              dw = eta y (x - y w), for each unit alone

The second term takes from each weight what the first adds to the length, so |w| goes to 1 and w to
the first principal axis of <x x^T>: the unit tells how far an input lies along the direction in
which inputs differ most.
Order within a presentation: activity up; then the weights, both terms from that same activity.
Source: Oja (1982), Journal of Mathematical Biology 15:267.
"""

from __future__ import annotations

from ..core.network import Network
from ..core.online import OnlineParams, OnlineRule
from ..core.rule import Card


class Oja(OnlineRule):
    """The first principal component, from local terms."""

    key = "oja"
    title = "Oja"
    summary = "Hebb with forgetting: weights of length 1 along the first principal axis."
    Params = OnlineParams
    principal = "first"
    card = Card(
        equations=("y = w x", "Δw = η y (x − y w)"),
        crosses="Nothing but activity; the forgetting needs only the unit's own y and the weight.",
        implausible=(
            "Several units learn the same axis: nothing makes them differ.",
            "A weight may change its sign, and an excitatory synapse become an inhibitory one.",
        ),
        source="Oja 1982, J. Math. Biol. 15:267",
    )

    def adapt(self, net: Network) -> None:
        for path in self.learning(net):
            y = path.post.rate[0][:, None]  # (post, 1)
            path.nudge(y * (path.pre.rate - y * path.w), None, self.params.learning_rate)
