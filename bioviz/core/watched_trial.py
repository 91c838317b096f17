"""A watched trial: what a rule really does in one trial of a tiny network, noted while it does it.

Nothing is told from a rule's name: the few verbs by which rules speak to weights, the slopes of
units and the trial's targets are replaced by ones that take note before they obey.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from .course import Course
from .network import Network
from .projection import Projection, Role
from .registry import RULES, UNITS
from .rule import Phase, Rule
from .spec import LayerSpec, NetworkSpec
from .stream import Streams
from .task import Trial

SIZES = (3, 4, 2)  # input, hidden and output units
NAMES = ("input", "h1", "output")
SEED = 1
BRIEF = {  # parameters that would make the trial long, or leave out what is to be seen
    "example": 0.06,
    "teaching": 0.03,
    "warm_up": 0.0,
    "shown_for": 60.0,
    "ticks": 20,
    "settle": 5,
    "mirror_every": 1,
    "noise_batches": 1,
}
NUDGE = 1 + 1e-3  # so small that no cell spikes otherwise than before
BUSY, EVERY = 200.0, 7  # Hz of an input that spikes, and ticks from one forced spike to the next
SAME = 1e-9  # of a weight change: what rounding may make of it


@dataclass
class Seen:
    """What one trial with one example showed."""

    spiking: bool
    feedback: bool = False  # whether the rule added feedback projections
    signs_copied: bool = False  # whether they are made from the forward weights' signs
    transposed: bool = False  # whether something travelled down through forward weights
    signed: bool = False  # whether what travelled down was both above and below zero
    passes: int = 0  # how often activity went up from the input, where it does not live in time
    phases: list[Phase] = field(default_factory=list)
    modes: set[str] = field(default_factory=set)
    target: bool = False  # whether the targets were read
    slope: bool = False  # whether a hidden layer's slope was asked for
    hidden_learned: bool = False  # whether weights below the last layer changed
    averaged: int = 0  # rows that a weight step took together
    in_ticks: bool = False  # whether weights changed while time went by
    learned: bool = False  # whether they changed at all
    foreign: bool = False  # whether a unit's step goes by another unit's weights


class WatchedTrial(Trial):
    """One example, which tells when its target is read."""

    def __getattribute__(self, name: str) -> Any:
        if name == "t":
            object.__getattribute__(self, "__dict__")["asked"] = True
        return object.__getattribute__(self, name)


def watch(key: str, params: Any = None) -> Seen:
    """Let a registered rule learn from one example, and say what it did."""
    net, rule = _made(key, params)
    seen = Seen(rule.spiking)
    _listen(net, seen)
    with np.errstate(all="ignore"):
        _run(net, rule, seen)
        seen.foreign = _foreign(key, params)
    return seen


def _made(key: str, params: Any) -> tuple[Network, Rule]:
    """A tiny network, and the rule to train it with, in double precision."""
    kind, streams = RULES[key], Streams(SEED)
    params = kind.Params() if params is None else params
    brief = {name: value for name, value in BRIEF.items() if name in kind.Params.model_fields}
    layers = [
        LayerSpec(name=name, size=size, unit=unit)
        for name, size, unit in zip(NAMES, SIZES, _units(kind), strict=True)
    ]
    if not kind.teacher:
        del layers[1]  # such rules need no hidden layer, and may leave it silent
    net = Network(NetworkSpec(layers=tuple(layers), biases=False), streams, np.float64)
    rule = kind(params.model_copy(update=brief), streams, "squared_error")
    rule.prepare(net)
    return net, rule


def _units(kind: type[Rule]) -> tuple[str, ...]:
    """Units that suit the rule; those of the output must not compete, which would mix them up."""
    units = [kind.dress[0], kind.dress[1], kind.dress[2]]
    if not kind.teacher and not kind.spiking:
        units[2] = "linear"
    if not UNITS[units[2]].elementwise:
        units[2] = "sigmoid"
    return tuple(units)


def _example(net: Network, rule: Rule) -> WatchedTrial:
    """One example; cells that spike by themselves are made to, now and then."""
    x, course = np.array([[0.9, 0.2, 0.6]]), None
    if not rule.teacher and rule.spiking:
        ticks = round(rule.shows_for(rule.params) / net.spec.dt)
        clamp = np.zeros((ticks, 1, net.output.size))
        clamp[::EVERY] = 1
        x, course = x * BUSY, Course(ticks, clamp=clamp)
    return WatchedTrial(x, np.array([[1.0, 0.0]]), np.zeros(1, np.intp), course=course)


def _listen(net: Network, seen: Seen) -> None:
    """Have every projection and every hidden layer's units take note of what is asked of them."""
    for path in net.projections.values():
        up = path.role is Role.FORWARD
        seen.feedback = seen.feedback or path.role is Role.FEEDBACK
        seen.signs_copied = seen.signs_copied or path.derived
        own = vars(path)
        own["learn"] = partial(_learn, path.learn, seen)
        if up:
            own["back"] = partial(_back, path.back, seen)
        if path is net.forward[0]:
            own["send"] = partial(_first, path.send, seen)
        if path.role is Role.FEEDBACK:
            own["send"] = partial(_down, path.send, seen)
            own["deliver"] = partial(_down, path.deliver, seen)
    for layer in net.chain[1:-1]:
        vars(layer.unit)["pull"] = partial(_pull, layer.unit.pull, seen)


def _learn(obey: Callable[..., None], seen: Seen, post: np.ndarray, *more: Any, **how: Any) -> None:
    seen.averaged = max(seen.averaged, len(post))
    obey(post, *more, **how)


def _back(obey: Callable[..., Any], seen: Seen, post: np.ndarray, out: np.ndarray) -> Any:
    seen.transposed = True
    _judge(seen, post)
    return obey(post, out)


def _down(obey: Callable[..., Any], seen: Seen, pre: np.ndarray, out: np.ndarray) -> Any:
    _judge(seen, pre)
    return obey(pre, out)


def _first(obey: Callable[..., Any], seen: Seen, pre: np.ndarray, out: np.ndarray) -> Any:
    seen.passes += 1
    return obey(pre, out)


def _pull(obey: Callable[..., Any], seen: Seen, *asked: np.ndarray) -> Any:
    seen.slope = True
    return obey(*asked)


def _judge(seen: Seen, sent: np.ndarray) -> None:
    seen.signed = seen.signed or bool((sent < 0).any())


def _run(net: Network, rule: Rule, seen: Seen) -> None:
    trial = _example(net, rule)
    before = _weights(net)
    first = before[net.forward[0].name].copy()
    for phase in rule.trial(net, trial):
        seen.phases.append(phase)
        seen.modes.add(rule.mode)
        now = _weights(net)
        moved = any(not np.array_equal(now[name], before[name]) for name in now)
        seen.learned = seen.learned or moved
        seen.in_ticks = seen.in_ticks or (moved and phase is Phase.TICK)
        before = now
    seen.target = "asked" in vars(trial)
    deep = len(net.forward) > 1
    seen.hidden_learned = deep and not np.array_equal(first, net.forward[0].w)


def _weights(net: Network) -> dict[str, np.ndarray]:
    return {path.name: path.w.copy() for path in net.projections.values()}


def _foreign(key: str, params: Any) -> bool:
    """Whether one output unit's step is another where only a second unit's weights are others."""
    steps = []
    for factor in (1.0, NUDGE):
        net, rule = _made(key, params)
        last: Projection = net.forward[-1]
        last.w[0] *= factor
        begun = last.w.copy()
        for _ in rule.trial(net, _example(net, rule)):
            pass
        steps.append(last.w[1] - begun[1])
    return bool(np.abs(steps[1] - steps[0]).max() > SAME * max(1e-3, np.abs(steps[0]).max()))
