"""Spike pairs as they happen: which lag came before which change of which weight."""

from __future__ import annotations

import numpy as np

from .projection import Projection

MOST_SYNAPSES = 256  # of a projection; spread evenly over those that are there
MOST_PAIRS = 2000  # the latest
NEVER = -(2**60)  # a tick long before the first


class PairWatch:
    """Watches a projection's synapses from outside, after every tick, while somebody looks.

    At a spike of one cell it takes down the lag to the other's latest earlier spike and by how much
    the weight has changed. Ticks in which both cells spike are left out: their change has two
    causes. Of a batch it sees the first example. Nothing in the run depends on it.
    """

    def __init__(self, path: Projection) -> None:
        self.path = path
        self.asked = 0  # the tick when somebody last wanted it
        there = np.arange(path.w.size) if path.mask is None else np.flatnonzero(path.mask)
        step = max(1, -(-len(there) // MOST_SYNAPSES))
        self.rows, self.columns = np.divmod(there[::step], path.w.shape[1])
        self._pre_last = np.full(len(self.columns), NEVER)  # ticks of the latest spikes
        self._post_last = np.full(len(self.columns), NEVER)
        self._before = self._weights()
        self._found = np.zeros((MOST_PAIRS, 2))
        self._count = 0

    def note(self, tick: int) -> None:
        """Take down what happened in the tick that is just over."""
        pre = self._spikes(self.path.pre.state, self.columns)
        post = self._spikes(self.path.post.state, self.rows)
        if pre.any() or post.any():
            now = self._weights()
            self._take(pre & ~post, self._post_last - tick, now)
            self._take(post & ~pre, tick - self._pre_last, now)
            self._before = now
            self._pre_last[pre] = tick
            self._post_last[post] = tick

    def pairs(self) -> np.ndarray:
        """The latest pairs (n, 2): lag t_post - t_pre in ticks, and the change of the weight."""
        kept = min(self._count, MOST_PAIRS)
        return self._found[np.arange(self._count - kept, self._count) % MOST_PAIRS]

    def _take(self, spiked: np.ndarray, lags: np.ndarray, now: np.ndarray) -> None:
        spiked = spiked & (np.abs(lags) < -NEVER // 2)  # the other has spiked before, too
        fresh = np.stack([lags[spiked], (now - self._before)[spiked]], axis=1)
        places = np.arange(self._count, self._count + len(fresh)) % MOST_PAIRS
        self._found[places] = fresh
        self._count += len(fresh)

    def _weights(self) -> np.ndarray:
        weights: np.ndarray = self.path.w[self.rows, self.columns].astype(np.float64)
        return weights

    @staticmethod
    def _spikes(state: dict[str, np.ndarray], units: np.ndarray) -> np.ndarray:
        spiked: np.ndarray = state["spike"][0, units] > 0
        return spiked
