"""Lock-step: several experiments brought forward together, whole trials or one look at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .experiment import Experiment
from .history import keep_if_due
from .rule import Phase

# Phases of which a trial may have many: only there is a trial broken off to obey or to answer.
LONG = frozenset({Phase.TEST, Phase.MIRROR, Phase.TICK})


class Lockstep:
    """The experiments of a session; none begins a trial before all have ended the last.

    One that joined later, with fewer trials behind it, runs alone until it is level with the rest.
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        self.experiments = list(experiments)
        self._catching_up = False  # whether one was seen to lag, and was not level since

    def finish_trial(self, interrupted: Callable[[], bool]) -> bool:
        """Bring every experiment to the end of its trial at full speed; False if interrupted.

        After an interruption some may have ended the trial that others have not begun.
        """
        with np.errstate(all="ignore"):
            while all(_finished(experiment, interrupted) for experiment in self._lagging()):
                if self.ended:
                    return True
                if interrupted():
                    return False
        return False

    def look(self, *, samples: bool) -> bool:
        """Move each on to its next phase or, with `samples`, to the batch's next sample.

        True where a sample came to be seen. A batch is computed at once; its samples are then
        looked at one by one before the weights change, so that walking and running give the same
        bits.
        """
        looked = [_look(experiment, samples) for experiment in self._lagging()]
        return any(looked)  # not before: every one of them moves on

    @property
    def behind(self) -> bool:
        """Whether one that joined the others later is not level with them yet.

        That it lags by one trial alone does not tell: so do those whose turn in a trial is to come.
        """
        trials = [experiment.trial for experiment in self.experiments]
        apart = max(trials, default=0) - min(trials, default=0)
        self._catching_up = apart > 1 or (self._catching_up and not self.ended)
        return self._catching_up

    @property
    def ended(self) -> bool:
        """Whether all have ended the same trial."""
        level = len({experiment.trial for experiment in self.experiments}) == 1
        return level and all(experiment.between_trials for experiment in self.experiments)

    @property
    def done(self) -> bool:
        """Whether all have reached their stop conditions."""
        return all(experiment.done for experiment in self.experiments)

    @property
    def faulty(self) -> bool:
        return any(experiment.fault is not None for experiment in self.experiments)

    def _lagging(self) -> list[Experiment]:
        """Those under way or, once every one has ended its trial, all that are least far."""
        under_way = [e for e in self.experiments if not e.between_trials]
        if under_way:
            return under_way
        least = min(experiment.trial for experiment in self.experiments)
        return [experiment for experiment in self.experiments if experiment.trial == least]


def _finished(experiment: Experiment, interrupted: Callable[[], bool]) -> bool:
    while (phase := experiment.proceed()) is not Phase.TRIAL:
        if phase in LONG and interrupted():
            return False
    keep_if_due(experiment)
    return True


def _look(experiment: Experiment, samples: bool) -> bool:
    batch = len(experiment.shown.x) if experiment.shown else 0
    seen_at = experiment.rule.seen_at
    together = seen_at is Phase.BACKWARD  # the whole batch at once, to be looked at one by one
    if samples and together and experiment.phase is seen_at and experiment.sample < batch - 1:
        experiment.sample += 1
        return True
    phase = next(experiment.run())
    if phase is Phase.EPOCH:
        phase = next(experiment.run())
    if phase is Phase.TRIAL:
        keep_if_due(experiment)
    return phase in (seen_at, Phase.MIRROR)
