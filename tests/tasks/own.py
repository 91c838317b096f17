"""Small data of one's own that tests write: a table, IDX files, and what is said of them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.fault import DataMissing
from bioviz.tasks.own_data import OwnDataParams, described, read_table

FLOWERS = ("rose", "tulip")


def flower_rows(count: int = 40) -> list[str]:
    """Two kinds of flowers, told apart by their second number."""
    stream = np.random.default_rng(1)
    return [
        f"{stream.normal():.4f},{place % 2 + 0.1 * stream.normal():.4f},{FLOWERS[place % 2]}"
        for place in range(count)
    ]


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def flowers(folder: Path, count: int = 40) -> Path:
    """A table of two inputs and a label, with a header."""
    return write(folder / "flowers.csv", "length,width,kind", *flower_rows(count))


def idx_bytes(array: np.ndarray, kind: int = 0x08) -> bytes:
    return (
        bytes((0, 0, kind, array.ndim)) + np.array(array.shape, ">u4").tobytes() + array.tobytes()
    )


def idx_pair(folder: Path, prefix: str = "train", count: int = 30, *, packed: bool = False) -> Path:
    """Pictures of 5 by 4 pixels and their labels, named as MNIST's are."""
    stream = np.random.default_rng(2)
    labels = (np.arange(count) % 3).astype(np.uint8)
    pixels = stream.integers(0, 256, (count, 5, 4)).astype(np.uint8)
    ending = ".gz" if packed else ""
    for name, array in (("images-idx3", pixels), ("labels-idx1", labels)):
        content = idx_bytes(array)
        place = folder / f"{prefix}-{name}-ubyte{ending}"
        place.write_bytes(gzip.compress(content) if packed else content)
    return folder / f"{prefix}-images-idx3-ubyte{ending}"


def params_of(path: Path, **wish: Any) -> OwnDataParams:
    """A file, read and described."""
    asked = OwnDataParams(path=str(path), **wish)
    return described(read_table(path, label=asked.label, side=asked.side), asked)


def reason(path: Path, **wish: Any) -> str:
    """Why a file cannot be learned from."""
    with pytest.raises(DataMissing) as caught:
        params_of(path, **wish)
    assert Path(str(caught.value.path)).parent in (path.parent, path)
    return str(caught.value)
