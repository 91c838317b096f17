"""What spikes bring: the columns of a weight matrix, for those units alone that send something."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def arrive(w: np.ndarray, sent: np.ndarray, out: np.ndarray, most: int) -> bool:
    """out <- w sent, for w (post, pre), sent (1, pre) and out (1, post).

    Where more than `most` units send anything, nothing is done and False returned: a plain product
    is then quicker.
    """
    source, target = sent[0], out[0]
    busy = 0
    for j in range(source.size):
        busy += source[j] != 0
    if busy > most:
        return False
    target[:] = 0
    if busy:
        _add(w, source, target)
    return True


@njit(cache=True, nogil=True)
def add_arrivals(w: np.ndarray, sent: np.ndarray, out: np.ndarray) -> None:
    """out += w sent, for w (post, pre), sent (1, pre) and out (1, post)."""
    _add(w, sent[0], out[0])


@njit(cache=True, nogil=True)
def _add(w: np.ndarray, source: np.ndarray, target: np.ndarray) -> None:
    for j in range(source.size):
        if source[j] != 0:
            for i in range(target.size):
                target[i] += w[i, j] * source[j]
