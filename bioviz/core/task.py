"""What every task offers: data to learn from, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .course import Course, Frames
from .parameter import Part
from .stream import Streams

if TYPE_CHECKING:
    from .spec import ExperimentSpec

# rows (batch,) of the training set, ms per tick and a stream to draw from, to what happens in time
Script = Callable[[np.ndarray, float, np.random.Generator], Course]
Progress = Callable[[str, float], None]  # what is being done, and the fraction done (0 to 1)


def silent(text: str, fraction: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Trial:
    """One batch as the rule sees it: x (batch, n_in), t (batch, n_out), and where each stood."""

    x: np.ndarray
    t: np.ndarray
    indices: np.ndarray  # (batch,) rows of the training set
    number: int = 0  # trials before this one, after which its random streams are named
    course: Course | None = None  # of a task that runs in time

    @property
    def frames(self) -> Frames | None:
        """What is shown in each tick, (batch, n_in), where it is not x all along."""
        return None if self.course is None else self.course.frames

    @property
    def clamp(self) -> Frames | None:
        """Where output units are made to spike in each tick, (batch, n_out), if they are."""
        return None if self.course is None else self.course.clamp


@dataclass(frozen=True)
class Examples:
    """Inputs (n, n_in) and either class labels (n,) or target vectors (n, n_out).

    With 0 outputs there are no targets, and labels only tell which pattern an input was made from.
    Images may stay bytes: `scale` turns them into activity as they are read, so that MNIST takes
    a quarter of the memory.
    """

    inputs: np.ndarray
    outputs: int
    labels: np.ndarray | None = None
    targets: np.ndarray | None = None
    scale: float = 1.0

    def __post_init__(self) -> None:
        # `take` would copy all of an array that is not contiguous, at every trial
        object.__setattr__(self, "inputs", np.ascontiguousarray(self.inputs))

    def __len__(self) -> int:
        return len(self.inputs)

    def read(self, rows: np.ndarray | slice, dtype: Any) -> tuple[np.ndarray, np.ndarray]:
        """x (b, n_in) and t (b, n_out) of these rows, as floating point."""
        x = self._rows(rows)
        if self.scale != 1.0:
            x = x.astype(dtype)  # a copy, so that it may change in place
            x *= dtype(self.scale)
        x = x.astype(dtype, copy=False)
        return x, self._targets(rows, dtype) if self.outputs else np.empty((len(x), 0), dtype)

    def _rows(self, rows: np.ndarray | slice) -> np.ndarray:
        if isinstance(rows, slice):
            return self.inputs[rows]
        return self.inputs.take(rows, axis=0)  # half the time of []

    def _targets(self, rows: np.ndarray | slice, dtype: Any) -> np.ndarray:
        if self.targets is not None:
            return self.targets[rows].astype(dtype, copy=False)
        assert self.labels is not None  # noqa: S101  (one of the two is given)
        labels = self.labels[rows]
        if self.outputs == 1:
            return labels.astype(dtype)[:, None]
        return _one_hot(self.outputs, dtype).take(labels, axis=0)


@dataclass(frozen=True)
class Repeated(Examples):
    """One example, `inputs` (1, n_in) and `targets` (1, n_out), as if there were `count` of it."""

    count: int = 1

    def __len__(self) -> int:
        return self.count

    def _rows(self, rows: np.ndarray | slice) -> np.ndarray:
        return np.repeat(self.inputs, len(np.arange(self.count)[rows]), axis=0)

    def _targets(self, rows: np.ndarray | slice, dtype: Any) -> np.ndarray:
        if self.targets is None:
            return super()._targets(slice(0, 1), dtype)
        count = len(np.arange(self.count)[rows])
        return np.repeat(self.targets, count, axis=0).astype(dtype, copy=False)


@cache
def _one_hot(outputs: int, dtype: Any) -> np.ndarray:
    return np.eye(outputs, dtype=dtype)


@dataclass(frozen=True)
class Patterns:
    """A few inputs (k, n_in) that stand for all that is shown, and what each is called."""

    inputs: np.ndarray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Dataset:
    """Training and held-out examples, and what they look like.

    Where examples are drawn anew for each epoch, `renew` gives those of an epoch (as many as
    `train`, which are the first epoch's); they follow from the seed and the epoch alone.
    `condition` says in words what the world is like at the n-th example since the start.
    """

    train: Examples
    test: Examples
    shuffle: bool = True  # a new order each epoch; else one fixed sequence
    classes: tuple[str, ...] = ()  # names of the classes, empty for regression
    image: tuple[int, int] | None = None  # rows and columns, where inputs are pictures
    plane: tuple[float, float, float, float] | None = None  # x and y limits of 2-D inputs
    notes: dict[str, Any] = field(default_factory=dict)
    script: Script | None = None  # what happens in time, where trials are stretches of it
    renew: Callable[[int], Examples] | None = None
    condition: Callable[[int], str] | None = None
    patterns: Patterns | None = None  # over which a unit's tuning is told
    parts: tuple[tuple[str, int], ...] = ()  # names and sizes of the input's parts, in order
    moments: np.ndarray | None = None  # <x x^T> (n_in, n_in), where it is known exactly


class Task:
    """What there is to learn; its parameters are a frozen model.

    Subclasses give `key`, `title`, `summary`, `source`, `Params`, `shape` and `load`; one whose
    data are downloaded when a user asks gives `megabytes`, `folder` and `download` as well.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    source: ClassVar[str] = ""
    classes: ClassVar[bool] = True  # whether targets name classes; else they are numbers
    taught: ClassVar[bool] = True  # whether there are targets at all: a teacher's answers
    timed: ClassVar[bool] = False  # whether its trials are stretches of time, for spiking rules
    rule: ClassVar[str] = "stdp"  # by which such a task is learned where another cannot, by key
    apart: ClassVar[bool] = True  # whether such a trial stands by itself, as one volley does
    clamps: ClassVar[bool] = False  # whether it makes output units spike
    # what its courses write into the state of either end, as "output.injected"
    drives: ClassVar[tuple[str, ...]] = ()
    input_unit: ClassVar[str] = (
        ""  # units that alone can show it, by key; none where others can too
    )
    output_unit: ClassVar[str] = ""  # units that its output layer is given, by key; others can do
    megabytes: ClassVar[int] = 0  # to be downloaded; 0 for data that need no download
    by_file: ClassVar[bool] = False  # whether its parameters describe a user's file, at `path`
    Params: ClassVar[type[Part]]

    def __init__(self, params: Any) -> None:
        self.params = params

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        """Number of inputs and outputs, known without loading anything; 0 outputs if untaught."""
        raise NotImplementedError

    @classmethod
    def names_classes(cls, params: Any) -> bool:
        """Whether targets name classes, where that depends on the parameters."""
        return cls.classes

    @staticmethod
    def trial_length(params: Any) -> float:
        """How long a trial lasts, in ms, of a task that runs in time and where that matters."""
        return inf

    @staticmethod
    def largest(params: Any) -> float:
        """The largest value that inputs are shown, as far as it is known without loading."""
        return 1.0

    @classmethod
    def problems(cls, spec: ExperimentSpec) -> list[str]:
        """Why it cannot be had in that network, a sentence each."""
        return []

    @classmethod
    def folder(cls) -> Path | None:
        """Where downloaded data lie, or None where they are not on this machine."""
        return None

    @classmethod
    def download(cls, progress: Progress = silent) -> Path:
        """Fetch the data into the cache and return where they lie; DataMissing where it fails."""
        raise NotImplementedError

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        """Make or read the data; DataMissing says what to do where it is not there."""
        raise NotImplementedError
