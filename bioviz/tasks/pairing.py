"""Pairing: an input and an output cell are made to spike, one a little before the other.

A trial is one pairing; an epoch is the whole protocol. With several inputs, their lags are spread
evenly from minus to plus the lag, so that the weights draw the window of the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from ..core.course import Course, Moments
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, Repeated, Task, silent


class PairingParams(Part):
    """When the cells spike, and how often."""

    lag: float = parameter(
        10.0,
        "Time from the first cell's spike to the second's.",
        symbol="|Δt|",
        unit="ms",
        rebuild=True,
        ge=0,
        le=10_000,
    )
    order: Literal["pre_first", "post_first"] = parameter(
        "pre_first",
        "Which cell spikes first; of several inputs half do, whatever is chosen.",
        rebuild=True,
        names={"pre_first": "Input first", "post_first": "Output first"},
    )
    frequency: float = parameter(
        1.0, "Pairings a second.", unit="Hz", rebuild=True, ge=0.01, le=1000
    )
    pairings: int = parameter(
        60, "Pairings in the protocol: trials in an epoch.", rebuild=True, ge=1, le=1_000_000
    )
    inputs: int = parameter(
        1,
        "Input cells; with more than one, their lags run evenly from minus to plus the lag.",
        rebuild=True,
        ge=1,
        le=10_000,
    )

    @model_validator(mode="after")
    def _in_time(self) -> PairingParams:
        needs = self.lag if self.inputs == 1 else 2 * self.lag
        if needs >= 1000 / self.frequency:
            raise ValueError(
                f"At {self.frequency:g} Hz a pairing lasts {1000 / self.frequency:g} ms, in which "
                f"spikes {needs:g} ms apart do not fit. Choose a shorter lag or a lower frequency."
            )
        return self


class Pairing(Task):
    """The experiment on one synapse, as in a slice of cortex."""

    key = "pairing"
    title = "Pairing protocol"
    summary = "Two cells are made to spike with a fixed lag, again and again."
    source = (
        "Bi & Poo 1998, J. Neurosci. 18:10464; Sjöström, Turrigiano & Nelson 2001, Neuron 32:1149"
    )
    classes = False
    taught = False
    timed = True
    clamps = True
    input_unit = "spike_source"
    Params = PairingParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        x, t = np.ones((1, params.inputs), np.float32), np.zeros((1, 1), np.float32)
        rows = Repeated(x, 1, targets=t, count=params.pairings)
        protocol = Protocol(params.frequency, self._lags())
        return Dataset(train=rows, test=rows, shuffle=False, script=protocol)

    def _lags(self) -> np.ndarray:
        """The time from each input's spike to the output's, ms."""
        params = self.params
        if params.inputs > 1:
            return np.linspace(-params.lag, params.lag, params.inputs)
        return np.array([params.lag if params.order == "pre_first" else -params.lag])


@dataclass(frozen=True)
class Protocol:
    """When everybody spikes: `lags` (n_in,) in ms, `frequency` in Hz."""

    frequency: float
    lags: np.ndarray

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The pairing of the first of these rows, the same in the whole batch."""
        period = 1000 / self.frequency / dt
        ticks = round((rows[0] + 1) * period) - round(rows[0] * period)
        lags = np.rint(self.lags / dt).astype(int)
        first, last = min(0, int(-lags.max())), max(0, int(-lags.min()))  # around the output's
        post = (ticks - (last - first)) // 2 - first
        batch = len(rows)
        return Course(ticks, Moments(post - lags, batch), Moments(np.array([post]), batch))
