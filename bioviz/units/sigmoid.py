"""Sigmoid unit: a rate between 0 and 1."""

from __future__ import annotations

import numpy as np

from ..core.unit import Unit


class Sigmoid(Unit):
    """y = 1 / (1 + exp(-a)), slope y (1 - y).

    It is computed as (1 + tanh(a / 2)) / 2, which never overflows.
    """

    key = "sigmoid"
    title = "Sigmoid"
    help = "Activity between 0 and 1, like a firing rate or the probability of a class."
    signed = False
    probable = True

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.multiply(drive, 0.5, out=out)
        np.tanh(out, out=out)
        out += 1
        out *= 0.5
        return out

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.subtract(1, rate, out=out)
        out *= rate
        return out
