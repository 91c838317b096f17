"""The times between spikes, added up as they come; see `bioviz.core.spike_account`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def take_gaps(
    spike: np.ndarray,
    last: np.ndarray,
    gaps: np.ndarray,
    total: np.ndarray,
    square: np.ndarray,
    tick: int,
) -> int:
    """Where `spike` is above 0, add the ticks since the `last` one, if there was one (not below 0).

    All arrays are (batch, n) and change in place. Returns how many units spike.
    """
    spikes = 0
    for b in range(spike.shape[0]):
        for i in range(spike.shape[1]):
            if spike[b, i] > 0:
                spikes += 1
                if last[b, i] >= 0:
                    gap = tick - last[b, i]
                    gaps[b, i] += 1
                    total[b, i] += gap
                    square[b, i] += gap * gap
                last[b, i] = tick
    return spikes
