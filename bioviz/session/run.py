"""Running a session without a window: all its experiments in lock-step, trial by trial.

One trial here is one trial in the window: the same spec and seed give the same bits. An experiment
ends when it has run as far as was asked, or reached its own stop condition; one that was reached
before the run began is ignored when more trials are asked for. One that diverges goes back to its
last healthy state, and the others go on. One that has a history keeps it as in the window.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..core.experiment import Experiment
from ..core.fault import BiovizError, Diverged
from ..core.history import keep_if_due

FINISHED, STOPPED, DIVERGED, INTERRUPTED = "finished", "stopped", "diverged", "interrupted"
WATCH_EVERY = 0.1  # seconds between two looks of whoever watches


@dataclass(frozen=True)
class Goal:
    """How much further to run: so many trials or epochs; neither means to the stop condition."""

    trials: int | None = None
    epochs: int | None = None

    def more(self, experiment: Experiment) -> int | None:
        """The trials that this asks of an experiment; None where it asks for none."""
        if self.epochs is not None:
            return self.epochs * experiment.epoch_trials
        return self.trials


class Lane:
    """One experiment of a run: how far it has come, how long that took, and how it ended.

    `status` is empty while it runs, then "finished" (ran as far as asked), "stopped" (its own
    stop condition), "diverged" or "interrupted"; `message` says more where there is more to say.
    """

    def __init__(self, experiment: Experiment, goal: Goal) -> None:
        more = goal.more(experiment)
        self.experiment = experiment
        self.start = experiment.trial
        self.end = None if more is None else self.start + more
        self.seconds = 0.0
        self.status = ""
        self.message = ""
        self._may_stop = more is None or not experiment.done
        if endless(experiment, goal):
            raise BiovizError("A run without a stop condition needs a number of trials or epochs.")
        self._look()

    @property
    def target(self) -> int | None:
        """The trial at which it will end at the latest; None where only its error decides."""
        stop = _stop_trial(self.experiment) if self._may_stop else None
        known = [trial for trial in (self.end, stop) if trial is not None]
        return min(known) if known else None

    def step(self) -> None:
        """Run one trial more, unless it has ended."""
        if self.status:
            return
        began = time.perf_counter()
        try:
            self.experiment.advance()
        except Diverged as fault:
            self._fall_back(fault)
        else:
            keep_if_due(self.experiment)
            self._look()
        self.seconds += time.perf_counter() - began

    def _look(self) -> None:
        if self.end is not None and self.experiment.trial >= self.end:
            self.status = FINISHED
        elif self._may_stop and self.experiment.done:
            self.status = STOPPED

    def _fall_back(self, fault: Diverged) -> None:
        self.status, self.message = DIVERGED, str(fault)
        kept = self.experiment.guard.kept
        if kept is not None:
            self.experiment.restore(kept)


Watch = Callable[[Sequence[Lane]], None]


def unseen(_lanes: Sequence[Lane]) -> None:
    """A run that nobody watches."""


def run(
    experiments: Sequence[Experiment],
    goal: Goal,
    *,
    watch: Watch = unseen,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Lane]:
    """Run until every experiment has ended, or `stopped` says so between two trials.

    `watch` is called about ten times a second, between two trials, and once at the end. Raises
    BiovizError where an experiment would never end, or cannot train.
    """
    lanes = [Lane(experiment, goal) for experiment in experiments]
    due = 0.0
    while any(not lane.status for lane in lanes) and not stopped():
        for lane in lanes:
            lane.step()
        if time.monotonic() >= due:
            watch(lanes)
            due = time.monotonic() + WATCH_EVERY
    for lane in lanes:
        lane.status = lane.status or INTERRUPTED
    watch(lanes)
    return lanes


def endless(experiment: Experiment, goal: Goal) -> bool:
    """Whether nothing would ever end this run."""
    stop = experiment.spec.stop
    judged = stop.test_error is not None and "test_error" in experiment.channels
    return goal.more(experiment) is None and _stop_trial(experiment) is None and not judged


def _stop_trial(experiment: Experiment) -> int | None:
    stop = experiment.spec.stop
    epochs = None if stop.epochs is None else stop.epochs * experiment.epoch_trials
    known = [trial for trial in (stop.trials, epochs) if trial is not None]
    return min(known) if known else None
