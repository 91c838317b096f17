"""XOR: answer 1 when exactly one of two inputs is on."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent


class XorParams(Part):
    """How blurred the four corners are."""

    noise: float = parameter(
        0.1,
        "Standard deviation of the blur around each corner.",
        symbol="σ",
        rebuild=True,
        ge=0,
        le=2,
    )
    examples: int = parameter(
        200, "Training points over the four corners.", rebuild=True, ge=4, le=100_000
    )


class Xor(Task):
    """The smallest task that one layer cannot learn; off is -1 and on is 1."""

    key = "xor"
    title = "XOR"
    summary = "Answer 1 when exactly one of two inputs is on; one layer cannot."
    source = "Minsky & Papert 1969, Perceptrons"
    Params = XorParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 2, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        stream = streams.fresh("data")
        return Dataset(
            train=_corners(self.params.examples, self.params.noise, stream),
            test=_corners(200, self.params.noise, stream),
            classes=("same", "different"),
            plane=(-1.75, 1.75, -1.75, 1.75),
        )


def _corners(count: int, noise: float, stream: np.random.Generator) -> Examples:
    which = np.arange(count) % 4
    bits = np.stack([which % 2, which // 2], axis=1)
    points = 2.0 * bits - 1 + noise * stream.standard_normal((count, 2))
    return Examples(points.astype(np.float32), 1, labels=(bits[:, 0] ^ bits[:, 1]))
