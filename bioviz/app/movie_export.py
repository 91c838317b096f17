"""Taking what a movie is cut from, and writing it in a thread of its own; it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.experiment import Experiment
from ..core.trainer import Trainer
from ..figures.footage import Footage
from ..figures.gather import wanted_of
from ..figures.movie import Cancelled, Film, write_movie
from ..figures.panel import PanelFigure
from .waiting import Else, Then, Waiting


class MovieExport(QObject):
    """One movie at a time. Only its own thread reads footage, so the run goes on meanwhile."""

    progress = Signal(str, float)  # words and the fraction done; empty words once it has ended
    done = Signal(object)  # the Path that was written
    stopped = Signal()  # as was wished; nothing was written
    failed = Signal(object)

    def __init__(self, trainer: Trainer, waiting: Waiting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        self._waiting = waiting
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bioviz movie")
        self._state: tuple[str, float] | None = None  # written by the thread, read on each beat
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether a movie is being written."""
        return self._state is not None

    def take(self, then: Then, otherwise: Else) -> None:
        """Give `then` the Footage of what is trained, up to now."""
        self._waiting.follow(self._trainer.do(partial(_footage, self._trainer)), then, otherwise)

    def run(self, work: Callable[[], Any], then: Then, otherwise: Else) -> None:
        """Do something in the thread that reads footage, one after the other."""
        self._waiting.follow(self._pool.submit(work), then, otherwise)

    def write(
        self,
        path: Path,
        footage: Footage,
        figures: Sequence[PanelFigure],
        film: Film,
        *,
        log: bool = False,
    ) -> None:
        """Write a movie, whole or not at all."""
        if self.busy:
            return
        self._stopping, self._state = False, ("Looking through the frames", 0.0)
        self.tell()
        work = partial(self._work, path, footage, figures, film, log)
        self.run(work, partial(self._on_done, path), self._on_failed)

    def stop(self) -> None:
        """Write no more; nothing is left of it."""
        self._stopping = True

    def tell(self) -> None:
        """Say how far it is; to be called on every beat."""
        if self._state is not None:
            self.progress.emit(*self._state)

    def close(self) -> None:
        """Stop, and end the thread once the frame that it draws is drawn."""
        self._stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(
        self, path: Path, footage: Footage, figures: Sequence[PanelFigure], film: Film, log: bool
    ) -> None:
        """Write it, in the movie's thread."""
        frames = footage.frames(wanted_of(figures), film.frames, log=log)
        write_movie(path, figures, frames, film, progress=self._note, cancelled=self._is_stopping)

    def _is_stopping(self) -> bool:
        return self._stopping

    def _note(self, text: str, fraction: float) -> None:
        self._state = (text, fraction)

    def _on_done(self, path: Path, _: object) -> None:
        self._end()
        self.done.emit(path)

    def _on_failed(self, fault: BaseException) -> None:
        self._end()
        if isinstance(fault, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(fault)

    def _end(self) -> None:
        self._state = None
        self.progress.emit("", 0.0)


def _footage(trainer: Trainer, runs: list[Experiment]) -> Footage:
    """What the runs have kept, in the training thread; the present is kept too where it can be.

    A trial that is under way is not finished for it: looking must change nothing.
    """
    for run in runs:
        if run.history is not None and run.between_trials and run.fault is None:
            run.history.keep(run)
    return Footage.of(runs, trainer.status.build)
