"""Perturbations: interventions that disturb a whole matrix and leave it to learning to recover."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np

from .change import short
from .fault import BiovizError
from .intervention import Intervention, PutBack, editable, keep_pruned
from .projection import Projection

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class FlipSigns(Intervention):
    """Turn every weight to its negative: a weight angle of a becomes 180 - a degrees."""

    name: str

    def apply(self, experiment: Experiment) -> Intervention:
        path = editable(experiment, self.name)
        inverse = PutBack.of(experiment, self.name, self.text)
        np.subtract(0, path.w, out=path.w)  # unlike negation it leaves no -0
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return f"{self.name} signs flipped"


@dataclass(frozen=True)
class Scale(Intervention):
    """Multiply every weight by a factor; 0 silences the projection."""

    name: str
    factor: float

    def apply(self, experiment: Experiment) -> Intervention:
        path = editable(experiment, self.name)
        if not isfinite(self.factor):
            raise BiovizError("Weights can only be scaled by a finite number.")
        inverse = PutBack.of(experiment, self.name, self.text)
        path.w *= path.w.dtype.type(self.factor)
        path.w += 0  # a factor of 0 or below leaves no -0
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return f"{self.name} × {short(float(self.factor)).replace('-', '−')}"


@dataclass(frozen=True)
class AddNoise(Intervention):
    """Add normal noise to every weight that is there.

    Its standard deviation is `sigma` times the RMS of those weights; it comes from the stream
    "noise/B2", so that the same seed and the same orders give the same noise.
    """

    name: str
    sigma: float

    def apply(self, experiment: Experiment) -> Intervention:
        path, stream = editable(experiment, self.name), f"noise/{self.name}"
        if not (isfinite(self.sigma) and self.sigma > 0):
            raise BiovizError("The noise must be above 0 %.")
        size = self.sigma * _rms(path)
        if size == 0:
            raise BiovizError(
                f"Noise is measured by the weights of {self.name}, which are all zero. "
                "Draw them again first."
            )
        inverse = PutBack.of(experiment, self.name, self.text, stream)
        noise = experiment.streams[stream].normal(0.0, size, path.w.shape)
        path.w += np.asarray(noise, path.w.dtype)
        keep_pruned(path)
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return f"noise {short(100 * self.sigma)} % on {self.name}"


@dataclass(frozen=True)
class Prune(Intervention):
    """Remove a fraction of the weights that are still there, for good: the mask holds them at zero.

    The weakest go, or any `at_random` (from the stream "prune/W2"); at least one goes.
    """

    name: str
    fraction: float
    at_random: bool = False

    def apply(self, experiment: Experiment) -> Intervention:
        path, stream = editable(experiment, self.name), f"prune/{self.name}"
        if not 0 < self.fraction <= 1:
            raise BiovizError("The part to prune must be above 0 % and at most 100 %.")
        there = np.flatnonzero(_mask(path))
        if not len(there):
            raise BiovizError(f"{self.name} has no weights left to prune.")
        inverse = PutBack.of(experiment, self.name, self.text, stream if self.at_random else "")
        count = max(1, round(self.fraction * len(there)))
        if self.at_random:
            gone = experiment.streams[stream].choice(there, count, replace=False)
        else:
            sizes = np.abs(path.w.reshape(-1)[there])
            gone = there[np.argsort(sizes, kind="stable")[:count]]
        path.mask = _mask(path).copy()
        path.mask[np.unravel_index(gone, path.mask.shape)] = 0
        keep_pruned(path)
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        how = " at random" if self.at_random else ""
        return f"{self.name} pruned by {short(100 * self.fraction)} %{how}"


def _mask(path: Projection) -> np.ndarray:
    """Which weights are there: (post, pre) of 0 and 1."""
    return np.ones_like(path.w) if path.mask is None else path.mask


def _rms(path: Projection) -> float:
    """The root mean square of the weights that are there."""
    count = int(np.count_nonzero(_mask(path)))
    return float(np.linalg.norm(path.w)) / sqrt(max(1, count))
