"""Linear teacher: copy a fixed random linear map, as in the first task of Lillicrap et al."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent


class LinearTeacherParams(Part):
    """The map's size, and how many examples of it are shown."""

    inputs: int = parameter(30, "Numbers in one input.", rebuild=True, ge=1, le=10_000)
    outputs: int = parameter(10, "Numbers in one target.", rebuild=True, ge=1, le=10_000)
    examples: int = parameter(
        2000, "Training examples, shown in one fixed order.", rebuild=True, ge=1, le=1_000_000
    )


class LinearTeacher(Task):
    """t = T x with T ~ U[-1, 1] and x ~ N(0, 1); 30 inputs and 10 outputs in the paper."""

    key = "linear_teacher"
    title = "Linear teacher"
    summary = "Copy a fixed random linear map (30 inputs, 10 outputs)."
    source = "Lillicrap et al. 2016, Nat. Commun. 7:13276, task 1"
    classes = False
    Params = LinearTeacherParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, params.outputs

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        stream = streams.fresh("data")
        params = self.params
        teacher = stream.uniform(-1, 1, (params.outputs, params.inputs))
        return Dataset(
            train=_taught(teacher, params.examples, stream),
            test=_taught(teacher, 1000, stream),
            shuffle=False,
        )


def _taught(teacher: np.ndarray, count: int, stream: np.random.Generator) -> Examples:
    x = stream.standard_normal((count, teacher.shape[1]))
    t = x @ teacher.T
    return Examples(x.astype(np.float32), len(teacher), targets=t.astype(np.float32))
