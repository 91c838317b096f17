"""Which values the colours tell apart, and values as places on a colour map."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Literal, TypeAlias

import numpy as np

from ..core.decade import round_up
from .colour import NAN, Kind

Mode: TypeAlias = Literal["fixed", "auto"]


class Levels:
    """The largest magnitude that the colours tell apart: it grows in round steps, or is pinned."""

    def __init__(self, steps: Sequence[float] = (1, 2, 5)) -> None:
        self.steps = steps  # of levels, times a power of ten
        self.mode: Mode = "fixed"
        self.peak = 0.0  # 0 until something other than zero was seen
        self.pinned = False

    def set(self, mode: Mode, value: float | None) -> None:
        self.mode, self.pinned = mode, value is not None
        self.peak = value or 0.0

    def see(self, peak: float) -> None:
        """Take note of the largest magnitude of what is to be drawn."""
        if self.pinned or not peak > 0 or not isfinite(peak):
            return
        if self.mode == "auto" or peak > self.peak:
            self.peak = round_up(peak, self.steps)


class Quantiser:
    """Turns float arrays into table indices, in buffers that it uses again."""

    def __init__(self) -> None:
        self.indices = np.empty((0, 0), np.uint8)
        self._scratch = np.empty((0, 0), np.float32)

    def peak(self, values: np.ndarray) -> float:
        """Return the largest finite magnitude of `values`, 0 where there is none."""
        if not values.size:
            return 0.0
        peak = max(-float(values.min()), float(values.max()))  # NaN and inf come through
        if isfinite(peak):
            return peak
        finite = values[np.isfinite(values)]
        return float(np.abs(finite).max()) if finite.size else 0.0

    def quantise(self, values: np.ndarray, kind: Kind, peak: float) -> np.ndarray:
        """Return uint8 (rows, cols): -peak..peak or 0..peak on 0..254, NaN on 255."""
        if self.indices.shape != values.shape:
            rows, cols = values.shape
            padded = np.zeros((rows, -(-cols // 4) * 4), np.uint8)  # QImage lines are 32-bit
            self.indices = padded[:, :cols]
            self._scratch = np.empty(values.shape, np.float32)
        scaled = self._scratch
        span, zero = (127.0, 127.5) if kind == "diverging" else (254.0, 0.5)
        np.multiply(values, span / (peak or 1.0), out=scaled, casting="unsafe")
        scaled += zero
        np.clip(scaled, 0, 254.5, out=scaled)
        if np.isnan(scaled.max(initial=0.0)):
            scaled[np.isnan(scaled)] = NAN
        np.copyto(self.indices, scaled, casting="unsafe")
        return self.indices
