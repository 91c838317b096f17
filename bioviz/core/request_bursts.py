"""Requests for the events and bursts of pools of cells, in bins of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .burst_memory import BINS
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment

KEPT = BINS  # how many bins are remembered


@dataclass(frozen=True)
class PoolBins:
    """What a layer's pools did, all (bins, pools) float32.

    `events` and `bursts` are of a mean cell, in Hz. A burst is told by its second spike, and so may
    count in the bin after its event's. `expected` is the burst probability that the
    rule expects, NaN where it expects none; `current` goes into the output's dendrites, in pA.
    """

    events: np.ndarray
    bursts: np.ndarray
    expected: np.ndarray
    current: np.ndarray


@dataclass(frozen=True)
class BurstsReply:
    """The whole bins from the one asked for on, by layer; a bin lasts `width` ms.

    `numbers` (bins,) tell when: number k lasts from k * width on, in the network's time, and where
    one is left out nobody was counting. `teaching` (bins,) is the part of a bin in which the rule
    taught. What has another `life` was counted from anew: nothing before it holds.
    """

    life: int
    width: float
    numbers: np.ndarray
    teaching: np.ndarray
    layers: dict[str, PoolBins]


@dataclass(frozen=True)
class Bursts(Request):
    """Events and bursts of every layer's pools, from bin number `start` on.

    They are counted from when they are first asked for, and for as long as somebody asks. Where
    `life` is no longer so, all is given from the beginning.
    """

    start: int = 0
    life: int = 0
    index: int = 0

    def read(self, experiment: Experiment) -> BurstsReply:
        memory = experiment.bursts
        if not memory.pools:
            raise ValueError("No layer of this network tells events from bursts.")
        rows = memory.after(self.start if self.life == memory.life else 0)
        layers = {
            name: PoolBins(
                pools.events[rows], pools.bursts[rows], pools.expected[rows], pools.current[rows]
            )
            for name, pools in memory.pools.items()
        }
        return BurstsReply(
            memory.life, memory.width, memory.numbers[rows], memory.teaching[rows], layers
        )
