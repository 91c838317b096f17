"""What one layer did over a stretch of time: its spikes, and which go on with a burst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.request_spikes import RasterReply


@dataclass(frozen=True)
class Band:
    """What one layer did."""

    layer: str
    reply: RasterReply

    @property
    def units(self) -> int:
        """Of how many units there are spikes."""
        return int(self.reply.spikes.shape[1])

    def rate(self) -> float:
        """Spikes a second of a unit, over what is known."""
        spikes, dt = self.reply.spikes, self.reply.dt
        return float(spikes.mean()) * 1000 / dt if spikes.size else 0.0

    def count(self, unit: int) -> int:
        return int(self.reply.spikes[:, unit].sum())

    def goes_on(self, rows: np.ndarray, units: np.ndarray) -> np.ndarray:
        """Which of these spikes, each (n,), go on with a burst; `rows` may count from the end."""
        if self.reply.further is None:
            return np.zeros(len(rows), bool)
        going_on: np.ndarray = self.reply.further[rows, units]
        return going_on

    def say(self, unit: int, back: int) -> str:
        """What a unit did `back` ticks before the last."""
        reply = self.reply
        if back >= len(reply.spikes) or not reply.spikes[-1 - back, unit]:
            return "no spike"
        on = reply.further is not None and reply.further[-1 - back, unit]
        return "spike that goes on with a burst" if on else "spike"
