"""Footage: the recorded moments of a run, to be cut into a movie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ..core.experiment import Experiment
from ..core.replay import Moment, Replay
from ..core.snapshot import Wanted
from .movie import Frame, pick

FEWEST = 2  # moments: one alone does not move


@dataclass(frozen=True)
class Footage:
    """The moments that experiments have kept by now; what they do later changes nothing of it.

    Its frames are to be read in one thread at a time.
    """

    moments: tuple[Moment, ...]

    @classmethod
    def of(cls, experiments: Sequence[Experiment], build: int = 0) -> Footage:
        """What these experiments have kept; snapshots of it are stamped with `build`."""
        return cls(tuple(Replay.still(experiments, build)))

    @property
    def trials(self) -> tuple[int, ...]:
        """The trials of its moments, in order."""
        return tuple(moment.trial for moment in self.moments)

    @property
    def moves(self) -> bool:
        """Whether there is enough of it for a movie."""
        return len(self.moments) >= FEWEST

    def frames(self, wanted: Wanted, count: int, *, log: bool = False) -> list[Frame]:
        """So many frames, evenly in time; where a moment fills several, they are the same."""
        ready = [partial(moment.take, wanted) for moment in self.moments]
        return [ready[place] for place in pick(self.trials, count, log=log)]

    def used(self, count: int, *, log: bool = False) -> int:
        """How many of its moments are in a movie of so many frames."""
        return len(set(pick(self.trials, count, log=log)))
