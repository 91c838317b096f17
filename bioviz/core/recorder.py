"""The recorder: when a run is measured, and where the numbers go."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .confusion import Confusion
from .measure import Measurement, Score, Tally, test_pass
from .probe import Channel, decades
from .registry import METRICS
from .rule import Phase

if TYPE_CHECKING:
    from .experiment import Experiment
    from .state import State


UNTAUGHT_EVERY = 50  # examples between two points of the curves of a rule without a teacher


class Recorder:
    """Fills an experiment's channels as its description asks.

    Curves and angles get a point every `every` trials and at 0, 1, 2, 5, 10, 20, ..., so that early
    changes are seen in full; the test set is answered every `test_every` trials. When depends on
    the description alone, never on who watches.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.tally = Tally()  # training answers since the last point
        self.confusion: Confusion | None = None  # of the latest finished pass over the test set
        self.metrics = [metric() for _, metric in METRICS.items()]
        infos = [info for metric in self.metrics for info in metric.channels(experiment)]
        self.channels = {info.name: Channel(info) for info in infos}

    @cached_property
    def score(self) -> Score:
        """How answers are scored here."""
        net, spec = self.experiment.net, self.experiment.spec
        return Score(spec.loss, not net.output.unit.elementwise, bool(self.experiment.classes))

    @cached_property
    def every(self) -> int:
        """Trials between two points of the curves; chosen so that measuring stays cheap."""
        spec = self.experiment.spec
        if not self.experiment.rule.asked:
            return spec.record.every or self.experiment.epoch_trials
        if not self.experiment.rule.teacher:  # little is measured, and no probe is answered
            return spec.record.every or max(10, math.ceil(UNTAUGHT_EVERY / spec.batch))
        return spec.record.every or max(10, math.ceil(4 * spec.record.probe / spec.batch))

    @cached_property
    def test_every(self) -> int:
        """Trials between two test passes: a whole part of an epoch, or whole epochs."""
        spec, epoch = self.experiment.spec, self.experiment.epoch_trials
        if spec.record.test_every:
            return spec.record.test_every
        fair = max(1, 2 * len(self.experiment.data.test) // spec.batch)
        return math.ceil(fair / epoch) * epoch if fair >= epoch else epoch // (epoch // fair)

    @cached_property
    def probe_rows(self) -> np.ndarray:
        """Rows of the test set on which angles are measured, the same for the whole run."""
        rows = self.experiment.streams.fresh("probe").permutation(len(self.experiment.data.test))
        return rows[: self.experiment.spec.record.probe]

    def probe_examples(self) -> tuple[np.ndarray, np.ndarray]:
        """The probe's x (n, n_in) and t (n, n_out)."""
        return self.experiment.data.test.read(self.probe_rows, self.experiment.net.dtype)

    @property
    def _judges(self) -> bool:
        """Whether there are answers to test: without a teacher none is right or wrong."""
        rule = self.experiment.rule
        return rule.teacher and rule.asked

    @property
    def empty(self) -> bool:
        """Whether nothing has been recorded yet."""
        return not any(channel.size for channel in self.channels.values())

    def follow_spec(self) -> None:
        """Forget what followed from an earlier description."""
        for name in ("every", "test_every", "probe_rows"):
            self.__dict__.pop(name, None)

    def note(self, y: np.ndarray, t: np.ndarray) -> float:
        """Add a trial's answers and targets (batch, n_out); returns their loss."""
        before = self.tally.loss
        self.tally.add(y, t, self.score)
        return self.tally.loss - before

    def record(self) -> Iterator[Phase]:
        """Measure what is due at the present trial; yields after each part of the test set."""
        trial = self.experiment.trial
        due = trial % self.every == 0 or decades(trial)
        tested = Tally() if self._judges and trial % self.test_every == 0 else None
        if tested is not None:
            classes = len(self.experiment.data.classes)
            pairs = np.zeros((classes, classes), np.int64) if classes else None
            for _ in test_pass(self.experiment, tested, pairs):
                yield Phase.TEST
            self.confusion = None if pairs is None else Confusion(trial, pairs)
        if due or tested is not None:
            seen = Measurement(self.experiment, self.tally, tested, angles=due)
            for name, value in self._values(seen).items():
                self.channels[name].append(trial, value)
            self.tally = Tally()
            self.experiment.account.clear()

    def measure(self) -> dict[str, float]:
        """Every metric's value now, by channel name; records nothing and changes nothing."""
        tested = Tally() if self._judges else None
        with np.errstate(all="ignore"):
            for _ in test_pass(self.experiment, tested, None) if tested else ():
                pass
            fresh = self._values(Measurement(self.experiment, self.tally, tested))
        return {**{name: channel.last for name, channel in self.channels.items()}, **fresh}

    def capture(self) -> dict[str, np.ndarray]:
        """Copies of every channel's rows (n, 2)."""
        return {name: np.stack(channel.read(), axis=1) for name, channel in self.channels.items()}

    def restore(self, state: State) -> None:
        """Put back a state's tally and rows; channels without rows are cut at its trial."""
        self.tally = Tally(**state.meta["tally"])
        classes = len(self.experiment.classes)
        self.confusion = Confusion.from_plain(state.meta.get("confusion"), classes)
        for name, channel in self.channels.items():
            rows = state.channels.get(name)
            channel.fill(_until(channel, state.meta["trial"]) if rows is None else rows)

    def _values(self, seen: Measurement) -> dict[str, float]:
        found: dict[str, float] = {}
        for metric in self.metrics:
            found |= metric.values(seen)
        return {name: value for name, value in found.items() if name in self.channels}


def _until(channel: Channel, trial: int) -> np.ndarray:
    rows = np.stack(channel.read(), axis=1)
    return rows[rows[:, 0] <= trial]
