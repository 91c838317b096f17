"""Tuning: what units answer to the few patterns that stand for a task's inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .experiment import Experiment


def responses(experiment: Experiment) -> np.ndarray | None:
    """Answers (k, n_out) of the output units to the task's patterns; None where it has none."""
    patterns = experiment.data.patterns
    if patterns is None:
        return None
    return experiment.answer(patterns.inputs.astype(experiment.net.dtype, copy=False))


def selectivity(answers: np.ndarray) -> np.ndarray:
    """(max - mean) / max of each unit (n_out,) over its answers (k, n_out) to patterns.

    0 for the same answer to all, 1 - 1/k for an answer to one alone; NaN where none is above 0.
    """
    most = answers.max(axis=0)
    index: np.ndarray = np.full(len(most), np.nan)
    np.divide(most - answers.mean(axis=0), most, out=index, where=most > 0)
    return index
