"""Spiking networks for panels to be tried on: two cells that are paired, and many that spike."""

from __future__ import annotations

from typing import Any

from bioviz.core.spec import ExperimentSpec, parse


def pairing_spec(
    rule: str = "stdp", *, dt: float = 1.0, task: dict[str, Any] | None = None, **params: Any
) -> ExperimentSpec:
    """Cells onto one cell that is made to spike around them: 10 ms, ten times a second."""
    given = {"key": "pairing", "inputs": 1, "lag": 10.0, "frequency": 10.0, **(task or {})}
    layers = [
        {"name": "input", "size": given["inputs"], "unit": "spike_source"},
        {"name": "output", "size": 1, "unit": "lif"},
    ]
    weights = {"distribution": "constant", "scale": 0.5, "relative": False}
    return _spec(layers, rule, given, weights, {"dt": dt}, params)


def crowd_spec(
    rule: str = "stdp", inputs: int = 40, *, lateral: bool = False, **params: Any
) -> ExperimentSpec:
    """Poisson inputs onto six cells, perhaps among themselves too, onto one."""
    layers = [
        {"name": "input", "size": inputs, "unit": "poisson"},
        {"name": "h1", "size": 6, "unit": "lif"},
        {"name": "output", "size": 1, "unit": "lif"},
    ]
    task = {"key": "poisson_groups", "inputs": inputs, "rate": 40.0, "length": 50.0}
    weights = {"distribution": "uniform", "scale": 5.0, "relative": False}
    within = [{"layer": "h1", "weights": weights}] if lateral else []
    given = {"w_max": 5.0, "learning_rate": 0.01, **params}
    return _spec(layers, rule, task, weights, {"lateral": within}, given)


def _spec(
    layers: list[dict[str, Any]],
    rule: str,
    task: dict[str, Any],
    weights: dict[str, Any],
    network: dict[str, Any],
    params: dict[str, Any],
) -> ExperimentSpec:
    return parse(
        {
            "network": {"layers": layers, "biases": False, "weights": weights, **network},
            "rule": {"key": rule, **params},
            "task": task,
            "loss": "squared_error",
            "batch": 1,
            "seed": 1,
        }
    )
