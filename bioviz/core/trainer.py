"""The trainer: a background thread that runs experiments, obeys orders and serves snapshots."""

from __future__ import annotations

import logging
import math
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np

from .catalogue import Catalogue
from .experiment import Experiment
from .fault import BiovizError
from .history import History, keep_histories
from .lockstep import Lockstep
from .mailbox import Mailbox
from .pace import Pace
from .snapshot import NOTHING, Snapshot, Wanted, locate, take
from .status import Mode, Status, Stride
from .task import Progress
from .turn import Turn

log = logging.getLogger(__name__)

Order = Callable[[list[Experiment]], Any]
Maker = Callable[[Progress], Sequence[Experiment]]


class Trainer:
    """Runs a list of experiments in lock-step in a thread of its own.

    Every public method may be called from any thread and returns at once. Orders take effect
    between two phases. A failed run still answers, so that the wreck can be looked at.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.status = Status()
        self.catalogue: Catalogue | None = None
        self.mailbox = Mailbox()
        self.pace = Pace()
        self.turn = Turn()
        self._runs = Lockstep([])
        self._orders: deque[tuple[Order, Future[Any]]] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._left = 0.0  # steps still to take; infinite while playing
        self._stride = Stride.BATCH
        self._keeps = keeps  # whether it keeps the history of what it runs
        self._ended = False  # whether the stop condition had been reached when play was pressed
        self._thread = threading.Thread(target=self._work, name="bioviz trainer", daemon=True)
        self._thread.start()

    # ---- what anybody may ask --------------------------------------------------------------

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """What it runs; only its own thread may change anything of it."""
        return tuple(self._runs.experiments)

    @property
    def history(self) -> History:
        """The first experiment's history; an empty one before there is any."""
        runs = self._runs.experiments
        return (runs[0].history if runs else None) or History()

    def load(self, make: Maker) -> Future[Any]:
        """Build new experiments by `make` and pause on them; the old ones stay where it fails."""
        return self.do(lambda _: self._load(make))

    def play(self) -> None:
        self.do(lambda _: self._go(math.inf, Stride.BATCH))

    def pause(self) -> None:
        self.do(lambda _: self._halt())

    def advance(self, count: int = 1, stride: Stride = Stride.BATCH) -> None:
        """Take `count` steps, then pause."""
        self.do(lambda _: self._go(count, stride))

    def do(self, order: Order) -> Future[Any]:
        """Have `order` called with the experiments between two phases; its answer is the future."""
        future: Future[Any] = Future()
        self._orders.append((order, future))
        self.turn.give()  # an order is obeyed at once
        self._wake.set()
        return future

    def ask(self, wanted: Wanted) -> None:
        """Want a snapshot; `mailbox.take` gives it once it is there."""
        self.mailbox.ask(wanted)
        self._wake.set()

    def set_speed(self, samples_per_second: float | None) -> None:
        """Show so many samples a second; None for as fast as it goes."""
        self.pace.set_speed(samples_per_second)
        self._wake.set()

    def recover(self) -> Future[Any]:
        """Go back to each experiment's last healthy state, and pause there."""
        return self.do(self._recover)

    def close(self, timeout: float = 5.0) -> bool:
        """Stop the thread; True once it has ended."""
        self._closing = True
        self.turn.give()
        self._wake.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # ---- the thread ------------------------------------------------------------------------

    def _work(self) -> None:
        while not self._closing:
            self._wake.clear()
            self._obey()
            self.mailbox.serve(self._snapshot)
            if self._left > 0:
                self._train()
            elif not self._orders:
                self._wake.wait()

    def _obey(self) -> None:
        while self._orders:
            order, future = self._orders.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(order(self._runs.experiments))
            except BaseException as error:
                if isinstance(error, BiovizError) and self._runs.faulty:
                    self._fail(error)
                future.set_exception(error)
            self._report()

    def _train(self) -> None:
        """Run until something is asked for or the steps are used up."""
        try:
            while self._left > 0 and not self._asked():
                self._advance()
        except BiovizError as fault:
            self._fail(fault)
        except Exception as error:
            log.exception("The training thread met a fault")
            self._fail(BiovizError(f"Training stopped at a fault in bioviz: {error!r}."))
        self._report()

    def _asked(self) -> bool:
        """Whether somebody wants something; between short steps the window goes first."""
        self.pace.step()
        if self.pace.brisk:
            self.turn.wait()
        return self._closing or bool(self._orders) or self.mailbox.asked

    def _advance(self) -> None:
        """Take one step of the present stride, or a part of it where something is asked."""
        if self._runs.behind:
            self._catch_up()
        elif self._stride in (Stride.PHASE, Stride.SAMPLE) or self.pace.paced:
            self._walk()
        elif self._runs.finish_trial(self._asked):
            self._count(Stride.BATCH)

    def _catch_up(self) -> None:
        """Bring those that are behind up to the others, at full speed: that is no step of all."""
        self._runs.finish_trial(self._asked)
        self._measure_speed()

    def _walk(self) -> None:
        """One phase or one sample, once it is time for it."""
        if self.pace.paced and not self.pace.wait(self._wake):
            return
        looked = self._runs.look(samples=self._stride is not Stride.PHASE)
        self.pace.shown(looked)
        if looked:
            self._count(Stride.SAMPLE)
            self._report()
        self._count(Stride.PHASE)
        if self._runs.ended:
            self._count(Stride.BATCH)

    def _count(self, stride: Stride) -> None:
        """Count one step of this kind against what is left to do, and see whether to stop."""
        if stride is Stride.BATCH:
            self._measure_speed()
            if self._stride is Stride.EPOCH and self._runs.experiments[0].position == 0:
                self._left -= 1
            self._stop_where_done()
        if stride is self._stride:
            self._left -= 1

    def _measure_speed(self) -> None:
        if self.pace.measure(min(locate(run).seen for run in self._runs.experiments)):
            self._report()

    def _stop_where_done(self) -> None:
        if not self._ended and self._runs.done:
            self._ended = True
            self._left = 0
            self._tell("The stop condition is reached. Press play to go on.")

    # ---- orders ----------------------------------------------------------------------------

    def _go(self, count: float, stride: Stride) -> None:
        if self._runs.experiments and not self._runs.faulty:
            self._left, self._stride = count, Stride(stride)
            self._ended = self._runs.done
            self.pace.start()

    def _halt(self) -> None:
        self._left = 0

    def _load(self, make: Maker) -> Catalogue:
        self._halt()
        mode = self.status.mode
        self.status = replace(self.status, mode=Mode.BUILDING, doing="Building", fraction=0.0)
        try:
            made = list(make(self._progress))
        finally:
            self.status = replace(self.status, mode=mode, doing="")
        before, self._runs = self._runs.experiments, Lockstep(made)
        if self._keeps:
            keep_histories(made)
        build = self.status.build + 1
        self.catalogue = Catalogue.of(build, [experiment.catalogue() for experiment in made])
        self.status = Status(Mode.PAUSED, build, serial=self.status.serial)
        for run in before:
            if run.fault is not None and run in made:
                self._fail(run.fault)  # it stays as it is, beside others that come or go
        self.pace.forget()
        return self.catalogue

    def _progress(self, text: str, fraction: float) -> None:
        self.status = replace(self.status, doing=text, fraction=fraction)

    def _recover(self, experiments: list[Experiment]) -> int:
        for experiment in experiments:
            if experiment.guard.kept is not None:
                experiment.restore(experiment.guard.kept)
                experiment.mark("back to the last healthy state")
        self.status = replace(self.status, fault=None, message="")
        return min(experiment.trial for experiment in experiments)

    # ---- telling ---------------------------------------------------------------------------

    def _fail(self, fault: BiovizError) -> None:
        self._left = 0
        serial = self.status.serial + 1
        message = f"{self._whose(fault)}{fault}"
        self.status = replace(self.status, fault=fault, message=message, serial=serial)

    def _whose(self, fault: BiovizError) -> str:
        """Which experiment's fault it is, where there are several."""
        runs, known = self._runs.experiments, self.catalogue
        if known is None or len(runs) < 2 or len(known.experiments) != len(runs):
            return ""
        pairs = zip(runs, known.experiments, strict=True)
        return next((f"{entry.name}: " for run, entry in pairs if run.fault is fault), "")

    def _tell(self, message: str) -> None:
        self.status = replace(self.status, message=message, serial=self.status.serial + 1)

    def _report(self) -> None:
        if not self._runs.experiments:
            return
        mode = Mode.PLAYING if self._left > 0 else Mode.PAUSED
        self.status = replace(
            self.status,
            mode=Mode.FAILED if self.status.fault else mode,
            positions=tuple(locate(experiment) for experiment in self._runs.experiments),
            speed=self.pace.measured if self._left > 0 else 0.0,
        )

    def _snapshot(self, wanted: Wanted) -> Snapshot:
        if not self._runs.experiments:
            return Snapshot(self.status.build, ())
        with np.errstate(all="ignore"):
            return take(self.status.build, self._runs.experiments, wanted or NOTHING)
