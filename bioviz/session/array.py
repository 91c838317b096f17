"""Arrays in the `.npy` format, read and written with every field checked and never a pickle.

numpy's own reader can be talked into running code and into allocating terabytes; this one knows a
few plain types, and believes a header only where it agrees with the bytes that are there.
"""

from __future__ import annotations

import math
import re
from typing import IO, Any

import numpy as np

from .fault import SessionError

MAGIC = b"\x93NUMPY\x01\x00"
MOST_HEADER = 4096
MOST_ALONG = 2**31  # entries along one dimension: (0, 2**60) would pass a check of bytes alone
TYPES = {
    "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "|b1",
}  # fmt: skip
HEADER = re.compile(
    rb"\{'descr': '([<|][a-z]\d)', 'fortran_order': False, "
    rb"'shape': \(((?:\d{1,10}, ?)*(?:\d{1,10})?)\), \} *\n"
)


def write_array(stream: IO[bytes], array: np.ndarray) -> None:
    """Write an array of a plain type as `.npy`, little endian, in C order."""
    plain = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
    if plain.dtype.str not in TYPES:
        raise SessionError(f"Arrays of type {array.dtype} cannot be saved.")
    shape = repr(tuple(int(size) for size in plain.shape))
    text = f"{{'descr': '{plain.dtype.str}', 'fortran_order': False, 'shape': {shape}, }}"
    blank = -(len(MAGIC) + 2 + len(text) + 1) % 64  # the data starts at a multiple of 64
    header = text.encode() + b" " * blank + b"\n"
    stream.write(MAGIC + len(header).to_bytes(2, "little") + header)
    stream.write(_raw(plain))


def read_array(stream: IO[bytes], size: int, name: str) -> np.ndarray:
    """Read the array that fills the next `size` bytes; SessionError where anything is amiss.

    The shape must ask for exactly the bytes that follow the header before anything is allocated.
    """
    head = stream.read(len(MAGIC) + 2)
    if len(head) != len(MAGIC) + 2 or not head.startswith(MAGIC):
        raise _bad(name, "is not an array that bioviz wrote")
    length = int.from_bytes(head[-2:], "little")
    if length > MOST_HEADER:
        raise _bad(name, "has a header that is far too long")
    dtype, shape = _described(stream.read(length), name)
    if math.prod(shape) * dtype.itemsize != size - len(head) - length:
        raise _bad(name, "announces another size than it has")
    array = np.empty(shape, dtype)
    _fill(stream, _raw(array), name)
    if dtype == np.bool_ and array.size and array.view(np.uint8).max() > 1:
        raise _bad(name, "holds values that are neither true nor false")
    return array


def _described(header: bytes, name: str) -> tuple[np.dtype[Any], tuple[int, ...]]:
    found = HEADER.fullmatch(header)
    if found is None:
        raise _bad(name, "has a header that bioviz did not write")
    kind = found[1].decode()
    if kind not in TYPES:
        raise _bad(name, f"holds the type '{kind}', which bioviz does not read")
    shape = tuple(int(size) for size in found[2].split(b",") if size.strip())
    if len(shape) > 8 or any(size > MOST_ALONG for size in shape):
        raise _bad(name, "announces an impossible shape")
    return np.dtype(kind), shape


def _raw(array: np.ndarray) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _fill(stream: IO[bytes], room: memoryview, name: str) -> None:
    start = 0
    while start < len(room):
        chunk = stream.read(min(len(room) - start, 1 << 20))
        if not chunk:
            raise _bad(name, "is cut short")
        room[start : start + len(chunk)] = chunk
        start += len(chunk)
    if stream.read(1):
        raise _bad(name, "is longer than it announces")


def _bad(name: str, what: str) -> SessionError:
    return SessionError(f"The array '{name}' {what}.")
