"""Two cells: an electrode makes A spike and, a little later, B; or B first.

The layer that learns is the output: two cells that are connected to each other. The one input is
silent; it stands for the rest of the brain. The order may be turned by hand while the run goes on,
or by itself after so many volleys of each epoch.
Source: after Bi and Poo (1998), Journal of Neuroscience 18:10464; a design of bioviz.
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


class TwoCellsParams(Part):
    """Who spikes when."""

    lag: float = parameter(
        8.0, "Time from the first cell's spike to the second's.", unit="ms", gt=0, le=1000
    )
    order: Literal["a_first", "b_first"] = parameter(
        "a_first",
        "Which cell the electrode makes spike first: A is unit 0, B is unit 1.",
        names={"a_first": "A before B", "b_first": "B before A"},
    )
    turn_after: int = parameter(
        0,
        "Volleys of an epoch after which the other cell comes first; 0 keeps the order.",
        title="Turn the order after",
        unit="volleys",
        ge=0,
        le=1_000_000,
    )
    period: float = period()
    volleys: int = volleys(120)

    @model_validator(mode="after")
    def _in_time(self) -> TwoCellsParams:
        if 2 * self.lag > self.period:
            raise ValueError(
                f"A lag of {self.lag:g} ms is too long for volleys every {self.period:g} ms: which "
                "cell is first could not be told. Choose a shorter lag or a longer period."
            )
        return self


class TwoCells(TimedTask):
    """What comes first is taken for the cause."""

    key = "two_cells"
    title = "Two cells, one before the other"
    summary = "An electrode makes cell A spike, then cell B, again and again; or the other way."
    source = "After Bi & Poo 1998, J. Neurosci. 18:10464"
    clamps = True
    input_unit = "spike_source"
    Params = TwoCellsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 1, 2

    @staticmethod
    def trial_length(params: Any) -> float:
        return float(params.period)

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        return driven(2, Electrodes(self.params), self.params.volleys)


@dataclass(frozen=True)
class Electrodes:
    """One spike of each cell, in the middle of the trial."""

    params: TwoCellsParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The volley of the first of these rows, the same in the whole batch."""
        params = self.params
        ticks, lag = max(2, round(params.period / dt)), max(1, round(params.lag / dt))
        turned = bool(params.turn_after) and int(rows[0]) >= params.turn_after
        a_first = (params.order == "a_first") != turned
        start = (ticks - lag) // 2
        times = np.array([start, start + lag] if a_first else [start + lag, start])
        return Course(ticks, clamp=Moments(times, len(rows)))
