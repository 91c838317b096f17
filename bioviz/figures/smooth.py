"""Smoothing a curve."""

from __future__ import annotations

from itertools import accumulate

import numpy as np


def smooth(values: np.ndarray, amount: float) -> np.ndarray:
    """Return the exponential moving average of (n,) values; a gap stays a gap and is bridged."""

    def follow(mean: float, value: float) -> float:
        if value != value or mean != mean:
            return mean if value != value else value
        return amount * mean + (1 - amount) * value

    means = np.fromiter(accumulate(values.tolist(), follow), np.float64, len(values))
    means[np.isnan(values)] = np.nan
    return means
