"""Feedback paths of their own: the projections B that stand in for W-transposed."""

from __future__ import annotations

from typing import Literal

from .network import Network
from .parameter import parameter
from .projection import Projection, Role
from .rule import DescentParams
from .spec import Draw
from .stream import Streams


class FeedbackParams(DescentParams):
    """Descent, and how the feedback weights B are drawn."""

    feedback_distribution: Literal["normal", "uniform", "constant"] = parameter(
        "normal",
        "What each feedback weight is drawn from, centred on zero; constant: all equal the scale.",
        title="Feedback drawn from",
        rebuild=True,
        names={"normal": "Normal", "uniform": "Uniform", "constant": "Constant"},
    )
    feedback_scale: float = parameter(
        1.0,
        "Standard deviation (normal), half-width (uniform) or value (constant) of the feedback "
        "weights.",
        symbol="B",
        rebuild=True,
        ge=0,
        le=100,
    )
    feedback_relative: bool = parameter(
        True,
        "Divide the feedback scale by the square root of the number of units it comes from.",
        title="Feedback relative to fan-in",
        rebuild=True,
        advanced=True,
    )
    feedback_sparsity: float = parameter(
        0.0,
        "Fraction of the feedback weights removed at random; they stay zero.",
        rebuild=True,
        ge=0,
        le=0.99,
        advanced=True,
    )

    @property
    def feedback(self) -> Draw:
        return Draw(
            distribution=self.feedback_distribution,
            scale=self.feedback_scale,
            relative=self.feedback_relative,
            sparsity=self.feedback_sparsity,
        )


def add_feedback(net: Network, draw: Draw, streams: Streams) -> None:
    """Give every forward projection above the first its own B, from its post layer to its pre.

    B mirrors W: B2.w has the shape of W2.w transposed.
    """
    for forward in net.forward[1:]:
        name = "B" + forward.name.removeprefix("W")
        feedback = Projection(
            name, forward.post, forward.pre, role=Role.FEEDBACK, mirrors=forward.name
        )
        feedback.draw(draw, streams.fresh(f"feedback/{name}"))
        net.connect(feedback)
