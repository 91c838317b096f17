"""Scalar map: multiply one number by a constant, the task of the smallest network there is."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent

COUNT = 100  # training examples: an epoch of +1, -1, +1, ...


class ScalarMapParams(Part):
    """The constant to multiply by."""

    target: float = parameter(
        1.0,
        "What the input is to be multiplied by.",
        symbol="T",
        rebuild=True,
        ge=-3,
        le=3,
    )


class ScalarMap(Task):
    """t = T x with x = +1 and -1 in turn, so that <x^2> = 1 in every batch.

    A linear 1-1-1 network solves it wherever W1 W2 = T. Held-out inputs lie between -2 and 2, and
    are never +1 or -1.
    """

    key = "scalar_map"
    title = "Scalar map"
    summary = "Multiply one number by a constant: for networks of two weights."
    source = "Lillicrap et al. 2016, Nat. Commun. 7:13276, the 1-1-1 network of fig. 3"
    classes = False
    Params = ScalarMapParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 1, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        shown = np.where(np.arange(COUNT) % 2, -1.0, 1.0)
        held_out = np.linspace(-1.9, 1.9, 20)
        return Dataset(train=self._mapped(shown), test=self._mapped(held_out), shuffle=False)

    def _mapped(self, x: np.ndarray) -> Examples:
        inputs = x.astype(np.float32)[:, None]
        return Examples(inputs, 1, targets=np.float32(self.params.target) * inputs)
