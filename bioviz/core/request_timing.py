"""Requests for rules that go by the timing of spikes: their window, pairs, synapses, weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .request import Request
from .spike_plasticity import SpikePlasticity
from .stdp_window import Bench, reach

if TYPE_CHECKING:
    from .experiment import Experiment
    from .projection import Projection

LAGS = 120  # of a window, either way from zero


@dataclass(frozen=True)
class Curve:
    """`change` (n,) of a weight by one pairing, in parts of the largest weight, over `lags` (n,).

    Lags are t_post - t_pre in ms. `weighted`: whether the weight matters. `lower_first`: whether
    a lag of 0 belongs to the right side, else to neither.
    """

    lags: np.ndarray
    change: np.ndarray
    weighted: bool
    w_max: float
    lower_first: bool


@dataclass(frozen=True)
class WindowReply:
    """What was asked for, and a stamp of it; `curve` is None if that stamp is known already."""

    stamp: str
    curve: Curve | None


@dataclass(frozen=True)
class Window(Request):
    """What the rule makes of two spikes, with its present parameters.

    `weight` is the synapse's, in parts of the largest. `frequency` is of pairings a second that
    have gone on for long; 0 is one pair alone.
    """

    weight: float = 0.5
    frequency: float = 0.0
    known: str = ""
    index: int = 0

    def read(self, experiment: Experiment) -> WindowReply:
        rule = timing_rule(experiment)
        stamp = f"{self.weight} {self.frequency} {rule.key} {rule.params!r}"
        return WindowReply(stamp, None if stamp == self.known else self._curve(rule))

    def _curve(self, rule: SpikePlasticity) -> Curve:
        w_max, far = float(rule.params.w_max), reach(rule)
        lags = np.linspace(-far, far, 2 * LAGS + 1)
        bench = Bench(rule, lags)
        low, high = (bench.change(part * w_max) for part in (0.25, 0.75))
        return Curve(
            lags,
            bench.change(self.weight * w_max, self.frequency) / w_max,
            weighted=not np.allclose(low, high, rtol=1e-6, atol=0),
            w_max=w_max,
            lower_first=rule.lower_first,
        )


@dataclass(frozen=True)
class PairsSeen:
    """Pairs of spikes: `lags` (n,) t_post - t_pre in ms, `changes` (n,) in parts of the largest.

    They are of `watched` synapses of the `total` that the projection has.
    """

    lags: np.ndarray
    changes: np.ndarray
    watched: int
    total: int


@dataclass(frozen=True)
class SpikePairs(Request):
    """The latest pairs of spikes of a projection's synapses, noted since this was first asked."""

    projection: str
    index: int = 0

    def read(self, experiment: Experiment) -> PairsSeen:
        rule, path = timing_rule(experiment), _path(experiment, self.projection)
        watch = experiment.spikes.watch_pairs(path)
        watch.lower_first = rule.lower_first
        found = watch.pairs()
        total = path.w.size if path.mask is None else int(np.count_nonzero(path.mask))
        return PairsSeen(
            found[:, 0] * experiment.spec.network.dt,
            found[:, 1] / rule.params.w_max,
            len(watch.columns),
            total,
        )


@dataclass(frozen=True)
class CourseReply:
    """`counts` (rows, bins) of weights between 0 and `w_max` at `trials` (rows,); the last is now.

    They are of `shown` weights of `total`.
    """

    trials: np.ndarray
    counts: np.ndarray
    w_max: float
    shown: int
    total: int


@dataclass(frozen=True)
class WeightCourse(Request):
    """How a projection's weights have been spread since the run was built, or put back."""

    projection: str
    bins: int = 25
    index: int = 0

    def read(self, experiment: Experiment) -> CourseReply:
        rule, path = timing_rule(experiment), _path(experiment, self.projection)
        history, top = experiment.spikes.weights[path.name], float(rule.params.w_max)
        now = history.weights()
        present = np.histogram(now, self.bins, (0.0, top))[0]
        counts = np.concatenate([history.counts(self.bins, top), present[None]])
        trials = np.array([*history.trials, experiment.trial])
        total = path.w.size if path.mask is None else int(np.count_nonzero(path.mask))
        return CourseReply(trials, counts, top, len(now), total)


@dataclass(frozen=True)
class SynapseReply:
    """A synapse tick by tick, each (n,) float32, the latest tick last, which is number `end` - 1.

    Traces are None where the rule keeps none.
    """

    pre: np.ndarray
    post: np.ndarray
    w: np.ndarray
    pre_trace: np.ndarray | None
    post_trace: np.ndarray | None
    end: int
    dt: float


@dataclass(frozen=True)
class Synapse(Request):
    """Spikes and traces of both cells of a synapse, and its weight, since it was first asked for.

    One is followed at a time.
    """

    projection: str
    post: int = 0
    pre: int = 0
    ticks: int = 1000
    index: int = 0

    def read(self, experiment: Experiment) -> SynapseReply:
        path, rule = _path(experiment, self.projection), experiment.rule
        if not (0 <= self.post < path.w.shape[0] and 0 <= self.pre < path.w.shape[1]):
            raise ValueError(f"{path.name} has no synapse from {self.pre} to {self.post}.")
        ends = ((path.pre.name, self.pre), (path.post.name, self.post))
        cells = [(f"{layer}.spike", 0, unit) for layer, unit in ends]
        cells.append((f"{path.name}.w", self.post, self.pre))
        if isinstance(rule, SpikePlasticity):
            names = (next(iter(rule.below)), next(iter(rule.above)))
            traces = zip(ends, names, strict=True)
            cells += [(f"{layer}.{name}", 0, unit) for (layer, unit), name in traces]
        memory = experiment.spikes
        pre, post, w, *traces_ = memory.watch_cells(tuple(cells), self.ticks).T
        pre_trace, post_trace = traces_ or (None, None)
        dt = experiment.spec.network.dt
        return SynapseReply(pre, post, w, pre_trace, post_trace, memory.count, dt)


def timing_rule(experiment: Experiment) -> SpikePlasticity:
    """The experiment's rule, if it goes by the timing of spikes; ValueError if it does not."""
    if not isinstance(experiment.rule, SpikePlasticity):
        raise ValueError(f"{experiment.rule.title} does not go by the timing of spikes.")
    return experiment.rule


def _path(experiment: Experiment, name: str) -> Projection:
    path = experiment.net.projections.get(name)
    if path is None or not path.pre.unit.spikes or not path.post.unit.spikes:
        raise ValueError(f"There is no projection '{name}' between cells that spike.")
    return path
