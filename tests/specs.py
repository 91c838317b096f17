"""Specs that tests build from: small networks on the tasks that travel with the program."""

from __future__ import annotations

from typing import Any

from bioviz.core.registry import RULES
from bioviz.core.spec import ExperimentSpec, parse


def make_spec(
    sizes: tuple[int, ...],
    rule: str,
    task: str | dict[str, Any],
    *,
    hidden: str = "tanh",
    output: str = "softmax",
    loss: str = "cross_entropy",
    batch: int = 20,
    seed: int = 1,
    biases: bool = True,
    weights: dict[str, Any] | None = None,
    record: dict[str, Any] | None = None,
    stop: dict[str, Any] | None = None,
    **params: Any,
) -> ExperimentSpec:
    """A chain of layers input, h1, h2, ..., output; further keywords are the rule's parameters."""
    names = ["input", *(f"h{i}" for i in range(1, len(sizes) - 1)), "output"]
    units = ["linear", *[hidden] * (len(sizes) - 2), output]
    layers = [
        {"name": name, "size": size, "unit": unit}
        for name, size, unit in zip(names, sizes, units, strict=True)
    ]
    return parse(
        {
            "network": {"layers": layers, "biases": biases, "weights": weights or {}},
            "rule": {"key": rule, **params},
            "task": {"key": task} if isinstance(task, str) else task,
            "loss": loss,
            "batch": batch,
            "seed": seed,
            "record": record or {},
            "stop": stop or {},
        }
    )


def digits_spec(
    rule: str = "feedback_alignment", hidden_sizes: tuple[int, ...] = (30,), **options: Any
) -> ExperimentSpec:
    """64-30-10 on the digits that travel with the program, batches of 20."""
    return make_spec((64, *hidden_sizes, 10), rule, "digits", **options)


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
