"""Descriptions of networks that live in time."""

from __future__ import annotations

from typing import Any

from bioviz.core.spec import ExperimentSpec, parse

SOURCE = {"unit": "spike_source"}


def timed_spec(
    layers: list[dict[str, Any]],
    rule: str = "stdp",
    task: str | dict[str, Any] = "pairing",
    *,
    w: float = 0.5,
    batch: int = 1,
    seed: int = 1,
    network: dict[str, Any] | None = None,
    **params: Any,
) -> ExperimentSpec:
    """A chain of these layers whose weights all start at `w`."""
    weights = {"distribution": "constant", "scale": w, "relative": False}
    return parse(
        {
            "network": {"layers": layers, "weights": weights, **(network or {})},
            "rule": {"key": rule, **params},
            "task": {"key": task} if isinstance(task, str) else task,
            "batch": batch,
            "seed": seed,
        }
    )


def pairing_spec(rule: str = "stdp", *, w: float = 0.5, **options: Any) -> ExperimentSpec:
    """Two sources, the output's forced; options of the task are recognised by name."""
    names = ("lag", "order", "frequency", "pairings", "inputs")
    task = {name: options.pop(name) for name in names if name in options}
    inputs = task.get("inputs", 1)
    layers = [{"name": "input", "size": inputs, **SOURCE}, {"name": "output", "size": 1, **SOURCE}]
    return timed_spec(layers, rule, {"key": "pairing", **task}, w=w, **options)


def competition_spec(inputs: int = 40, rule: str = "stdp", **options: Any) -> ExperimentSpec:
    """Poisson inputs onto hidden cells and those onto one: everything that lives on is there."""
    layers = [
        {"name": "input", "size": inputs, "unit": "poisson"},
        {"name": "h1", "size": 6, "unit": "lif_conductance", "jump": 0.5, "current": 18.0,
         "refractory": 9.0},
        {"name": "output", "size": 3, "unit": "lif", "jump": 0.5, "current": 17.0},
    ]  # fmt: skip
    task = {"key": "poisson_groups", "inputs": inputs, "rate": 40, "length": 47, "trials": 20,
            "correlated": inputs // 2}  # fmt: skip
    lateral = [{"layer": "h1", "delay": 3.0, "weights": {"distribution": "uniform", "scale": 0.2}},
               {"layer": "output", "weights": {"sparsity": 0.5}}]  # fmt: skip
    network = {"delay": 2.0, "lateral": lateral}
    settings = {"w": 0.1, "learning_rate": 0.02, "network": network} | options
    return timed_spec(layers, rule, task, **settings)
