"""Arrays in the `.npy` format, read and written with every field checked and never a pickle.

numpy's own reader can be talked into running code and into allocating terabytes; this one knows a
few plain types, and believes a header only where it agrees with the bytes that are there.
"""

from __future__ import annotations

import math
import re
from typing import IO, Any, Literal

import numpy as np

from .fault import FileError

MAGIC = b"\x93NUMPY\x01\x00"
MOST_HEADER = 4096
MOST_ALONG = 2**31  # entries along one dimension: (0, 2**60) would pass a check of bytes alone
TYPES = {
    "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "|b1",
}  # fmt: skip
FOREIGN = TYPES | {"<f2", "<u2", "<u4", "<u8", ">f4", ">f8", ">i2", ">i4", ">i8"}  # others write
HEADER = re.compile(
    rb"\{'descr': '([<>|][a-z]\d)', 'fortran_order': (False|True), "
    rb"'shape': \(((?:\d{1,10}, ?)*(?:\d{1,10})?)\), \} *\n"
)


def write_array(stream: IO[bytes], array: np.ndarray) -> None:
    """Write an array of a plain type as `.npy`, little endian, in C order."""
    plain = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
    if plain.dtype.str not in TYPES:
        raise FileError(f"Arrays of type {array.dtype} cannot be saved.")
    shape = repr(tuple(int(size) for size in plain.shape))
    text = f"{{'descr': '{plain.dtype.str}', 'fortran_order': False, 'shape': {shape}, }}"
    blank = -(len(MAGIC) + 2 + len(text) + 1) % 64  # the data starts at a multiple of 64
    header = text.encode() + b" " * blank + b"\n"
    stream.write(MAGIC + len(header).to_bytes(2, "little") + header)
    stream.write(_raw(plain))


def read_array(stream: IO[bytes], size: int, name: str, *, foreign: bool = False) -> np.ndarray:
    """Read the array that fills the next `size` bytes; FileError where anything is amiss.

    The shape must ask for exactly the bytes that follow the header before anything is allocated.
    With `foreign`, types and layouts are read as well that bioviz itself never writes.
    """
    head = stream.read(len(MAGIC) + 2)
    if len(head) != len(MAGIC) + 2 or not head.startswith(MAGIC):
        raise _bad(name, "is not a plain array")
    length = int.from_bytes(head[-2:], "little")
    if length > MOST_HEADER:
        raise _bad(name, "has a header that is far too long")
    dtype, shape, order = _described(stream.read(length), name, foreign)
    if math.prod(shape) * dtype.itemsize != size - len(head) - length:
        raise _bad(name, "announces another size than it has")
    array = np.empty(math.prod(shape), dtype)
    _fill(stream, _raw(array), name)
    if dtype == np.bool_ and array.size and array.view(np.uint8).max() > 1:
        raise _bad(name, "holds values that are neither true nor false")
    return array.reshape(shape, order=order)


def _described(
    header: bytes, name: str, foreign: bool
) -> tuple[np.dtype[Any], tuple[int, ...], Literal["C", "F"]]:
    found = HEADER.fullmatch(header)
    if found is None or (found[2] == b"True" and not foreign):
        raise _bad(name, "is not a plain array of numbers")
    kind = found[1].decode()
    if kind not in (FOREIGN if foreign else TYPES):
        raise _bad(name, f"holds the type '{kind}', which bioviz does not read")
    shape = tuple(int(size) for size in found[3].split(b",") if size.strip())
    if len(shape) > 8 or any(size > MOST_ALONG for size in shape):
        raise _bad(name, "announces an impossible shape")
    return np.dtype(kind), shape, "F" if found[2] == b"True" else "C"


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


def _bad(name: str, what: str) -> FileError:
    return FileError(f"The array '{name}' {what}.")
