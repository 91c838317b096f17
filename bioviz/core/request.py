"""What a panel can ask of a run: plain data that reads itself in the training thread.

Requests are compared by value, so two panels that want the same thing share one reply. Replies are
copies: nothing that a panel does can reach the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .decade import round_up
from .probe import Marker, thin

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class Request:
    """One thing wanted of one experiment; `read` runs in the training thread, between phases."""

    def read(self, experiment: Experiment) -> Any:
        raise NotImplementedError

    def answer(self, experiments: Sequence[Experiment]) -> Any:
        """Read it of the experiment that it asks about; the first where it names none."""
        return self.read(experiments[getattr(self, "index", 0)])


@dataclass(frozen=True)
class MatrixReply:
    """`values` (rows, cols) float32, block means of an array of `shape` where it is larger."""

    values: np.ndarray
    shape: tuple[int, int]


@dataclass(frozen=True)
class Matrix(Request):
    """An array by address as a matrix, averaged in blocks down to at most rows x cols."""

    address: str
    rows: int = 512
    cols: int = 1024
    transpose: bool = False
    index: int = 0  # which experiment

    def read(self, experiment: Experiment) -> MatrixReply:
        array = np.atleast_2d(experiment.net[self.address])
        array = array.T if self.transpose else array
        values = block_mean(array, self.rows, self.cols)
        return MatrixReply(values, (array.shape[0], array.shape[1]))


@dataclass(frozen=True)
class Difference(Request):
    """W minus B-transposed, for a forward projection that has feedback; None where it has none."""

    forward: str
    rows: int = 512
    cols: int = 1024
    index: int = 0

    def read(self, experiment: Experiment) -> MatrixReply | None:
        feedback = experiment.net.feedback_of(self.forward)
        if feedback is None:
            return None
        array = experiment.net[f"{self.forward}.w"] - feedback.w.T
        return MatrixReply(block_mean(array, self.rows, self.cols), array.shape)


@dataclass(frozen=True)
class Row(Request):
    """A layer's variable for the sample looked at, (n,), averaged down to at most `most`."""

    address: str
    most: int = 256
    index: int = 0

    def read(self, experiment: Experiment) -> np.ndarray:
        array = experiment.net[self.address]
        row = array[min(experiment.sample, len(array) - 1)]
        thinned: np.ndarray = block_mean(row[None, :], 1, self.most)[0]
        return thinned


@dataclass(frozen=True)
class Incoming(Request):
    """The weights (n_pre,) into one unit of a projection's post layer."""

    projection: str
    unit: int
    index: int = 0

    def read(self, experiment: Experiment) -> np.ndarray:
        weights: np.ndarray = experiment.net[f"{self.projection}.w"][self.unit]
        return weights.astype(np.float32)


@dataclass(frozen=True)
class Tiles(Request):
    """Rows of a weight matrix as pictures (k, height, width): what each unit looks for."""

    address: str
    height: int
    width: int
    count: int = 100
    index: int = 0

    def read(self, experiment: Experiment) -> np.ndarray:
        rows = experiment.net[self.address][: self.count]
        return rows.reshape(-1, self.height, self.width).astype(np.float32)


@dataclass(frozen=True)
class HistogramReply:
    """`counts` (bins,) between `edges` (bins + 1,)."""

    counts: np.ndarray
    edges: np.ndarray


@dataclass(frozen=True)
class Histogram(Request):
    """How an array's finite values are spread, between plus and minus a rounded-up limit.

    Where a `span` is given they are counted between its ends.
    """

    address: str
    bins: int = 60
    index: int = 0
    span: tuple[float, float] | None = None

    def read(self, experiment: Experiment) -> HistogramReply:
        values = experiment.net[self.address].ravel()
        values = values[:: max(1, len(values) // 100_000)]
        values = values[np.isfinite(values)]
        limit = round_up(float(np.abs(values).max(initial=0.0)))
        counts, edges = np.histogram(values, bins=self.bins, range=self.span or (-limit, limit))
        return HistogramReply(counts, edges)


@dataclass(frozen=True)
class Statistics:
    """Size of an array's values: root mean square, mean, least, greatest, Euclidean norm."""

    rms: float
    mean: float
    low: float
    high: float
    norm: float


@dataclass(frozen=True)
class Summary(Request):
    """The statistics of an array by address."""

    address: str
    index: int = 0

    def read(self, experiment: Experiment) -> Statistics:
        array = experiment.net[self.address]
        norm = float(np.linalg.norm(array))
        return Statistics(
            norm / max(1, array.size) ** 0.5,
            float(array.mean()),
            float(array.min()),
            float(array.max()),
            norm,
        )


@dataclass(frozen=True)
class Condition:
    """What was done to a projection: whether it is held still, what fraction of it is missing."""

    frozen: bool = False
    removed: float = 0.0  # 0 to 1: sparse from the start, or pruned


@dataclass(frozen=True)
class Conditions(Request):
    """The condition of every projection by name; it changes while the network stays the same."""

    index: int = 0

    def read(self, experiment: Experiment) -> dict[str, Condition]:
        paths = experiment.net.projections
        return {name: Condition(path.frozen, path.removed) for name, path in paths.items()}


@dataclass(frozen=True)
class Entry(Request):
    """One value of a matrix, exactly, or None outside it."""

    address: str
    row: int
    col: int
    index: int = 0

    def read(self, experiment: Experiment) -> float | None:
        array = np.atleast_2d(experiment.net[self.address])
        if self.row >= array.shape[0] or self.col >= array.shape[1]:
            return None
        return float(array[self.row, self.col])


@dataclass(frozen=True)
class Curve(Request):
    """A channel's trials and values so far, thinned to about `points`; empty if there is none."""

    name: str
    points: int = 2000
    index: int = 0

    def read(self, experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
        channel = experiment.channels.get(self.name)
        if channel is None:
            return np.empty(0), np.empty(0)
        return thin(*channel.read(), self.points)


@dataclass(frozen=True)
class Markers(Request):
    """What was done to the run, and when."""

    index: int = 0

    def read(self, experiment: Experiment) -> tuple[Marker, ...]:
        return tuple(experiment.markers)


def block_mean(array: np.ndarray, rows: int, cols: int) -> np.ndarray:
    """A float32 copy of (r, c), averaged in blocks where it is larger than rows x cols."""
    for axis, most in ((0, rows), (1, cols)):
        size = array.shape[axis]
        if size > most:
            starts = np.arange(0, size, -(-size // most))
            counts = np.diff(np.append(starts, size)).astype(np.float32)
            total = np.add.reduceat(array, starts, axis=axis, dtype=np.float32)
            array = total / (counts[:, None] if axis == 0 else counts)
    return np.array(array, np.float32, order="C")
