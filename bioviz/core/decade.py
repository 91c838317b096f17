"""Round numbers: 1, 2 and 5 times a power of ten."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10


def round_up(value: float, steps: Sequence[float] = (1, 2, 5)) -> float:
    """Return the first of `steps` times a power of ten not below `value`; 1 for zero.

    Limits that are rounded up change rarely.
    """
    if not isfinite(value) or value <= 0:
        return 1.0
    decade = 10.0 ** floor(log10(value))
    return next((s * decade for s in steps if s * decade >= value * (1 - 1e-9)), 10 * decade)
