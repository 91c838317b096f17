"""Reading somebody's own data, whatever they are: a table, arrays, IDX files or pictures."""

from __future__ import annotations

import gzip
import zlib
from functools import lru_cache
from pathlib import Path

from ..core.fault import DataMissing
from ..core.task import Progress, silent
from ._csv import read_csv
from ._idx import TYPES
from ._idx_pair import read_idx_pair
from ._image_folder import read_image_folder
from ._npz import read_npz
from ._table import Kind, Table, refused

Stamp = tuple[object, ...]

ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
SHEETS = (".xlsx", ".xls", ".ods")


def read_table(
    path: Path, *, label: str = "", side: int = 28, progress: Progress = silent
) -> Table:
    """Read a file or a folder; what it is is told from its content, not from its name.

    `label` names the column or the file that holds the labels, `side` the pixels to make pictures
    of. The table that was read last is kept, as long as nothing has changed on disk: networks are
    rebuilt more often than data change. Raises DataMissing in words.
    """
    kind = kind_of(path)
    if kind in ("npz", "idx"):  # as fast as looking whether they have changed
        return read_npz(path, progress) if kind == "npz" else read_idx_pair(path, label, progress)
    slot = _slot((str(path), label, side, *_stamps(path)))
    if not slot:
        if kind == "csv":
            slot.append(read_csv(path, label, progress))
        else:
            slot.append(read_image_folder(path, side, progress))
    return slot[0]


def kind_of(path: Path) -> Kind:
    """What a path holds, by its first bytes."""
    if path.is_dir():
        return "images"
    if not path.is_file():  # also a pipe or a device, which would never end
        raise DataMissing(
            f"There is no file '{path.name}' in {path.parent}. Put it there, or choose another "
            "file.",
            path=str(path),
        )
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                start = packed.read(4)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(path, "it cannot be opened, or its compression is broken.") from error
    if not start:
        raise refused(path, "it is empty.")
    if path.suffix.lower() in SHEETS:
        raise refused(path, "it is a spreadsheet; save its sheet as CSV, and choose that.")
    if start in ZIPS:
        return "npz"
    return "idx" if start[:2] == b"\0\0" and start[2:3] and start[2] in TYPES else "csv"


def _stamps(path: Path) -> list[Stamp]:
    """What changes when the content does: when and how long each file is."""
    try:
        files = sorted(path.glob("*/*")) if path.is_dir() else [path]
        found = [(str(file), file.stat()) for file in files]
    except OSError as error:
        raise refused(path, f"{error.strerror or error}.") from error
    return [(name, stat.st_mtime_ns, stat.st_size) for name, stat in found]


@lru_cache(maxsize=1)
def _slot(stamp: Stamp) -> list[Table]:  # noqa: ARG001  (it is what the place goes by)
    """A place for the table of this stamp; the one of another stamp is forgotten."""
    return []
