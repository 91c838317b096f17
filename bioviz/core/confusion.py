"""Confusions: how often each class of the held-out set was answered as each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .answer import AnswersReply
from .measure import decide
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Confusion:
    """Counts (classes, classes) of one pass over the held-out set, made at `trial`.

    Rows are the true classes, columns the answered ones. Never changed once the pass has ended.
    """

    trial: int
    counts: np.ndarray

    @cached_property
    def plain(self) -> dict[str, Any]:
        """What a file keeps of it, row by row; made once, since states are copied often."""
        return {"trial": self.trial, "counts": self.counts.ravel().tolist()}

    @classmethod
    def from_plain(cls, plain: dict[str, Any] | None, classes: int) -> Confusion | None:
        """Make again what `plain` gave; None where there is none. ValueError if it does not fit."""
        if plain is None:
            return None
        counts = np.array(plain["counts"], np.int64).reshape(classes, classes)
        return cls(plain["trial"], counts)


@dataclass(frozen=True)
class ConfusionReply:
    """Counts of the latest pass over the held-out set, and at which trial it was made.

    Before the first pass `counts` is None and `trial` is where it will be made: 0 before any.
    """

    counts: np.ndarray | None
    trial: int


@dataclass(frozen=True)
class Confusions(Request):
    """The confusions that the run itself has counted; nothing is answered for it. None for tasks
    without classes."""

    index: int = 0

    def read(self, experiment: Experiment) -> ConfusionReply | None:
        if not experiment.classes:
            return None
        recorder = experiment.recorder
        found = recorder.confusion
        if found is not None:
            return ConfusionReply(found.counts.copy(), found.trial)
        if experiment.trial == 0 and recorder.empty:
            return ConfusionReply(None, 0)
        passes = experiment.trial // recorder.test_every + 1
        return ConfusionReply(None, passes * recorder.test_every)


@dataclass(frozen=True)
class Confused(Request):
    """Held-out examples of class `true` that are now answered `said`, the surest first."""

    true: int
    said: int
    count: int = 40
    look: int = 2000  # how many examples of the true class are answered
    index: int = 0

    def read(self, experiment: Experiment) -> AnswersReply | None:
        examples = experiment.data.test
        if not experiment.classes or examples.labels is None or not experiment.rule.asked:
            return None
        rows = np.flatnonzero(examples.labels == self.true)[: self.look]
        x, t = examples.read(rows, experiment.net.dtype)
        y = experiment.answer(x) if len(x) else t
        said = decide(y).astype(int)
        found = np.flatnonzero(said == self.said)
        sure = y.max(axis=1) if y.shape[1] > 1 else np.abs(y[:, 0] - 0.5)
        found = found[np.argsort(-sure[found], kind="stable")]
        kept = found[: self.count]
        labels = np.full(len(kept), self.true)
        return AnswersReply(x[kept], t[kept], y[kept], labels, said[kept], len(found), len(rows))
