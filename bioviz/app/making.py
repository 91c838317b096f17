"""One rebuild: makes the experiments anew in the training thread, and notes what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..core.earlier import EarlierRun, ended
from ..core.experiment import Experiment, build
from ..core.fault import DataMissing
from ..core.spec import ExperimentSpec
from ..core.state import State
from ..core.task import Dataset, Progress
from ..core.transplant import transplant
from ..session.history import continue_from
from ..session.own_file import file_of

States = Sequence[State | None]
Runs = Sequence[Experiment]


@dataclass
class Making:
    """What is made, from which states, and which weights of the runs before it takes over.

    `staying` are runs that go on as they are, by the place that they take and had before.
    `note` says in words what was taken over. `over` are the runs that it ends, where those before
    are of the same session, and `revived` those that live again from the shelf.
    """

    specs: Sequence[ExperimentSpec]
    states: States = ()
    shelf: Callable[[], States] | None = None  # asked in the training thread
    fitting: bool = False
    staying: Mapping[int, int] = field(default_factory=dict)
    same_session: bool = False
    excerpts: Sequence[Dataset | None] = ()  # to look at, where the data themselves are missing
    lacking: DataMissing | None = None  # what is missing; known before, or found out
    before: list[Experiment] = field(default_factory=list)
    note: str = ""
    over: list[EarlierRun] = field(default_factory=list)
    revived: list[EarlierRun] = field(default_factory=list)

    def __call__(self, progress: Progress) -> Runs:
        made = [
            self._stays(place) or self._built(place, spec, progress)
            for place, spec in enumerate(self.specs)
        ]
        kept = self.states if self.shelf is None else self.shelf()
        for experiment, state in zip(made, kept, strict=False):
            if state is not None:
                continue_from(experiment, state)
        if self.fitting and self.before and self.before[0].trial:
            notes = [transplant(*pair) for pair in zip(self.before, made, strict=False)]
            self.note = notes[0]
        if self.same_session:
            self.over = _over(self.before, made)
        if self.shelf is not None:
            self.revived = _left(made)
        return made

    def _built(self, place: int, spec: ExperimentSpec, progress: Progress) -> Experiment:
        """A new run; on an excerpt of its data where there is one and they are not here."""
        excerpt = self.excerpts[place] if place < len(self.excerpts) else None
        try:
            if self.lacking is not None and file_of(spec):
                raise self.lacking
            return build(spec, progress=progress)
        except DataMissing as fault:
            if excerpt is None:
                raise
            self.lacking = fault
            return build(spec, data=excerpt)

    def _stays(self, place: int) -> Experiment | None:
        """The run that goes on at a place, if it is there and is what it should be."""
        before = self.staying.get(place, len(self.before))
        run = self.before[before] if before < len(self.before) else None
        return run if run is not None and run.spec == self.specs[place] else None


def _over(before: Runs, made: Runs) -> list[EarlierRun]:
    """The runs that are over; not those of companions that only begin again as they were."""
    if len(before) != len(made):
        return _left([old for old in before if old not in made])
    pairs = list(zip(before, made, strict=True))
    restart = all(old.spec == new.spec for old, new in pairs)
    return _left([old for old, new in pairs if restart or old.spec != new.spec])


def _left(runs: Runs) -> list[EarlierRun]:
    return [run for run in map(ended, runs) if run is not None]
