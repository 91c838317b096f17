"""The pace of a run: how many samples a second are shown, and how many there really are."""

from __future__ import annotations

import threading
import time

MEASURE_EVERY = 0.25  # seconds between two readings of the speed
BRISK = 0.0003  # seconds: shorter steps spend most of their time in the interpreter
LONGEST_NAP = 0.05  # seconds: a new speed or a pause is never noticed later than this


class Pace:
    """Waits between samples when a speed is set, and measures the speed that is reached."""

    def __init__(self) -> None:
        self.speed: float | None = None  # samples a second; None for as fast as it goes
        self.measured = 0.0
        self.brisk = True  # whether steps are so short that they would keep the window waiting
        self._steps = 0  # since the last reading
        self._due = 0.0
        self._since = (0.0, 0)

    @property
    def paced(self) -> bool:
        return self.speed is not None

    @property
    def kept(self) -> bool:
        """Whether a set speed is reached, so that there is time to spare."""
        return self.speed is not None and self.measured >= 0.95 * self.speed

    def set_speed(self, speed: float | None) -> None:
        self.speed = speed
        self._due = time.perf_counter()

    def forget(self) -> None:
        """Another run begins: what was measured was another's."""
        self.measured, self.brisk = 0.0, True
        self.start()

    def start(self) -> None:
        """Begin a stretch of running: nothing is owed, nothing is measured yet."""
        self._due = time.perf_counter()
        self._since = (self._due, -1)

    def wait(self, wake: threading.Event) -> bool:
        """Wait a little for the next sample's time; True once it has come."""
        late = self._due - time.perf_counter()
        if late <= 0:
            return True
        wake.wait(min(late, LONGEST_NAP))
        return self._due <= time.perf_counter()

    def shown(self, sample: bool) -> None:
        """A sample was shown (or only a phase passed): the next is due accordingly later."""
        if sample and self.speed:
            now = time.perf_counter()
            self._due = max(self._due, now - LONGEST_NAP) + 1 / self.speed

    def step(self) -> None:
        """One step was taken, after which somebody may have wanted something."""
        self._steps += 1

    def measure(self, seen: int) -> bool:
        """Take note of how many samples were seen; True where a new reading was made."""
        now = time.perf_counter()
        then, before = self._since
        if before < 0:
            self._since, self._steps = (now, seen), 0
            return False
        if now - then < MEASURE_EVERY:
            return False
        self.measured = (seen - before) / (now - then)
        self.brisk = now - then < BRISK * self._steps
        self._steps = 0
        self._since = (now, seen)
        return True
