"""Reading somebody's data in a thread of its own, with progress, until it is given up."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ..tasks.own_data import OwnDataParams, read_table
from .waiting import Waiting


class GivenUp(Exception):  # noqa: N818  (it is no error)
    """Raised inside a reading that nobody waits for any more."""


class Order:
    """One reading: how far it is, and whether it is still wanted."""

    def __init__(self) -> None:
        self.state = ("", 0.0)
        self.wanted = True

    def note(self, text: str, fraction: float) -> None:
        """Take note of the progress; this is where a reading that is not wanted ends."""
        if not self.wanted:
            raise GivenUp
        self.state = (text, fraction)


class DataReading(QObject):
    """One reading at a time; a new one gives up the one before."""

    progress = Signal(str, float)  # words and the fraction done; empty words once it has ended
    read = Signal(object)  # a Table
    failed = Signal(object)  # why it could not be read

    def __init__(self, waiting: Waiting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = waiting
        self._order: Order | None = None

    @property
    def busy(self) -> bool:
        return self._order is not None

    def start(self, wish: OwnDataParams) -> None:
        """Read what `wish` names; `read` or `failed` tells what came of it."""
        self.stop()
        order = self._order = Order()
        order.state = (f"Reading {wish.name}", 0.0)
        future: Future[object] = Future()
        threading.Thread(
            target=self._work, args=(order, wish, future), name="bioviz data", daemon=True
        ).start()
        self._waiting.follow(future, partial(self._on_read, order), partial(self._on_failed, order))
        self.tell()

    def stop(self) -> None:
        """Give up the reading that is under way."""
        if self._order is not None:
            self._order.wanted = False
            self._order = None
            self.progress.emit("", 0.0)

    def tell(self) -> None:
        """Say how far it is; to be called on every beat."""
        if self._order is not None:
            self.progress.emit(*self._order.state)

    def _work(self, order: Order, wish: OwnDataParams, future: Future[object]) -> None:
        try:
            table = read_table(
                Path(wish.path), label=wish.label, side=wish.side, progress=order.note
            )
            future.set_result(table)
        except BaseException as fault:  # the main thread is told through the future
            future.set_exception(fault)

    def _on_read(self, order: Order, table: object) -> None:
        if order is self._order:
            self._end()
            self.read.emit(table)

    def _on_failed(self, order: Order, fault: BaseException) -> None:
        if order is self._order:
            self._end()
            self.failed.emit(fault)

    def _end(self) -> None:
        self._order = None
        self.progress.emit("", 0.0)
