"""The builder: sees to it that what is described is what trains, and keeps what can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.catalogue import Catalogue
from ..core.change import rebuilds
from ..core.experiment import Experiment, build
from ..core.fault import DataMissing, SpecError
from ..core.spec import ExperimentSpec
from ..core.state import State
from ..core.task import Progress
from ..core.trainer import Trainer
from ..core.transplant import transplant
from ..session.own_file import same_but_place
from ..session.state import restore_into
from .document import Document
from .known_data import KnownData
from .shelf import Shelf
from .waiting import Waiting

States = Sequence[State | None]


class Builder(QObject):
    """Follows the document: live changes go to the run, others build it anew.

    The state that a rebuild leaves behind goes on the shelf, so that undo brings it back; weights
    that still fit are carried over. Saved states wait for data that are missing or not yet read.
    """

    built = Signal(object, str)  # a Catalogue, and what was kept of an earlier network, in words
    refused = Signal(object)  # why what is described cannot be built

    def __init__(
        self, document: Document, trainer: Trainer, waiting: Waiting, known: KnownData
    ) -> None:
        super().__init__(document)
        self.fault: BaseException | None = None  # why what is described is not what would train
        self._document = document
        self._trainer = trainer
        self._waiting = waiting
        self._known = known
        self._shelf = Shelf()
        self._attempt = 0
        self._opened: tuple[ExperimentSpec, States] | None = None  # not built yet
        self._asked: ExperimentSpec | None = None  # what the trainer has, or is about to build
        document.spec_changed.connect(self._on_changed)

    def start(self, states: States = ()) -> None:
        """Build the document's session anew, from saved states where there are any."""
        self._shelf.clear()
        self._asked = None
        self._opened = (self._document.spec, states)
        self._build(self._document.spec, states)

    def again(self) -> None:
        """Try once more to build what is described."""
        self._build(self._document.spec, self.owed)

    @property
    def owed(self) -> States:
        """Saved states of a session that could not be built yet, for want of its data."""
        if self._opened is None or not same_but_place(self._opened[0], self._document.spec):
            return ()
        return self._opened[1]

    def restart(self) -> None:
        """Go back to trial 0 of the same seed, undoably."""
        if self.fault is not None:
            self.again()  # what is described was never there, so nothing is left behind
            return
        spec, token = self._document.spec, object()

        def begin() -> None:
            self._keep(token)
            self._build(spec)

        def back() -> None:
            self._build(spec, shelved=token)

        self._document.act("Restart", begin, back)

    def _on_changed(self, _before: ExperimentSpec, after: ExperimentSpec) -> None:
        problems = after.problems()
        now = self._asked
        if problems:
            self.fault = SpecError(problems)
            self.refused.emit(self.fault)
        elif now is not None and not rebuilds(now, after):
            self._asked = after
            self._settle()
            self._waiting.follow(self._trainer.do(lambda runs: runs[0].change(after)))
        else:
            self._rebuild(now, after)

    def _rebuild(self, now: ExperimentSpec | None, after: ExperimentSpec) -> None:
        if now is not None:
            self._keep(now)
        if self.owed:
            self.again()
        elif after in self._shelf:
            self._build(after, shelved=after)
        else:
            self._build(after, fitting=now is not None and now.seed == after.seed)

    def _keep(self, owner: object) -> None:
        self._shelf.put(owner, self._trainer.do(_captured))

    def _build(
        self,
        spec: ExperimentSpec,
        states: States = (),
        *,
        shelved: object = None,
        fitting: bool = False,
    ) -> None:
        """Build in the training thread; with `fitting`, carry over the weights that still fit."""
        self._attempt += 1
        attempt, shelf, notes = self._attempt, self._shelf, [""]
        specs = (spec, *self._document.session.experiments[1:])
        try:
            self._known.check(specs)
        except DataMissing as fault:
            self.fault = fault
            self.refused.emit(fault)
            return
        earlier: list[Experiment] = []
        self._trainer.do(earlier.extend)  # what is there now, noted just before it is replaced

        def make(progress: Progress) -> Sequence[Experiment]:
            made = [build(described, progress=progress) for described in specs]
            kept = states if shelved is None else shelf.take(shelved)
            for experiment, state in zip(made, kept, strict=False):
                if state is not None:
                    restore_into(experiment, state)
            if fitting and earlier and earlier[0].trial:
                notes[0] = transplant(earlier[0], made[0])
            return made

        before, self._asked = self._asked, spec
        future = self._trainer.load(make)
        future.add_done_callback(lambda done: self._note_failure(done, spec, before))
        self._waiting.follow(future, lambda catalogue: self._on_built(catalogue, notes[0], attempt))

    def _note_failure(
        self, future: Future[Any], asked: ExperimentSpec, before: ExperimentSpec | None
    ) -> None:
        """What could not be built leaves the earlier network in place (in the training thread)."""
        if future.exception() is not None and self._asked is asked:
            self._asked, self.fault = before, future.exception()

    def _on_built(self, catalogue: Catalogue, note: str, attempt: int) -> None:
        if attempt == self._attempt:  # an earlier build says nothing about what is described now
            self._settle()
            self._opened = None
        self.built.emit(catalogue, note)

    def _settle(self) -> None:
        self.fault = None


def _captured(runs: list[Experiment]) -> States:
    """The states of all runs; none of a failed one, whose restart must not bring it back."""
    return [run.capture() if run.fault is None else None for run in runs]
