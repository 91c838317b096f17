"""The window of a rule that goes by the timing of spikes: what it makes of a pair at each lag."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, inf

import numpy as np

from .spike_plasticity import SpikePlasticity
from .spiking import State

MOST_PAIRINGS = 500
STEADY = 10.0  # of the slowest time constants, after which traces stand still
TAIL = 4.0  # time constants of the pair's traces that a window shows


def reach(rule: SpikePlasticity) -> float:
    """How far a window is worth showing either way, in ms."""
    slowest = max(rule.tau(next(iter(names))) for names in (rule.below, rule.above))
    return 10.0 * ceil(TAIL * slowest / 10)


class Bench:
    """Pairs of cells on paper; the rule's own verbs say what becomes of a weight between them.

    Each lag has a pair of its own, side by side as a layer's units. The weight is held still, so
    that what is told belongs to that weight.
    """

    def __init__(self, rule: SpikePlasticity, lags: np.ndarray) -> None:
        self._rule = rule
        self._lags = lags
        self._units = np.arange(len(lags))
        self._pre, self._post = (_silent(names, len(lags)) for names in (rule.below, rule.above))

    def change(self, weight: float, frequency: float = 0.0) -> np.ndarray:
        """The weight's change (n,) by one pairing at each lag t_post - t_pre (n,), in ms.

        `frequency` is of pairings a second that have gone on for long; 0 is one pair alone. NaN
        where pairings would overlap. A lag of 0 is two spikes in one tick, which the rule's
        `coincident` says what to make of.
        """
        for state in (self._pre, self._post):
            for trace in state.values():
                trace.fill(0)
        period = 1000 / frequency if frequency else inf
        gap = np.abs(self._lags)
        rest = np.maximum(period - gap, 0)
        for _ in range(self._pairings(period)):
            self._fade(rest)
            total = self._spike(self._lags >= 0, self._lags <= 0, weight)
            self._fade(gap)
            total += self._spike(self._lags < 0, self._lags > 0, weight)
        return np.where(gap < period, total, np.nan)

    def _pairings(self, period: float) -> int:
        """After how many pairings the next one brings what all later ones do."""
        slowest = max(self._rule.tau(name) for name in (*self._pre, *self._post))
        return min(MOST_PAIRINGS, 1 + ceil(STEADY * slowest / period))

    def _fade(self, time: np.ndarray) -> None:
        for state in (self._pre, self._post):
            for name, trace in state.items():
                tau = self._rule.tau(name)
                trace *= np.exp(-time / tau) if tau > 0 else 0.0

    def _spike(self, below: np.ndarray, above: np.ndarray, weight: float) -> np.ndarray:
        """The weights' changes (n,) as the lower or the upper cells spike, each a mask (n,)."""
        rule, pre, post = self._rule, self._pre, self._post
        fall = rule.lowering(pre, self._units) * post[next(iter(post))]
        if rule.lower_first:
            self._take(pre, below)
        rise = rule.raising(post, self._units) * pre[next(iter(pre))]
        if not rule.lower_first:
            self._take(pre, below)
        self._take(post, above)
        w = np.full_like(fall, weight)
        step = rule.rising(w, rise) * above - rule.falling(w, fall) * below
        changes: np.ndarray = step[0]
        return changes

    def _take(self, state: State, spiked: np.ndarray) -> None:
        """Let spikes of the cells that are told by a mask (n,) enter the traces of one side."""
        nearest = self._rule.params.interaction == "nearest"
        for trace in state.values():
            trace[:, spiked] = 1 if nearest else trace[:, spiked] + 1


def _silent(names: Iterable[str], count: int) -> State:
    return {name: np.zeros((1, count)) for name in names}
