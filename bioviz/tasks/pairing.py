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
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time


class PairingParams(Part):
    """When the cells spike, and how often."""

    lag: float = parameter(
        10.0,
        "Time from the first cell's spike to the second's.",
        symbol="|Δt|",
        unit="ms",
        ge=0,
        le=10_000,
    )
    order: Literal["pre_first", "post_first"] = parameter(
        "pre_first",
        "Which cell spikes first; of several inputs half do, whatever is chosen.",
        names={"pre_first": "Input first", "post_first": "Output first"},
    )
    frequency: float = parameter(1.0, "Pairings a second.", unit="Hz", ge=0.01, le=1000)
    later: float = parameter(
        0.0,
        "Pairings a second in the second half of the protocol; 0 keeps the first half's.",
        title="Frequency later",
        unit="Hz",
        ge=0,
        le=1000,
        advanced=True,
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
        fastest = max(self.frequency, self.later)
        if needs >= 1000 / fastest:
            raise ValueError(
                f"At {fastest:g} Hz a pairing lasts {1000 / fastest:g} ms, in which "
                f"spikes {needs:g} ms apart do not fit. Choose a shorter lag or a lower frequency."
            )
        return self


class Pairing(TimedTask):
    """The experiment on one synapse, as in a slice of cortex."""

    key = "pairing"
    title = "Pairing protocol"
    summary = "Two cells are made to spike with a fixed lag, again and again."
    source = (
        "Bi & Poo 1998, J. Neurosci. 18:10464; Sjöström, Turrigiano & Nelson 2001, Neuron 32:1149"
    )
    clamps = True
    input_unit = "spike_source"
    Params = PairingParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 1

    @staticmethod
    def trial_length(params: Any) -> float:
        return 1000 / float(max(params.frequency, params.later))

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        change = params.pairings // 2 if params.later else params.pairings
        protocol = Protocol(params.frequency, params.later, change, self._lags())
        return in_time(np.ones(params.inputs), 1, protocol, params.pairings)

    def _lags(self) -> np.ndarray:
        """The time from each input's spike to the output's, ms."""
        params = self.params
        if params.inputs > 1:
            return np.linspace(-params.lag, params.lag, params.inputs)
        return np.array([params.lag if params.order == "pre_first" else -params.lag])


@dataclass(frozen=True)
class Protocol:
    """When everybody spikes: `lags` (n_in,) in ms; `frequency` in Hz, `later` from `change` on."""

    frequency: float
    later: float
    change: int
    lags: np.ndarray

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The pairing of the first of these rows, the same in the whole batch."""
        row, frequency = int(rows[0]), self.frequency
        if row >= self.change:
            row, frequency = row - self.change, self.later
        period = 1000 / frequency / dt
        ticks = round((row + 1) * period) - round(row * period)
        lags = np.rint(self.lags / dt).astype(int)
        first, last = min(0, int(-lags.max())), max(0, int(-lags.min()))  # around the output's
        post = (ticks - (last - first)) // 2 - first
        batch = len(rows)
        return Course(ticks, Moments(post - lags, batch), Moments(np.array([post]), batch))
