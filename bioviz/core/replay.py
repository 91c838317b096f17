"""Looking back: twins of running experiments that show moments of their histories.

Usable without a window, as for movies:

    replay = Replay(experiments)
    for moment in replay.moments():
        snapshot = moment.take(wanted)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from .experiment import Experiment
from .frame import show_frame
from .history import History
from .snapshot import Snapshot, Wanted, take


class Take(Protocol):
    """Answers requests of one moment."""

    def __call__(self, wanted: Wanted) -> Snapshot: ...


@dataclass(frozen=True)
class Moment:
    """One trial of a history; `take` answers requests as they would have been answered then."""

    trial: int
    take: Take


class Replay:
    """Twins of a session's experiments: the originals may run on meanwhile, in another thread.

    Use one from one thread at a time. `build` is what its snapshots are stamped with. It shows the
    moments of `histories`; where none are given, those that the originals have at the time.
    """

    def __init__(
        self,
        originals: Sequence[Experiment],
        build: int = 0,
        histories: Sequence[History] = (),
    ) -> None:
        self.originals = list(originals)
        self.build = build
        self.twins: list[Experiment] = []
        self._fixed = list(histories)

    @classmethod
    def still(cls, originals: Sequence[Experiment], build: int = 0) -> Replay:
        """Of the moments that are kept now, whatever the originals keep or let go of later."""
        return cls(originals, build, [history_of(original).still() for original in originals])

    def make(self) -> None:
        """Make the twins, unless they are there: it takes as long as drawing all weights."""
        if not self.twins:
            self.twins = [original.twin() for original in self.originals]

    def show(self, trial: float) -> int:
        """Put every twin to the latest moment not after `trial`; the trial that the first shows."""
        self.make()
        for twin, original, history in zip(
            self.twins, self.originals, self._histories, strict=True
        ):
            show_frame(history.at(trial), twin, original)
        return self.twins[0].trial

    def snapshot(self, trial: float, wanted: Wanted) -> Snapshot:
        """Answer requests of the latest moment not after `trial`."""
        self.show(trial)
        with np.errstate(all="ignore"):
            return take(self.build, self.twins, wanted)

    @property
    def trials(self) -> tuple[int, ...]:
        """The trials that can be looked at."""
        return self._histories[0].trials if self.originals else ()

    def moments(self) -> list[Moment]:
        """Every moment that is kept, in order."""
        return [Moment(trial, partial(self.snapshot, trial)) for trial in self.trials]

    @property
    def _histories(self) -> list[History]:
        return self._fixed or [history_of(original) for original in self.originals]

    def __iter__(self) -> Iterator[Moment]:
        return iter(self.moments())


def history_of(experiment: Experiment) -> History:
    """An experiment's history; an empty one where nobody has kept any."""
    return experiment.history or History()
