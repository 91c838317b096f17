"""A zip file from a stranger, opened only after its directory has been checked.

Nothing is ever extracted: members are read by known name, into memory that their own size bounds.
Refused: names that lead elsewhere, repeated names, members that overlap, members that grow more
than 200-fold, more than 2 GiB in all, bytes before or behind the archive.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from .array import read_array
from .fault import FileError

MOST_BYTES = 2**31 - 2**20  # in all; beyond it the zip format needs its 64-bit variant
MOST_MEMBERS = 4096
MOST_DIRECTORY = 2**20
MOST_RATIO = 200
END = struct.Struct("<4s4H2LH")  # the zip format's end record, without a comment
LOCAL = 30  # bytes of a member's own header, before its name
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1

FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip


class Archive:
    """An open, checked zip file; `names` are its members."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = _check_end(stream)
        with damaged():
            self._zip = zipfile.ZipFile(stream)
        infos = self._zip.infolist()
        _check_members(infos, start)
        self._infos = {info.filename: info for info in infos}

    @property
    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str, most: int) -> bytes:
        """The content of a member of at most `most` bytes."""
        info = self._infos[name]
        if info.file_size > most:
            raise FileError(f"'{name}' in it is larger than {most // 2**20} MiB.")
        with damaged(), self._zip.open(info) as member:
            content = member.read(most + 1)
        if len(content) != info.file_size:
            raise FileError(f"'{name}' in it is cut short.")
        return content

    def array(self, name: str, *, foreign: bool = False) -> np.ndarray:
        """The array that a member holds; `foreign` as for `read_array`."""
        info = self._infos[name]
        with damaged(), self._zip.open(info) as member:
            return read_array(member, info.file_size, name, foreign=foreign)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive for reading; every fault leaves as FileError."""
    try:
        with path.open("rb") as stream:
            yield Archive(stream)
    except OSError as error:
        raise FileError(f"It cannot be read ({error.strerror or error}).") from error


@contextlib.contextmanager
def damaged() -> Iterator[None]:
    """Inside, whatever zipfile and zlib say of broken bytes becomes one sentence."""
    try:
        yield
    except FAULTS as error:
        raise FileError("It is damaged or cut short.") from error


def _check_end(stream: IO[bytes]) -> int:
    """Return where the directory starts, if the end record is plain, last and consistent."""
    size = stream.seek(0, os.SEEK_END)
    if size < END.size:
        raise FileError("It is damaged or cut short.")
    stream.seek(size - END.size)
    mark, disk, first, here, count, length, start, comment = END.unpack(stream.read(END.size))
    if mark != b"PK\5\6" or comment or disk or first or here != count:
        raise FileError("It is damaged or cut short.")
    if count > MOST_MEMBERS or length > MOST_DIRECTORY:
        raise FileError("It holds far more parts than it should.")
    if start + length + END.size != size:
        raise FileError("It holds bytes that belong to none of its parts.")
    return int(start)


def _check_members(infos: list[zipfile.ZipInfo], directory: int) -> None:
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise FileError("It holds two parts of the same name.")
    for info in infos:
        _check_member(info)
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise FileError("It holds more than 2 GiB, the most that it may.")
    _check_overlap(infos, directory)


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if info.orig_filename != name or any(bad in name for bad in ("..", "\\", ":", "\0", "//")):
        raise FileError("It holds a part whose name leads elsewhere.")
    if name.startswith("/") or info.is_dir():
        raise FileError("It holds a part whose name leads elsewhere.")
    if info.flag_bits & ENCRYPTED or info.compress_type not in METHODS:
        raise FileError("It is encrypted or packed in a way that bioviz does not read.")
    if info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise FileError(f"'{name}' in it would grow more than {MOST_RATIO}-fold.")
    if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
        raise FileError("It is damaged or cut short.")


def _check_overlap(infos: list[zipfile.ZipInfo], directory: int) -> None:
    free = 0  # the first byte that no earlier member covers
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < free:
            raise FileError("It holds parts that overlap.")
        free = info.header_offset + LOCAL + len(info.orig_filename.encode()) + info.compress_size
    if free > directory:
        raise FileError("It is damaged or cut short.")
