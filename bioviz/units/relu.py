"""ReLU unit: silent below zero, linear above."""

from __future__ import annotations

import numpy as np

from ..core.unit import Unit


class ReLU(Unit):
    """y = max(0, a), slope 1 where y > 0, else 0."""

    key = "relu"
    title = "ReLU"
    help = "Silent below zero and linear above it, like a rectified firing rate."
    signed = False

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.maximum(drive, 0, out=out)
        return out

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.greater(rate, 0, out=out, casting="unsafe")
        return out
