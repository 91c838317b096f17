"""Covariance: Hebb's rule about means, so that synapses weaken as well as grow.

    y = W x                                              dW = eta (y - <y>) (x - <x>)^T

<y> and <x> are running means, which follow with the time constant tau. Activity that both sides
share only on average changes nothing; still, what varies most grows without bound, along the first
principal axis of the inputs' covariance.
Order within a presentation: activity up; the weights, from the deviations of that activity from the
means so far; then both means. The means begin at zero.
Source: Sejnowski (1977), Journal of Mathematical Biology 4:303.
"""

from __future__ import annotations

from ..core.network import Network
from ..core.online import OnlineParams, OnlineRule
from ..core.parameter import parameter
from ..core.rule import Card
from ..core.unit import Variable

MEAN = Variable("mean", "", "The running mean of the unit's activity.")


class CovarianceParams(OnlineParams):
    """Steps, and how long the means look back."""

    tau: float = parameter(
        100.0,
        "How many presentations the running means look back.",
        symbol="τ",
        unit="presentations",
        ge=1,
        le=1e6,
    )


class Covariance(OnlineRule):
    """Deviations from the mean, on both sides."""

    key = "covariance"
    title = "Covariance"
    summary = "Hebb about running means: a synapse weakens when one side alone is above its mean."
    Params = CovarianceParams
    principal = "first"
    centred = True
    cure = (
        "That is the covariance rule itself, at any learning rate: what grows makes itself grow "
        "faster. Choose Oja's rule, which holds the weights' length"
    )
    card = Card(
        equations=(
            "y = W x",
            "ΔW = η (y − ⟨y⟩) (x − ⟨x⟩)<sup>T</sup>",
            "⟨·⟩ a running mean over τ presentations",
        ),
        crosses="Nothing but activity; each side remembers its own mean.",
        implausible=(
            "Weights grow without bound along what varies most.",
            "A synapse also grows when both sides are silent together.",
        ),
        source="Sejnowski 1977, J. Math. Biol. 4:303",
    )

    def prepare(self, net: Network) -> None:
        path = net.forward[-1]
        self.keep(path.pre, MEAN)
        self.keep(path.post, MEAN)

    def adapt(self, net: Network) -> None:
        path = net.forward[-1]
        post_mean, pre_mean = (self.kept(layer, "mean") for layer in (path.post, path.pre))
        post, pre = path.post.rate - post_mean, path.pre.rate - pre_mean
        path.learn(post, pre, self.params.learning_rate)
        share = post.dtype.type(1 / self.params.tau)
        post_mean += post[0] * share
        pre_mean += pre[0] * share
