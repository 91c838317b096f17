"""Units that live in time: they gather what arrives, tick by tick, and send spikes onward.

Every array of a layer's state is (batch, n) and changes in place. Spikes are 0 or 1 in the floating
type of the network, so that weights can be sent through by the same products as rates.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import ClassVar

import numpy as np

from .fault import BiovizError
from .parameter import Part, parameter
from .unit import DRIVE, Unit, Variable

State = dict[str, np.ndarray]

SPIKE = Variable("spike", "", "1 in a tick in which the unit spikes, else 0.", signed=False)
MEAN_RATE = Variable("rate", "Hz", "Running average of the unit's spikes a second.", signed=False)


class RateParams(Part):
    """How a rate is read off spikes."""

    tau_rate: float = parameter(
        100.0,
        "Time over which the shown rate averages the spikes; it changes nothing else.",
        title="Rate averaged over",
        symbol="τ<sub>r</sub>",
        unit="ms",
        rebuild=True,
        advanced=True,
        gt=0,
        le=1e6,
    )


class SpikingUnit(Unit):
    """A unit with a state of its own that is carried from tick to tick.

    Subclasses give `key`, `title`, `help`, `variables`, `Params`, `advance` and, where rest is not
    all zero, `rest`. The variables must have `rate`, which the rest of the program reads, and
    `spike`, which goes onward through projections.
    """

    signed = False
    spikes = True
    sends = "spike"
    biased = False
    variables: tuple[Variable, ...] = (MEAN_RATE, SPIKE, DRIVE)
    Params: ClassVar[type[Part]] = RateParams

    def rest(self, state: State) -> None:
        """Put every variable where it is when nothing has happened for long.

        The first time, arrays may be moved together: `state` then holds others of the same kind.
        """
        for array in state.values():
            array.fill(0)

    def advance(
        self,
        state: State,
        dt: float,
        stream: np.random.Generator,
        forced: np.ndarray | None = None,
    ) -> None:
        """Live through one tick of `dt` ms under `state["drive"]`, in place.

        `stream` is what chance is drawn from. `forced` (batch, n), where it is given, holds 1 for
        units that must spike in this tick, as an electrode makes them.
        """
        raise NotImplementedError

    def average(self, state: State, dt: float) -> None:
        """Let `rate` follow `spike`, in Hz; the last thing that most units do in a tick."""
        keep = decay(dt, self.params.tau_rate)
        rate = state["rate"]
        rate *= keep
        spike = state["spike"]
        if any_spike(spike):
            rate += spike * ((1.0 - keep) * 1000.0 / dt)

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        raise BiovizError(f"{self.title} units answer tick by tick, not at once.")

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        raise BiovizError(f"{self.title} units have no slope.")


@cache
def decay(dt: float, tau: float) -> float:
    """What is left of a quantity with time constant `tau` after `dt`: exp(-dt / tau)."""
    return exp(-dt / tau) if tau > 0 else 0.0


@cache
def held(dt: float, tau: float) -> float:
    """The mean over a tick of what is 1 at its start and decays with time constant `tau`.

    With it a tick passes on just the charge that the decaying current has in that time.
    """
    return (1.0 - exp(-dt / tau)) * tau / dt if tau > 0 else 0.0


def any_spike(values: np.ndarray) -> bool:
    """Whether any of (batch, n), none of them below 0, is above it; told sooner than by `any`."""
    flat = values if values.flags.c_contiguous else values.T
    return bool(flat.item(flat.argmax()) > 0)


def draw(stream: np.random.Generator, out: np.ndarray) -> np.ndarray:
    """Fill (batch, n), in either memory order, with uniform numbers from [0, 1)."""
    flat = out if out.flags.c_contiguous else out.T
    stream.random(dtype=out.dtype.type, out=flat)
    return out
