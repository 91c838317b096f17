"""Tuning: what units answer to the few patterns that stand for a task's inputs, and a request
for where they stand on the curve of a moving threshold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .online import OnlineRule
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment

ROOM = 1.25  # of the curve beyond what is answered


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


@dataclass(frozen=True)
class TuningReply:
    """Where units stand on the curve of a moving threshold.

    `y` (m,) is what the first units answer to the input that is shown, `theta` (m,) their
    thresholds, and `answers` (k, m) what they say to the task's patterns, called `names`; none
    where it has none. `curve` (m, g) is how much the weight of an active input changes at each
    activity of `grid` (g,).
    """

    y: np.ndarray
    theta: np.ndarray
    names: tuple[str, ...]
    answers: np.ndarray
    grid: np.ndarray
    curve: np.ndarray


@dataclass(frozen=True)
class Tuning(Request):
    """Thresholds, answers and the curve between two activities; None for rules without one.

    Where both are the same the curve goes as far as the answers do.
    """

    low: float = 0.0
    high: float = 0.0
    units: int = 6
    points: int = 121
    index: int = 0

    def read(self, experiment: Experiment) -> TuningReply | None:
        rule, output = experiment.rule, experiment.net.output
        if not isinstance(rule, OnlineRule) or "theta" not in output.state:
            return None
        theta = output.state["theta"][0, : self.units].astype(np.float64)
        patterns, answers = experiment.data.patterns, responses(experiment)
        names = patterns.names if patterns else ()
        said = np.empty((0, len(theta))) if answers is None else answers[:, : self.units]
        y = output.rate[0, : self.units].astype(np.float64)
        ends = reach(y, theta, said) if self.low == self.high else (self.low, self.high)
        grid = np.linspace(*ends, self.points)
        curve = rule.modification(grid, theta[:, None])
        if curve is None:
            return None
        return TuningReply(y, theta, names, said.astype(np.float64), grid, curve)


def reach(y: np.ndarray, theta: np.ndarray, answers: np.ndarray) -> tuple[float, float]:
    """From where to where the curve is of interest: all that is answered, and some way beyond."""
    values = np.concatenate([y, theta, answers.ravel()])
    values = values[np.isfinite(values)]
    most = float(values.max(initial=0.0))
    return min(0.0, float(values.min(initial=0.0))), ROOM * most or 1.0
