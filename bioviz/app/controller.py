"""The controller: what can be done with a session, and what is told of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.beside import FULL, MOST
from ..core.branch import branch
from ..core.catalogue import Catalogue
from ..core.crew import available, foreman
from ..core.earlier import EarlierRun
from ..core.experiment import Experiment
from ..core.fault import BiovizError, DataMissing
from ..core.intervention import Intervention
from ..core.registry import TASKS
from ..core.spec import ExperimentSpec
from ..core.state import State
from ..core.status import Mode, Status, Stride
from ..core.trainer import Trainer
from ..session.atomic import write_text
from ..session.file import Saved, capture_all, load, save
from ..session.session import Session
from ..ui.problem import Answer
from ..ui.pump import Pump
from .builder import Builder
from .document import Document
from .earlier import Earlier
from .fetch import Fetch
from .keeping import saved_words
from .known_data import DataUnread, KnownData
from .looking_back import LookingBack
from .waiting import Then, Waiting

log = logging.getLogger(__name__)


class Controller(QObject):
    """Stands between document and trainer; everything slow happens in other threads.

    No slot of a widget ever runs outside the main thread, and the main thread never waits.
    """

    rebuilt = Signal(object)  # a Catalogue: the network was built anew
    told = Signal(str, str, object)  # severity, sentence, and a list of (words, callable)
    settled = Signal()  # what was told is no longer so
    saved = Signal(object)  # a Path
    opened = Signal(object)  # a Path
    data_asked = Signal(str)  # the user's own data are to be chosen, perhaps this file again

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        foreman.use(max(1, available() - 1))  # drawing keeps a core for itself
        self.trainer = Trainer()
        self.pump = Pump(self.trainer, self)
        self.waiting = Waiting(self)
        self.fetch = Fetch(self.waiting, self)
        self.earlier = Earlier(self)
        self.known = KnownData(self)
        self.builder = Builder(document, self.trainer, self.waiting, self.earlier, self.known)
        self.looking = LookingBack(self.trainer, self.pump, self.waiting, self)
        self._files = ThreadPoolExecutor(1, thread_name_prefix="bioviz files")
        self._serial = 0  # of the last stop that was told
        self._trials = 0  # of all experiments
        self._connect()

    def _connect(self) -> None:
        self.pump.beaten.connect(self.waiting.collect)
        self.pump.beaten.connect(self.fetch.tell)
        self.pump.status_changed.connect(self._on_status)
        self.waiting.failed.connect(self._tell_why)
        self.builder.refused.connect(self._tell_why)
        self.builder.built.connect(self._on_built)
        self.document.spec_changed.connect(self._on_edited)
        self.fetch.done.connect(self._on_fetched)
        self.fetch.failed.connect(self._tell_why)

    # ---- running ---------------------------------------------------------------------------

    @property
    def status(self) -> Status:
        return self.trainer.status

    def toggle(self) -> None:
        """Play if paused, pause if playing."""
        if self.status.mode is Mode.PLAYING:
            self.trainer.pause()
        elif self._ready():
            self.trainer.play()

    def pause(self) -> None:
        self.trainer.pause()

    def step(self, count: int, stride: Stride) -> None:
        if self._ready():
            self.trainer.advance(count, stride)

    def _ready(self) -> bool:
        """Whether what is described is what would train; says why where it is not."""
        if self.builder.fault is not None:
            self._tell_why(self.builder.fault)
        elif self.status.mode is Mode.FAILED:
            self._tell_stop(self.status)
        return self.builder.fault is None and self.status.mode is not Mode.FAILED

    def restart(self) -> None:
        """Begin again from the same seed: same weights, same order; undoable."""
        self.builder.restart()

    def new_weights(self) -> None:
        """Begin again from the next seed, in every experiment; undoable."""
        self.document.new_weights()

    def add_beside(self, spec: ExperimentSpec, state: State | None, text: str) -> None:
        """Put another experiment beside those that are there, undoably.

        Without a `state` all begin again, from the same initial weights on the same samples; with
        one it goes on from there, and catches up with the others first where it is behind.
        """
        if len(self.document.experiments) >= MOST:
            self.told.emit("info", FULL, [])
        elif state is None or self._ready():
            self.document.add(spec, text, state)

    def branch(self, index: int, trial: int) -> None:
        """Put a second run beside one, which goes on from a moment of its history, undoably."""
        if self._ready():
            made = self.trainer.do(lambda runs: branch(runs[index], trial))
            self.waiting.follow(made, self._on_branched)

    def _on_branched(self, made: tuple[ExperimentSpec, State]) -> None:
        spec, state = made
        self.add_beside(spec, state, f"Branch at trial {state.meta['trial']:,}")

    def remove_beside(self, index: int) -> None:
        """Take one of several experiments away, undoably; the others go on as they are."""
        self.document.remove(index)

    def forget(self, runs: Sequence[EarlierRun]) -> None:
        """Let go of earlier runs, undoably."""
        text = "Remove earlier run" if len(runs) == 1 else "Remove earlier runs"
        self.document.act(
            text, partial(self.earlier.remove, runs), partial(self.earlier.put_back, runs)
        )

    def recover(self) -> None:
        """Go back to the last healthy state after a divergence."""
        self.waiting.follow(self.trainer.recover(), self._on_recovered)

    def intervene(self, order: Intervention) -> None:
        """Carry out an intervention on the active run, undoably where it can be taken back."""
        lane = self.document.active
        if not order.undoable:
            self.waiting.follow(self.trainer.do(lambda runs: order.apply(runs[lane])))
            self.pump.refresh()
            return
        inverse: list[Intervention] = []

        def do() -> None:
            carried = self.trainer.do(lambda runs: inverse.append(order.apply(runs[lane])))
            self.waiting.follow(carried)

        def back(runs: list[Experiment]) -> None:
            if inverse:  # an order that was refused has nothing to take back
                inverse.pop().apply(runs[lane])

        def undo() -> None:
            self.waiting.follow(self.trainer.do(back))

        self.document.act(order.text, do, undo)
        self.pump.refresh()

    # ---- files -----------------------------------------------------------------------------

    def show(self, session: Session) -> None:
        """Work on a session that has no weights of its own: a gallery network or a new one."""
        self.document.replace(session, None)
        self.builder.start()

    def open(self, path: Path) -> None:
        """Open a file; what is worked on stays until the file has been read and is sound."""
        self.in_background(lambda: load(path), lambda saved: self._on_loaded(saved, path))

    def _on_loaded(self, saved: Saved, path: Path) -> None:
        plain = path.suffix != ".bioviz"  # a description without weights is saved elsewhere
        self.take_over(saved, None if plain else path)
        self.opened.emit(path)

    def recover_copy(self, copy: Path) -> None:
        """Work on a copy that a crash left; where it is saved is the user's choice."""
        self.in_background(lambda: load(copy), self._on_copy)

    def _on_copy(self, saved: Saved) -> None:
        self.take_over(saved, None)
        self.document.note_recovered()

    def take_over(self, saved: Saved, path: Path | None) -> None:
        """Work on what was read from a file."""
        self.document.replace(saved.session, path)
        self.builder.start(saved.states, saved.earlier, saved.excerpts)
        for warning in saved.warnings:
            self.told.emit("warning", warning, [])

    def save(self, path: Path) -> None:
        """Save everything to `path`; training goes on meanwhile."""
        self.capture(lambda saved: self._write(saved, path))

    def capture(self, then: Callable[[Saved], None]) -> None:
        """Have the whole session, weights and history included, given to `then`."""
        session, earlier = self.document.session, list(self.earlier.runs)
        if self.builder.fault is not None:  # the trainer still has the network before this one
            owed = list(self.builder.owed) or [None] * len(session.experiments)
            excerpts = list(self.builder.owed_excerpts)
            whole = Saved(session, owed, earlier=earlier, excerpts=excerpts)
            then(whole if session.history else whole.without_history())
        else:
            captured = self.trainer.do(lambda runs: capture_all(runs, session))
            self.waiting.follow(captured, lambda saved: then(replace(saved, earlier=earlier)))

    def _write(self, saved: Saved, path: Path) -> None:
        self.in_background(lambda: save(path, saved), lambda _: self._on_saved(path))

    def _on_saved(self, path: Path) -> None:
        self.document.note_saved(path)
        self.told.emit("info", saved_words(path, history=self.document.session.history), [])
        self.saved.emit(path)

    def write(self, path: Path, make: Callable[[], str]) -> None:
        """Write a text file, all or nothing; what it says is made off the main thread too."""
        self.in_background(lambda: write_text(path, make()), lambda _: self._on_written(path))

    def _on_written(self, path: Path) -> None:
        self.told.emit("info", f"Saved {path.name} in {path.parent}.", [])

    def in_background(self, work: Callable[[], Any], then: Then | None = None) -> None:
        """Do something with files off the main thread, one at a time."""
        self.waiting.follow(self._files.submit(work), then)

    # ---- telling ---------------------------------------------------------------------------

    def _on_built(self, catalogue: Catalogue, note: str) -> None:
        self.looking.forget()
        self._serial = self.status.serial
        self._trials = _trials(self.status)
        if self.builder.fault is None:
            self.settled.emit()
        self.rebuilt.emit(catalogue)
        self.pump.refresh()
        if note:
            self.told.emit("info", note, [("Restart from the seed", self.restart)])

    def _on_edited(self) -> None:
        if self.builder.fault is None:
            self.settled.emit()

    def _on_fetched(self, key: str) -> None:
        self.told.emit("info", f"{TASKS[key].title} is on this machine now.", [])
        if self.builder.fault is not None and self.document.spec.task.key == key:
            self.builder.again()

    def _on_recovered(self, trial: int) -> None:
        self.settled.emit()
        self.told.emit("info", f"Back at trial {trial:,}, the last healthy state.", [])
        self.pump.refresh()

    def _on_status(self, status: Status) -> None:
        if status.positions and _trials(status) != self._trials:
            self._trials = _trials(status)
            if self._trials:
                self.document.note_training()
        if status.serial != self._serial:
            self._serial = status.serial
            self._tell_stop(status)

    def _tell_stop(self, status: Status) -> None:
        """Say why the run stopped by itself."""
        actions = [("Go back", self.recover), ("Restart", self.restart)]
        failed = status.fault is not None
        self.told.emit("error" if failed else "info", status.message, actions if failed else [])

    def _tell_why(self, fault: BaseException) -> None:
        """Say why something asked for was not done, and offer what would mend it."""
        if isinstance(fault, DataMissing):
            self.told.emit("warning", str(fault), self._remedies(fault))
        elif isinstance(fault, BiovizError):
            self.told.emit("error", str(fault), [])
        else:
            log.error("A background task failed", exc_info=fault)
            self.told.emit("error", f"Something in bioviz failed: {fault}.", [])

    def _remedies(self, fault: DataMissing) -> list[Answer]:
        """What would bring the data, as buttons."""
        if fault.fetch is not None:
            words = f"Download {TASKS[fault.fetch].title}"
            return [(words, partial(self.fetch.start, fault.fetch))]
        if fault.path is None:
            return []
        other = ("Choose another file…", partial(self.data_asked.emit, ""))
        if isinstance(fault, DataUnread):
            return [("Read it", partial(self.trust, fault.path)), other]
        if fault.path and Path(fault.path).exists():
            return [("Read it anew…", partial(self.data_asked.emit, fault.path)), other]
        return [other]

    def trust(self, path: str) -> None:
        """The user lets a file be read that a session names."""
        self.known.add(path)
        self.builder.again()

    def close(self) -> bool:
        """Stop every thread; True once all have ended. A save under way is finished first."""
        self.pump.stop()
        self._files.shutdown(wait=True)
        return self.looking.close() and self.trainer.close()


def _trials(status: Status) -> int:
    """The trials of all experiments together: one may catch up while the others rest."""
    return sum(position.trial for position in status.positions)
