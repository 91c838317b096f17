"""What few active units bring, and learn: their own columns of a weight matrix, and no others."""

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


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "nsz"})  # several sums side by side
def carry_by_rows(w: np.ndarray, bias: np.ndarray, sent: np.ndarray, out: np.ndarray) -> None:
    """out <- w sent + bias, for w (post, pre), bias (post,) or empty, sent (1, pre), out (1, post).

    Other than a plain product it has nothing to make ready, which takes longer than a small matrix.
    """
    source, target = sent[0], out[0]
    for i in range(target.size):
        total = bias[i] if bias.size else w.dtype.type(0)
        for j in range(source.size):
            total += w[i, j] * source[j]
        target[i] = total


@njit(cache=True, nogil=True)
def add_by_rows(
    w: np.ndarray, bias: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float
) -> None:
    """w += rate post^T pre and bias += rate post, for w (post, pre), post (1, post), pre (1, pre).

    Without a bias it is empty.
    """
    source, target = pre[0], post[0]
    for i in range(target.size):
        step = rate * target[i]
        for j in range(source.size):
            w[i, j] += step * source[j]
    for i in range(bias.size):
        bias[i] += rate * target[i]


@njit(cache=True, nogil=True)
def add_by_columns(
    w: np.ndarray, bias: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float
) -> None:
    """The same; columns of units below that are silent are not looked at."""
    source, target = pre[0], post[0]
    for j in range(source.size):
        if source[j] != 0:
            step = rate * source[j]
            for i in range(target.size):
                w[i, j] += step * target[i]
    for i in range(bias.size):
        bias[i] += rate * target[i]


@njit(cache=True, nogil=True)
def _add(w: np.ndarray, source: np.ndarray, target: np.ndarray) -> None:
    for j in range(source.size):
        if source[j] != 0:
            for i in range(target.size):
                target[i] += w[i, j] * source[j]
