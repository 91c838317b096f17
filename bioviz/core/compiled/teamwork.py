"""Pieces of matrix products that threads share, without Python's lock and without falling asleep.

A sleeping thread takes some 50 µs to come, as long as a quarter of a layer's product, and two that
take turns at Python's lock wait for it about as long. So helping threads stay in here for a while
when there is nothing to do, looking at the board again and again; a piece is theirs within 1 µs.

The board is an array of int64, in which what different threads write lies on different lines of
the cache. Its ticket says in one number what is to be done: which job this is (upper 32 bits), of
how many pieces (16 bits) and which comes next (16 bits). Whoever can raise it by one has that
piece, so nobody ever takes a piece of a job that is over. A piece is a row of 14 int64: the address
of a BLAS routine (gemm) and those of its arguments.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .atomic import add, call, load, pause, raise_by_one, store

LINE = 8  # int64 in a line of the cache
TICKET, DONE, STATES = 0, LINE, 2 * LINE  # places on the board; each helper has a line of its own
MOST_HELPERS = 64
JOB = STATES + MOST_HELPERS * LINE  # from here on: the addresses of the pieces
MOST_PIECES = 4096
SIZE = JOB + MOST_PIECES

ASLEEP, AWAKE = 0, 1
IDLE = 8_000  # looks at the board, some 200 µs, after which a helper falls asleep
PATIENCE = 20_000  # looks after which the caller lets the system run something else


def board() -> np.ndarray:
    """An empty board; all helpers are asleep."""
    return np.zeros(SIZE, np.int64)


def put(board: np.ndarray, pieces: list[int]) -> None:
    """Lay a job on the board, by its pieces' addresses, once the last one is done."""
    board[JOB : JOB + len(pieces)] = pieces


def to_wake(board: np.ndarray, helpers: int) -> list[int]:
    """Which of so many helpers are asleep; they count as awake from now on."""
    states = _states(board, helpers)
    asleep = np.flatnonzero(states == ASLEEP)
    states[asleep] = AWAKE
    return asleep.tolist()


def awake(board: np.ndarray, helpers: int) -> bool:
    """Whether any of so many helpers is awake."""
    return bool(np.any(_states(board, helpers) == AWAKE))


def _states(board: np.ndarray, helpers: int) -> np.ndarray:
    return board[STATES : STATES + helpers * LINE : LINE]


@njit(cache=True, nogil=True)
def post(board: np.ndarray, pieces: int, helpers: int) -> bool:
    """Put up the job that lies on the board; whether one of so many helpers is asleep."""
    store(board, DONE, 0)
    job = (load(board, TICKET) >> 32) + 1
    store(board, TICKET, (job << 32) | (pieces << 16))
    asleep = 0
    for helper in range(helpers):
        asleep += load(board, STATES + helper * LINE) == ASLEEP
    return asleep > 0


@njit(cache=True, nogil=True)
def finish(board: np.ndarray) -> bool:
    """Do what nobody has begun, then wait for the rest; False if that takes very long."""
    _labour(board)
    pieces = (load(board, TICKET) >> 16) & 0xFFFF
    for _ in range(PATIENCE):
        if load(board, DONE) == pieces:
            return True
        pause()
    return False


@njit(cache=True, nogil=True)
def serve(board: np.ndarray, helper: int) -> None:
    """Help with every job that comes, until none has come for a while."""
    idle = 0
    while idle < IDLE:
        idle = 0 if _labour(board) else idle + 1
        pause()
    store(board, STATES + helper * LINE, ASLEEP)


@njit(cache=True, nogil=True)
def _labour(board: np.ndarray) -> int:
    """Do pieces until none is left to begin; how many were done."""
    done = 0
    while True:
        ticket = load(board, TICKET)
        following = ticket & 0xFFFF
        if following >= (ticket >> 16) & 0xFFFF:
            return done
        piece = load(board, JOB + following)
        if raise_by_one(board, TICKET, ticket):
            call(piece)
            add(board, DONE, 1)
            done += 1
