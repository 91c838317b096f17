"""Free firing: time goes by and nothing happens but what is fired by hand.

A trial is a moment of the cells' time, as short as is needed to watch it in slow motion: the speed
of a run counts trials. An epoch is a second, or as many whole moments as fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core.course import Course
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time


class FreeFiringParams(Part):
    """How time is cut into trials."""

    moment: float = parameter(
        1.0,
        "How long a trial lasts, in whole ticks; the run's speed counts trials.",
        unit="ms",
        rebuild=True,
        ge=0.01,
        le=1000,
    )


class FreeFiring(TimedTask):
    """Two silent cells and their synapse, to be fired by hand."""

    key = "free_firing"
    title = "Free firing"
    summary = "Nothing happens by itself: you make the two cells spike."
    source = "Bi & Poo 1998, J. Neurosci. 18:10464: both cells are fired at will"
    clamps = True
    Params = FreeFiringParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 1, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        moment = self.params.moment
        return in_time(np.zeros(1), 1, Silence(moment), max(1, round(1000 / moment)))


@dataclass(frozen=True)
class Silence:
    """A course of `moment` ms in which nothing is shown and nothing forced."""

    moment: float

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        return Course(max(1, round(self.moment / dt)))
