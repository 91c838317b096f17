"""Sign-symmetric feedback: errors travel down through weights that share only the signs of W.

    delta_l = (B_{l+1} delta_{l+1}) * phi'(a_l)          B = magnitude * sign(W^T)

Magnitudes are all equal (uniform), drawn once (fixed random), or drawn anew for each batch
(batchwise random); the published names are uSF, frSF and brSF. Their size follows the forward
weights' fan-in, scale / sqrt(n_pre of W). The signs follow W as it learns, or stay those that W had
at first: the control, in which sign agreement is lost as weights change sign. A weight of exactly
zero, as a removed one is, has no sign and sends nothing back.
Order within a trial: (magnitudes drawn anew); activity up; deltas down through B; all weights at
once; B takes the signs that W then has.
Source: Liao, Leibo and Poggio (2016), AAAI (arXiv 1510.05067); Xiao, Chen, Liao and Poggio (2019),
ICLR (arXiv 1811.03567).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from ..core.feedback import add_feedback, feedback_into
from ..core.network import Network
from ..core.parameter import parameter
from ..core.projection import Projection
from ..core.rule import Card, DescentParams, ErrorRule, Phase
from ..core.spec import Draw
from ..core.task import Trial


class SignSymmetricParams(DescentParams):
    """How large the feedback is, and whose signs it has."""

    magnitude: Literal["uniform", "fixed", "batch"] = parameter(
        "uniform",
        "How large each feedback weight is; only its sign comes from W.",
        title="Magnitudes",
        rebuild=True,
        names={
            "uniform": "All equal",
            "fixed": "Random, drawn once",
            "batch": "Random, anew each batch",
        },
    )
    feedback_scale: float = parameter(
        1.0,
        "Size of the feedback weights, over the square root of the forward weights' fan-in.",
        symbol="s",
        rebuild=True,
        ge=0,
        le=100,
    )
    signs: Literal["present", "first"] = parameter(
        "present",
        "Signs of W as it is now, or those that it had at first, which W then leaves behind.",
        title="Signs of W",
        rebuild=True,
        names={"present": "As W is now", "first": "As W was at first"},
    )


class SignSymmetric(ErrorRule):
    """Feedback with W's signs and sizes of its own."""

    key = "sign_symmetric"
    title = "Sign-symmetric feedback"
    summary = "Feedback weights share the signs of the forward ones, not their sizes."
    Params = SignSymmetricParams
    card = Card(
        equations=(
            "δ<sub>l</sub> = (B<sub>l+1</sub> δ<sub>l+1</sub>) ∘ φ′(a<sub>l</sub>)",
            "B<sub>l</sub> = |R<sub>l</sub>| ∘ sign(W<sub>l</sub><sup>T</sup>)",
        ),
        crosses="The error of each layer, and one bit of every forward weight: its sign.",
        implausible=(
            "Sign transport: feedback synapses must know, or be wired by, the forward ones' signs.",
            "Separate phases: errors travel only after activity has.",
            "Signed errors: a cell would send both less and more than nothing.",
        ),
        source="Liao, Leibo & Poggio 2016, AAAI, arXiv 1510.05067; Xiao et al. 2019, ICLR",
    )

    def prepare(self, net: Network) -> None:
        add_feedback(net, Draw(scale=0.0), self.streams)
        self._sizes: dict[str, np.ndarray] = {}
        for projection in net.forward[1:]:
            feedback = feedback_into(net, projection)
            feedback.derived = True
            self._sizes[projection.name] = self._draw_sizes(projection, feedback)
            self._sign(projection, feedback)

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        if self.params.magnitude == "batch":
            for projection in net.forward[1:]:
                self._draw_again(projection, feedback_into(net, projection))
        yield from super().trial(net, trial)

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray:
        return feedback_into(net, projection).send(projection.post.delta, out)

    def learn(self, net: Network) -> None:
        super().learn(net)
        if self.params.signs == "present":
            for projection in net.forward[1:]:
                self._sign(projection, feedback_into(net, projection))

    def _draw_again(self, projection: Projection, feedback: Projection) -> None:
        sizes = self._sizes[projection.name]
        self.streams[f"sizes/{projection.name}"].standard_normal(dtype=sizes.dtype, out=sizes)
        np.abs(sizes, out=sizes)
        sizes *= sizes.dtype.type(self._scale(projection))
        np.sign(feedback.w, out=feedback.w)
        feedback.w *= sizes

    def _draw_sizes(self, projection: Projection, feedback: Projection) -> np.ndarray:
        sizes = np.empty_like(feedback.w)
        if self.params.magnitude == "uniform":
            sizes.fill(self._scale(projection))
        else:
            stream = self.streams.fresh(f"feedback/{feedback.name}")
            sizes[...] = np.abs(stream.standard_normal(sizes.shape)) * self._scale(projection)
        return sizes

    def _sign(self, projection: Projection, feedback: Projection) -> None:
        np.sign(projection.w.T, out=feedback.w)
        feedback.w *= self._sizes[projection.name]

    def _scale(self, projection: Projection) -> float:
        return float(self.params.feedback_scale / np.sqrt(projection.pre.size))
