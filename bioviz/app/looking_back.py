"""Looking back: which moment is shown, the present or an earlier one, while training goes on."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject, Signal

from ..core.experiment import Experiment
from ..core.history import History
from ..core.replay import Replay
from ..core.task import Progress
from ..core.trainer import Trainer
from ..ui.pump import Pump
from .time_scale import trial_at
from .waiting import Waiting


class LookingBack(QObject):
    """Has panels look at twins of what trains, in a thread of their own, or at the present again.

    Twins are made when they are first needed, and dropped once other experiments are trained.
    """

    changed = Signal()  # another moment is looked at
    noted = Signal()  # bookmarks have changed

    def __init__(
        self, trainer: Trainer, pump: Pump, waiting: Waiting, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.trial: int | None = None  # the one that is looked at; None for the present
        self._trainer = trainer
        self._pump = pump
        self._waiting = waiting
        self._past: Trainer | None = None
        self._replay: Replay | None = None
        self._wish: int | None = None  # what is still to be shown: while one drags, only the last
        self._show: tuple[float, float, bool] | None = None  # when a show began, how long, log time
        pump.beaten.connect(self._go_on)

    @property
    def history(self) -> History:
        return self._trainer.history

    @property
    def source(self) -> Trainer:
        """What is looked at: the trainer, or the one that holds its twins at an earlier moment."""
        return self._trainer if self.trial is None or self._past is None else self._past

    @property
    def showing(self) -> bool:
        """Whether the history is being played."""
        return self._show is not None

    # ---- moving in time --------------------------------------------------------------------

    def look(self, trial: float) -> None:
        """Look at the latest moment that is not after `trial`."""
        self._show = None
        self._look(trial)

    def step(self, count: int) -> None:
        """Look at another moment, so many further on; past the last one lies the present."""
        trials = self.history.trials
        if not trials:
            return
        here = len(trials) if self.trial is None else trials.index(self._nearest())
        if self.trial is None and trials[-1] == self._now():
            here -= 1  # the present is the last moment that was kept
        there = max(0, here + count)
        if there >= len(trials) or trials[there] == self._now():
            self.live()
        else:
            self.look(trials[there])

    def live(self) -> None:
        """Look at the present again."""
        self._show = self._wish = None
        if self.trial is not None:
            self.trial = None
            self._pump.look_at(self._trainer)
            self.changed.emit()

    def play(self, seconds: float, *, log: bool) -> None:
        """Show the history from its beginning to the present, in so many seconds."""
        self._show = (time.monotonic(), seconds, log)
        self._look(0)

    def forget(self) -> None:
        """Other experiments are trained now."""
        self.live()
        if self._past is not None and self._replay is not None:
            self._waiting.follow(self._past.load(_nothing))  # twins take as much room as originals
        self._replay = None

    def close(self) -> bool:
        """End the thread of the past; True once it has."""
        return self._past is None or self._past.close()

    def _look(self, trial: float) -> None:
        if not self.history.frames:
            return
        self.trial = self._wish = self.history.at(trial).trial
        past = self._ready()
        self._waiting.follow(past.do(self._put), partial(self._on_shown, past))
        self.changed.emit()

    def _ready(self) -> Trainer:
        """The trainer that holds the twins of what is trained now; it never plays."""
        if self._past is None:
            self._past = Trainer(keeps=False)
        if self._replay is None or self._replay.originals != list(self._trainer.experiments):
            self._replay = Replay(self._trainer.experiments)
            self._waiting.follow(self._past.load(partial(_twins, self._replay)))
        return self._past

    def _put(self, _: list[Experiment]) -> None:
        """Put the twins to what was last wished for, in their thread."""
        trial, self._wish = self._wish, None
        if trial is not None and self._replay is not None:
            self._replay.show(trial)

    def _on_shown(self, past: Trainer, _: object) -> None:
        if self.trial is not None:
            self._pump.look_at(past)

    def _go_on(self) -> None:
        """Show the next moment of the show, on every beat."""
        if self._show is None:
            return
        began, seconds, log = self._show
        part = (time.monotonic() - began) / seconds
        if part >= 1:
            self.live()
        elif self._wish is None:  # the last one is there
            trial = self.history.at(trial_at(part, self._now(), log=log)).trial
            if trial != self.trial:
                self._look(trial)

    def _nearest(self) -> int:
        return self.history.at(self.trial or 0).trial

    def _now(self) -> int:
        positions = self._trainer.status.positions
        return positions[0].trial if positions else 0

    # ---- bookmarks -------------------------------------------------------------------------

    def mark(self, name: str) -> None:
        """Give the moment that is looked at a name, under which it is kept."""
        order = partial(_mark, self.trial, name)
        self._waiting.follow(self._trainer.do(order), self._on_marked)

    def unmark(self, trial: int) -> None:
        self._waiting.follow(self._trainer.do(partial(_mark, trial, "")), self._on_marked)

    def _on_marked(self, _: object) -> None:
        self.noted.emit()


def _nothing(_: Progress) -> list[Experiment]:
    return []


def _twins(replay: Replay, _: Progress) -> list[Experiment]:
    replay.make()
    return replay.twins


def _mark(trial: int | None, name: str, runs: list[Experiment]) -> None:
    """Name a moment of every run, in the training thread; the present where none is given."""
    for run in runs:
        if run.history is None:
            continue
        if trial is None:
            run.settle()
            run.history.keep(run, name)
        else:
            run.history.mark(run.history.at(trial).trial, name)
