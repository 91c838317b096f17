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
    causes. Where the rule counts them as the lower cell's first, `lower_first`, they are pairs with
    a lag of 0, told with all that the weight did. Of a batch it sees the first example. Nothing in
    the run depends on it.
    """

    def __init__(self, path: Projection) -> None:
        self.path = path
        self.asked = 0  # the tick when somebody last wanted it
        self.lower_first = False  # as the rule has it
        there = np.arange(path.w.size) if path.mask is None else np.flatnonzero(path.mask)
        step = max(1, -(-len(there) // MOST_SYNAPSES))
        self.rows, self.columns = np.divmod(there[::step], path.w.shape[1])
        self._pre_last = np.full(len(self.columns), NEVER)  # ticks of the latest spikes
        self._post_last = np.full(len(self.columns), NEVER)
        self.renew()
        self._found = np.zeros((MOST_PAIRS, 2))
        self._count = 0

    def renew(self) -> None:
        """Take the weights as they are: whatever moved them meanwhile was no spike."""
        self._before = self.path.w[self.rows, self.columns].astype(np.float64)

    def note(self, tick: int) -> None:
        """Take down what happened in the tick that is just over."""
        pre = self.path.pre.state["spike"][0].take(self.columns) > 0
        post = self.path.post.state["spike"][0].take(self.rows) > 0
        both = pre & post
        self._take((pre > both).nonzero()[0], self._post_last, tick, -1)
        if self.lower_first:
            self._pre_last[pre] = tick
            self._take(post.nonzero()[0], self._pre_last, tick, 1)
        else:
            self._follow(both.nonzero()[0])
            self._take((post > both).nonzero()[0], self._pre_last, tick, 1)
            self._pre_last[pre] = tick
        self._post_last[post] = tick

    def pairs(self) -> np.ndarray:
        """The latest pairs (n, 2): lag t_post - t_pre in ticks, and the change of the weight."""
        kept = min(self._count, MOST_PAIRS)
        return self._found[np.arange(self._count - kept, self._count) % MOST_PAIRS]

    def capture(self) -> tuple[dict[str, int | bool], dict[str, np.ndarray]]:
        """All that it holds, as plain numbers and arrays by name."""
        facts = {"asked": self.asked, "count": self._count, "lower_first": self.lower_first}
        found = self._found[: min(self._count, MOST_PAIRS)]
        before = {"before": self._before, "pre": self._pre_last, "post": self._post_last}
        return facts, {"found": found, **before}

    def restore(self, facts: dict[str, int | bool], arrays: dict[str, np.ndarray]) -> None:
        """Take back what `capture` gave."""
        self.asked, self._count = facts["asked"], facts["count"]
        self.lower_first = bool(facts["lower_first"])
        self._found[: len(arrays["found"])] = arrays["found"]
        self._before[...] = arrays["before"]
        self._pre_last[...], self._post_last[...] = arrays["pre"], arrays["post"]

    def _take(self, spiked: np.ndarray, last: np.ndarray, tick: int, sign: int) -> None:
        """Note synapses of which one cell spiked, `last` being the other cell's latest spikes."""
        if not len(spiked):
            return
        change = self._follow(spiked)
        lags = tick - last[spiked]
        met = (lags < -NEVER // 2).nonzero()[0]  # the other has spiked before, too
        places = np.arange(self._count, self._count + len(met)) % MOST_PAIRS
        self._found[places, 0] = sign * lags[met]
        self._found[places, 1] = change[met]
        self._count += len(met)

    def _follow(self, some: np.ndarray) -> np.ndarray:
        """By how much some weights have changed since they were last looked at."""
        now = self.path.w[self.rows[some], self.columns[some]]
        change: np.ndarray = now - self._before[some]
        self._before[some] = now
        return change
