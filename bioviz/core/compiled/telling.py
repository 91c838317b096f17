"""Events and bursts told apart; what they are stands in `bioviz.core.two_compartment`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(inline="always")
def tell(
    since: np.ndarray,
    fresh: np.ndarray,
    event: np.ndarray,
    burst: np.ndarray,
    i: int,
    gap: float,
) -> None:
    """Tell what the spike of unit i is, by the ms `since` its last one; all arrays are (n,)."""
    if since[i] > gap:
        event[i] = fresh[i] = 1.0
    elif fresh[i] == 1.0:
        burst[i] = 1.0
        fresh[i] = 0.0
    since[i] = 0.0


@njit(cache=True, nogil=True)
def tell_apart(
    spike: np.ndarray,
    since: np.ndarray,
    fresh: np.ndarray,
    event: np.ndarray,
    burst: np.ndarray,
    dt: float,
    gap: float,
) -> None:
    """Tell events and bursts of a layer from its spikes; all (batch, n), `dt` and `gap` in ms."""
    for b in range(spike.shape[0]):
        for i in range(spike.shape[1]):
            since[b, i] += dt
            event[b, i] = burst[b, i] = 0.0
            if spike[b, i] != 0.0:
                tell(since[b], fresh[b], event[b], burst[b], i, gap)
