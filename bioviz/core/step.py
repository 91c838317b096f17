"""The last weight step of a projection: kept as what it was made of, written for who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .projection import Projection

Made = tuple[np.ndarray, np.ndarray, float]  # post (batch, n_post), pre (batch, n_pre) and a rate


class LastStep:
    """What the last trial itself asked of the weights: rate * post^T pre, the step's `made`.

    Decay and what momentum carries over are left out; it is zero before the first step and while
    the projection is frozen. Writing it costs as much as learning, so nobody does it unasked.
    """

    def __init__(self, projection: Projection) -> None:
        self.made: Made | None = None
        self._of = projection
        self._dw: np.ndarray | None = None
        self._written: Made | None = None  # the step that `_dw` holds
        self._before: np.ndarray | None = None  # `w` as the trial found it, where it learns in time

    def read(self) -> np.ndarray:
        """The step (post, pre), written where it has not been yet; not copied."""
        if self._dw is None:
            self._dw = np.zeros_like(self._of.w)
        if self._before is not None:
            np.subtract(self._of.w, self._before, out=self._dw)
            return self._dw
        made = None if self._of.frozen else self.made
        if made is not self._written:
            if made is None:
                self._dw.fill(0)
            else:
                self._write(self._dw, *made)
            self._written = made
        return self._dw

    def nudged(self, step: np.ndarray, rate: float) -> None:
        """The weights moved by rate * step (post, pre), which is made of nothing else."""
        self.made = None
        if self._dw is not None:
            np.multiply(step, step.dtype.type(rate), out=self._dw)

    def missed(self) -> None:
        """A frozen projection stayed as it is."""
        self.made = None
        if self._dw is not None:
            self._dw.fill(0)

    def release(self) -> None:
        """Let the layers overwrite the last step's activities; they are kept apart once watched."""
        if self._dw is None:
            self.made = None
        elif self.made is not None and self.made is not self._written:
            post, pre, rate = self.made
            self.made = (post.copy(), pre.copy(), rate)

    def begin_trial(self) -> None:
        """Let it be all that changes from here on: for rules that learn many times a trial."""
        if self._dw is not None:
            self._before = self._of.w.copy()

    @property
    def watched(self) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The step where it is made of nothing that is known, and `w` as the trial found it.

        None where nobody has looked. Not copied.
        """
        told = self._dw is None or self._before is not None or self.made is not None
        return None if told else self.read(), self._before

    def put(self, made: Made | None, dw: np.ndarray | None, before: np.ndarray | None) -> None:
        """Have it say what it said once: made of that, as it was, or from `w` at the beginning."""
        self.made, self._written = made, None
        self._dw, self._before = dw, before

    def _write(self, dw: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float) -> None:
        np.matmul(post.T, pre, out=dw)
        dw *= rate
        if self._of.mask is not None:
            dw *= self._of.mask
