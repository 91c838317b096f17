"""Principal axes of a task's inputs, and a request that holds weight vectors against them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .flow import broken_path
from .online import OnlineRule
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment

MOST_INPUTS = 400  # of more, the axes would take longer to find than is worth waiting for
MOST_ROWS = 5000  # examples from which moments are estimated where they are not known
MOST_AXES = 12


@dataclass(frozen=True)
class Axes:
    """Principal axes: unit vectors as rows (k, n), and the mean square (k,) of inputs along them,
    largest first."""

    vectors: np.ndarray
    values: np.ndarray


def principal_axes(experiment: Experiment) -> Axes | None:
    """Find the axes of <x x^T> or, for rules about deviations from the mean, of the covariance.

    None for rules that do not look for axes in the input, or for more inputs than `MOST_INPUTS`.
    """
    net, rule = experiment.net, experiment.rule
    if not isinstance(rule, OnlineRule) or not rule.principal:
        return None
    if len(net.chain) != 2 or not 2 <= net.input.size <= MOST_INPUTS:
        return None
    values, vectors = np.linalg.eigh(_moments(experiment, centred=rule.centred))
    return Axes(vectors.T[::-1], values[::-1])


def _moments(experiment: Experiment, *, centred: bool) -> np.ndarray:
    """<x x^T> or the covariance (n, n) of the inputs, exactly where the task knows it."""
    data = experiment.data
    if data.moments is not None and not centred:
        return data.moments
    x, _ = data.train.read(np.arange(min(len(data.train), MOST_ROWS)), np.float64)
    if centred:
        x = x - x.mean(axis=0)
    found: np.ndarray = x.T @ x / len(x)
    return found


def angles_to(w: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """Degrees (n_out, k) between weight vectors (n_out, n) and axes (k, n): an axis has no sign."""
    lengths = np.linalg.norm(w, axis=1, keepdims=True)
    cosine: np.ndarray = np.full((len(w), len(axes)), np.nan)
    np.divide(np.abs(w @ axes.T), lengths, out=cosine, where=lengths > 0)
    degrees: np.ndarray = np.degrees(np.arccos(np.minimum(cosine, 1.0)))
    return degrees


@dataclass(frozen=True)
class WeightPath(Request):
    """Where one unit's two weights have been as (n, 2), thinned to about `points`.

    A row of NaN stands where somebody changed them by hand; no rows where single weights are not
    recorded, or are not two.
    """

    unit: int = 0
    points: int = 600
    index: int = 0

    def read(self, experiment: Experiment) -> np.ndarray:
        path = experiment.rule.learning(experiment.net)[-1]
        names = [f"weight_value.{path.name}_{self.unit}_{col}" for col in range(path.pre.size)]
        if len(names) != 2 or not all(name in experiment.channels for name in names):
            return np.empty((0, 2))
        trials, first = experiment.channels[names[0]].read()
        values = np.stack([first, experiment.channels[names[1]].read()[1]], axis=1)
        named = re.compile(rf"\b{path.name}\b")
        starts = [mark.trial for mark in experiment.markers if named.search(mark.text)]
        return broken_path(trials, values, sorted(set(starts)), self.points)


@dataclass(frozen=True)
class PrincipalReply:
    """Inputs, their principal axes and the weights.

    `points` (m, n) are some of this epoch's inputs, none where there are more than two numbers in
    each; `axes` are the first few; `w` (n_out, n) are the weights, and `angles` (n_out, k) those
    between them and the axes, in degrees.
    """

    points: np.ndarray
    axes: Axes
    w: np.ndarray
    angles: np.ndarray
    shown: np.ndarray | None  # (n,), the input that the network now holds


@dataclass(frozen=True)
class Principal(Request):
    """Weight vectors beside the principal axes of the inputs; None where there are none to find."""

    most: int = 400  # points
    units: int = 8
    index: int = 0

    def read(self, experiment: Experiment) -> PrincipalReply | None:
        axes = experiment.principal_axes
        if axes is None:
            return None
        path = experiment.rule.learning(experiment.net)[-1]
        w = path.w[: self.units].astype(np.float64)
        plane = w.shape[1] == 2
        points = experiment.examples.inputs[: self.most if plane else 0].astype(np.float64)
        shown = experiment.shown
        now = shown.x[experiment.sample].astype(np.float64) if plane and shown else None
        few = Axes(axes.vectors[:MOST_AXES].copy(), axes.values[:MOST_AXES].copy())
        return PrincipalReply(points, few, w, angles_to(w, few.vectors), now)
