"""Burst pairing: cells on both sides of a synapse are made to spike, and what follows is told.

    periodic       trains of 5 pairs of spikes at one frequency, 10 s apart, both in the same tick
    Poisson        spikes at random at the same rate on both sides, never within 2 ms
    burst-Poisson  events at random, never within 20 ms of the last spike; each becomes a burst with
                   probability P, by a second spike 2 to 12 ms later

Spikes at most 16 ms apart are one burst, which the rule tells for itself: pairs above 62.5 Hz, and
some of the spikes that come at random. Every cell has a train of its own, so that of N x N synapses
no two see the same two trains. A trial is one train of pairs, or a second of what comes at random;
an epoch is the protocol.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from ..core.course import Course
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Progress, silent
from ._in_time import TimedTask, in_time

DEAD = 2.0  # ms between any two spikes of a cell, at least
DEAD_EVENT = 20.0  # ms from a spike to the cell's next event, at least
SECOND = 10.0  # ms over which a burst's second spike is spread, once DEAD is over
SPAN = 1000.0  # ms in a trial of what comes at random


class BurstPairingParams(Part):
    """Which protocol, how fast, and how often a burst."""

    protocol: Literal["periodic", "poisson", "burst_poisson"] = parameter(
        "burst_poisson",
        "How the cells are made to spike: in time, at random, or in events and bursts at random.",
        rebuild=True,
        names={
            "periodic": "Pairs in time",
            "poisson": "Spikes at random",
            "burst_poisson": "Events and bursts at random",
        },
    )
    rate: float = parameter(
        5.0,
        "Pairs, spikes or events a second, of each cell.",
        unit="Hz",
        gt=0,
        le=200,
    )
    probability: float = parameter(
        0.5,
        "How many of the events become bursts, where there are events and bursts.",
        title="Burst probability",
        symbol="P",
        ge=0,
        le=1,
    )
    later: float | None = parameter(
        None,
        "The burst probability in the second half of the protocol.",
        title="Burst probability later",
        names={"": "the same"},
        ge=0,
        le=1,
        advanced=True,
    )
    cells: int = parameter(
        1,
        "Cells on either side, each with a train of its own; pairs in time are all alike.",
        rebuild=True,
        ge=1,
        le=1000,
    )
    duration: int = parameter(
        100, "How long the protocol lasts, at random.", unit="s", rebuild=True, ge=1, le=10_000
    )
    trains: int = parameter(
        15, "Trains in the protocol, of pairs in time.", rebuild=True, ge=1, le=10_000
    )
    pairs: int = parameter(5, "Pairs in a train.", rebuild=True, ge=1, le=1000, advanced=True)
    pause: float = parameter(
        10.0,
        "Time from the end of a train to the next.",
        unit="s",
        ge=0,
        le=1000,
        advanced=True,
    )

    @model_validator(mode="after")
    def _in_time(self) -> BurstPairingParams:
        dead = {"poisson": DEAD, "burst_poisson": DEAD_EVENT}.get(self.protocol, 0.0)
        if dead and self.rate >= 1000 / dead:
            raise ValueError(
                f"{self.rate:g} Hz leaves no time for the {dead:g} ms after which alone there may "
                f"be another one. Choose a rate below {1000 / dead:g} Hz."
            )
        return self


class BurstPairing(TimedTask):
    """What the burst probability does to a synapse, with both cells in the experimenter's hands."""

    key = "burst_pairing"
    title = "Burst pairing"
    summary = "Cells on both sides of a synapse are made to spike, alone or in bursts."
    source = "Payeur et al. 2021, Nat. Neurosci. 24:1010"
    rule = "burst_dependent"
    clamps = True
    input_unit = "spike_source"
    output_unit = "spike_source"
    Params = BurstPairingParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.cells, params.cells

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        x = np.ones(params.cells)
        if params.protocol == "periodic":
            return in_time(x, params.cells, Train(params), params.trains)
        pre, post = (_drawn(params, streams.fresh(f"trains/{side}")) for side in ("pre", "post"))
        data = in_time(x, params.cells, AtRandom(pre, post, params.cells), params.duration)
        changes = params.protocol == "burst_poisson" and params.later is not None
        return replace(data, condition=self._condition) if changes else data

    def _condition(self, second: int) -> str:
        """What the cells do in that second since the start, in words."""
        params = self.params
        early = 2 * (second % params.duration) < params.duration
        return f"P = {params.probability if early else params.later:g}"


@dataclass(frozen=True)
class Train:
    """A train of pairs in time, and the pause after it."""

    params: BurstPairingParams

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The same in every trial: both sides spike in the first tick of every period."""
        params = self.params
        period, cells = 1000 / params.rate / dt, np.arange(params.cells)
        ticks = round(params.pairs * period) + round(1000 * params.pause / dt)
        spikes = {round(pair * period): cells for pair in range(params.pairs)}
        frames = Spikes(spikes, len(rows), params.cells)
        return Course(max(1, ticks), frames, frames)


@dataclass(frozen=True)
class AtRandom:
    """Trains that are drawn once for the whole protocol, of which a trial is a second.

    `pre` and `post` hold the spikes of either side: cell and time in ms, (2, spikes).
    """

    pre: np.ndarray
    post: np.ndarray
    cells: int

    def __call__(self, rows: np.ndarray, dt: float, stream: np.random.Generator) -> Course:
        """The second that belongs to the first of these rows."""
        ticks = max(1, round(SPAN / dt))
        first = int(rows[0]) * ticks
        shown, made = (
            Spikes(_between(side, first, ticks, dt), len(rows), self.cells)
            for side in (self.pre, self.post)
        )
        return Course(ticks, shown, made)


class Spikes:
    """Frames of spikes: 1 for the cells of a tick, 0 for all others."""

    def __init__(self, cells: dict[int, np.ndarray], batch: int, count: int) -> None:
        self._cells = cells  # by tick
        self._silence = np.zeros((batch, count), np.float32)

    def __getitem__(self, tick: int, /) -> np.ndarray:
        if tick not in self._cells:
            return self._silence
        frame = self._silence.copy()
        frame[:, self._cells[tick]] = 1
        return frame


def _between(side: np.ndarray, first: int, ticks: int, dt: float) -> dict[int, np.ndarray]:
    """Who spikes in each of the `ticks` from the `first` on, of spikes (2, k) as `AtRandom`'s."""
    at = (side[1] / dt).astype(int) - first
    here = (at >= 0) & (at < ticks)
    cells, at = side[0, here].astype(int), at[here]
    return {int(tick): cells[at == tick] for tick in np.unique(at)}


def _drawn(params: BurstPairingParams, stream: np.random.Generator) -> np.ndarray:
    """The spikes of all cells of one side, (2, spikes): cell and time in ms."""
    trains = [_train(params, stream) for _ in range(params.cells)]
    cells = np.repeat(np.arange(params.cells), [len(train) for train in trains])
    return np.stack([cells, np.concatenate(trains)])


def _train(params: BurstPairingParams, stream: np.random.Generator) -> np.ndarray:
    """When a cell spikes, in ms."""
    end, mean, p = 1000.0 * params.duration, 1000.0 / params.rate, params.probability
    if params.protocol == "poisson":
        return _singles(mean, end, stream)
    if params.later is None:
        return _bursts(mean, p, end, stream)
    halves = [_bursts(mean, chance, end / 2, stream) for chance in (p, params.later)]
    return np.concatenate([halves[0], end / 2 + halves[1]])


def _singles(mean: float, end: float, stream: np.random.Generator) -> np.ndarray:
    """Spikes at random, `mean` ms apart, before the `end`."""
    times = np.cumsum(DEAD + stream.exponential(mean - DEAD, _enough(end / mean)))
    return times[times < end]


def _bursts(mean: float, p: float, end: float, stream: np.random.Generator) -> np.ndarray:
    """The same for events, a part p of which are bursts."""
    most = _enough(end / mean)
    waits = DEAD_EVENT + stream.exponential(mean - DEAD_EVENT, most)
    second = DEAD + stream.uniform(0, SECOND, most)
    second[stream.random(most) >= p] = 0
    last = np.cumsum(waits + second)
    times = np.concatenate([last - second, last[second > 0]])
    return np.sort(times[times < end])


def _enough(expected: float) -> int:
    """How many intervals to draw so that they surely reach the end."""
    return int(expected + 10 * np.sqrt(expected) + 20)
