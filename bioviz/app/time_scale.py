"""Where a trial lies on a line from the first to the present, evenly or by its logarithm."""

from __future__ import annotations

from math import expm1, log1p

import numpy as np


def part_of(trial: float, now: float, *, log: bool) -> float:
    """The part of the line (0 to 1) at which a trial lies; 1 is the present."""
    return float(parts_of(np.array(trial), now, log=log))


def parts_of(trials: np.ndarray, now: float, *, log: bool) -> np.ndarray:
    """The part of the line (0 to 1) at which each of some trials lies."""
    if now <= 0:
        return np.ones(trials.shape)
    parts: np.ndarray = np.log1p(np.maximum(trials, 0)) / np.log1p(now) if log else trials / now
    return parts.clip(0.0, 1.0)


def trial_at(part: float, now: float, *, log: bool) -> float:
    """The trial at a part of the line."""
    part = min(max(part, 0.0), 1.0)
    return expm1(part * log1p(now)) if log else part * now
