"""Requests that compare two experiments of a session, which read both at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .probe import thin
from .request import Matrix, MatrixReply, Request, block_mean

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Comparison(Request):
    """One thing wanted of two experiments."""

    def compare(self, one: Experiment, other: Experiment) -> Any:
        raise NotImplementedError

    def answer(self, experiments: Sequence[Experiment]) -> Any:
        places = (getattr(self, name) for name in ("index", "other"))
        return self.compare(*(experiments[place] for place in places))


@dataclass(frozen=True)
class Apart(Comparison):
    """An array of one experiment minus the same of another; None where their shapes differ."""

    address: str
    rows: int = 512
    cols: int = 1024
    index: int = 0
    other: int = 1

    def compare(self, one: Experiment, other: Experiment) -> MatrixReply | None:
        mine, theirs = np.atleast_2d(one.net[self.address]), np.atleast_2d(other.net[self.address])
        if mine.shape != theirs.shape:
            return None
        values = block_mean(mine - theirs, self.rows, self.cols)
        return MatrixReply(values, (mine.shape[0], mine.shape[1]))


@dataclass(frozen=True)
class Gap(Comparison):
    """A channel of one experiment minus the same of another, over the trials that both recorded.

    Trials and values, thinned to about `points`; empty where they have none in common.
    """

    name: str
    points: int = 1000
    index: int = 0
    other: int = 1

    def compare(self, one: Experiment, other: Experiment) -> tuple[np.ndarray, np.ndarray]:
        channels = one.channels.get(self.name), other.channels.get(self.name)
        if channels[0] is None or channels[1] is None:
            return np.empty(0), np.empty(0)
        (trials, mine), (beside, theirs) = channels[0].read(), channels[1].read()
        common, here, there = np.intersect1d(
            trials, beside, assume_unique=True, return_indices=True
        )
        return thin(common, mine[here] - theirs[there], self.points)


@dataclass(frozen=True)
class Peak(Matrix):
    """The largest magnitude in a matrix as it would be shown: for colours that two share."""

    def read(self, experiment: Experiment) -> float:  # type: ignore[override]
        values = super().read(experiment).values
        finite = values[np.isfinite(values)]
        return float(np.abs(finite).max(initial=0.0))
