"""Events and bursts told apart; what they are stands in `bioviz.core.two_compartment`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(inline="always")
def tell(
    fired: bool,
    since: np.ndarray,
    fresh: np.ndarray,
    event: np.ndarray,
    burst: np.ndarray,
    b: int,
    i: int,
    gap: float,
) -> None:
    """Tell what unit i of example b did in this tick, by the ms `since` its last spike."""
    event[b, i] = burst[b, i] = 0.0
    if not fired:
        return
    if since[b, i] > gap:
        event[b, i] = fresh[b, i] = 1.0
    elif fresh[b, i] == 1.0:
        burst[b, i] = 1.0
        fresh[b, i] = 0.0
    since[b, i] = 0.0


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
            fired = spike[b, i] != 0.0
            tell(fired, since, fresh, event, burst, b, i, gap)
