"""Traces of single units and synapses over the raster's stretch of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .word import number


@dataclass(frozen=True)
class Track:
    """One row: values (n,) and spikes (n,), the latest last, from `low` to `high`.

    `level` is a dashed line, as the threshold; spikes stand above it as tall marks. Behind the
    values others may lie, of the same unit, thin and grey.
    """

    title: str
    quantity: str  # what the values are, with their unit
    values: np.ndarray | None
    spikes: np.ndarray | None
    low: float
    high: float
    level: float | None = None
    colour: int = 0
    unit: str = ""
    behind: np.ndarray | None = None
    behind_name: str = ""

    def say(self, back: int) -> str:
        """The value `back` ticks before the last, in words; "" where it is not known."""
        words = []
        named = ((self.quantity, self.values), (self.behind_name, self.behind))
        for name, values in named:
            if values is not None and back < len(values):
                words.append(f"{name} {number(float(values[-1 - back]), 4)} {self.unit}".strip())
        if self.spikes is not None and back < len(self.spikes) and self.spikes[-1 - back]:
            words.append("spike")
        return f"{self.title}: {', '.join(words)}" if words else ""
