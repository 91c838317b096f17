"""Two moons: two interleaved half circles in the plane, one class each."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent


class TwoMoonsParams(Part):
    """How many points, and how blurred."""

    examples: int = parameter(
        400, "Training points, half in each moon.", rebuild=True, ge=4, le=100_000
    )
    noise: float = parameter(
        0.12, "Standard deviation of the blur.", symbol="σ", rebuild=True, ge=0, le=2
    )


class TwoMoons(Task):
    """No straight line parts the classes, so a hidden layer must learn."""

    key = "two_moons"
    title = "Two moons"
    summary = "Two interleaved half circles; no straight line parts them."
    source = "A common test set for classifiers that bend."
    Params = TwoMoonsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 2, 2

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        stream = streams.fresh("data")
        return Dataset(
            train=_moons(self.params.examples, self.params.noise, stream),
            test=_moons(400, self.params.noise, stream),
            classes=("upper moon", "lower moon"),
            plane=(-2.0, 2.0, -1.5, 1.5),
        )


def _moons(count: int, noise: float, stream: np.random.Generator) -> Examples:
    labels = np.arange(count) % 2
    along = stream.uniform(0, np.pi, count)
    upper = np.stack([np.cos(along) - 0.5, np.sin(along) - 0.25], axis=1)
    points = np.where(labels[:, None] == 0, upper, -upper)
    points = points + noise * stream.standard_normal(points.shape)
    return Examples(points.astype(np.float32), 2, labels=labels)
