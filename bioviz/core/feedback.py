"""Feedback paths of their own: the projections B that stand in for W-transposed."""

from __future__ import annotations

from .layer import Layer
from .network import Network
from .parameter import Part, parameter
from .projection import Projection, Role
from .rule import DescentParams
from .spec import DISTRIBUTIONS, Distribution, Draw
from .stream import Streams


class FeedbackDraw(Part):
    """How the feedback weights B are drawn."""

    feedback_distribution: Distribution = parameter(
        "normal",
        "What each feedback weight is drawn from, centred on zero; constant: all equal the scale, "
        "alternating: plus and minus the scale in turn.",
        title="Feedback drawn from",
        rebuild=True,
        names=DISTRIBUTIONS,
    )
    feedback_scale: float = parameter(
        1.0,
        "Standard deviation (normal), half-width (uniform) or size (constant, alternating) of the "
        "feedback weights.",
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


class FeedbackParams(FeedbackDraw, DescentParams):
    """Descent, and how the feedback weights B are drawn."""


def add_feedback(net: Network, draw: Draw, streams: Streams) -> None:
    """Give every forward projection above the first its own B, from its post layer to its pre.

    B mirrors W: B2.w has the shape of W2.w transposed.
    """
    for forward in net.forward[1:]:
        _add(net, forward, forward.post, draw, streams)


def add_direct_feedback(net: Network, draw: Draw, streams: Streams) -> None:
    """Give every hidden layer a B straight from the output: (n_layer, n_output).

    It is called after the projection above the layer, as other feedback is; that of the last hidden
    layer mirrors the output's own weights and is drawn just as `add_feedback` would draw it.
    """
    for forward in net.forward[1:]:
        _add(net, forward, net.output, draw, streams)


def feedback_into(net: Network, forward: Projection) -> Projection:
    """The feedback projection made for `forward`, which brings errors to its pre layer."""
    return net.projections[_name(forward)]


def _add(net: Network, forward: Projection, source: Layer, draw: Draw, streams: Streams) -> None:
    mirrors = forward.name if source is forward.post else None
    name = _name(forward)
    feedback = Projection(name, source, forward.pre, role=Role.FEEDBACK, mirrors=mirrors)
    feedback.draw(draw, streams.fresh(f"feedback/{name}"))
    net.connect(feedback)


def _name(forward: Projection) -> str:
    return "B" + forward.name.removeprefix("W")
