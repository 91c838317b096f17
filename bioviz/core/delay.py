"""A delay line: what a layer has sent of late, kept until it arrives."""

from __future__ import annotations

import numpy as np


class DelayLine:
    """The spikes of the last `depth` ticks, `kept` (batch, depth, n), written over in turn."""

    def __init__(self, batch: int, depth: int, like: np.ndarray) -> None:
        self.depth = depth
        self.kept = np.zeros((batch, depth, like.shape[1]), like.dtype)

    def ago(self, tick: int, delay: int) -> np.ndarray:
        """What was sent `delay` ticks before `tick`, (batch, n); 1 <= delay <= depth."""
        past: np.ndarray = self.kept[:, (tick - delay) % self.depth]
        return past

    def put(self, tick: int, sent: np.ndarray) -> None:
        """Keep what is sent (batch, n) at `tick`; called once everything due has been read."""
        self.kept[:, tick % self.depth] = sent
