"""Chance inside a compiled loop: a sequence of numbers that one seed opens.

Handing one of numpy's generators to a loop costs more than the loop itself. So each call draws one
64-bit seed from the run's own stream and goes on from there by splitmix64.
Source: Steele, Lea and Flood (2014), ACM SIGPLAN Notices 49(10):453.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_30, BY_27, BY_31, BY_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 1.0 / 9007199254740992.0  # 2^-53


@njit(cache=True, nogil=True)
def uniform(seed: np.ndarray) -> float:
    """The next number in [0, 1); `seed` (1,) of unsigned 64-bit integers moves on."""
    seed[0] += GOLDEN
    z = seed[0]
    z = (z ^ (z >> BY_30)) * FIRST
    z = (z ^ (z >> BY_27)) * SECOND
    z ^= z >> BY_31
    drawn: float = (z >> BY_11) * UNIT
    return drawn


@njit(cache=True, nogil=True)
def shower(values: np.ndarray, mean: float, weight: float, seed: np.ndarray) -> None:
    """Add `weight` to every one of values (n,), so many times as a Poisson of mean `mean` says.

    The hits are those of one Poisson process along the row of cells, so that only they cost time.
    """
    if mean <= 0.0:
        return
    place = -math.log(1.0 - uniform(seed)) / mean
    while place < values.size:
        values[int(place)] += weight
        place -= math.log(1.0 - uniform(seed)) / mean
