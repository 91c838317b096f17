"""Matrix products in place, on one thread, so that the same seed gives the same bits everywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from .fault import BiovizError


@cache
def use_one_thread() -> None:
    """Limit this process's BLAS to one thread, once.

    Beside a busy window, threads beyond the free cores stall a product many times over, and small
    networks run ten times slower on several; a fixed count also keeps results repeatable.
    """
    import scipy.linalg.blas  # noqa: F401  (scipy brings a BLAS of its own, which must be there to limit)

    threadpool_limits(limits=1, user_api="blas")


@cache
def _blas(name: str) -> Any:
    from scipy.linalg import blas  # 0.2 s to import, so only once something is built

    return getattr(blas, name)


def add_outer(w: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float, keep: float) -> None:
    """w <- keep * w + rate * post^T pre, in place.

    Shapes: w (n_post, n_pre) C-contiguous, post (batch, n_post), pre (batch, n_pre).
    A wrong dtype or layout would make BLAS work on a copy and lose the update, so it is refused.
    """
    gemm = _blas("dgemm" if w.dtype == np.float64 else "sgemm")
    result = gemm(rate, pre.T, post.T, beta=keep, c=w.T, trans_b=True, overwrite_c=True)
    if result.base is not w and not np.may_share_memory(result, w):
        raise BiovizError("A weight update was lost: its array is not contiguous.")


def add_scaled(w: np.ndarray, step: np.ndarray, rate: float) -> None:
    """w <- w + rate * step, in place and without a temporary; both C-contiguous, of one shape."""
    axpy = _blas("daxpy" if w.dtype == np.float64 else "saxpy")
    axpy(step.reshape(-1), w.reshape(-1), a=rate)
