"""Multiplexing: one population hears two things at once, and says both in one train of spikes.

A slow sine is sent into the somata of the input's cells, whose events travel up; another one, of a
period that never falls into step with it, into the dendrites of the output's. Where synapses tell
of events alone, as depressing ones do, the output's event rate follows the first sine, and its
burst probability the second. A trial is a stretch of this; the sines go on from one to the next.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 3.
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


def current(default: float, what: str, title: str) -> Any:
    """Declare a current."""
    return parameter(default, what, title=title, unit="pA", ge=-1e5, le=1e5)


def wave(default: float, what: str, title: str) -> Any:
    """Declare the period of a sine."""
    return parameter(default, what, title=title, unit="ms", gt=0, le=1e5)


class MultiplexingParams(Part):
    """How many cells, and what is sent into them."""

    cells: int = parameter(500, "Cells of either population.", rebuild=True, ge=1, le=10_000)
    somatic: float = current(
        200.0, "How far the current into the lower cells' somata swings.", "Swing at the somata"
    )
    somatic_mean: float = current(0.0, "What it swings about.", "Mean at the somata")
    somatic_period: float = wave(500.0, "How long a swing takes.", "Period at the somata")
    dendritic: float = current(
        100.0,
        "How far the current into the upper cells' dendrites swings.",
        "Swing at the dendrites",
    )
    dendritic_mean: float = current(100.0, "What it swings about.", "Mean at the dendrites")
    dendritic_period: float = wave(
        1118.0, "How long a swing takes: √5 times as long as at the somata.", "Period at dendrites"
    )
    settling: float = parameter(
        1000.0,
        "Time at the beginning of an epoch in which both currents stand at their means.",
        unit="ms",
        ge=0,
        le=1e6,
    )
    length: float = parameter(
        50.0,
        "How long a trial lasts; currents and activity go on from one to the next.",
        title="Trial length",
        unit="ms",
        gt=0,
        le=100_000,
    )
    trials: int = parameter(80, "Trials in an epoch.", rebuild=True, ge=1, le=1_000_000)


class Multiplexing(TimedTask):
    """Two messages, one train: what is seen by the events, what is meant by the bursts."""

    key = "multiplexing"
    title = "Two messages at once"
    summary = "Somata below and dendrites above are driven by two sines of different periods."
    source = "Payeur et al. 2021, Nat. Neurosci. 24:1010"
    rule = "burst_dependent"
    input_unit = "pyramidal"
    output_unit = "pyramidal"
    drives = ("output.injected",)
    Params = MultiplexingParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.cells, params.cells

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        x = np.full(params.cells, params.somatic_mean)
        return in_time(x, params.cells, Sines(params), params.trials)


@dataclass(frozen=True)
class Sines:
    """Both currents, tick by tick."""

    params: MultiplexingParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The stretch that belongs to the first of these rows."""
        p = self.params
        ticks = max(1, round(p.length / dt))
        at = (int(rows[0]) * ticks + np.arange(ticks)) * dt - p.settling
        somatic = p.somatic_mean + p.somatic * swing(at, p.somatic_period)
        dendritic = p.dendritic_mean + p.dendritic * swing(at, p.dendritic_period)
        frames = np.broadcast_to(
            somatic.astype(np.float32)[:, None, None], (ticks, len(rows), p.cells)
        )
        return Course(ticks, frames, currents={"output.injected": dendritic.astype(np.float32)})


def swing(at: np.ndarray, period: float) -> np.ndarray:
    """The height of a sine, from -1 to 1, at times `at` from its start; 0 before that."""
    return np.where(at > 0, np.sin(2 * np.pi * at / period), 0.0)
