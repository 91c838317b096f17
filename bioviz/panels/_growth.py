"""How long curves take to grow by a pixel: drawing them sooner would show nothing new."""

from __future__ import annotations

import time

SOONEST = 0.15  # seconds: a curve that grows six times a second is seen to move
LATEST = 0.25  # the legend's numbers are always as fresh as this


class Growth:
    """Watches how fast a run goes along a plot."""

    def __init__(self) -> None:
        self.period = SOONEST  # seconds for a pixel
        self._before = (0.0, 0)  # when the run was last seen, and at which trial

    def see(self, trial: int, trials: float, pixels: float) -> None:
        """Note where the run is, on a plot that shows so many trials on so many pixels."""
        then, before = self._before
        now = time.perf_counter()
        grown = (trial - before) / max(1.0, trials) * pixels
        self._before = now, trial
        self.period = SOONEST
        if grown > 0:
            self.period = min(max((now - then) / grown, SOONEST), LATEST)
