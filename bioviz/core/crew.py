"""The crew: threads that share the pieces of large products.

A product is always cut into the same pieces, whatever the number of threads, so the bits of its
result never depend on the machine's cores or on who trains: the window, which keeps a core for
drawing, or the command line, which takes all.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any

import numpy as np

from .compiled import loop


class Piece:
    """One call of a BLAS routine that is to be carried out once, by whatever thread.

    `row` (14,) holds the addresses of the routine and of its arguments; `arrays` are those that lie
    there, which live as long as the piece does.
    """

    def __init__(self, routine: Callable[..., None], row: np.ndarray, *arrays: np.ndarray) -> None:
        self.address = row.ctypes.data
        self._row = row
        self._arrays = arrays
        self._routine = routine
        self._arguments: list[int] = row[1:].tolist()

    def move(self, left: int, right: int, out: int) -> None:
        """Point it at other parts of its arrays, by their addresses."""
        self._row[7], self._row[9], self._row[12] = left, right, out
        self._arguments = self._row[1:].tolist()

    def __call__(self) -> None:
        """Carry it out in this thread."""
        self._routine(*self._arguments)


class Crew:
    """Some threads, the caller's own among them. Whoever is free takes the next piece.

    The others stay awake for a moment after each job, since the next one mostly follows at once,
    and sleep otherwise.
    """

    def __init__(self, threads: int) -> None:
        helpers = min(threads - 1, loop("teamwork", "MOST_HELPERS"))
        self._board: np.ndarray = loop("teamwork", "board")()
        self._put, self._to_wake = loop("teamwork", "put"), loop("teamwork", "to_wake")
        self._awake = loop("teamwork", "awake")
        self._post, self._finish = loop("teamwork", "post"), loop("teamwork", "finish")
        self._most: int = loop("teamwork", "MOST_PIECES")
        self._free = threading.Lock()  # whether nobody's job is on the board
        self._calls: list[SimpleQueue[bool]] = [SimpleQueue() for _ in range(helpers)]
        self.helpers = [
            threading.Thread(
                target=self._help, args=(helper,), name=f"bioviz crew {helper + 1}", daemon=True
            )
            for helper in range(helpers)
        ]
        for thread in self.helpers:
            thread.start()

    @property
    def awake(self) -> bool:
        """Whether anybody else is at work or looks out for some."""
        return bool(self._awake(self._board, len(self.helpers)))

    def share(self, pieces: Sequence[Piece]) -> None:
        """Have every piece carried out once, and return when all are done.

        The caller works too and never waits for a piece that nobody has begun, so a thread that
        the system does not let run costs nothing. Who comes while another's job is being done
        does all of it alone.
        """
        if len(pieces) > self._most or not self._free.acquire(blocking=False):
            alone(pieces)
            return
        try:
            self._put_up(pieces)
            self._settle()
        finally:
            self._settle()  # also where Ctrl+C came between: a helper may be at its piece
            self._free.release()

    def dismiss(self) -> None:
        """Let the threads end."""
        for calls in self._calls:
            calls.put(False)

    def _put_up(self, pieces: Sequence[Piece]) -> None:
        """Let everybody see these pieces; wake who sleeps."""
        helpers = min(len(self._calls), len(pieces) - 1)
        self._put(self._board, [piece.address for piece in pieces])
        if self._post(self._board, len(pieces), helpers):
            for helper in self._to_wake(self._board, helpers):
                self._calls[helper].put(True)

    def _settle(self) -> None:
        """Work on what is on the board until all of it is done."""
        while not self._finish(self._board):
            time.sleep(0)  # a helper has begun a piece and is not let run: make room for it

    def _help(self, helper: int) -> None:
        serve: Any = loop("teamwork", "serve")
        while self._calls[helper].get():
            serve(self._board, helper)


class Foreman:
    """Keeps the one crew of this process, made when it is first needed."""

    def __init__(self) -> None:
        self._threads = 0
        self._crew: Crew | None = None

    @property
    def threads(self) -> int:
        """How many threads train, the caller's own among them."""
        return self._threads or available()

    def use(self, threads: int) -> None:
        """Train on this many threads from now on; the bits stay the same."""
        if self._crew is not None:
            self._crew.dismiss()
        self._threads, self._crew = max(1, threads), None

    def share(self, pieces: Sequence[Piece]) -> None:
        """Have all pieces done, alone or by the crew."""
        if self.threads == 1 or len(pieces) == 1:
            alone(pieces)
            return
        crew = self._crew  # held here: another thread may choose another crew meanwhile
        if crew is None:
            crew = self._crew = Crew(self.threads)
        crew.share(pieces)


def alone(pieces: Sequence[Piece]) -> None:
    """Carry out all pieces in this thread."""
    for piece in pieces:
        piece()


def available() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


foreman = Foreman()
