"""Tanh unit: a rate between -1 and 1."""

from __future__ import annotations

import numpy as np

from ..core.unit import Unit


class Tanh(Unit):
    """y = tanh(a), slope 1 - y^2."""

    key = "tanh"
    title = "Tanh"
    help = "Activity between -1 and 1, steepest at zero; a good default for hidden layers."

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.tanh(drive, out=out)
        return out

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.multiply(rate, rate, out=out)
        np.subtract(1, out, out=out)
        return out
