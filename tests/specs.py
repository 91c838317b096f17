"""Specs that tests build from: small networks on the tasks that travel with the program."""

from __future__ import annotations

from typing import Any

from bioviz.core.registry import RULES, TASKS
from bioviz.core.spec import ExperimentSpec, parse


def make_spec(
    sizes: tuple[int, ...],
    rule: str,
    task: str | dict[str, Any],
    *,
    hidden: str = "",
    output: str = "",
    loss: str = "",
    batch: int = 0,
    seed: int = 1,
    biases: bool = True,
    weights: dict[str, Any] | None = None,
    record: dict[str, Any] | None = None,
    stop: dict[str, Any] | None = None,
    **params: Any,
) -> ExperimentSpec:
    """A chain of layers input, h1, h2, ..., output; further keywords are the rule's parameters.

    Batches of 20, unless the rule follows one example at a time. Units that are not named are those
    that suit the rule: tanh and softmax for rates. So is the loss: cross-entropy, but where the
    rule lowers another.
    """
    names = ["input", *(f"h{i}" for i in range(1, len(sizes) - 1)), "output"]
    first, within, last = RULES[rule].dress if rule in RULES else ("linear", "tanh", "softmax")
    lowers = RULES[rule].lowers if rule in RULES else ()
    single = rule in RULES and RULES[rule].single
    params = BRIEF.get(rule, {}) | params
    units = [first, *[hidden or within] * (len(sizes) - 2), output or last]
    layers = [
        {"name": name, "size": size, "unit": unit}
        for name, size, unit in zip(names, sizes, units, strict=True)
    ]
    return parse(
        {
            "network": {"layers": layers, "biases": biases, "weights": weights or {}},
            "rule": {"key": rule, **params},
            "task": {"key": task} if isinstance(task, str) else task,
            "loss": loss or (lowers or ("cross_entropy",))[0],
            "batch": batch or (1 if single else 20),
            "seed": seed,
            "record": record or {},
            "stop": stop or {},
        }
    )


BRIEF = {
    "spiking_burstprop": {"example": 0.06, "teaching": 0.03, "warm_up": 0.0},  # in seconds
    "burst_dependent": {"shown_for": 20.0},  # in ms
}


def digits_spec(
    rule: str = "feedback_alignment", hidden_sizes: tuple[int, ...] = (30,), **options: Any
) -> ExperimentSpec:
    """64-30-10 on the digits that travel with the program, batches of 20."""
    if not RULES[rule].teacher and not RULES[rule].spiking:
        options = UNTAUGHT | {"learning_rate": 1e-5} | options
    return make_spec((64, *hidden_sizes, 10), rule, "digits", **options)


UNTAUGHT = {"output": "linear", "biases": False, "loss": "squared_error"}
SMALL = {"distribution": "uniform", "scale": 0.1, "relative": False}


def untaught_spec(
    rule: str, task: str | dict[str, Any] = "patterns", size: int = 1, **options: Any
) -> ExperimentSpec:
    """One layer of `size` linear units that hears a task without targets; batches of 20."""
    choice = {"key": task} if isinstance(task, str) else task
    kind = TASKS[choice["key"]]
    params = kind.Params(**{name: value for name, value in choice.items() if name != "key"})
    settings = {**UNTAUGHT, "weights": SMALL, **options}
    return make_spec((kind.shape(params)[0], size), rule, choice, **settings)


def moons_spec(
    rule: str = "feedback_alignment", hidden_sizes: tuple[int, ...] = (20,), **options: Any
) -> ExperimentSpec:
    """2-20-2 on two moons: the smallest network with something to see."""
    return make_spec((2, *hidden_sizes, 2), rule, "two_moons", **options)


LINEAR_FEEDBACK = {
    "feedback_distribution": "uniform",
    "feedback_scale": 0.5,
    "feedback_relative": False,
}


def linear_spec(rule: str = "feedback_alignment", **options: Any) -> ExperimentSpec:
    """Lillicrap's linear 30-20-10, one example at a time, at a rate of 0.005."""
    settings: dict[str, Any] = {
        "hidden": "linear",
        "output": "linear",
        "loss": "squared_error",
        "batch": 1,
        "biases": False,
        "weights": {"distribution": "uniform", "scale": 0.01, "relative": False},
        "record": {"every": 10, "test_every": 200},
        "learning_rate": 0.005,
    }
    if "feedback_distribution" in RULES[rule].Params.model_fields:
        settings |= LINEAR_FEEDBACK
    return make_spec((30, 20, 10), rule, "linear_teacher", **(settings | options))


def two_cells(*, moment: float = 0.25, **options: Any) -> ExperimentSpec:
    """Two silent cells and a synapse of 40 out of 80, as in the gallery: an EPSP of 6.3 mV."""
    cell = {"name": "output", "size": 1, "unit": "lif", "threshold": -55, "reset": -73}
    rule = {"learning_rate": 0.0125, "balance": 0.35, "tau_plus": 16.8, "tau_minus": 33.7}
    return parse(
        {
            "network": {
                "layers": [{"name": "input", "size": 1, "unit": "spike_source"}, cell],
                "biases": False,
                "weights": {"distribution": "constant", "scale": 40, "relative": False},
                "dt": 0.25,
                "delay": 6,
            },
            "rule": {"key": "stdp", "w_max": 80, **rule, **options},
            "task": {"key": "free_firing", "moment": moment},
            "loss": "squared_error",
            "batch": 1,
        }
    )
