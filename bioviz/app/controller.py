"""The controller: carries the document's changes to the trainer, and its answers back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.catalogue import Catalogue
from ..core.change import rebuilds
from ..core.experiment import Experiment, build
from ..core.fault import BiovizError, DataMissing, SpecError
from ..core.intervention import Intervention
from ..core.spec import ExperimentSpec
from ..core.state import State
from ..core.task import Progress
from ..core.trainer import Mode, Status, Stride, Trainer
from ..core.transplant import transplant
from ..session.file import Saved, capture_all, load, save
from ..session.session import Session
from ..session.state import restore_into
from ..tasks import mnist
from ..ui.pump import Pump
from .document import Document
from .shelf import Shelf

log = logging.getLogger(__name__)

Then = Callable[[Any], None]


class Controller(QObject):
    """Stands between document and trainer; everything slow happens in their threads.

    Answers from other threads are futures, looked at on every beat of the pump: no slot of a
    widget ever runs outside the main thread, and nothing waits.
    """

    rebuilt = Signal(object)  # a Catalogue: the network was built anew
    told = Signal(str, str, object)  # severity, sentence, and a list of (words, callable)
    settled = Signal()  # what was told is no longer so
    saved = Signal(object)  # a Path
    opened = Signal(object)  # a Path
    busy = Signal(str, float)  # what is being downloaded, and the fraction done; empty when done

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.trainer = Trainer()
        self.pump = Pump(self.trainer, self)
        self._pending: list[tuple[Future[Any], Then | None]] = []
        self._files = ThreadPoolExecutor(1, thread_name_prefix="bioviz files")
        self._shelf = Shelf()
        self._asked: ExperimentSpec | None = None  # what the trainer has, or is about to build
        self._unbuilt: BaseException | None = None  # why what is described is not what it has
        self._serial = 0
        self._trial = 0
        self._download: tuple[str, float] | None = None
        self._connect()

    def _connect(self) -> None:
        self.document.spec_changed.connect(self._on_spec_changed)
        self.pump.beaten.connect(self._collect)
        self.pump.status_changed.connect(self._on_status)

    # ---- running ---------------------------------------------------------------------------

    @property
    def status(self) -> Status:
        return self.trainer.status

    @property
    def waiting(self) -> bool:
        """Whether something asked of another thread has not come back yet."""
        return bool(self._pending)

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
        if self._unbuilt is not None:
            self._tell_why(self._unbuilt)
        elif self.status.mode is Mode.FAILED:
            self._tell_fault(self.status)
        return self._unbuilt is None and self.status.mode is not Mode.FAILED

    def restart(self) -> None:
        """Begin again from the same seed: same weights, same order; undoable."""
        spec = self.document.spec
        token = object()
        self.document.act(
            "Restart",
            lambda: self._rebuild(spec, keep_as=token),
            lambda: self._rebuild(spec, restore=token),
        )

    def new_weights(self) -> None:
        """Begin again from the next seed; undoable."""
        spec = self.document.spec
        self.document.edit(spec.model_copy(update={"seed": spec.seed + 1}), "New weights")

    def recover(self) -> None:
        """Go back to the last healthy state after a divergence."""
        self._follow(self.trainer.recover(), self._on_recovered)

    def intervene(self, order: Intervention) -> None:
        """Carry out an intervention on the live run, undoably."""
        inverse: list[Intervention] = []

        def do() -> None:
            self._follow(self.trainer.do(lambda runs: inverse.append(order.apply(runs[0]))))

        def undo() -> None:
            self._follow(self.trainer.do(lambda runs: inverse.pop().apply(runs[0])))

        self.document.act(order.text, do, undo)
        self.pump.refresh()

    # ---- files -----------------------------------------------------------------------------

    def show(self, session: Session, path: Path | None = None) -> None:
        """Work on a session that has no weights of its own: a gallery network or a new one."""
        self.document.replace(session, path)
        self._shelf.clear()
        self._rebuild(session.experiments[0])

    def open(self, path: Path) -> None:
        """Open a file; what is worked on stays until the file has been read and is sound."""
        self._follow(self._files.submit(load, path), lambda saved: self.take_over(saved, path))

    def recover_copy(self, copy: Path) -> None:
        """Work on a copy that a crash left; where it is saved is the user's choice."""
        self._follow(self._files.submit(load, copy), self._on_copy)

    def _on_copy(self, saved: Saved) -> None:
        self.take_over(saved, None)
        self.document.note_recovered()

    def take_over(self, saved: Saved, path: Path | None) -> None:
        """Work on what was read from a file."""
        own = path if path is not None and path.suffix == ".bioviz" else None
        self.document.replace(saved.session, own)  # a plain description is saved elsewhere
        self._shelf.clear()
        state = saved.states[0]
        self._load(saved.session.experiments[0], state=state)
        for warning in saved.warnings:
            self.told.emit("warning", warning, [])
        if path is not None:
            self.opened.emit(path)

    def save(self, path: Path) -> None:
        """Save everything to `path`; training goes on meanwhile."""
        self.capture(lambda saved: self._write(saved, path))

    def capture(self, then: Callable[[Saved], None]) -> None:
        """Have the whole session, weights and history included, given to `then`."""
        session = self.document.session
        if self._unbuilt is not None:  # the trainer still has the network before this one
            then(Saved(session, [None] * len(session.experiments)))
            return
        self._follow(self.trainer.do(lambda runs: capture_all(runs, session)), then)

    def _write(self, saved: Saved, path: Path) -> None:
        self._follow(self._files.submit(save, path, saved), lambda _: self._on_saved(path))

    def _on_saved(self, path: Path) -> None:
        self.document.note_saved(path)
        self.saved.emit(path)

    def in_background(self, work: Callable[[], Any], then: Then | None = None) -> None:
        """Do something with files off the main thread, one at a time."""
        self._follow(self._files.submit(work), then)

    def fetch_mnist(self) -> None:
        """Download MNIST, then build what is described, which may have waited for it."""
        if self._download is None:
            self._download = ("Downloading MNIST", 0.0)
            self._follow(self._files.submit(mnist.download, self._note_download), self._on_fetched)

    def _note_download(self, text: str, fraction: float) -> None:
        self._download = (text, fraction)  # read on the next beat, in the main thread

    def _on_fetched(self, _: object) -> None:
        self._download = None
        self.busy.emit("", 0.0)
        self.told.emit("info", "MNIST is on this machine now.", [])
        self._rebuild(self.document.spec)

    # ---- building --------------------------------------------------------------------------

    def _on_spec_changed(self, _before: ExperimentSpec, after: ExperimentSpec) -> None:
        problems = after.problems()
        if problems:
            self._unbuilt = SpecError(problems)
            self._tell_why(self._unbuilt)
            return
        now = self._asked
        if now is not None and not rebuilds(now, after):
            self._asked = after
            self._note_built()
            self._follow(self.trainer.do(lambda experiments: _change(experiments, after)))
            return
        restore = after if after in self._shelf else None
        same_seed = now is not None and now.seed == after.seed
        self._rebuild(after, keep_as=now, restore=restore, transplanting=same_seed)

    def _rebuild(
        self,
        spec: ExperimentSpec,
        *,
        keep_as: object = None,
        restore: object = None,
        transplanting: bool = False,
    ) -> None:
        """Build `spec` anew; the state left behind is put on the shelf under `keep_as`."""
        if keep_as is not None and self.trainer.catalogue is not None:
            future = self.trainer.do(_capture)
            self._shelf.put(keep_as, future)
        self._load(spec, shelved=restore, transplanting=transplanting and restore is None)

    def _load(
        self,
        spec: ExperimentSpec,
        *,
        state: State | None = None,
        shelved: object = None,
        transplanting: bool = False,
    ) -> None:
        shelf = self._shelf
        notes: list[str] = []
        earlier: list[Experiment] = []
        self.trainer.do(earlier.extend)  # what is there now, noted just before it is replaced

        def make(progress: Progress) -> Sequence[Experiment]:
            made = build(spec, progress=progress)
            kept = state if shelved is None else shelf.take(shelved)
            if kept is not None:
                restore_into(made, kept)
            elif transplanting and earlier and earlier[0].trial:
                notes.append(transplant(earlier[0], made))
            return [made]

        before, self._asked = self._asked, spec
        future = self.trainer.load(make)
        future.add_done_callback(lambda done: self._note_failure(done, before))
        self._follow(future, lambda catalogue: self._on_built(catalogue, notes))

    def _note_failure(self, future: Future[Any], before: ExperimentSpec | None) -> None:
        """What could not be built leaves the earlier network in place (called in the trainer)."""
        fault = future.exception()
        if fault is not None:
            self._asked = before
            self._unbuilt = fault

    def _note_built(self) -> None:
        """What is described and what the trainer has are the same again."""
        if self._unbuilt is not None:
            self._unbuilt = None
            self.settled.emit()

    def _on_built(self, catalogue: Catalogue, notes: list[str]) -> None:
        self._unbuilt = None
        self._serial = self.status.serial
        self._trial = self.status.positions[0].trial if self.status.positions else 0
        self.settled.emit()
        self.rebuilt.emit(catalogue)
        self.pump.refresh()
        for note in notes:
            self.told.emit("info", note, [("Restart from the seed", self.restart)])

    # ---- following the other threads -------------------------------------------------------

    def _follow(self, future: Future[Any], then: Then | None = None) -> None:
        self._pending.append((future, then))

    def _collect(self) -> None:
        """Hand out the results that have come; called on every beat."""
        if self._download is not None:
            self.busy.emit(*self._download)
        done = [pair for pair in self._pending if pair[0].done()]
        self._pending = [pair for pair in self._pending if not pair[0].done()]
        for future, then in done:
            self._settle(future, then)

    def _settle(self, future: Future[Any], then: Then | None) -> None:
        error = future.exception()
        if error is None:
            if then is not None:
                then(future.result())
            return
        self._tell_why(error)

    def _tell_why(self, error: BaseException) -> None:
        """Say why something asked for was not done, and offer what would mend it."""
        if isinstance(error, DataMissing):
            self._download = None
            self.busy.emit("", 0.0)
            self.told.emit("warning", str(error), [("Download MNIST", self.fetch_mnist)])
        elif isinstance(error, BiovizError):
            self.told.emit("error", str(error), [])
        else:
            log.error("A background task failed", exc_info=error)
            self.told.emit("error", f"Something in bioviz failed: {error}.", [])

    def _on_status(self, status: Status) -> None:
        if status.positions and status.positions[0].trial != self._trial:
            self._trial = status.positions[0].trial
            if self._trial:
                self.document.note_training()
        if status.serial != self._serial:
            self._serial = status.serial
            self._tell_fault(status)

    def _tell_fault(self, status: Status) -> None:
        if status.fault is None:
            self.told.emit("info", status.message, [])
            return
        actions = [("Go back", self.recover), ("Restart", self.restart)]
        self.told.emit("error", status.message, actions)

    def _on_recovered(self, trial: int) -> None:
        self.settled.emit()
        self.told.emit("info", f"Back at trial {trial:,}, the last healthy state.", [])
        self.pump.refresh()

    def close(self) -> bool:
        """Stop every thread; True once all have ended."""
        self.pump.stop()
        self._files.shutdown(wait=True)
        return self.trainer.close()


def _change(experiments: list[Experiment], spec: ExperimentSpec) -> None:
    if experiments:
        experiments[0].change(spec)


def _capture(experiments: list[Experiment]) -> State | None:
    return experiments[0].capture() if experiments and experiments[0].fault is None else None
