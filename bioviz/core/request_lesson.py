"""What a lesson asks of a run: single numbers, and one weight's step in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Latest(Request):
    """A channel's last value, or None before there is one."""

    name: str
    index: int = 0

    def read(self, experiment: Experiment) -> float | None:
        channel = experiment.channels.get(self.name)
        return channel.last if channel is not None and channel.size else None


@dataclass(frozen=True)
class ValueAt(Request):
    """A channel's first value at a trial or later, or None as long as the run is not there."""

    name: str
    trial: int
    index: int = 0

    def read(self, experiment: Experiment) -> float | None:
        channel = experiment.channels.get(self.name)
        if channel is None:
            return None
        _, values = channel.read(channel.after(self.trial - 0.5), 1)
        return float(values[0]) if len(values) else None


@dataclass(frozen=True)
class Factors:
    """What one example asks of one weight: `change` = `rate` * `delta` * `activity`."""

    rate: float
    delta: float
    activity: float

    @property
    def change(self) -> float:
        return self.rate * self.delta * self.activity


@dataclass(frozen=True)
class WeightStep(Request):
    """The factors of one weight's step for the sample looked at.

    None where the rule brings no error to the unit, or the weight is not there.
    """

    projection: str
    post: int
    pre: int
    index: int = 0

    def read(self, experiment: Experiment) -> Factors | None:
        path = experiment.net.projections.get(self.projection)
        rate = getattr(experiment.rule.params, "learning_rate", None)
        if path is None or rate is None or not experiment.rule.signals:
            return None
        if self.post >= path.post.size or self.pre >= path.pre.size:
            return None
        delta = _looked_at(path.post.state.get("delta"), experiment.sample)
        activity = _looked_at(path.pre.state.get("rate"), experiment.sample)
        if delta is None or activity is None:
            return None
        return Factors(float(rate), float(delta[self.post]), float(activity[self.pre]))


def _looked_at(array: np.ndarray | None, sample: int) -> np.ndarray | None:
    """The row (n,) of the example that is looked at."""
    if array is None:
        return None
    row: np.ndarray = array[min(sample, len(array) - 1)]
    return row
