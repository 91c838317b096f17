"""One update of every rule against a reference written out example by example, in float64."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.registry import RULES

from ..specs import digits_spec

RATE, SIGMA, DEPTH = 0.3, 0.05, 4
Arrays = dict[str, np.ndarray]


def logistic(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


class Reference:
    """A 64-20-15-12-10 network of logistic units with cross-entropy, one example at a time."""

    def __init__(self, arrays: Arrays) -> None:
        self.w = {i: arrays[f"W{i}.w"].astype(float) for i in range(1, DEPTH + 1)}
        self.c = {i: arrays[f"W{i}.bias"].astype(float) for i in range(1, DEPTH + 1)}
        self.b = {
            i: arrays[f"B{i}.w"].astype(float)
            for i in range(2, DEPTH + 1)
            if f"B{i}.w" in arrays
        }  # fmt: skip

    def forward(self, x: np.ndarray, jolts: dict[int, np.ndarray] | None = None) -> list[Arrays]:
        h = [x]
        for i in range(1, DEPTH + 1):
            jolt = 0.0 if jolts is None else jolts[i]
            h.append(logistic(self.w[i] @ h[-1] + self.c[i] + jolt))
        return h

    def loss(self, y: np.ndarray, t: np.ndarray) -> float:
        return float(-(t * np.log(y) + (1 - t) * np.log(1 - y)).sum())

    def chain(
        self, h: list[np.ndarray], t: np.ndarray, back: Callable[[int], np.ndarray]
    ) -> Arrays:
        """Deltas by layer, each through `back(i)` (pre, post) from the layer above."""
        delta = {DEPTH: t - h[-1]}
        for i in range(DEPTH, 1, -1):
            delta[i - 1] = (back(i) @ delta[i]) * h[i - 1] * (1 - h[i - 1])
        return delta

    def step(self, deltas: list[Arrays], rates: list[list[np.ndarray]]) -> Arrays:
        """Mean products over the batch, by weight and bias."""
        found: Arrays = {}
        for i in range(1, DEPTH + 1):
            products = [np.outer(d[i], h[i - 1]) for d, h in zip(deltas, rates, strict=True)]
            found[f"W{i}.w"] = np.mean(products, axis=0)
            found[f"W{i}.bias"] = np.mean([d[i] for d in deltas], axis=0)
        return found


def sent_back(rule: str, reference: Reference, x: np.ndarray, t: np.ndarray) -> Arrays:
    """The step of a rule that sends errors back, before the rate."""
    deltas, rates = [], []
    for example, target in zip(x, t, strict=True):
        h = reference.forward(example)
        if rule == "direct_feedback_alignment":
            delta = {DEPTH: target - h[-1]}
            for i in range(1, DEPTH):
                delta[i] = (reference.b[i + 1] @ delta[DEPTH]) * h[i] * (1 - h[i])
        else:
            delta = reference.chain(h, target, lambda i: back(rule, reference, i))
        deltas.append(delta)
        rates.append(h)
    return reference.step(deltas, rates)


def back(rule: str, reference: Reference, i: int) -> np.ndarray:
    w = reference.w[i]
    return {
        "backprop": lambda: w.T,
        "shallow": lambda: np.zeros_like(w.T),
        "sign_symmetric": lambda: np.sign(w.T) / np.sqrt(w.shape[1]),
    }.get(rule, lambda: reference.b[i])()


def made(rule: str, **params: float | str) -> tuple[Experiment, Arrays]:
    spec = digits_spec(
        rule,
        (20, 15, 12),
        hidden="sigmoid",
        output="sigmoid",
        learning_rate=RATE,
        batch=7,
        **params,
    )
    experiment = build(spec, dtype=np.float64)
    return experiment, {name: values.copy() for name, values in experiment.net.weights().items()}


def shown(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    experiment.advance(1)
    assert experiment.shown is not None
    return experiment.shown.x, experiment.shown.t


CHAINS = [
    "backprop",
    "shallow",
    "feedback_alignment",
    "direct_feedback_alignment",
    "sign_symmetric",
    "kolen_pollack",
    "weight_mirror",
]
BURSTS = ["burstprop"]
SCORES = ["node_perturbation", "weight_perturbation"]
UNTAUGHT = ["bcm", "covariance", "hebb", "oja", "sanger"]  # see test_untaught
# see the tests of their names
SPIKES = [
    "burst_dependent",
    "spiking_feedback_alignment",
    "spiking_burstprop",
    "stdp",
    "triplet_stdp",
]


def test_every_rule_is_held_to_a_reference() -> None:
    assert set(RULES) <= {*CHAINS, *BURSTS, *SCORES, *SPIKES, *UNTAUGHT}


@pytest.mark.parametrize("rule", CHAINS)
def test_one_update_equals_the_reference(rule: str) -> None:
    extra = {"kolen_pollack": {"fade": 0.01}, "weight_mirror": {"mode": "engaged"}}
    experiment, start = made(rule, **extra.get(rule, {}))
    x, t = shown(experiment)
    step = sent_back(rule, Reference(start), x, t)
    learning = [DEPTH] if rule == "shallow" else range(1, DEPTH + 1)
    keep = 0.99 if rule == "kolen_pollack" else 1.0
    for i in range(1, DEPTH + 1):
        moved = RATE if i in learning else 0.0
        expected = keep * start[f"W{i}.w"] + moved * step[f"W{i}.w"]
        np.testing.assert_allclose(experiment.net[f"W{i}.w"], expected, rtol=1e-9, atol=1e-12)
        expected = start[f"W{i}.bias"] + moved * step[f"W{i}.bias"]
        np.testing.assert_allclose(experiment.net[f"W{i}.bias"], expected, rtol=1e-9, atol=1e-12)
        if rule == "kolen_pollack" and i > 1:
            expected = keep * start[f"B{i}.w"] + RATE * step[f"W{i}.w"].T
            np.testing.assert_allclose(experiment.net[f"B{i}.w"], expected, rtol=1e-9, atol=1e-12)


def burst(start: Arrays, x: np.ndarray, t: np.ndarray, p0: float) -> Arrays:
    """Burstprop's sums of products over a batch, by weight and bias, with recurrent input."""
    net, found = Reference(start), {name: np.zeros_like(w) for name, w in start.items()}
    for example, target in zip(x, t, strict=True):
        e = net.forward(example)
        y = e[DEPTH]
        free, taught = p0 * y, p0 * ((target - y) * (1 - y) + 1) * y
        for i in range(DEPTH, 0, -1):
            credit = taught - free
            found[f"W{i}.w"] += np.outer(credit, e[i - 1])
            found[f"W{i}.bias"] += credit
            if i == 1:
                break
            found[f"B{i}.w"] += np.outer(e[i - 1], credit)
            down, down_taught = net.b[i] @ free, net.b[i] @ taught
            echo = logistic(down) * e[i - 1]
            recurrent = start[f"Z{i - 1}.w"] @ echo
            u = down * (1 - e[i - 1]) - recurrent
            found[f"Z{i - 1}.w"] += np.outer(u, echo)
            free = logistic(u) * e[i - 1]
            taught = logistic(down_taught * (1 - e[i - 1]) - recurrent) * e[i - 1]
    return found


@pytest.mark.parametrize("learned", [True, False])
def test_two_updates_of_burstprop_equal_the_reference(learned: bool) -> None:
    how = {"feedback_learning": "learned" if learned else "fixed", "recurrent": True}
    rates = {"output_rate": 0.05, "recurrent_rate": 0.02, "momentum": 0.7, "fade": 0.01}
    experiment, start = made("burstprop", output_burst_prob=0.3, **how, **rates)
    velocity: Arrays = {name: np.zeros_like(w) for name, w in start.items()}
    for _ in range(2):
        x, t = shown(experiment)
        step = burst(start, x, t, 0.3)
        for name, before in start.items():
            rate = 0.02 if name[0] == "Z" else 0.05 if name[1] == str(DEPTH) else RATE
            momentum, keep = (0.0, 1.0) if name[0] == "Z" else (0.7, 0.99)
            velocity[name] = momentum * velocity[name] + step[name]
            expected = (1.0 if name.endswith("bias") else keep) * before + rate * velocity[name]
            if name[0] == "B" and not learned:
                expected = before
            np.testing.assert_allclose(experiment.net[name], expected, rtol=1e-9, atol=1e-12)
        start = {name: experiment.net[name].copy() for name in start}


def test_one_step_of_node_perturbation_equals_the_reference() -> None:
    experiment, start = made("node_perturbation", noise=SIGMA)
    stream = experiment.streams.fresh("jolts")
    x, t = shown(experiment)
    sizes = {i: start[f"W{i}.bias"].size for i in range(1, DEPTH + 1)}
    jolts = {i: SIGMA * stream.standard_normal((size, len(x))).T for i, size in sizes.items()}
    reference, deltas, rates = Reference(start), [], []
    for row, (example, target) in enumerate(zip(x, t, strict=True)):
        own = {i: jolts[i][row] for i in sizes}
        h, jolted = reference.forward(example), reference.forward(example, own)
        change = reference.loss(jolted[-1], target) - reference.loss(h[-1], target)
        deltas.append({i: -change / SIGMA**2 * own[i] for i in sizes})
        rates.append(h)
    step = reference.step(deltas, rates)
    for i in sizes:
        expected = start[f"W{i}.w"] + RATE * step[f"W{i}.w"]
        np.testing.assert_allclose(experiment.net[f"W{i}.w"], expected, rtol=1e-5, atol=1e-9)


def test_one_step_of_weight_perturbation_equals_the_reference() -> None:
    experiment, start = made("weight_perturbation", noise=SIGMA)
    stream = experiment.streams.fresh("jolts")
    x, t = shown(experiment)
    jolts: Arrays = {}
    for i in range(1, DEPTH + 1):
        for part in ("w", "bias"):
            name = f"W{i}.{part}"
            jolts[name] = SIGMA * stream.standard_normal(start[name].shape)
    plain = Reference(start)
    jolted = Reference({name: start[name] + jolts.get(name, 0.0) for name in start})
    change = np.mean(
        [
            jolted.loss(jolted.forward(a)[-1], b) - plain.loss(plain.forward(a)[-1], b)
            for a, b in zip(x, t, strict=True)
        ]
    )
    for name, jolt in jolts.items():
        expected = start[name] - RATE * change / SIGMA**2 * jolt
        np.testing.assert_allclose(experiment.net[name], expected, rtol=1e-6, atol=1e-9)
