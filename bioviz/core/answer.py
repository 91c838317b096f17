"""Requests for what the network says: its map of the plane, its answers, its worst mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from .measure import decide
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class DecisionReply:
    """`field` (resolution, resolution): probability of the second class (two classes or one unit)
    or the winning class; `limits` are x0, x1, y0, y1; row 0 lies at y0."""

    field: np.ndarray
    limits: tuple[float, float, float, float]
    graded: bool


@dataclass(frozen=True)
class DecisionMap(Request):
    """The network's answer over the plane of a task with two inputs; None for other tasks.

    None also where each answer takes seconds: no panel offers a map then, but one that was wanted
    of the network before may still be on its way when another rule is chosen.
    """

    resolution: int = 96
    index: int = 0

    def read(self, experiment: Experiment) -> DecisionReply | None:
        plane = experiment.data.plane
        if plane is None or not experiment.rule.asked:
            return None
        xs = np.linspace(plane[0], plane[1], self.resolution, dtype=experiment.net.dtype)
        ys = np.linspace(plane[2], plane[3], self.resolution, dtype=experiment.net.dtype)
        grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        y = experiment.answer(grid)
        graded = y.shape[1] <= 2
        field = y[:, -1] if graded else y.argmax(axis=1)
        shape = (self.resolution, self.resolution)
        return DecisionReply(field.reshape(shape).astype(np.float32), plane, graded)


@dataclass(frozen=True)
class PointsReply:
    """Training points (n, 2), their class labels (n,), and the one that is being shown, if any."""

    points: np.ndarray
    labels: np.ndarray
    shown: int | None


@dataclass(frozen=True)
class Points(Request):
    """The training points of a task in the plane; None for other tasks."""

    most: int = 1000
    index: int = 0

    def read(self, experiment: Experiment) -> PointsReply | None:
        train = experiment.data.train
        if experiment.data.plane is None or train.labels is None:
            return None
        shown = experiment.shown
        row = None if shown is None else int(shown.indices[experiment.sample])
        points = train.inputs[: self.most].astype(np.float32)
        return PointsReply(points, train.labels[: self.most].copy(), row)


@dataclass(frozen=True)
class AnswersReply:
    """Examples and what the network says: inputs (k, n_in), targets and answers (k, n_out).

    Without a teacher there are no targets (k, 0).

    `labels` and `decided` (k,) are class numbers where the task has classes; `wrong` of `looked`
    examples were answered wrongly.
    """

    inputs: np.ndarray
    targets: np.ndarray
    answers: np.ndarray
    labels: np.ndarray | None
    decided: np.ndarray | None
    wrong: int
    looked: int


@dataclass(frozen=True)
class Answers(Request):
    """Held-out examples with the network's answers: the first ones, the worst mistakes, or the
    training example that is being shown; None where that runs in time."""

    kind: Literal["first", "worst", "shown"] = "first"
    count: int = 40
    look: int = 500  # how many held-out examples are searched for mistakes
    index: int = 0

    def read(self, experiment: Experiment) -> AnswersReply | None:
        if experiment.data.script is not None:
            return None  # what is shown changes from tick to tick
        if not experiment.rule.asked:
            return _shown(experiment)
        if self.kind == "shown":
            return _shown(experiment)
        x, t = experiment.data.test.read(slice(0, self.look), experiment.net.dtype)
        t = _heard(experiment, t)
        y = experiment.answer(x)
        classes = bool(experiment.classes)
        labels = decide(t).astype(int) if classes else None
        decided = decide(y).astype(int) if classes else None
        missed = decided != labels if classes else np.ones(len(x), bool)
        rows = np.arange(len(x))
        if self.kind == "worst":
            cost = ((y - t) ** 2).sum(axis=1)
            rows = np.argsort(-cost, kind="stable")
            rows = rows[np.asarray(missed)[rows]]
        return _reply(rows[: self.count], x, t, y, labels, decided, int(np.sum(missed)))


def _heard(experiment: Experiment, t: np.ndarray) -> np.ndarray:
    """Those of the targets (k, n_out) that the rule hears of: none without a teacher."""
    return t if experiment.rule.teacher else t[:, :0]


def _shown(experiment: Experiment) -> AnswersReply | None:
    shown = experiment.shown
    if shown is None:
        return None
    row = slice(experiment.sample, experiment.sample + 1)
    x, t = shown.x[row].copy(), _heard(experiment, shown.t[row].copy())
    y = experiment.rule.answer(experiment.net)
    y = (y[row] if len(y) > 1 else y).copy()  # some rules send one example at a time
    classes = bool(experiment.classes)
    labels = decide(t).astype(int) if classes else None
    decided = decide(y).astype(int) if classes else None
    wrong = int(classes and np.any(labels != decided))
    return AnswersReply(x, t, y, labels, decided, wrong, 1)


def _reply(
    rows: np.ndarray,
    x: np.ndarray,
    t: np.ndarray,
    y: np.ndarray,
    labels: np.ndarray | None,
    decided: np.ndarray | None,
    wrong: int,
) -> AnswersReply:
    chosen = [None if part is None else part[rows] for part in (labels, decided)]
    return AnswersReply(x[rows], t[rows], y[rows], chosen[0], chosen[1], wrong, len(x))
