"""Soma and dendrite: currents into one, into the other, and into both, again and again.

In the first quarter of a trial nothing is sent, in the second a current into the somata of the
input's cells, in the third one into their dendrites, and in the last both. The cells are all alike,
so that what differs between them is their background alone.
Source: after Larkum, Zhu and Sakmann (1999), Nature 398:338.
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


class SomaAndDendriteParams(Part):
    """How many cells, and what is sent into them."""

    cells: int = parameter(20, "Cells that get the currents.", rebuild=True, ge=1, le=10_000)
    soma: float = parameter(
        600.0, "Current into every soma.", title="Into the soma", unit="pA", ge=-1e5, le=1e5
    )
    dendrite: float = parameter(
        200.0, "Current into every dendrite.", title="Into the dendrite", unit="pA", ge=-1e5, le=1e5
    )
    quarter: float = parameter(
        250.0,
        "How long each of the four parts of a trial lasts.",
        unit="ms",
        gt=0,
        le=100_000,
    )
    trials: int = parameter(20, "Trials in an epoch.", rebuild=True, ge=1, le=1_000_000)


class SomaAndDendrite(TimedTask):
    """What it takes to make a cell burst."""

    key = "soma_and_dendrite"
    title = "Soma, dendrite or both"
    summary = "Cells get a current into the soma, into the dendrite, and then into both at once."
    source = "After Larkum, Zhu & Sakmann 1999, Nature 398:338"
    rule = "burst_dependent"
    input_unit = "pyramidal"
    drives = ("input.injected",)
    Params = SomaAndDendriteParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.cells, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        return in_time(np.zeros(params.cells), 1, Quarters(params), params.trials)


@dataclass(frozen=True)
class Quarters:
    """Nothing, the soma's current, the dendrite's, and both."""

    params: SomaAndDendriteParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The same in every trial."""
        p = self.params
        each = max(1, round(p.quarter / dt))
        soma = np.repeat(np.array([0, p.soma, 0, p.soma], np.float32), each)
        dendrite = np.repeat(np.array([0, 0, p.dendrite, p.dendrite], np.float32), each)
        frames = np.broadcast_to(soma[:, None, None], (4 * each, len(rows), p.cells))
        return Course(4 * each, frames, currents={"input.injected": dendrite})
