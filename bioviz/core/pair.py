"""The request for single weights beside the feedback weights that stand in for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class PairsReply:
    """Pairs B[j, i] and W[i, j], each (n,), of `total`; their correlation `r`, and the `slope` of
    the line that gives W from B best. NaN where they are undefined."""

    b: np.ndarray
    w: np.ndarray
    total: int
    r: float
    slope: float


@dataclass(frozen=True)
class Pairs(Request):
    """At most `most` pairs of a weight and its feedback; None for a projection that has none.

    The pairs are drawn once and for all by the matrix's shape, so that a point can be followed;
    those that were removed for sparsity are left out.
    """

    forward: str
    most: int = 1500
    index: int = 0

    def read(self, experiment: Experiment) -> PairsReply | None:
        forward = experiment.net.projections[self.forward]
        feedback = experiment.net.feedback_of(self.forward)
        if feedback is None:
            return None
        rows, cols = _places(len(forward.w), len(feedback.w), self.most)
        for mask in (forward.mask, None if feedback.mask is None else feedback.mask.T):
            if mask is not None:
                present = mask[rows, cols] != 0
                rows, cols = rows[present], cols[present]
        w, b = forward.w[rows, cols], feedback.w[cols, rows]
        return PairsReply(b, w, forward.w.size, *_relation(b, w))


def _places(rows: int, cols: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    size = rows * cols
    if size <= most:
        flat = np.arange(size)
    else:
        stream = np.random.default_rng([rows, cols])
        flat = np.sort(stream.choice(size, most, replace=False, shuffle=False))
    return np.divmod(flat, cols)


def _relation(b: np.ndarray, w: np.ndarray) -> tuple[float, float]:
    """Pearson's r and the least-squares slope of w over b."""
    b, w = (values.astype(np.float64) - values.mean(dtype=np.float64) for values in (b, w))
    across, up, both = float(b @ b), float(w @ w), float(b @ w)
    if not across or not up:
        return float("nan"), float("nan")
    return both / (across * up) ** 0.5, both / across
