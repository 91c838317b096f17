"""One look at a run: what has been gathered since the last, made once and shared by all metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .burst import BurstMeans, burst_means
from .loss import cross_entropy
from .tuning import responses

if TYPE_CHECKING:
    from .experiment import Experiment

BLOCK = 500  # test examples answered at a time, so that pausing never waits long


@dataclass(frozen=True)
class Score:
    """How answers are scored: by which loss, whether outputs compete, whether they name classes."""

    loss: str
    competing: bool
    classes: bool


@dataclass
class Tally:
    """Sums over answered examples: loss, wrong answers, squared error (where it is the loss)."""

    loss: float = 0.0
    wrong: int = 0
    square: float = 0.0
    count: int = 0

    def add(self, y: np.ndarray, t: np.ndarray, score: Score) -> None:
        """Add answers y and targets t, both (batch, n_out)."""
        if score.loss == "squared_error":
            error = t - y
            square = float(np.vdot(error, error))
            self.square += square
            self.loss += 0.5 * square
        else:
            self.loss += cross_entropy(y, t, score.competing)
        if score.classes:
            self.wrong += int(np.count_nonzero(decide(y) != decide(t)))
        self.count += len(y)

    def mean(self, total: float) -> float:
        return total / self.count if self.count else float("nan")


def decide(y: np.ndarray) -> np.ndarray:
    """The class that each row of (batch, n_out) says: the largest, or one unit's above 1/2."""
    decided: np.ndarray = y[:, 0] > 0.5 if y.shape[1] == 1 else y.argmax(axis=1)
    return decided


def count_pairs(y: np.ndarray, t: np.ndarray, classes: int) -> np.ndarray:
    """Count true (rows) and answered classes (columns) in y and t, both (batch, n_out)."""
    places = decide(t).astype(np.intp) * classes + decide(y)
    return np.bincount(places, minlength=classes**2).reshape(classes, classes)


@dataclass
class Measurement:
    """What metrics read: the run, the training tally, and the test tally where it was taken."""

    experiment: Experiment
    train: Tally
    test: Tally | None = None
    angles: bool = True  # whether to look at the probe examples and weights this time

    @cached_property
    def credit(self) -> Credit | None:
        """The rule's deltas and backprop's on the probe examples; None for rules that send none."""
        return credit_on(self.experiment, *self.experiment.recorder.probe_examples())

    @property
    def bursts(self) -> dict[str, BurstMeans]:
        """What layers that burst hold on the probe examples, by name; none if not looked at."""
        return self.credit.bursts if self.angles and self.credit is not None else {}

    @cached_property
    def responses(self) -> np.ndarray | None:
        """Answers (k, n_out) to the task's patterns; None for tasks that have none."""
        return responses(self.experiment)


@dataclass(frozen=True)
class Credit:
    """Deltas (batch, n) by layer: the rule's own, and backprop's from the same output delta.

    With them goes what the layers that burst then hold.
    """

    rule: dict[str, np.ndarray]
    true: dict[str, np.ndarray]
    bursts: dict[str, BurstMeans]


def credit_on(experiment: Experiment, x: np.ndarray, t: np.ndarray) -> Credit | None:
    """Ask the rule for its deltas on these examples, beside backprop's complete chain."""
    net = experiment.net
    with net.aside(len(x)):
        found = experiment.rule.credits(net, x, t)
        return None if found is None else Credit(*found, burst_means(net))


def test_pass(experiment: Experiment, tally: Tally, pairs: np.ndarray | None) -> Iterator[None]:
    """Answer the whole test set into `tally`, yielding after each block.

    `pairs` (classes, classes) are counts of true and answered classes to add to, where the task
    has classes.
    """
    examples = experiment.data.test
    for start in range(0, len(examples), BLOCK):
        x, t = examples.read(slice(start, start + BLOCK), experiment.net.dtype)
        y = experiment.answer(x)
        tally.add(y, t, experiment.recorder.score)
        if pairs is not None:
            pairs += count_pairs(y, t, len(pairs))
        yield


def angle(u: np.ndarray, v: np.ndarray) -> float:
    """Angle between two arrays read as vectors, degrees; NaN where one of them is zero."""
    norms = float(np.linalg.norm(u)) * float(np.linalg.norm(v))
    if norms == 0 or not np.isfinite(norms):
        return float("nan")
    return float(np.degrees(np.arccos(np.clip(np.vdot(u, v) / norms, -1, 1))))


def row_angles(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Angle between each pair of rows of (batch, n), degrees; NaN where a row is zero."""
    norms = np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1)
    dots = np.einsum("ij,ij->i", u, v)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.where(norms > 0, dots / norms, np.nan)
    degrees: np.ndarray = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return degrees
