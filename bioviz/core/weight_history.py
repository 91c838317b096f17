"""What a projection's weights were, at trials that lie ever farther apart."""

from __future__ import annotations

import numpy as np

from .projection import Projection

MOST_ROWS = 200  # at which every other one is dropped
MOST_WEIGHTS = 1000  # of a projection; spread evenly over those that are there


class WeightHistory:
    """Rows of weights, taken so seldom that nobody need ask for them to be taken.

    Where there are MOST_ROWS, every other one goes, and twice as many trials lie between the next.
    It belongs to whoever looks: no bit of a run depends on it, and no file holds it.
    """

    def __init__(self, path: Projection) -> None:
        self.path = path
        self.trials: list[int] = []
        self._rows: list[np.ndarray] = []
        self._counts: list[np.ndarray] = []  # of the first rows, as far as they were asked for
        self._bins = (0, 0.0)  # how many, and up to where, they were counted in
        self._apart = 1  # trials between two rows

    def note(self, trial: int) -> None:
        """Take the weights down if it is time; `trial` is about to begin."""
        if trial % self._apart:
            return
        self.trials.append(trial)
        row = self.weights()
        row.flags.writeable = False  # whoever looks back may keep it without a copy
        self._rows.append(row)
        if len(self._rows) >= MOST_ROWS:
            self._apart *= 2
            kept = [i for i, when in enumerate(self.trials) if when % self._apart == 0]
            self.trials = [self.trials[i] for i in kept]
            self._rows = [self._rows[i] for i in kept]
            self._counts = []

    def forget(self) -> None:
        """Begin anew."""
        self.trials, self._rows, self._counts, self._apart = [], [], [], 1

    def weights(self) -> np.ndarray:
        """The weights now, (n,) float32: at most MOST_WEIGHTS of those that are there."""
        path = self.path
        w = path.w.ravel() if path.mask is None else path.w[path.mask > 0]
        return w[:: max(1, -(-len(w) // MOST_WEIGHTS))].astype(np.float32)

    def capture(self) -> tuple[int, dict[int, np.ndarray]]:
        """How many trials lie between two rows, and the rows by trial: they never change."""
        return self._apart, dict(zip(self.trials, self._rows, strict=True))

    def restore(self, apart: int, rows: dict[int, np.ndarray]) -> None:
        """Take back what `capture` gave."""
        self.forget()
        self._apart, self.trials, self._rows = apart, list(rows), list(rows.values())

    def counts(self, bins: int, top: float) -> np.ndarray:
        """How many weights lay in each of `bins` between 0 and `top`, (rows, bins)."""
        if (bins, top) != self._bins:
            self._bins, self._counts = (bins, top), []
        fresh = self._rows[len(self._counts) :]
        self._counts += [np.histogram(row, bins, (0.0, top))[0] for row in fresh]
        return np.stack(self._counts) if self._counts else np.empty((0, bins), np.int64)
