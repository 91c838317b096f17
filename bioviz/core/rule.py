"""What a learning rule offers, and the family of rules that send the output's error back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .crew import Piece
from .fault import LOWER
from .network import Network
from .parameter import Part, parameter
from .product import share_out
from .projection import Projection
from .stream import Streams

if TYPE_CHECKING:
    from .spec import ExperimentSpec
    from .task import Trial


class Phase(StrEnum):
    """What has just happened in a run; the holder of the generator may look, stop or go on."""

    FORWARD = "forward"  # activity has gone up through the layers
    BACKWARD = "backward"  # every layer has its error signal
    MIRROR = "mirror"  # a noise batch has taught the feedback weights
    TICK = "tick"  # one tick of the units that live in time is over
    UPDATE = "update"  # the weights have changed
    TEST = "test"  # a part of the test set has been answered
    TRIAL = "trial"  # the trial is over and recorded
    EPOCH = "epoch"  # so is the last trial of a pass over the training set


GROUPS = {
    "error": "Sends errors back",
    "score": "Uses a global score",
    "baseline": "Baseline: sends nothing back",
    "none": "No teacher",
}

PREDICTING, TEACHING = "predicting", "teaching"  # modes of rules whose teacher comes and goes


@dataclass(frozen=True)
class Card:
    """What a rule's card says. `equations` are lines of HTML with sub- and superscripts."""

    equations: tuple[str, ...]
    crosses: str
    implausible: tuple[str, ...]
    source: str


class Rule:
    """How the weights learn; its parameters are a frozen model, replaced whole when they change.

    Subclasses give `key`, `title`, `summary`, `group`, `card`, `Params`, `trial` and `credit`, or
    say by `signals` that no unit gets an error of its own.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    group: ClassVar[str] = "error"
    card: ClassVar[Card]
    Params: ClassVar[type[Part]]
    teacher: ClassVar[bool] = True  # whether it learns from targets; else they count for nothing
    spiking: ClassVar[bool] = False  # whether it learns from units that live in time
    lasting: ClassVar[bool] = False  # whether activity lives on from trial to trial
    probable: ClassVar[bool] = False  # whether its answers are probabilities, whatever the units
    asked: ClassVar[bool] = True  # whether it answers held-out examples: not if each takes seconds
    outer: ClassVar[bool] = False  # whether weights change by products of two activities alone
    single: ClassVar[bool] = False  # whether it follows one stretch of time: batches of 1
    pools: ClassVar[bool] = False  # whether the output may be several equal groups of units
    # units that suit it, by key: of the input, of hidden layers and of the output
    dress: ClassVar[tuple[str, str, str]] = ("linear", "tanh", "softmax")
    # units above the input that it can train, and losses that it lowers, by key; none means all
    trains: ClassVar[tuple[str, ...]] = ()
    lowers: ClassVar[tuple[str, ...]] = ()
    signals: ClassVar[bool] = True  # whether every unit gets an error signal: see `credit`
    slope_as: ClassVar[str] = ""  # in what guise it uses the units' slope, where it asks for none
    seen_at: ClassVar[Phase] = Phase.BACKWARD  # by which phase an example has been seen
    weight_limit: ClassVar[float] = 1e3  # an RMS weight above it has run away: all units are deaf
    cure: ClassVar[str] = LOWER  # what to do about it

    def __init__(self, params: Any, streams: Streams, loss: str) -> None:
        self.params = params
        self.streams = streams
        self.loss = loss
        self.mode = ""  # what the rule is doing now, where it has modes

    def prepare(self, net: Network) -> None:
        """Add what the rule needs to the network: feedback projections, traces."""

    def learning(self, net: Network) -> list[Projection]:
        """The forward projections that this rule changes."""
        return net.forward

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        """Learn from one trial, yielding whenever there is something to look at."""
        raise NotImplementedError

    def respond(self, net: Network, x: np.ndarray) -> np.ndarray:
        """Answer (batch, n_out) to inputs (batch, n_in), without learning."""
        return net.step(x)

    def answer(self, net: Network) -> np.ndarray:
        """What the network says (batch, n_out) in the trial whose activity the layers hold."""
        return net.output.rate

    def credit(self, net: Network, x: np.ndarray, t: np.ndarray) -> bool:
        """Fill every layer's `delta` for these examples, learning nothing; False if it has none."""
        return False

    def credits(
        self, net: Network, x: np.ndarray, t: np.ndarray
    ) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]] | None:
        """Deltas (batch, n) by layer: the rule's own, and backprop's from the same output delta.

        None for rules that send no errors.
        """
        if not self.credit(net, x, t):
            return None
        own = {layer.name: layer.delta.copy() for layer in net.chain[1:]}
        return own, {name: delta.copy() for name, delta in true_gradient(net).items()}

    def proposal(self, net: Network, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray] | None:
        """The weight changes, up to their size, that these examples alone would bring.

        Arrays (post, pre) by projection, learning nothing; None for rules whose steps can be told
        from the errors that `credit` gives.
        """
        return None

    @staticmethod
    def shows_for(params: Any) -> float:
        """For how many ms an example is shown that has no time of its own; for ever without any."""
        return math.inf

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        """Why this rule cannot train that network, a sentence each."""
        return []

    def shown(self) -> dict[str, np.ndarray]:
        """What it holds of the trial that is shown, beyond the layers' activity; not copied."""
        return {}

    def show(self, held: dict[str, np.ndarray]) -> None:
        """Take back what `shown` gave."""

    def memory(self) -> dict[str, Any]:
        """What the rule remembers beyond weights and random streams, ready for JSON."""
        return {}

    def remember(self, memory: dict[str, Any]) -> None:
        """Take back what `memory` gave."""


class StepParams(Part):
    """How long a weight step is."""

    learning_rate: float = parameter(
        0.1, "Size of a weight step, on the mean over the batch.", symbol="η", gt=0, le=1e9
    )
    momentum: float = parameter(
        0.0,
        "Fraction of the last step that carries over into the next.",
        symbol="μ",
        ge=0,
        lt=1,
        advanced=True,
    )


class DescentParams(StepParams):
    """What most error-carrying rules share."""

    weight_decay: float = parameter(
        0.0,
        "Pull of every weight towards zero, times the learning rate.",
        symbol="λ",
        ge=0,
        le=1,
        advanced=True,
    )


class ErrorRule(Rule):
    """Rules that bring each layer an error delta and learn by dW = rate * delta^T h.

    Order within a trial: activity up; the output's delta; deltas down, layer by layer, each from
    the one above as `carry` brings it and times the slope of the unit; then all weights at once.
    With e = target - output, delta_L = e for cross-entropy and e * slope for half squared error,
    so every update is an addition. Source of the notation: Lillicrap et al. 2016.
    """

    outer = True

    def carry(self, net: Network, projection: Projection, out: np.ndarray) -> np.ndarray | None:
        """Bring `projection.post.delta` down to `out` (batch, pre); None where none arrives."""
        raise NotImplementedError

    def trial(self, net: Network, trial: Trial) -> Iterator[Phase]:
        net.step(trial.x)
        yield Phase.FORWARD
        self.assign(net, trial.t)
        yield Phase.BACKWARD
        self.learn(net)
        yield Phase.UPDATE

    def credit(self, net: Network, x: np.ndarray, t: np.ndarray) -> bool:
        net.step(x)
        self.assign(net, t)
        return True

    def assign(self, net: Network, t: np.ndarray) -> None:
        """Fill `delta` of every layer above the input from the targets (batch, n_out)."""
        output_delta(net, t, self.loss)
        for projection in reversed(net.forward[1:]):
            layer = projection.pre
            error = self.carry(net, projection, layer.delta)
            if error is None:
                layer.delta.fill(0)
            else:
                layer.unit.pull(layer.delta, layer.rate, layer.scratch)

    def learn(self, net: Network) -> None:
        """Change every learning projection by its post delta and pre rate."""
        params = self.params
        later: list[Piece] = []
        for projection in self.learning(net):
            projection.learn(
                projection.post.delta,
                projection.pre.rate,
                params.learning_rate,
                momentum=params.momentum,
                decay=params.weight_decay,
                later=later,
            )
        share_out(later)


def output_delta(net: Network, t: np.ndarray, loss: str) -> None:
    """Write -d loss / d drive of the output layer: e, or e pulled through the units' slope."""
    output = net.output
    np.subtract(t, output.rate, out=output.delta)
    if loss == "squared_error":
        output.unit.pull(output.delta, output.rate, output.scratch)


def true_gradient(net: Network) -> dict[str, np.ndarray]:
    """Every hidden layer's delta as backprop would send it, from the output's present delta.

    The chain is complete: each layer's comes from the true delta above it through W-transposed,
    never from the rule's own. Shapes (batch, n) by layer name.
    """
    true = {net.output.name: net.output.delta}
    for projection in reversed(net.forward[1:]):
        layer = projection.pre
        error = projection.back(true[projection.post.name], np.empty_like(layer.rate))
        true[layer.name] = layer.unit.pull(error, layer.rate, layer.scratch)
    return true
