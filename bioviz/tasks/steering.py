"""Steering: dendrites of the upper population decide whether its synapses grow or shrink.

Both populations fire by themselves. After a burn-in come six stretches of equal length, in which
the drive of the upper cells' dendrites is scaled by 1, 1.5, 1, 0.55 and 1; in the last one it is
the lower cells' dendrites that get a current. What is sent is the mean current of that drive less
what it is at a scale of 1, which is the upper cells' own background; the published drive is 20
spikes a second at each dendrite, and scales their size.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..core.course import Course
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time


class SteeringParams(Part):
    """How many cells, how long, and how strongly their dendrites are driven."""

    cells: int = parameter(250, "Cells of either population.", rebuild=True, ge=1, le=10_000)
    burn_in: int = parameter(
        20,
        "Time at the beginning of an epoch in which nothing is changed; let the rule warm up as "
        "long.",
        unit="s",
        rebuild=True,
        ge=0,
        le=10_000,
    )
    stretch: int = parameter(
        25, "How long each of the six stretches lasts.", unit="s", rebuild=True, ge=1, le=10_000
    )
    drive: float = parameter(
        39.0,
        "Mean current of the dendrites' drive at a scale of 1: 20 spikes a second of 0.25.",
        title="Dendritic drive",
        unit="pA",
        ge=0,
        le=1e5,
    )
    strong: float = parameter(
        1.5, "Scale of the drive in the second stretch.", title="Strong drive", ge=0, le=100
    )
    weak: float = parameter(
        0.55, "Scale of the drive in the fourth stretch.", title="Weak drive", ge=0, le=100
    )
    below: float = parameter(
        40.0,
        "Current into the lower cells' dendrites in the last stretch.",
        title="Current below",
        unit="pA",
        ge=-1e5,
        le=1e5,
    )


class Steering(TimedTask):
    """Learning that is told what to do by nobody but the dendrites."""

    key = "steering"
    title = "Steering by dendrites"
    summary = "Two populations fire, while the upper one's dendrites are driven more or less."
    source = "Payeur et al. 2021, Nat. Neurosci. 24:1010"
    rule = "burst_dependent"
    input_unit = "pyramidal"
    output_unit = "pyramidal"
    drives = ("input.injected", "output.injected")
    Params = SteeringParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.cells, params.cells

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        plan = Plan(params)
        seconds = params.burn_in + 6 * params.stretch
        data = in_time(np.zeros(params.cells), params.cells, plan, seconds)
        return replace(data, condition=plan.words)


@dataclass(frozen=True)
class Plan:
    """What is sent into the dendrites; a trial is a second."""

    params: SteeringParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The second that belongs to the first of these rows."""
        stretch, ticks = self._stretch(int(rows[0])), max(1, round(1000 / dt))
        above = self.params.drive * (self._scale(stretch) - 1)
        below = self.params.below if stretch == 5 else 0.0
        currents = {"input.injected": Steady(below), "output.injected": Steady(above)}
        return Course(ticks, currents=currents)

    def words(self, second: int) -> str:
        """What the world is like in that second since the start."""
        params = self.params
        stretch = self._stretch(second % (params.burn_in + 6 * params.stretch))
        if stretch == 5:
            return f"Below {params.below:+g} pA"
        return f"Drive × {self._scale(stretch):g}"

    def _stretch(self, second: int) -> int:
        """Which stretch a second of the epoch belongs to, 0 to 5; the burn-in is like the first."""
        return max(0, second - self.params.burn_in) // self.params.stretch

    def _scale(self, stretch: int) -> float:
        scales = {1: self.params.strong, 3: self.params.weak}
        return float(scales.get(stretch, 1.0))


class Steady:
    """Frames of which each is the same number for all cells."""

    def __init__(self, value: float) -> None:
        self._value = np.full((1, 1), value, np.float32)

    def __getitem__(self, tick: int, /) -> np.ndarray:
        return self._value
