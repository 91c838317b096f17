"""Fetching data sets in a thread of its own, which closing the window need not wait for."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ..core.registry import TASKS
from .waiting import Waiting


class Fetch(QObject):
    """One download at a time, the others after it, with how far it is."""

    progress = Signal(str, float)  # words and the fraction done; empty words once all have ended
    done = Signal(str)  # the key of the task whose data are here now
    failed = Signal(object)  # why a download failed

    def __init__(self, waiting: Waiting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = waiting
        self._state: tuple[str, float] | None = None  # written by the thread, read on each beat
        self._asked: list[str] = []  # what is being fetched, and what will be after it

    def start(self, key: str) -> None:
        """Fetch the data of the task `key`, unless that is under way."""
        if key not in self._asked:
            self._asked.append(key)
            if len(self._asked) == 1:
                self._begin(key)

    def tell(self) -> None:
        """Say how far it is; to be called on every beat."""
        if self._state is not None:
            self.progress.emit(*self._state)

    def _begin(self, key: str) -> None:
        self._state = (f"Downloading {TASKS[key].title}", 0.0)
        future: Future[Path] = Future()
        threading.Thread(
            target=self._work, args=(key, future), name="bioviz download", daemon=True
        ).start()
        self._waiting.follow(future, partial(self._on_done, key), self._on_failed)

    def _work(self, key: str, future: Future[Path]) -> None:
        try:
            future.set_result(TASKS[key].download(self._note))
        except BaseException as fault:  # the main thread is told through the future
            future.set_exception(fault)

    def _note(self, text: str, fraction: float) -> None:
        self._state = (text, fraction)

    def _on_done(self, key: str, _: object) -> None:
        self._end()
        self.done.emit(key)

    def _on_failed(self, fault: BaseException) -> None:
        self._end()
        self.failed.emit(fault)

    def _end(self) -> None:
        self._asked.pop(0)
        self._state = None
        if self._asked:
            self._begin(self._asked[0])
        else:
            self.progress.emit("", 0.0)
