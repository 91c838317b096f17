"""Nonlinear teacher: copy a fixed random tanh network; two hidden layers do it better than one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent

HELD_OUT = 5000  # as in the paper


class NonlinearTeacherParams(Part):
    """The teacher's size, how far from linear it is, and how many examples of it are shown."""

    inputs: int = parameter(30, "Numbers in one input.", rebuild=True, ge=1, le=10_000)
    first: int = parameter(
        20, "Units of the teacher's first hidden layer.", rebuild=True, ge=1, le=10_000
    )
    second: int = parameter(
        10, "Units of the teacher's second hidden layer.", rebuild=True, ge=1, le=10_000
    )
    outputs: int = parameter(10, "Numbers in one target.", rebuild=True, ge=1, le=10_000)
    gain: float = parameter(
        3.0,
        "How hard the teacher drives its tanh units: small is nearly linear, large nearly steps.",
        rebuild=True,
        gt=0,
        le=20,
    )
    examples: int = parameter(
        100_000, "Training examples, shown in one fixed order.", rebuild=True, ge=1, le=1_000_000
    )


class NonlinearTeacher(Task):
    """t = W2 tanh(W1 tanh(W0 x + b0) + b1) + b2 with x ~ N(0, 1); 30-20-10-10 in the paper.

    Its weights are N(0, gain^2 / n_in), its output's N(0, 1 / n_in), its biases N(0, 1/4); the
    paper does not give their distribution, only that a second hidden layer clearly helps.
    """

    key = "nonlinear_teacher"
    title = "Nonlinear teacher"
    summary = (
        "Copy a fixed random tanh network (30-20-10-10); two hidden layers do better than one."
    )
    source = "Lillicrap et al. 2016, Nat. Commun. 7:13276, task 3"
    classes = False
    Params = NonlinearTeacherParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, params.outputs

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        stream = streams.fresh("data")
        params = self.params
        sizes = (params.inputs, params.first, params.second, params.outputs)
        gains = (params.gain, params.gain, 1.0)
        teacher = [
            _draw(pre, post, gain, stream)
            for pre, post, gain in zip(sizes, sizes[1:], gains, strict=False)
        ]
        return Dataset(
            train=_taught(teacher, params.examples, stream),
            test=_taught(teacher, HELD_OUT, stream),
            shuffle=False,
        )


Map = tuple[np.ndarray, np.ndarray]  # weights (post, pre) and biases (post,)


def _draw(pre: int, post: int, gain: float, stream: np.random.Generator) -> Map:
    weights = stream.standard_normal((post, pre)) * gain / np.sqrt(pre)
    return weights, stream.standard_normal(post) * 0.5


def _taught(teacher: list[Map], count: int, stream: np.random.Generator) -> Examples:
    x = stream.standard_normal((count, teacher[0][0].shape[1]), np.float32)
    h = x
    for place, (weights, biases) in enumerate(teacher):
        h = h @ weights.T.astype(np.float32) + biases.astype(np.float32)
        if place < len(teacher) - 1:
            np.tanh(h, out=h)
    return Examples(x, h.shape[1], targets=h)
