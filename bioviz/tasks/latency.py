"""Latency: volleys in which every input spikes once, some always early and others always late.

Inputs are numbered by their latencies, which are drawn once, evenly from 0 to the spread. With
jitter each spike comes a little earlier or later than it should, anew in every volley.
Source: after Song, Miller and Abbott (2000), Nature Neuroscience 3:919.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import model_validator

from ..core.course import Course, Moments
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time, period, volleys


class LatencyParams(Part):
    """How many inputs, how far apart in time, and how exact."""

    inputs: int = parameter(200, "Number of inputs.", rebuild=True, ge=1, le=100_000)
    spread: float = parameter(
        40.0, "Latency of the latest input.", unit="ms", rebuild=True, gt=0, le=10_000
    )
    jitter: float = parameter(
        0.0,
        "How inexact spikes are: the standard deviation of their times.",
        unit="ms",
        ge=0,
        le=1000,
    )
    period: float = period()
    volleys: int = volleys(100)

    @model_validator(mode="after")
    def _in_time(self) -> LatencyParams:
        if self.spread >= self.period:
            raise ValueError(
                f"Volleys of {self.spread:g} ms do not fit in a period of {self.period:g} ms. "
                "Choose a smaller spread or a longer period."
            )
        return self


class Latency(TimedTask):
    """The same volley again and again: what a cell makes of it is when it spikes."""

    key = "latency"
    title = "Volleys with fixed latencies"
    summary = "Every input spikes once a volley, always as early or as late as the last time."
    source = "After Song, Miller & Abbott 2000, Nat. Neurosci. 3:919"
    input_unit = "spike_source"
    Params = LatencyParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 1

    @staticmethod
    def trial_length(params: Any) -> float:
        return float(params.period)

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        drawn = streams.fresh("latencies").uniform(0, params.spread, params.inputs)
        volley, x = Volley(params, np.sort(drawn)), np.ones(params.inputs)
        notes = {"volleys": True, "latencies": volley.latencies}
        return in_time(x, 1, volley, params.volleys, **notes)


@dataclass(frozen=True)
class Volley:
    """When everybody spikes: `latencies` (n_in,) in ms, ascending."""

    params: LatencyParams
    latencies: np.ndarray

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """One volley for a batch of `rows`; with jitter each example has its own."""
        ticks = max(1, round(self.params.period / dt))
        times = self.latencies
        if self.params.jitter:
            late = stream.standard_normal((len(rows), len(times)))
            times = times + self.params.jitter * late
        steps = np.rint(times / dt).astype(int).clip(0, ticks - 1)
        return Course(ticks, Moments(steps, len(rows)))
