"""Requests that bring an input along, or fetch one: what the network says to a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .measure import decide
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Ask(Request):
    """The network's answer (n_out,) to one input that no data set holds; training goes on.

    `pixels` are the input as float32, in bytes so that requests compare by value. None where the
    network has another number of inputs: it was rebuilt since the question was put.
    """

    pixels: bytes
    index: int = 0

    @classmethod
    def about(cls, picture: np.ndarray) -> Ask:
        """Ask about an input of any shape."""
        return cls(np.ascontiguousarray(picture, np.float32).tobytes())

    def read(self, experiment: Experiment) -> np.ndarray | None:
        x = np.frombuffer(self.pixels, np.float32)
        if len(x) != experiment.net.input.size:
            return None
        answer: np.ndarray = experiment.answer(x[None].astype(experiment.net.dtype))[0]
        return answer


@dataclass(frozen=True)
class ExampleReply:
    """One held-out input (n_in,), its class where the task has classes, and its place."""

    input: np.ndarray
    label: int | None
    row: int


@dataclass(frozen=True)
class HeldOut(Request):
    """The held-out example at a place; places go round, so that there is always a next one."""

    row: int
    index: int = 0

    def read(self, experiment: Experiment) -> ExampleReply:
        data, row = experiment.data, self.row % len(experiment.data.test)
        x, t = data.test.read(slice(row, row + 1), experiment.net.dtype)
        label = int(decide(t)[0]) if experiment.classes else None
        return ExampleReply(x[0].copy(), label, row)
