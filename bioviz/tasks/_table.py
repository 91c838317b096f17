"""What a reader of somebody's own data found: a table of inputs and targets, before any choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from ..core.fault import DataMissing
from ..core.task import Progress

Kind = Literal["csv", "npz", "idx", "images"]

MOST_EXAMPLES = 2_000_000
MOST_INPUTS = 20_000
MOST_NUMBERS = 250_000_000  # 1 GB of float32
MOST_BYTES = 2**31 - 2**20  # of a file
CHUNK = 2**20


@dataclass(frozen=True)
class Table:
    """`inputs` (n, k) as bytes or float32; either `words` with `codes` (n,) or `numbers` (n, m).

    The last `held_out` rows are the file's own test set. `columns` are what could be the label,
    `skipped` says how many examples were left out and why, and `remarks` what else there is to say.
    """

    kind: Kind
    inputs: np.ndarray
    sha256: str
    words: tuple[str, ...] = ()
    codes: np.ndarray | None = None
    numbers: np.ndarray | None = None
    held_out: int = 0
    label: str = ""
    columns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # of the inputs
    image: tuple[int, int] | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.inputs)


def refused(path: Path, why: str) -> DataMissing:
    """The fault for a file that cannot be learned from; `why` is a sentence that goes on."""
    return DataMissing(f"'{path.name}' cannot be read: {why}", path=str(path))


def check_size(path: Path, examples: int, inputs: int) -> None:
    """Refuse more than memory and patience allow, before anything is allocated."""
    if examples > MOST_EXAMPLES:
        raise refused(path, f"it has {examples:,} examples, and at most {MOST_EXAMPLES:,} can be.")
    if inputs > MOST_INPUTS:
        raise refused(path, f"an example has {inputs:,} numbers, and at most {MOST_INPUTS:,} can.")
    if examples * inputs > MOST_NUMBERS:
        raise refused(path, f"it holds {examples * inputs:,} numbers; use a part of it.")


def content_of(path: Path, progress: Progress, most: int = MOST_BYTES) -> bytes:
    """A file's bytes; DataMissing where it is not there, not a plain file, or too large."""
    return b"".join(chunks_of(path, progress, most))


def chunks_of(path: Path, progress: Progress, most: int = MOST_BYTES) -> Iterator[bytes]:
    """A file's bytes, a mebibyte at a time."""
    if not path.is_file():  # a pipe or a device would never end
        raise DataMissing(
            f"'{path.name}' is not in {path.parent} any more. Put it back, or choose another file.",
            path=str(path),
        )
    came = 0
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                came += len(chunk)
                if came > most:
                    raise refused(path, f"it is larger than {most // 2**20:,} MiB.")
                progress(f"Reading {path.name}", 0.5 * came / max(size, 1))
                yield chunk
    except OSError as error:
        raise refused(path, f"{error.strerror or error}.") from error


def sha256_of(path: Path, progress: Progress) -> str:
    """The SHA-256 of a file's bytes, which are not kept."""
    digest = hashlib.sha256()
    for chunk in chunks_of(path, progress):
        digest.update(chunk)
    return digest.hexdigest()


def finite(inputs: np.ndarray, numbers: np.ndarray | None) -> np.ndarray:
    """Which rows (n,) hold nothing but finite numbers."""
    good = np.ones(len(inputs), bool)
    for part in (inputs, numbers):
        if part is not None and part.dtype.kind == "f":
            good &= np.isfinite(part).all(axis=1)
    return good


def flattened(path: Path, array: np.ndarray) -> tuple[np.ndarray, tuple[int, int] | None, str]:
    """Inputs (n, k) of an array (n, ...), the pictures' rows and columns, and what was done."""
    image, remark = None, ""
    if array.ndim == 4 and array.shape[3] == 3:
        array = np.round(array @ np.array([0.299, 0.587, 0.114])).astype(array.dtype)
        remark = "Its colours were turned into shades of grey."
    elif array.ndim == 4 and array.shape[3] == 1:
        array = array[..., 0]
    if array.ndim == 3:
        image = (int(array.shape[1]), int(array.shape[2]))
    elif array.ndim == 1:
        array = array[:, None]
    elif array.ndim != 2:
        raise refused(path, f"its inputs have {array.ndim} dimensions, and 1 to 3 can be learned.")
    check_size(path, len(array), int(np.prod(array.shape[1:])))
    flat = array.reshape(len(array), -1)
    if flat.shape[1] == 0:
        raise refused(path, "its examples hold no numbers.")
    return flat if flat.dtype == np.uint8 else flat.astype(np.float32), image, remark
