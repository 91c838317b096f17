"""The crew: threads that share the pieces of one large product, and wait at no other time.

A product is always cut into the same pieces, whatever the number of threads, so the bits of its
result never depend on the machine's cores or on who trains: the window, which keeps a core for
drawing, or the command line, which takes all.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue

import numpy as np

Work = Callable[[int], None]


class Crew:
    """Some threads, the caller's own among them. Whoever is free takes the next piece."""

    def __init__(self, threads: int) -> None:
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._idle = threads - 1
        for number in range(1, threads):
            name = f"bioviz crew {number}"
            threading.Thread(target=self._labour, name=name, daemon=True).start()

    def share(self, work: Work, pieces: int) -> None:
        """Call work(0) to work(pieces - 1), each once, and return when all are done.

        The caller works too and never waits for a piece that nobody has begun, so a thread that
        the system does not let run costs nothing.
        """
        job = Job(work, pieces)
        for _ in range(min(self._idle, pieces - 1)):
            self._jobs.put(job)
        own = job.labour()
        job.wait(pieces - own)

    def dismiss(self) -> None:
        """Let the threads end."""
        for _ in range(self._idle):
            self._jobs.put(Job(_nothing, 0, last=True))
        self._idle = 0

    def _labour(self) -> None:
        with np.errstate(all="ignore"):  # as where the caller works: a guard tells of what is wrong
            while True:
                job = self._jobs.get()
                if job.last:
                    return
                job.help()


class Job:
    """One product in pieces: what is left of it, and what others have done."""

    def __init__(self, work: Work, pieces: int, *, last: bool = False) -> None:
        self.last = last
        self._work = work
        self._left: Iterator[int] = iter(range(pieces))
        self._done: SimpleQueue[BaseException | None] = SimpleQueue()

    def labour(self) -> int:
        """Do pieces until none is left to begin; how many were done."""
        count = 0
        for piece in self._left:
            self._work(piece)
            count += 1
        return count

    def help(self) -> None:
        """Do pieces for the caller, who hears of each, also of a fault."""
        for piece in self._left:
            try:
                self._work(piece)
            except BaseException as fault:
                self._done.put(fault)
            else:
                self._done.put(None)

    def wait(self, pieces: int) -> None:
        """Wait for what others have begun; raises what went wrong there."""
        faults = [self._done.get() for _ in range(pieces)]
        for fault in faults:
            if fault is not None:
                raise fault


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

    def share(self, work: Work, pieces: int) -> None:
        """Have all pieces done, alone or by the crew."""
        if self.threads == 1:
            for piece in range(pieces):
                work(piece)
            return
        crew = self._crew  # held here: another thread may choose another crew meanwhile
        if crew is None:
            crew = self._crew = Crew(self.threads)
        crew.share(work, pieces)


def available() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _nothing(_: int) -> None:
    """No work."""


foreman = Foreman()
