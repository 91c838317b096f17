"""Matrix products in place, in pieces that threads may share, without copies.

scipy's Python wrappers of BLAS keep the interpreter's lock while they compute, so that a window
would stand still during every weight update. Its function pointers, called through ctypes, release
it, as numpy's own products do.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache, partial
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from .crew import foreman
from .fault import BiovizError

Columns = tuple[int, int] | None  # from which to before which; None for all
Piece = Callable[[], None]  # of work that threads share

LARGE = ((80_000_000, 4), (10_000_000, 2))  # multiplications from which a product is so cut


@cache
def use_one_thread() -> None:
    """Limit this process's BLAS to one thread of its own, once; the crew shares work instead.

    Beside a busy window, BLAS threads beyond the free cores stall a product many times over, and
    small networks run ten times slower on several; a fixed count also keeps results repeatable.
    """
    _pointers()  # scipy brings a BLAS of its own, which must be there to be limited
    threadpool_limits(limits=1, user_api="blas")


def multiply(
    a: np.ndarray, b: np.ndarray, out: np.ndarray, offset: np.ndarray | None = None
) -> None:
    """out <- a b + offset for a (m, k), b (k, n), out (m, n) and offset (m, 1).

    It is cut along m where it is large. Transposed views cost nothing; `out` should be
    C-contiguous.
    """
    pieces = _pieces(a.shape[0], a.shape[1] * b.shape[1])
    if pieces == 1:
        np.matmul(a, b, out=out)
        if offset is not None:
            out += offset
        return
    cuts = _cuts(a.shape[0], pieces)

    def work(piece: int) -> None:
        rows = slice(cuts[piece], cuts[piece + 1])
        part = np.matmul(a[rows], b, out=out[rows])
        if offset is not None:
            part += offset[rows]

    foreman.share(work, pieces)


def share_out(pieces: list[Piece]) -> None:
    """Have threads carry out pieces of several products at once: they wait for each other once."""
    if pieces:
        foreman.share(lambda piece: pieces[piece](), len(pieces))


class OuterProduct:
    """w <- keep * w + rate * post^T pre, in place: checked once, then called at every trial.

    Shapes: w (n_post, n_pre), post (batch, n_post) and pre (batch, n_pre), each contiguous in
    either order, all of one floating type; else it is refused, since BLAS would write elsewhere.
    """

    def __init__(self, w: np.ndarray, post: np.ndarray, pre: np.ndarray) -> None:
        _check(w, post, pre)
        self._arrays = (w, post, pre)  # whose memory the calls below point to
        self._slides = _by_rows(w) and _by_rows(pre)
        if not _by_rows(w):
            w, post, pre = w.T, pre, post
        kind = ctypes.c_double if w.dtype == np.float64 else ctypes.c_float
        self._rate, self._keep = kind(), kind()
        self._gemm = _blas("dgemm" if w.dtype == np.float64 else "sgemm", 13)
        self._width = ctypes.c_int(w.shape[1])
        cuts = _cuts(w.shape[0], _pieces(w.shape[0], w.shape[1] * len(post)))
        rows = [slice(*ends) for ends in pairwise(cuts)]
        self._calls = [self._arguments(w, post, pre, part) for part in rows]
        self._starts = [(call[6].value, call[11].value) for call in self._calls]
        self._window = (w.shape[1], 0)  # how many columns are looked at, and from which on

    def fits(self, w: np.ndarray, post: np.ndarray, pre: np.ndarray) -> bool:
        """Whether it was made for just these arrays."""
        ours = self._arrays
        return ours[0] is w and ours[1] is post and ours[2] is pre

    def __call__(self, rate: float, keep: float, columns: Columns = None) -> None:
        """Carry it out; `columns` are those outside which pre is all zero, if that is known.

        Where the rest of w is to stay as it is (keep = 1), it is not even looked at.
        """
        self._set(rate, keep, columns)
        if len(self._calls) == 1:
            self._gemm(*self._calls[0])
        else:
            foreman.share(self._work, len(self._calls))

    def pieces(self, rate: float, keep: float, columns: Columns = None) -> list[Piece]:
        """The same as pieces that are still to be carried out, each once, by whatever thread."""
        self._set(rate, keep, columns)
        return [partial(self._work, piece) for piece in range(len(self._calls))]

    @property
    def large(self) -> bool:
        """Whether it is worth sharing."""
        return len(self._calls) > 1

    def _set(self, rate: float, keep: float, columns: Columns) -> None:
        self._rate.value, self._keep.value = rate, keep
        if self._slides:
            self._slide(columns if keep == 1.0 else None)

    def _slide(self, columns: Columns) -> None:
        """Point the calls at these columns of w and pre."""
        first, end = columns or (0, self._arrays[0].shape[1])
        if (end - first, first) != self._window:
            self._window = (end - first, first)
            self._width.value = end - first
            step = first * self._arrays[0].itemsize
            for call, (pre, w) in zip(self._calls, self._starts, strict=True):
                call[6].value, call[11].value = pre + step, w + step

    def _work(self, piece: int) -> None:
        self._gemm(*self._calls[piece])

    def _arguments(
        self, w: np.ndarray, post: np.ndarray, pre: np.ndarray, part: slice
    ) -> tuple[Any, ...]:
        """What Fortran's gemm is to be called with for some rows: to it w is (n_pre, n_post)."""
        (n_post, n_pre), batch = w[part].shape, len(post)
        flip_pre, step_pre = (b"N", n_pre) if _by_rows(pre) else (b"T", batch)
        flip_post, step_post = (b"T", post.shape[1]) if _by_rows(post) else (b"N", batch)
        values = (
            *(ctypes.c_char(flip) for flip in (flip_pre, flip_post)),
            self._width,
            *(ctypes.c_int(size) for size in (n_post, batch)),
            self._rate,
            pre,
            ctypes.c_int(step_pre),
            post[:, part],
            ctypes.c_int(step_post),
            self._keep,
            w[part],
            ctypes.c_int(n_pre),
        )
        return tuple(map(_address, values))


def add_outer(w: np.ndarray, post: np.ndarray, pre: np.ndarray, rate: float, keep: float) -> None:
    """w <- keep * w + rate * post^T pre, in place, once: see `OuterProduct`."""
    OuterProduct(w, post, pre)(rate, keep)


def add_scaled(w: np.ndarray, step: np.ndarray, rate: float) -> None:
    """w <- w + rate * step, in place; both of one shape and contiguous.

    There is no temporary where they lie in memory alike.
    """
    double = w.dtype == np.float64
    if w.dtype != step.dtype or w.shape != step.shape:
        raise BiovizError("A weight update does not fit its array.")
    if not (_contiguous(w) and _contiguous(step)):
        raise BiovizError("A weight update was lost: its array is not contiguous.")
    if w.flags.c_contiguous != step.flags.c_contiguous:
        step = np.asarray(step, order="C" if w.flags.c_contiguous else "F")
    one, scale = ctypes.c_int(1), (ctypes.c_double if double else ctypes.c_float)(rate)
    values = (ctypes.c_int(w.size), scale, step, one, w, one)
    _blas("daxpy" if double else "saxpy", 6)(*map(_address, values))


def _check(w: np.ndarray, post: np.ndarray, pre: np.ndarray) -> None:
    right = w.shape == (post.shape[1], pre.shape[1]) and len(post) == len(pre)
    if not right or not (w.dtype == post.dtype == pre.dtype):
        raise BiovizError(
            f"A weight update does not fit: {w.shape} {w.dtype} from {post.shape} {post.dtype} "
            f"and {pre.shape} {pre.dtype}."
        )
    if not all(_contiguous(array) for array in (w, post, pre)):
        raise BiovizError("A weight update was lost: its array is not contiguous.")


def _contiguous(array: np.ndarray) -> bool:
    return bool(array.flags.c_contiguous or array.flags.f_contiguous)


def _by_rows(array: np.ndarray) -> bool:
    return bool(array.flags.c_contiguous)


def _pieces(rows: int, each: int) -> int:
    """Into how many pieces a product is cut: by its size alone, never by the machine."""
    size = rows * each
    return next((pieces for least, pieces in LARGE if size >= least and rows >= pieces), 1)


def _cuts(rows: int, pieces: int) -> list[int]:
    """Where the pieces begin and the last ends; whole blocks of 16 rows, as kernels like them."""
    block = 16 if rows >= 64 * pieces else 1
    return [round(rows * i / pieces / block) * block for i in range(pieces)] + [rows]


def _address(value: Any) -> ctypes.c_void_p:
    if isinstance(value, np.ndarray):
        return ctypes.c_void_p(value.ctypes.data)
    pointer = ctypes.c_void_p(ctypes.addressof(value))
    pointer.kept = value  # type: ignore[attr-defined]  # it must outlive the address
    return pointer


@cache
def _blas(name: str, arguments: int) -> Any:
    """A routine of scipy's BLAS by the pointer that scipy offers to callers outside Python."""
    capsule, api = _pointers()[name], ctypes.pythonapi
    name_of = ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.py_object)(("PyCapsule_GetName", api))
    taken = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)
    pointer = taken(("PyCapsule_GetPointer", api))(capsule, name_of(capsule))
    return ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * arguments)(pointer)


@cache
def _pointers() -> dict[str, Any]:
    """Where scipy's BLAS has its routines, by name.

    The one module that tells is loaded by itself: scipy.linalg as a whole takes 0.2 s to import,
    just while the window opens.
    """
    name = "scipy.linalg.cython_blas"
    if name in sys.modules:
        return dict(sys.modules[name].__pyx_capi__)
    import scipy

    places = [str(Path(folder) / "linalg") for folder in scipy.__path__]
    spec = PathFinder.find_spec(name, places)
    if spec is None or spec.loader is None:
        raise BiovizError("scipy is installed without its BLAS; install bioviz again.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module  # for whoever imports scipy.linalg later: it cannot be loaded twice
    return dict(module.__pyx_capi__)
