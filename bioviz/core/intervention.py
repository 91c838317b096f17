"""Interventions: what a person does to a live run; each leaves a marker and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .fault import BiovizError
from .network import KEPT
from .projection import Projection, Role, why_derived, why_not_drawn

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Intervention:
    """One change of a run's data between two phases; `apply` returns what takes it back.

    Taken back at once, every bit is as it was but for the markers: weights, mask, velocities, and
    the stream that was drawn from, so that doing it again gives the same numbers. After further
    training the projection goes back to what it was just before; the others stay as they are.
    """

    undoable: ClassVar[bool] = True  # else there is nothing to take back, as with what has happened

    def apply(self, experiment: Experiment) -> Intervention:
        """Carry it out; BiovizError says in a sentence why it cannot be, and changes nothing."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What it does, in words for menus and markers."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class PutBack(Intervention):
    """Make a projection what it was when it was kept: how larger changes are taken back."""

    name: str
    words: str
    arrays: dict[str, np.ndarray | None]  # copies, by the names of `KEPT`
    stream: str = ""
    place: dict[str, Any] | None = None  # where the stream stood

    @classmethod
    def of(cls, experiment: Experiment, name: str, words: str, stream: str = "") -> PutBack:
        """Keep a projection, and where the random stream stands that is about to be drawn from."""
        path = experiment.net.projections[name]
        arrays = {key: _copied(getattr(path, key)) for key in KEPT}
        place = experiment.streams.place(stream) if stream else None
        return cls(name, f"undo: {words}", arrays, stream, place)

    def apply(self, experiment: Experiment) -> Intervention:
        path, w = editable(experiment, self.name), self.arrays["w"]
        if w is None or path.w.shape != w.shape:
            raise BiovizError(f"{self.name} no longer has the shape that it had.")
        inverse = PutBack.of(experiment, self.name, self.words, self.stream)
        for key in KEPT:
            array = getattr(path, key)
            if key in ("w", "bias") and array is not None:
                array[...] = self.arrays[key]  # addresses stay bound to these two
            else:
                setattr(path, key, _copied(self.arrays[key]))
        if self.stream:
            experiment.streams.put(self.stream, self.place)
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return self.words


@dataclass(frozen=True)
class SetEntry(Intervention):
    """Set one weight of a matrix by address."""

    address: str
    row: int
    col: int
    value: float

    def apply(self, experiment: Experiment) -> Intervention:
        name = self.address.partition(".")[0]
        array, path = experiment.net[self.address], editable(experiment, name)
        if not (0 <= self.row < array.shape[0] and 0 <= self.col < array.shape[1]):
            raise BiovizError(f"{self.address} has no entry {self.row}, {self.col}.")
        if path.mask is not None and not path.mask[self.row, self.col]:
            raise BiovizError(
                f"There is no weight {self.row}, {self.col} in {name}: it was left out or pruned, "
                "and stays zero. Choose another entry."
            )
        before = float(array[self.row, self.col])
        array[self.row, self.col] = self.value
        experiment.mark(self.text)
        return SetEntry(self.address, self.row, self.col, before)

    @property
    def text(self) -> str:
        return f"{self.address}[{self.row}, {self.col}] = {self.value:g}"


@dataclass(frozen=True)
class CopyTranspose(Intervention):
    """Copy the forward weights' transpose into a feedback path: backprop's weight transport.

    Weights that are pruned away stay away.
    """

    feedback: str

    def apply(self, experiment: Experiment) -> Intervention:
        path = editable(experiment, self.feedback)
        forward = experiment.net.projections[str(path.mirrors)]
        inverse = PutBack.of(experiment, self.feedback, self.text)
        path.w[...] = forward.w.T
        keep_pruned(path)
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return f"{self.feedback} = {'W' + self.feedback.removeprefix('B')}ᵀ"


@dataclass(frozen=True)
class Redraw(Intervention):
    """Begin a projection again: draw its weights anew from its own distribution, without biases.

    Where weights are missing (sparse or pruned), the same stay away; only the others are drawn.
    What momentum would have carried over is forgotten.
    """

    name: str

    def apply(self, experiment: Experiment) -> Intervention:
        path, stream = editable(experiment, self.name), f"redraw/{self.name}"
        chosen = path.role in (Role.FEEDBACK, Role.INHIBITORY)
        if chosen and path.drawn.distribution == "constant":
            raise BiovizError(why_not_drawn(self.name))
        inverse = PutBack.of(experiment, self.name, self.text, stream)
        draw, mask = path.drawn, path.mask
        if mask is not None:
            draw = draw.model_copy(update={"sparsity": 0.0})
        path.draw(draw, experiment.streams[stream])
        if mask is not None:
            path.mask = mask
            keep_pruned(path)
        if path.bias is not None:
            path.bias.fill(0)
        path.velocity = path.bias_velocity = None
        experiment.mark(self.text)
        return inverse

    @property
    def text(self) -> str:
        return f"{self.name} drawn again"


@dataclass(frozen=True)
class Freeze(Intervention):
    """Hold a projection still, weights and biases, or let it learn again."""

    name: str
    on: bool = True

    def apply(self, experiment: Experiment) -> Intervention:
        path = editable(experiment, self.name)
        before, path.frozen = path.frozen, self.on
        if before != self.on:
            experiment.mark(self.text)
        return Freeze(self.name, before)

    @property
    def text(self) -> str:
        return f"{self.name} {'frozen' if self.on else 'thawed'}"


def editable(experiment: Experiment, name: str) -> Projection:
    """The projection `name`; BiovizError where there is none, or where a change would not last."""
    path = experiment.net.projections.get(name)
    if path is None:
        known = ", ".join(experiment.net.projections)
        raise BiovizError(f"There is no projection '{name}' in this network. Known: {known}.")
    if path.derived:
        raise BiovizError(why_derived(name, path.mirrors))
    return path


def keep_pruned(path: Projection) -> None:
    """Let weights that are not there be zero, whatever was just written over all of them."""
    if path.mask is not None:
        path.w *= path.mask
        path.w += 0  # -0 becomes 0


def _copied(array: np.ndarray | None) -> np.ndarray | None:
    return None if array is None else array.copy()
