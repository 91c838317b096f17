"""Networks of cells that burst, small and quick enough for panels to be tried on."""

from __future__ import annotations

from typing import Any

from bioviz.core.spec import ExperimentSpec, parse

FIXED = {
    "inhibition": 0.25,
    "feedback": 0.26,
    "feedback_inhibition": 0.06,
    "opposed": 0.026,
    "opposed_inhibition": 0.27,
}


def pools_spec(cells: int = 20, *, dt: float = 0.5, **rule: Any) -> ExperimentSpec:
    """XOR with pools of so many cells, each example shown for 1 s of which 0.2 s are taught."""
    cell = {"unit": "burst_poisson"}
    hidden = {"soma_noise": 150, "soma_excitation": 0.385, "soma_inhibition": 0.49}
    layers = [
        {"name": "input", "size": 2 * cells, "pools": 2, **cell},
        {"name": "hidden", "size": 2 * cells, "pools": 2, **hidden, **cell},
        {"name": "output", "size": cells, "soma_noise": 150, "dendrite_current": 400, **cell},
    ]
    weights = {"distribution": "constant", "scale": 23.4 / cells, "relative": False}
    times = {"example": 1.0, "teaching": 0.2, "warm_up": 0.0, "w_max": 100.0}
    share = 100 / cells  # of 250 cells, as published, 100 are joined to each
    fixed = {name: share * strength for name, strength in FIXED.items()}
    return parse(
        {
            "network": {"layers": layers, "biases": False, "weights": weights, "dt": dt},
            "rule": {"key": "spiking_burstprop", "fixed_sparsity": 0, **times, **fixed, **rule},
            "task": {"key": "xor_pools", "cells": cells},
            "loss": "cross_entropy",
            "batch": 1,
            "seed": 1,
        }
    )
