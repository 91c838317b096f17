"""The builder: sees to it that what is described is what trains, and keeps what can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.catalogue import Catalogue
from ..core.change import rebuilds
from ..core.companion import Experiments, problems
from ..core.earlier import EarlierRun
from ..core.experiment import Experiment
from ..core.fault import DataMissing, SpecError
from ..core.spec import ExperimentSpec
from ..core.task import Dataset
from ..core.trainer import Trainer
from ..session.own_file import same_but_place
from .document import Document
from .earlier import Earlier
from .known_data import KnownData
from .making import Making, Runs, States
from .shelf import Shelf
from .waiting import Waiting


class Builder(QObject):
    """Follows the document: live changes go to the run, others build it anew.

    The state that a rebuild leaves behind goes on the shelf, so that undo brings it back; weights
    that still fit are carried over. Its curves stay as those of an earlier run. Saved states wait
    for data that are missing or not yet read.
    """

    built = Signal(object, str)  # a Catalogue, and what was kept of an earlier network, in words
    refused = Signal(object)  # why what is described cannot be built

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        waiting: Waiting,
        earlier: Earlier,
        known: KnownData,
    ) -> None:
        super().__init__(document)
        self.fault: BaseException | None = None  # why what is described is not what would train
        self._document = document
        self._trainer = trainer
        self._waiting = waiting
        self._earlier = earlier
        self._known = known
        self._shelf = Shelf()
        self._asked: Experiments | None = None  # what the trainer has, or is about to build
        self._opened: tuple[Experiments, States] | None = None  # not built yet
        self._excerpts: Sequence[Dataset | None] = ()  # of data that the opened session lacks
        self._lacking = False  # whether what the trainer has can only be looked at
        self._attempt = 0
        self._first = 1  # the attempt with which this session began
        self._standing = False  # whether what the trainer has is of this session
        document.spec_changed.connect(self._on_changed)

    def start(
        self,
        states: States = (),
        earlier: Sequence[EarlierRun] = (),
        excerpts: Sequence[Dataset | None] = (),
    ) -> None:
        """Build the document's session anew, from saved states where there are any.

        Where its data are missing but the file has `excerpts` of them, it can be looked at.
        """
        self._shelf.clear()
        self._excerpts = excerpts
        self._standing, self._asked, self._first = False, None, self._attempt + 1
        self._earlier.begin(self._document.spec, earlier)
        specs = self._document.session.experiments
        self._opened = (specs, states)
        self._build(specs, states)

    def again(self) -> None:
        """Try once more to build what is described."""
        self._build(self._document.session.experiments, self.owed)

    @property
    def owed(self) -> States:
        """Saved states of a session that could not be built yet, for want of its data."""
        if self._opened is None:
            return ()
        then, now = self._opened[0], self._document.session.experiments
        same = len(then) == len(now) and all(map(same_but_place, then, now))
        return self._opened[1] if same else ()

    @property
    def owed_excerpts(self) -> Sequence[Dataset | None]:
        """With the states that are owed, excerpts of their data."""
        return self._excerpts if self.owed else ()

    def restart(self) -> None:
        """Go back to trial 0 of the same seeds, undoably."""
        if self.fault is not None:
            self.again()  # what is described was never there, so nothing is left behind
            return
        specs, token = self._document.session.experiments, object()

        def begin() -> None:
            self._keep(token)
            self._build(specs)

        def back() -> None:
            self._build(specs, shelved=token)

        self._document.act("Restart", begin, back)

    def _on_changed(self, _before: ExperimentSpec, _after: ExperimentSpec) -> None:
        now, after = self._asked, self._document.session.experiments
        wrong = problems(after, self._document.active)
        if wrong:
            self.fault = SpecError(wrong)
            self.refused.emit(self.fault)
        elif now is not None and not self._lacking and not _rebuild_any(now, after):
            self._asked = after
            self._settle()
            self._waiting.follow(self._trainer.do(lambda runs: _change(runs, after)))
        else:
            self._rebuild(now, after)

    def _rebuild(self, now: Experiments | None, after: Experiments) -> None:
        if now is not None:
            self._keep(now)
        alone = self._document.joining is not None or self._document.parting  # it alone moves
        if self.owed:
            self.again()
        elif after in self._shelf and not alone:
            self._build(after, shelved=after)
        elif now is not None and len(now) != len(after):
            self._join(now, after)
        else:
            self._build(after, fitting=now is not None and _seeds(now) == _seeds(after))

    def _join(self, now: Experiments, after: Experiments) -> None:
        """Build with an experiment more or fewer.

        One that joins without a state begins at trial 0, and all with it. Otherwise those that
        were there go on as they are; and one that comes back goes on from where it was taken away.
        """
        joining, fresh = self._document.joining, len(after) > len(now)
        if joining is not None:
            joining = next(reversed(self._shelf.take(after)), joining)
        together = fresh and joining is None
        staying = {} if together else _staying(now, after)
        self._build(after, (*[None] * (len(after) - 1), joining), staying=staying)

    def _keep(self, owner: object) -> None:
        self._shelf.put(owner, self._trainer.do(_captured))

    def _build(
        self,
        specs: Experiments,
        states: States = (),
        *,
        shelved: object = None,
        fitting: bool = False,
        staying: Mapping[int, int] | None = None,
    ) -> None:
        """Build in the training thread; with `fitting`, carry over the weights that still fit.

        `staying` says which of the runs that are there go on, and at which places.
        """
        self._attempt += 1
        unread, excerpts = None, self.owed_excerpts if states else ()
        try:
            self._known.check(specs)
        except DataMissing as fault:
            unread = fault
        if unread is not None and not any(excerpts):
            self.fault = unread
            self.refused.emit(unread)
            return
        shelf = None if shelved is None else partial(self._shelf.take, shelved)
        making = Making(specs, states, shelf, fitting, staying or {}, self._standing)
        making.excerpts, making.lacking = excerpts, unread
        self._make(specs, making)

    def _make(self, specs: Experiments, making: Making) -> None:
        attempt = self._attempt
        self._trainer.do(making.before.extend)  # noted just before they are replaced
        asked, self._asked = self._asked, specs
        future = self._trainer.load(making)
        future.add_done_callback(lambda done: self._note_failure(done, specs, asked))
        self._waiting.follow(future, lambda catalogue: self._on_built(catalogue, making, attempt))

    def _on_built(self, catalogue: Catalogue, made: Making, attempt: int) -> None:
        if attempt >= self._first:
            self._standing = True
            self._earlier.follow(made.specs[0], made.over, made.revived)
        if attempt == self._attempt:  # an earlier build says nothing about what is described now
            self._settle()
            self.fault, self._lacking = made.lacking, made.lacking is not None
            self._opened = self._opened if self._lacking else None
        self.built.emit(catalogue, made.note)
        if self._lacking and made.lacking is not None:
            self.refused.emit(made.lacking)

    def _note_failure(
        self, future: Future[Any], asked: Experiments, before: Experiments | None
    ) -> None:
        """What could not be built leaves the earlier network in place (in the training thread)."""
        if future.exception() is not None and self._asked is asked:
            self._asked, self.fault = before, future.exception()

    def _settle(self) -> None:
        self.fault = None


def _rebuild_any(now: Experiments, after: Experiments) -> bool:
    return len(now) != len(after) or any(map(rebuilds, now, after))


def _seeds(specs: Experiments) -> list[int]:
    return [spec.seed for spec in specs]


def _staying(now: Experiments, after: Experiments) -> dict[int, int]:
    """Which places of `after` hold the very descriptions of `now`, and which."""
    return {
        place: before
        for place, spec in enumerate(after)
        for before, old in enumerate(now)
        if old is spec
    }


def _change(runs: Runs, specs: Experiments) -> None:
    """Take over changes that need no new network, in the training thread."""
    for experiment, spec in zip(runs, specs, strict=True):
        if experiment.spec != spec:
            experiment.change(spec)


def _captured(runs: list[Experiment]) -> States:
    """The states of all runs; none of a failed one, whose restart must not bring it back."""
    states = [run.capture() if run.fault is None else None for run in runs]
    for run, state in zip(runs, states, strict=True):
        if state is not None:
            state.history = run.history
    return states
