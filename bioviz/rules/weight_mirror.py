"""Weight mirror: noise, with eyes closed, teaches the feedback weights to mirror the forward ones.

    engaged   delta_l = (B_{l+1} delta_{l+1}) * phi'(a_l)     dW_l = eta <delta_l^T h_{l-1}>
    mirror    y_l ~ noise,  r = phi(W_{l+1} y_l),  centred
              B_{l+1} <- (1 - lambda_B) B_{l+1} + eta_B <y_l^T (r - <r>)>

In mirror mode no sample is shown: zero-mean noise is put into each layer in turn, and since
<y y^T> = sigma^2 I, the correlation of what goes in with what comes out is sigma^2 W-transposed.
Biases are left out and the response is centred on its mean over the noise batch, without which
the same angle takes about a thousand times more noise. A softmax layer, whose units compete,
answers noise with its drive. From B = 0 and without decay the angle after M noise samples is
atan(sqrt(n_in / M)). With decay B settles at (eta_B sigma^2 <phi'> / lambda_B) W-transposed: as
long as W with the defaults and slope 1, a quarter of it for sigmoid units, which want four times
the rate. It remembers about (noise samples) / lambda_B patterns.
Order within a trial: (engaged) activity up, deltas down through B, W; then, every `mirror_every`
trials, `noise_batches` noise batches, each through every layer from the lowest up.
Source: Akrout, Wilson, Humphreys, Lillicrap and Tweed (2019), NeurIPS (arXiv 1904.05391); the
centring stands for the paper's blocked biases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from ..core.feedback import FeedbackParams, add_feedback, feedback_into
from ..core.mirror import MirrorParams, spell
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.rule import Card, ErrorRule, Phase
from ..core.task import Trial


class ModeParams(FeedbackParams):
    """Feedback alignment's parameters, and whether samples or noise teach."""

    mode: Literal["alternate", "engaged", "mirror"] = parameter(
        "alternate",
        "Engaged: samples teach W while B rests. Mirror: eyes closed, noise teaches B, W rests.",
        names={
            "alternate": "Engaged, then mirror",
            "engaged": "Engaged only (B rests)",
            "mirror": "Mirror only (eyes closed)",
        },
    )


class WeightMirrorParams(MirrorParams, ModeParams):
    """Feedback alignment's parameters, the mode, and the mirror's."""


class WeightMirror(ErrorRule):
    """Feedback that learns W-transposed from noise."""

    key = "weight_mirror"
    title = "Weight mirror"
    summary = "In spells of noise, eyes closed, feedback weights learn to mirror the forward ones."
    Params = WeightMirrorParams
    card = Card(
        equations=(
            "engaged: δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "mirror: ΔB<sub>l+1</sub> = η<sub>B</sub> ⟨y<sub>l</sub> y<sub>l+1</sub><sup>T</sup>⟩"
            " − λ<sub>B</sub> B<sub>l+1</sub>, with y<sub>l</sub> noise",
        ),
        crosses="Errors through B; in mirror mode, noise and the response to it.",
        implausible=(
            "Two modes: the senses must be shut off while the mirror learns.",
            "Paired cells: each feedback cell fires as its forward twin does.",
            "Signed errors: a cell would send both less and more than nothing.",
        ),
        source="Akrout, Wilson, Humphreys, Lillicrap & Tweed 2019, arXiv 1904.05391",
    )

    def __init__(self, params: Any, streams: Any, loss: str) -> None:
        super().__init__(params, streams, loss)
        self.engaged_trials = 0

    def prepare(self, net: Network) -> None:
        add_feedback(net, self.params.feedback, self.streams)

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return feedback_into(net, projection).send(projection.post.delta, out)

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        if self.params.mode == "mirror":
            yield from self._spell(net)
            return
        self.mode = "engaged"
        yield from super().trial(net, trial)
        self.engaged_trials += 1
        if self.params.mode == "alternate" and self.engaged_trials % self.params.mirror_every == 0:
            yield from self._spell(net)

    def memory(self) -> dict[str, Any]:
        return {"engaged_trials": self.engaged_trials}

    def remember(self, memory: dict[str, Any]) -> None:
        self.engaged_trials = int(memory["engaged_trials"])

    def _spell(self, net: Network) -> Iterator[Phase]:
        self.mode = "mirror"
        yield from spell(net, self.params, self.streams)
