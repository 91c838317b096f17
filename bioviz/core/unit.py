"""What every unit model offers: how a layer turns its drive into its activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from .parameter import Part


@dataclass(frozen=True)
class Variable:
    """One visible quantity: its name, unit, one line of help, and whether it has a sign."""

    name: str
    unit: str
    help: str
    signed: bool = True


RATE = Variable("rate", "", "The activity that the unit sends onward.")
DRIVE = Variable("drive", "", "The summed input that the unit receives.")
DELTA = Variable("delta", "", "The error signal that the rule brings to the unit.")


class UnitParams(Part):
    """Nothing to choose: what a unit's own parameters are unless it has some."""


class Unit:
    """A rate unit: a function of its drive, the same for every unit of a layer.

    `drive` and `rate` are (batch, n). Subclasses give `key`, `title`, `help`, `answer` and `slope`;
    those that spike are a family of their own, `bioviz.core.spiking.SpikingUnit`. Parameters are a
    frozen model, `Params`; a layer's description gives their values.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    signed: ClassVar[bool] = True  # whether its rate can be negative
    elementwise: ClassVar[bool] = True  # whether each unit answers to its own drive alone
    probable: ClassVar[bool] = False  # whether its rate is a probability, as cross-entropy needs
    spikes: ClassVar[bool] = False  # whether it lives in time and sends spikes onward
    source: ClassVar[bool] = False  # whether it can show the task's numbers, as an input layer
    hears: ClassVar[bool] = True  # whether it answers to its drive; else to what it is shown
    relays: ClassVar[bool] = False  # whether it spikes just where it is shown a 1
    shown: ClassVar[str] = "drive"  # the variable that takes the task's numbers, where it spikes
    sends: str = "rate"  # the variable that goes onward through projections
    biased: ClassVar[bool] = True  # whether the weights into it may come with a bias
    variables: tuple[Variable, ...] = (RATE, DRIVE, DELTA)
    Params: ClassVar[type[Part]] = UnitParams

    def __init__(self, params: Any = None) -> None:
        self.params: Any = self.Params() if params is None else params

    @classmethod
    def rates(cls, params: Any, shown: float) -> dict[str, float]:
        """How often, in Hz, what it draws itself spikes, by the parameter that says so.

        `shown` is the largest value that the task shows.
        """
        return {}

    def answer(self, drive: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Rate from drive, written into `out`."""
        raise NotImplementedError

    def slope(self, rate: np.ndarray, out: np.ndarray) -> np.ndarray:
        """d rate / d drive, told from the rate itself, written into `out`."""
        raise NotImplementedError

    def pull(self, error: np.ndarray, rate: np.ndarray, scratch: np.ndarray) -> np.ndarray:
        """Turn an error of the rate into an error of the drive, in place: error * slope."""
        error *= self.slope(rate, scratch)
        return error
