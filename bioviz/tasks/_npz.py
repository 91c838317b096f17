"""NumPy archives: named arrays, read by the checked reader and never by numpy's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..core.archive import Archive, opened
from ..core.fault import FileError
from ..core.task import Progress
from ._table import Table, finite, flattened, refused, sha256_of

SPLIT = ("x_train", "y_train", "x_test", "y_test")
WHOLE = (("x", "y"), ("data", "target"), ("images", "labels"), ("arr_0", "arr_1"))
MOST_OUTPUTS = 1000


def read_npz(path: Path, progress: Progress) -> Table:
    """Read inputs and targets from an `.npz` file.

    Its arrays are called x and y, or x_train, y_train, x_test and y_test; x is (n, ...) and y (n,)
    whole numbers for classes, or (n, m) numbers. Raises DataMissing in words.
    """
    digest = sha256_of(path, progress)
    try:
        with opened(path) as archive:
            parts = _parts(path, archive)
            progress(f"Reading {path.name}", 0.9)
    except FileError as error:
        reason = str(error)
        raise refused(path, f"{reason[:1].lower()}{reason[1:]}") from error
    for name, array in parts.items():
        if not array.ndim:
            raise refused(path, f"'{name}' is a single number.")
    held_out = len(parts["x_test"]) if "x_test" in parts else 0
    x, y = _joined(path, parts)
    inputs, image, remark = flattened(path, x)
    numbers = _numbers(path, y, len(inputs))
    good = finite(inputs, numbers)
    skipped = {"a value that is not finite": int((~good).sum())} if not good.all() else {}
    return Table(
        "npz",
        inputs[good],
        digest,
        numbers=numbers[good],
        held_out=int(good[len(good) - held_out :].sum()) if held_out else 0,
        label="y",
        image=image,
        skipped=skipped,
        remarks=(remark,) if remark else (),
    )


def _parts(path: Path, archive: Archive) -> dict[str, np.ndarray]:
    """The arrays that are needed, by their name in lower case."""
    known = {name.removesuffix(".npy").lower(): name for name in archive.names}
    for names in (SPLIT, *WHOLE):
        if all(name in known for name in names):
            return {name: archive.array(known[name], foreign=True) for name in names}
    found = ", ".join(sorted(known)[:8]) or "nothing"
    raise refused(
        path,
        f"it holds {found}, but needs arrays called x and y, or x_train, y_train, x_test, y_test.",
    )


def _joined(path: Path, parts: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets, training rows first."""
    arrays = list(parts.items())
    for (x_name, x), (y_name, y) in zip(arrays[::2], arrays[1::2], strict=True):
        if len(x) != len(y):
            raise refused(path, f"'{x_name}' has {len(x):,} rows but '{y_name}' {len(y):,}.")
    for (one, first), (other, second) in zip(arrays[:2], arrays[2:], strict=False):
        if first.shape[1:] != second.shape[1:]:
            raise refused(path, f"'{one}' and '{other}' have rows of different shapes.")
    if len(arrays) == 2:
        return arrays[0][1], arrays[1][1]
    return (
        np.concatenate([arrays[0][1], arrays[2][1]]),
        np.concatenate([arrays[1][1], arrays[3][1]]),
    )


def _numbers(path: Path, y: np.ndarray, count: int) -> np.ndarray:
    """Targets (n, m) as float64."""
    flat = y.reshape(count, -1) if count else y.reshape(0, 1)
    if not 1 <= flat.shape[1] <= MOST_OUTPUTS:
        raise refused(path, f"an example has {flat.shape[1]:,} targets; 1 to {MOST_OUTPUTS:,} can.")
    return flat.astype(np.float64)
