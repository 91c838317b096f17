"""Linear unit: the rate is the drive."""

from __future__ import annotations

import numpy as np

from ..core.unit import Unit


class Linear(Unit):
    """y = a."""

    key = "linear"
    title = "Linear"
    source = True
    help = "The activity is the input itself; a chain of linear layers is one linear map."

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        np.copyto(out, drive)
        return out

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        out.fill(1)
        return out

    def pull(self, error: np.ndarray, rate: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        return error
