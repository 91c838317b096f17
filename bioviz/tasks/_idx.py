"""IDX files, the format of MNIST: a magic number, the dimensions, then bytes."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np

from ..core.fault import DataMissing

UNSIGNED_BYTE = 0x08


def read_idx(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """Read a gzipped IDX file of unsigned bytes that must have this shape."""
    size = 4 + 4 * len(shape) + int(np.prod(shape))
    try:
        with gzip.open(path) as file:
            content = file.read(size + 1)  # one more than there may be, never a whole bomb
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path) from error
    header = np.frombuffer(content[4 : 4 + 4 * len(shape)], ">u4")
    right = content[:4] == bytes((0, 0, UNSIGNED_BYTE, len(shape)))
    if not right or len(content) != size or tuple(header) != shape:
        raise _damaged(path)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape)).reshape(shape)


def _damaged(path: Path) -> DataMissing:
    return DataMissing(
        f"{path.name} is damaged or is not MNIST's. "
        f"Delete it from {path.parent} and download it again."
    )
