"""Poisson groups: many inputs at given rates, of which some may spike together.

The correlated inputs follow one hidden train: at each of its spikes each of them spikes with
probability c, so that any two have correlation c and none spikes more often than it should.
Source: Song, Miller and Abbott (2000), Nature Neuroscience 3:919; for correlated inputs, Kuhn,
Aertsen and Rotter (2003), Neural Computation 15:67.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import model_validator

from ..core.course import Course
from ..core.parameter import Part, parameter
from ..core.registry import TASKS
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec


class PoissonGroupsParams(Part):
    """How many inputs, how fast, and how many of them together."""

    inputs: int = parameter(1000, "Number of inputs.", rebuild=True, ge=1, le=100_000)
    rate: float = parameter(15.0, "Spikes a second of every input.", unit="Hz", ge=0, le=1000)
    correlated: int = parameter(
        0,
        "How many inputs, the first ones, tend to spike together.",
        title="Correlated inputs",
        ge=0,
        le=100_000,
    )
    correlation: float = parameter(
        0.2,
        "How strongly: the correlation of any two of them.",
        symbol="c",
        gt=0,
        le=1,
    )
    length: float = parameter(
        100.0,
        "How long a trial lasts; activity goes on from one to the next.",
        title="Trial length",
        unit="ms",
        gt=0,
        le=100_000,
    )
    trials: int = parameter(1000, "Trials in an epoch.", rebuild=True, ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _some(self) -> PoissonGroupsParams:
        if self.correlated > self.inputs:
            raise ValueError(
                f"{self.correlated:,} correlated inputs of {self.inputs:,} there cannot be. "
                "Choose fewer, or more inputs."
            )
        return self


class PoissonGroups(TimedTask):
    """Random spikes without end; what a cell makes of them is its own doing."""

    key = "poisson_groups"
    title = "Poisson inputs"
    summary = "Many inputs spike at random; some of them may spike together."
    source = "Song, Miller & Abbott 2000, Nat. Neurosci. 3:919"
    apart = False
    input_unit = "poisson"
    Params = PoissonGroupsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 1

    @staticmethod
    def trial_length(params: Any) -> float:
        return float(params.length)

    @staticmethod
    def largest(params: Any) -> float:
        return float(params.rate)

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        params: Any = spec.task.params(TASKS)
        often = params.rate * spec.network.dt / 1000  # a spike in so many of the ticks
        if not params.correlated or often <= params.correlation or often > 1:
            return []
        return [
            f"Inputs at {params.rate:g} Hz spike in {often:.0%} of the ticks, but with a "
            f"correlation of {params.correlation:g} they can in {params.correlation:.0%} at most. "
            "Lower the rate, make the tick shorter, or the correlation larger."
        ]

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        return in_time(np.full(params.inputs, params.rate), 1, Trains(params), params.trials)


@dataclass(frozen=True)
class Trains:
    """What is shown in each tick: rates in Hz, which the input layer's units turn into spikes."""

    params: PoissonGroupsParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """One stretch for a batch of `rows`, `dt` ms per tick."""
        params = self.params
        ticks = max(1, round(params.length / dt))
        if not params.correlated or not params.rate:
            return Course(ticks)
        together = min(1.0, params.rate * dt / 1000 / params.correlation)
        hidden = stream.random((ticks, len(rows))) < together
        return Course(ticks, Together(params, hidden, params.rate / together))


class Together:
    """Frames of rates in Hz: correlated inputs have theirs only while the hidden train spikes."""

    def __init__(self, params: PoissonGroupsParams, hidden: np.ndarray, peak: float) -> None:
        self._hidden = hidden  # (ticks, batch)
        self._peak = peak
        self._count = params.correlated
        self._rates = np.full((hidden.shape[1], params.inputs), params.rate, np.float32)

    def __getitem__(self, tick: int, /) -> np.ndarray:
        rates, hidden = self._rates, self._hidden[tick]
        rates[:, : self._count] = np.where(hidden, self._peak, 0.0)[:, None]
        return rates
