"""Softmax unit: rates that compete and sum to one."""

from __future__ import annotations

import numpy as np

from ..core.unit import Unit


class Softmax(Unit):
    """y_i = exp(a_i) / sum_j exp(a_j); the slope is a matrix, so errors are pulled as a whole."""

    key = "softmax"
    title = "Softmax"
    help = "Activities compete and sum to 1: the probability of each class. For output layers."
    signed = False
    probable = True
    elementwise = False

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.subtract(drive, np.maximum.reduce(drive, axis=1, keepdims=True), out=out)
        np.exp(out, out=out)
        out /= np.add.reduce(out, axis=1, keepdims=True)
        return out

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        """The diagonal of the Jacobian, y (1 - y): each unit's own slope, for showing."""
        np.subtract(1, rate, out=out)
        out *= rate
        return out

    def pull(self, error: np.ndarray, rate: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        """error_i <- y_i (error_i - sum_j error_j y_j)."""
        np.multiply(error, rate, out=scratch)
        error -= scratch.sum(axis=1, keepdims=True)
        error *= rate
        return error
