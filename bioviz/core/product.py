"""Matrix products in place, bound to their arrays once and cut into pieces that threads may share.

numpy's own product cannot add to what is there, and makes its arguments ready anew at every call;
a network's arrays stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .blas import contiguous, routine
from .crew import Piece, foreman
from .fault import BiovizError

Span = tuple[int, int] | None  # from which to before which; None for all
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]

LARGE = ((80_000_000, 4), (1_000_000, 2))  # multiplications from which a product is so cut
LEAST = LARGE[-1][0]
FLIPS = np.frombuffer(b"NT", np.uint8)  # as it lies, or transposed: how BLAS is told


class Product:
    """c <- keep * c + rate * a b, for c (m, n), a (m, k) and b (k, n).

    Each is contiguous in either order and all are of one floating type; else it is refused, since
    BLAS would write elsewhere. It is cut along m, or along n where c lies by columns.
    """

    def __init__(self, c: np.ndarray, a: np.ndarray, b: np.ndarray) -> None:
        _check(c, a, b)
        self._by_rows = bool(c.flags.c_contiguous)
        # to BLAS a matrix lies by columns: c by rows is the transpose of what it writes
        self._arrays = out, left, right = (c.T, b.T, a.T) if self._by_rows else (c, a, b)
        self._factors = np.zeros(2, c.dtype)  # rate and keep
        (m, n), k = out.shape, len(right)
        cuts = _cuts(n, how_many(n, m * k))
        self._sizes = np.array([m, k, *map(_lead, self._arrays), *np.diff(cuts)], np.int32)
        self._seen = (m, k, 0)  # how much of m and k is looked at, and from where on
        self._starts = [
            (
                left.ctypes.data,
                right.ctypes.data + cut * _steps(right)[1],
                out.ctypes.data + cut * _steps(out)[1],
            )
            for cut in cuts[:-1]
        ]
        self.pieces = [self._piece(index) for index in range(len(self._starts))]

    def __call__(self, rate: float, keep: float) -> None:
        """Carry it out; threads share it where it is large."""
        self.set(rate, keep)
        if self.large:
            foreman.share(self.pieces)
        else:
            self.pieces[0]()

    @property
    def large(self) -> bool:
        """Whether it is worth sharing."""
        return len(self.pieces) > 1

    def set(self, rate: float, keep: float) -> None:
        """Have the pieces go by these factors, whenever they are carried out."""
        self._factors[0], self._factors[1] = rate, keep

    def look_along(self, span: Span) -> None:
        """Look at these columns of a, and rows of b, alone: the others bring nothing."""
        _, left, right = self._arrays
        first, end = span or (0, len(right))
        if (len(left), end - first, first) != self._seen:
            self._look(len(left), end - first, first, _steps(left)[1], _steps(right)[0], 0)

    def look_across(self, span: Span) -> None:
        """Look at these columns of b and c alone; at all where c lies by columns."""
        out, left, right = self._arrays
        first, end = (span if self._by_rows else None) or (0, len(out))
        if (end - first, len(right), first) != self._seen:
            self._look(end - first, len(right), first, _steps(left)[0], 0, _steps(out)[0])

    def _look(self, m: int, k: int, first: int, left: int, right: int, out: int) -> None:
        """Look at so much of m and k, from `first` on; the arrays' steps there, in bytes."""
        self._seen = (m, k, first)
        self._sizes[:2] = m, k
        for piece, (x, y, z) in zip(self.pieces, self._starts, strict=True):
            piece.move(x + first * left, y + first * right, z + first * out)

    def _piece(self, index: int) -> Piece:
        """What Fortran's gemm is to be called with: where everything is."""
        double = self._factors.dtype == np.float64
        call, address = routine("dgemm" if double else "sgemm", 13)
        _, left, right = self._arrays
        flips = [FLIPS.ctypes.data + _by_rows(array) for array in (left, right)]
        m, k, lead_out, lead_left, lead_right, n = (
            self._sizes[place:].ctypes.data for place in (0, 1, 2, 3, 4, 5 + index)
        )
        rate, keep = (self._factors[place:].ctypes.data for place in (0, 1))
        x, y, z = self._starts[index]
        row = [*flips, m, n, k, rate, x, lead_left, y, lead_right, keep, z, lead_out]
        lies = (*self._arrays, self._sizes, self._factors)
        return Piece(call, np.array([address, *row], np.int64), *lies)


class Bound:
    """The product last made of some arrays, for as long as it is asked for by the same ones."""

    def __init__(self, turn: Callable[[np.ndarray, np.ndarray, np.ndarray], Arrays]) -> None:
        self._turn = turn  # the arrays as they are known to c, a and b
        self._arrays: Arrays | None = None
        self._product: Product | None = None

    def of(self, out: np.ndarray, one: np.ndarray, other: np.ndarray) -> Product:
        """The product that writes to `out`."""
        kept, product = self._arrays, self._product
        if (
            kept is None
            or product is None
            or kept[0] is not out
            or kept[1] is not one
            or kept[2] is not other
        ):
            product = self._product = Product(*self._turn(out, one, other))
            self._arrays = (out, one, other)
        return product


def how_many(rows: int, each: int) -> int:
    """Into how many pieces a product is cut: by its size alone, never by the machine."""
    size = rows * each
    return next((pieces for least, pieces in LARGE if size >= least and rows >= pieces), 1)


def share_out(pieces: list[Piece]) -> None:
    """Have threads carry out pieces of several products at once: they wait for each other once."""
    if pieces:
        foreman.share(pieces)


def _check(c: np.ndarray, a: np.ndarray, b: np.ndarray) -> None:
    right = c.shape == (len(a), b.shape[1]) and a.shape[1] == len(b)
    if not right or not (c.dtype == a.dtype == b.dtype):
        raise BiovizError(
            f"A product does not fit: {c.shape} {c.dtype} from {a.shape} {a.dtype} and {b.shape} "
            f"{b.dtype}."
        )
    if not all(map(contiguous, (c, a, b))):
        raise BiovizError("A product was lost: one of its arrays is not contiguous.")


def _cuts(rows: int, pieces: int) -> list[int]:
    """Where the pieces begin and the last ends; whole blocks of 16 rows, as kernels like them."""
    block = 16 if rows >= 64 * pieces else 1
    return [round(rows * i / pieces / block) * block for i in range(pieces)] + [rows]


def _by_rows(array: np.ndarray) -> bool:
    return not array.flags.f_contiguous


def _lead(array: np.ndarray) -> int:
    """How many numbers lie in a row where it lies by rows, in a column else."""
    rows, columns = array.shape
    return int(columns if _by_rows(array) else rows)


def _steps(array: np.ndarray) -> tuple[int, int]:
    """Bytes from a row to the next, and from a column to the next."""
    lead = _lead(array) * array.itemsize
    return (lead, array.itemsize) if _by_rows(array) else (array.itemsize, lead)
