"""Fetching MNIST in a thread of its own, which closing the window need not wait for."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ..tasks import mnist
from .waiting import Waiting


class Fetch(QObject):
    """One download at a time, with how far it is."""

    progress = Signal(str, float)  # words and the fraction done; empty words once it has ended
    done = Signal()

    def __init__(self, waiting: Waiting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = waiting
        self._state: tuple[str, float] | None = None  # written by the thread, read on each beat
        waiting.failed.connect(self._end)

    def start(self) -> None:
        if self._state is not None:
            return
        self._state = ("Downloading MNIST", 0.0)
        future: Future[Path] = Future()
        threading.Thread(
            target=self._work, args=(future,), name="bioviz download", daemon=True
        ).start()
        self._waiting.follow(future, self._on_done)

    def tell(self) -> None:
        """Say how far it is; to be called on every beat."""
        if self._state is not None:
            self.progress.emit(*self._state)

    def _work(self, future: Future[Path]) -> None:
        try:
            future.set_result(mnist.download(self._note))
        except BaseException as fault:  # the main thread is told through the future
            future.set_exception(fault)

    def _note(self, text: str, fraction: float) -> None:
        self._state = (text, fraction)

    def _on_done(self, _: object) -> None:
        self._end()
        self.done.emit()

    def _end(self, _: object = None) -> None:
        if self._state is not None:
            self._state = None
            self.progress.emit("", 0.0)
