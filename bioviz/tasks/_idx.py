"""IDX files, the format of MNIST: a magic number, the dimensions, then the numbers."""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from ..core.fault import DataMissing

UNSIGNED_BYTE = 0x08
TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MOST_DIMENSIONS = 4
GZIP = b"\x1f\x8b"


class NotIdx(ValueError):  # noqa: N818  (it is the reason, worded to go on with "It ...")
    """What is wrong with a file that should be IDX."""


def read_idx(path: Path, shape: tuple[int, ...], title: str, key: str) -> np.ndarray:
    """Read a gzipped IDX file of unsigned bytes that must have this shape.

    Raises DataMissing where it is damaged or is not of the set `title`, whose task is `key`.
    """
    size = 4 + 4 * len(shape) + int(np.prod(shape))
    try:
        with gzip.open(path) as file:
            content = file.read(size + 1)  # one more than there may be, never a whole bomb
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path, title, key) from error
    header = np.frombuffer(content[4 : 4 + 4 * len(shape)], ">u4")
    right = content[:4] == bytes((0, 0, UNSIGNED_BYTE, len(shape)))
    if not right or len(content) != size or tuple(header) != shape:
        raise _damaged(path, title, key)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape)).reshape(shape)


def decode_idx(content: bytes, most: int) -> np.ndarray:
    """The array in an IDX file's bytes, gzipped or plain, of at most `most` bytes of numbers.

    Raises NotIdx, whose message goes on after "It ".
    """
    content = _unpacked(content, most + 4 + 4 * MOST_DIMENSIONS)
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in TYPES:
        raise NotIdx("is no IDX file: it does not begin with IDX's magic number")
    dtype, dimensions = np.dtype(TYPES[content[2]]), content[3]
    if not 1 <= dimensions <= MOST_DIMENSIONS:
        raise NotIdx(f"has {dimensions} dimensions, and 1 to {MOST_DIMENSIONS} can be read")
    start = 4 + 4 * dimensions
    if len(content) < start:
        raise NotIdx("is cut short: it ends before its dimensions do")
    shape = tuple(int(size) for size in np.frombuffer(content[4:start], ">u4"))
    announced = start + math.prod(shape) * dtype.itemsize
    if len(content) != announced:
        shown = " × ".join(f"{size:,}" for size in shape)
        raise NotIdx(f"is damaged or cut short: it announces {shown} numbers and has others")
    array = np.frombuffer(content, dtype, offset=start).reshape(shape)
    return array.astype(dtype.newbyteorder("="), copy=False)


def _unpacked(content: bytes, most: int) -> bytes:
    if content[:2] == GZIP:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            content = unpacker.decompress(content, most + 1)
        except zlib.error as error:
            raise NotIdx("is damaged: its compression is broken") from error
        if not unpacker.eof and len(content) <= most:
            raise NotIdx("is cut short: its compression has no end")
    if len(content) > most:
        raise NotIdx(f"holds more than {most // 2**20:,} MiB, the most that can be read")
    return content


def _damaged(path: Path, title: str, key: str) -> DataMissing:
    return DataMissing(
        f"{path.name} is damaged or is not {title}'s. "
        f"Delete it from {path.parent} and download it again.",
        fetch=key,
    )
