"""Where a trial lies on a line from the first to the present, evenly or by its logarithm."""

from __future__ import annotations

from math import expm1, log1p


def part_of(trial: float, now: float, *, log: bool) -> float:
    """The part of the line (0 to 1) at which a trial lies; 1 is the present."""
    if now <= 0:
        return 1.0
    part = log1p(max(0.0, trial)) / log1p(now) if log else trial / now
    return min(max(part, 0.0), 1.0)


def trial_at(part: float, now: float, *, log: bool) -> float:
    """The trial at a part of the line."""
    part = min(max(part, 0.0), 1.0)
    return expm1(part * log1p(now)) if log else part * now
