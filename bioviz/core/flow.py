"""Requests for a network of two weights: where learning carries it from every point, and its path.

Source: the flow field of the 1-1-1 network in Lillicrap et al. (2016), figure 3.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from .projection import Projection, Role
from .request import Request
from .rule import true_gradient

if TYPE_CHECKING:
    from .experiment import Experiment

Kind: TypeAlias = Literal["learns", "opposed", "unstable"]

MOST_EXAMPLES = 200  # of the training set, over which an update is averaged
ASIDE = 0.02  # how far beside a solution one looks whether learning comes back to it
LEAST_TARGET = 1e-6  # of a smaller product of the weights the solutions are no hyperbola


@dataclass(frozen=True)
class Solutions:
    """A stretch of the curve where the error is zero: `points` (n, 2), first weight first.

    "learns" attracts while feedback helps (e^T W B e > 0), "opposed" attracts although feedback
    is against it, "unstable" repels.
    """

    points: np.ndarray
    kind: Kind


@dataclass(frozen=True)
class FlowField:
    """`steps` (n, n, 2): the mean update of both weights at first = axis[j], second = axis[i].

    A step is what a learning rate of 1 would change. `feedback` is the one entry of B, None for a
    rule that has none; `parabolic` says that learning conserves 2 B W2 - W1^2.
    """

    axis: np.ndarray
    steps: np.ndarray
    solutions: tuple[Solutions, ...]
    feedback: float | None
    parabolic: bool


@dataclass(frozen=True)
class FlowReply:
    """A field and the stamp of what it follows from; no field where `known` was that stamp."""

    stamp: str
    field: FlowField | None


@dataclass(frozen=True)
class Flow(Request):
    """The live rule's mean update over the training set, in cells x cells squares of the plane.

    The weights are put somewhere else and back, to the last bit. `known` is the stamp of the field
    that is there already: it is worked out anew only where rule, feedback or biases have changed.
    """

    cells: int = 17
    span: float = 2.0  # of both weights, either way from zero
    known: str = ""
    index: int = 0

    def read(self, experiment: Experiment) -> FlowReply:
        _two_weights(experiment)
        stamp = _stamp(experiment)
        if stamp == self.known:
            return FlowReply(stamp, None)
        with _put_back(experiment):
            return FlowReply(stamp, _Plane(experiment).field(self.cells, self.span))


@dataclass(frozen=True)
class Trail(Request):
    """The recorded path of both weights as (n, 2), thinned to about `points`.

    A row of NaN stands where somebody set a weight by hand: the path begins anew there.
    """

    points: int = 1000
    index: int = 0

    def read(self, experiment: Experiment) -> np.ndarray:
        names = [path.name for path in _two_weights(experiment)]
        columns = [experiment.channels[f"weight_value.{name}"].read() for name in names]
        trials, values = columns[0][0], np.stack([y for _, y in columns], axis=1)
        named = re.compile(rf"\b({'|'.join(names)})\b")
        starts = [mark.trial for mark in experiment.markers if named.search(mark.text)]
        return broken_path(trials, values, sorted(set(starts)), self.points)


class _Plane:
    """Every place where the two weights could be; use it inside `_put_back`."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._first, self._second = _two_weights(experiment)
        rows = slice(0, MOST_EXAMPLES)
        self._x, self._t = experiment.data.train.read(rows, experiment.net.dtype)
        self._decay = float(getattr(experiment.rule.params, "weight_decay", 0.0))

    def field(self, cells: int, span: float) -> FlowField:
        half = span / cells
        axis = np.linspace(half - span, span - half, cells)  # the middles of as many squares
        with self._experiment.net.aside(len(self._x)):
            steps = np.array([[self._step(one, other) for one in axis] for other in axis])
            solutions = tuple(self._solutions(span))
        feedback = self._feedback()
        b = None if feedback is None else float(feedback.w[0, 0])
        fixed = feedback is not None and not (feedback.learns or feedback.derived)
        return FlowField(axis, steps, solutions, b, fixed and _parabolic(axis, steps, b or 0.0))

    def _feedback(self) -> Projection | None:
        """The path that brings errors to the hidden unit, where the rule has one of its own."""
        paths = self._experiment.net.projections.values()
        found = (p for p in paths if p.role is Role.FEEDBACK and p.post is self._first.post)
        return next(found, None)

    def _step(self, one: float, other: float) -> tuple[float, float]:
        """The mean update of both weights at one place."""
        self._first.w[...], self._second.w[...] = one, other
        if not self._experiment.rule.credit(self._experiment.net, self._x, self._t):
            raise ValueError("This rule sends no errors, so it has no flow field.")
        return self._update(self._first), self._update(self._second)

    def _update(self, path: Projection) -> float:
        if path.frozen or (path.mask is not None and not path.mask.any()):
            return 0.0
        mean = float(np.vdot(path.post.delta, path.pre.rate)) / len(self._x)
        return mean - self._decay * float(path.w[0, 0])

    def _solutions(self, span: float) -> Iterator[Solutions]:
        """The hyperbola W1 W2 = T of a linear network, in stretches of one kind each."""
        net = self._experiment.net
        plain = all(layer.unit.key == "linear" for layer in net.chain)
        biased = any(path.bias is not None for path in net.forward)
        target = float(np.vdot(self._t, self._x)) / float(np.vdot(self._x, self._x))
        if not plain or biased or not LEAST_TARGET < abs(target) < span * span:
            return
        ones = np.geomspace(abs(target) / span, span, 49)
        for side in (1.0, -1.0):
            points = np.stack([side * ones, target / (side * ones)], axis=1)
            kinds = [self._kind(one, other, target) for one, other in points]
            yield from _stretches(points, kinds)

    def _kind(self, one: float, other: float, target: float) -> Kind:
        """What learning does beside the solution (one, other)."""
        shift = ASIDE / float(np.hypot(one, other))
        one, other = one + shift * other, other + shift * one  # straight away from the curve
        steps = self._step(one, other)
        layer = self._first.post
        agrees = float(np.vdot(layer.delta, true_gradient(self._experiment.net)[layer.name])) >= 0
        back = (steps[0] * other + steps[1] * one) / (target - one * other)
        if back <= 0:
            return "unstable"
        return "learns" if agrees else "opposed"


def _two_weights(experiment: Experiment) -> list[Projection]:
    forward = experiment.net.forward
    if [path.w.size for path in forward] != [1, 1]:
        raise ValueError("A flow field needs a network of exactly two forward weights.")
    return forward


def _stamp(experiment: Experiment) -> str:
    """Tell apart what the field follows from: the rule's parameters and all but the two weights."""
    net = experiment.net
    moved = {f"{path.name}.w" for path in net.projections.values() if _moves(path)}
    digest = hashlib.blake2b(repr((experiment.rule.key, experiment.rule.params)).encode())
    for address, array in net.weights().items():
        if address not in moved and not address.endswith("velocity"):
            digest.update(address.encode() + array.tobytes())
    paths = net.projections.values()
    flags = [(path.frozen, path.role is Role.FEEDBACK and path.learns) for path in paths]
    digest.update(repr(flags).encode())
    return digest.hexdigest()


def _moves(path: Projection) -> bool:
    """Whether a projection's weights are those of the plane, or made from them."""
    return path.role is Role.FORWARD or path.derived


@contextmanager
def _put_back(experiment: Experiment) -> Iterator[None]:
    """Whatever happens inside, weights, streams and memory are as before, to the last bit."""
    kept = [(array, array.copy()) for array in experiment.net.weights().values()]
    rule, streams = experiment.rule, experiment.streams.capture()
    memory, mode = rule.memory(), rule.mode
    try:
        yield
    finally:
        for array, values in kept:
            array[...] = values
        if experiment.streams.capture() != streams:
            experiment.streams.restore(streams)
        if rule.memory() != memory:
            rule.remember(memory)
        rule.mode = mode


def _parabolic(axis: np.ndarray, steps: np.ndarray, b: float) -> bool:
    """Whether d(2 B W2 - W1^2) = 2 (B dW2 - W1 dW1) is zero everywhere."""
    change = b * steps[:, :, 1] - axis[None, :] * steps[:, :, 0]
    return b != 0 and float(np.abs(change).max()) <= 1e-4 * float(np.abs(steps).max())


def _stretches(points: np.ndarray, kinds: list[Kind]) -> Iterator[Solutions]:
    """Cut a curve where its kind changes; neighbours share the point between them."""
    cuts = [i for i in range(1, len(kinds)) if kinds[i] != kinds[i - 1]]
    for start, end in zip([0, *cuts], [*cuts, len(kinds)], strict=True):
        yield Solutions(points[start : end + 1], kinds[start])


def broken_path(
    trials: np.ndarray, values: np.ndarray, starts: list[int], points: int
) -> np.ndarray:
    """Thin a path (n, 2), keeping its ends, and put a row of NaN where it begins anew."""
    every = max(1, -(-len(values) // points))
    cuts = np.searchsorted(trials, starts, side="right")  # a point is recorded before it is moved
    gap = np.full((1, 2), np.nan)
    parts: list[np.ndarray] = []
    for piece in np.split(values, cuts):
        if len(piece):
            parts += [piece[:-1:every], piece[-1:], gap]
    return np.concatenate(parts[:-1]) if parts else np.empty((0, 2))
