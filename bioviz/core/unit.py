"""What every unit model offers: how a layer turns its drive into its activity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np


@dataclass(frozen=True)
class Variable:
    """One visible quantity: its name, unit, one line of help, and whether it has a sign."""

    name: str
    unit: str
    help: str
    signed: bool = True


class Unit:
    """A rate unit: a function of its drive, the same for every unit of a layer.

    `drive` and `rate` are (batch, n). Subclasses give `key`, `title`, `help`, `answer` and `slope`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    signed: ClassVar[bool] = True  # whether its rate can be negative
    elementwise: ClassVar[bool] = True  # whether each unit answers to its own drive alone

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
