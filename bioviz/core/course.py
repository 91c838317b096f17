"""The course of a trial: what happens tick by tick, where a trial is a stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np


class Frames(Protocol):
    """What is there in each tick, (batch, n): an array (ticks, batch, n), or made as it is read."""

    def __getitem__(self, tick: int, /) -> np.ndarray: ...


@dataclass(frozen=True)
class Course:
    """What happens in the `ticks` of a trial.

    `frames` is what is shown in each tick, (batch, n_in), where it is not x all along; `clamp`
    holds 1 where an output unit is made to spike, (batch, n_out). `currents` is what is written
    into the units' state before each tick, by end of the network and variable: a frame of
    `output.injected` is (batch, n_out), or a number for all. The task says by `drives` which it
    writes, so that cells without them are refused.
    """

    ticks: int
    frames: Frames | None = None
    clamp: Frames | None = None
    currents: Mapping[str, Frames] | None = None


class Moments:
    """Frames of spikes: every unit spikes once, or never where its tick is negative.

    `times` (n,) hold for the whole batch; (batch, n) tell each example's own.
    """

    def __init__(self, times: np.ndarray, batch: int) -> None:
        self._times = np.broadcast_to(times, (batch, times.shape[-1]))
        self._silence = np.zeros(self._times.shape, np.float32)
        self._busy = frozenset(times.ravel().tolist())

    def __getitem__(self, tick: int, /) -> np.ndarray:
        if tick not in self._busy:
            return self._silence
        frame = self._silence.copy()
        frame[self._times == tick] = 1
        return frame
