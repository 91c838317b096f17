"""Burst-dependent plasticity, event by event; the rule stands in `bioviz.core.burst_plasticity`."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def follow(
    event: np.ndarray,
    trace: np.ndarray,
    events: np.ndarray,
    bursts: np.ndarray,
    spikes: np.ndarray,
    keep: np.ndarray,
) -> None:
    """Let traces (1, n) decay by a tick, and this tick's events enter the presynaptic one.

    `keep` is what is left of trace, averages and the slow average of spikes.
    """
    for i in range(event.shape[1]):
        trace[0, i] = trace[0, i] * keep[0] + event[0, i]
        events[0, i] *= keep[1]
        bursts[0, i] *= keep[1]
        spikes[0, i] *= keep[2]


@njit(cache=True, nogil=True)
def count(
    event: np.ndarray,
    burst: np.ndarray,
    spike: np.ndarray,
    events: np.ndarray,
    bursts: np.ndarray,
    spikes: np.ndarray,
    gain: np.ndarray,
) -> None:
    """Let this tick's events, bursts and spikes enter the averages, in Hz; all (1, n)."""
    for i in range(event.shape[1]):
        if spike[0, i] != 0.0:
            events[0, i] += gain[0] * event[0, i]
            bursts[0, i] += gain[0] * burst[0, i]
            spikes[0, i] += gain[1] * spike[0, i]


@njit(cache=True, nogil=True)
def learn(
    w: np.ndarray,
    mask: np.ndarray,
    pre: tuple[np.ndarray, np.ndarray],
    post: tuple[np.ndarray, ...],
    p: np.ndarray,
) -> bool:
    """Change w (post, pre) by this tick's events and bursts; False where nothing happened.

    `mask` has w's shape, or none of it. `pre` is (event, trace), `post` (event, burst, events,
    bursts, spikes), all (1, n); `p` is rate, lower bound and upper bound in Hz, largest weight.
    """
    rate, least, most, top = p[0], p[1], p[2], p[3]
    sent, trace = pre
    event, burst, events, bursts, spikes = post
    whole = mask.size == 0
    changed = False
    if least > 0.0:
        for j in range(w.shape[1]):
            if sent[0, j] != 0.0:
                for i in range(w.shape[0]):
                    lack = least - spikes[0, i]
                    if lack > 0.0 and (whole or mask[i, j] != 0.0):
                        w[i, j] = min(w[i, j] + rate * lack, top)
                        changed = True
    for i in range(w.shape[0]):
        if event[0, i] == 0.0 and burst[0, i] == 0.0:
            continue
        step = burst[0, i]
        if event[0, i] != 0.0:
            expected = bursts[0, i] / events[0, i] if events[0, i] > 0.0 else 1.0
            step -= min(expected, 1.0)
        if events[0, i] > most:
            step -= (events[0, i] - most) / events[0, i]
        step *= rate
        for j in range(w.shape[1]):
            if whole or mask[i, j] != 0.0:
                w[i, j] = min(max(w[i, j] + step * trace[0, j], 0.0), top)
        changed = True
    return changed


@njit(cache=True, nogil=True)
def tally(
    event: np.ndarray,
    burst: np.ndarray,
    current: np.ndarray,
    group: np.ndarray,
    sums: np.ndarray,
) -> None:
    """Add a tick's events, bursts and currents, all (1, n), to the sums (3, groups) by `group`.

    `current` may also be (1, 0).
    """
    with_current = current.shape[1] > 0
    for i in range(event.shape[1]):
        g = group[i]
        if event[0, i] != 0.0:
            sums[0, g] += 1.0
        if burst[0, i] != 0.0:
            sums[1, g] += 1.0
        if with_current:
            sums[2, g] += current[0, i]


@njit(cache=True, nogil=True)
def mark(spike: np.ndarray, event: np.ndarray, row: np.ndarray) -> None:
    """Put 1 into row (most,) where a cell begins an event, 2 where it spikes again, else 0.

    `spike` and `event` are (1, n); `row` has n places or fewer.
    """
    for i in range(row.size):
        row[i] = 0 if spike[0, i] == 0.0 else 1 if event[0, i] != 0.0 else 2
