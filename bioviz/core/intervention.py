"""Interventions: what a person does to a live run; each leaves a marker and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .fault import BiovizError
from .spec import Draw

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Intervention:
    """One change of a run's data between two phases; `apply` returns what takes it back."""

    def apply(self, experiment: Experiment) -> Intervention:
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What it does, in words for menus and markers."""
        raise NotImplementedError


@dataclass(frozen=True)
class SetEntry(Intervention):
    """Set one weight of a matrix by address."""

    address: str
    row: int
    col: int
    value: float

    def apply(self, experiment: Experiment) -> Intervention:
        array = experiment.net[self.address]
        if not (0 <= self.row < array.shape[0] and 0 <= self.col < array.shape[1]):
            raise BiovizError(f"{self.address} has no entry {self.row}, {self.col}.")
        before = float(array[self.row, self.col])
        array[self.row, self.col] = self.value
        experiment.mark(self.text)
        return SetEntry(self.address, self.row, self.col, before)

    @property
    def text(self) -> str:
        return f"{self.address}[{self.row}, {self.col}] = {self.value:g}"


@dataclass(frozen=True, eq=False)
class PutArray(Intervention):
    """Write a whole array at an address: how larger changes are taken back."""

    address: str
    values: np.ndarray
    words: str

    def apply(self, experiment: Experiment) -> Intervention:
        array = experiment.net[self.address]
        before = array.copy()
        array[...] = self.values
        experiment.mark(self.text)
        return PutArray(self.address, before, f"undo: {self.words}")

    @property
    def text(self) -> str:
        return self.words


@dataclass(frozen=True)
class CopyTranspose(Intervention):
    """Copy the forward weights' transpose into a feedback path: backprop's weight transport."""

    feedback: str

    def apply(self, experiment: Experiment) -> Intervention:
        path = experiment.net.projections[self.feedback]
        forward = experiment.net.projections[str(path.mirrors)]
        return PutArray(f"{self.feedback}.w", forward.w.T.copy(), self.text).apply(experiment)

    @property
    def text(self) -> str:
        return f"{self.feedback} = {'W' + self.feedback.removeprefix('B')}ᵀ"


@dataclass(frozen=True)
class Redraw(Intervention):
    """Draw a feedback path's weights again, from the rule's own distribution."""

    feedback: str

    def apply(self, experiment: Experiment) -> Intervention:
        draw = getattr(experiment.rule.params, "feedback", Draw())
        path = experiment.net.projections[self.feedback]
        before = path.w.copy()
        path.draw(draw, experiment.streams[f"redraw/{self.feedback}"])
        experiment.mark(self.text)
        return PutArray(f"{self.feedback}.w", before, f"undo: {self.text}")

    @property
    def text(self) -> str:
        return f"{self.feedback} drawn again"
