"""Chain: an electrode makes cells spike one after the other, and later only the first of them.

The layer that learns is the output, whose cells are connected to each other. The one input is
silent; it stands for the rest of the brain. Every so often, or for as long as one likes, the first
cell is stimulated alone: a network that has learned the sequence goes on by itself.
Source: a design of bioviz, after the sequences of Abbott and Blum (1996), Cerebral Cortex 6:406.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from ..core.course import Course, Moments
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, driven, period, volleys


class ChainParams(Part):
    """How many cells, how fast one after the other, and how often the first alone."""

    cells: int = parameter(10, "Cells in the sequence.", rebuild=True, ge=2, le=1000)
    interval: float = parameter(
        5.0, "Time from one cell's spike to the next one's.", unit="ms", gt=0, le=1000
    )
    stimulate: Literal["all", "first"] = parameter(
        "all",
        "What the electrodes do: play the whole sequence, or stimulate the first cell alone.",
        names={"all": "All cells in turn", "first": "The first cell alone"},
    )
    test_every: int = parameter(
        10,
        "Every so many volleys the first cell is stimulated alone; 0 never.",
        title="First cell alone every",
        unit="volleys",
        ge=0,
        le=1_000_000,
    )
    period: float = period()
    volleys: int = volleys(100)

    @model_validator(mode="after")
    def _in_time(self) -> ChainParams:
        needs = self.cells * self.interval
        if needs > self.period:
            raise ValueError(
                f"{self.cells:,} cells {self.interval:g} ms apart need {needs:g} ms, more than the "
                f"period of {self.period:g} ms. Choose a longer period, or fewer or faster cells."
            )
        return self


class Chain(TimedTask):
    """A sequence that is shown until it runs by itself."""

    key = "chain"
    title = "A sequence of cells"
    summary = "Electrodes make cells spike in turn, until the first alone sets off the others."
    source = "After Abbott & Blum 1996, Cereb. Cortex 6:406"
    clamps = True
    input_unit = "spike_source"
    Params = ChainParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 1, params.cells

    @staticmethod
    def trial_length(params: Any) -> float:
        return float(params.period)

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        return driven(self.params.cells, Electrodes(self.params), self.params.volleys)


@dataclass(frozen=True)
class Electrodes:
    """A spike of every cell in turn, or of the first alone."""

    params: ChainParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The volley of the first of these rows, the same in the whole batch."""
        params = self.params
        ticks = max(1, round(params.period / dt))
        times = np.rint(np.arange(params.cells) * params.interval / dt).astype(int)
        if params.stimulate == "first" or self._tests(int(rows[0])):
            times[1:] = -1
        return Course(ticks, clamp=Moments(times, len(rows)))

    def _tests(self, volley: int) -> bool:
        every = self.params.test_every
        return bool(every) and (volley + 1) % every == 0
