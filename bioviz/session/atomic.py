"""Writing a file so that it either fully happens or leaves the old one: beside, sync, replace."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .fault import SessionError

MARK = ".~"  # sync programs leave files that start so alone
PATIENCE = 1.0  # seconds in which a virus scanner may hold the target open (Windows)
DAY = 86_400.0

Write = Callable[[IO[bytes]], None]
Check = Callable[[Path], object]


def write_file(path: Path, write: Write, check: Check | None = None) -> None:
    """Replace `path` by what `write` puts into a stream, once `check` has read it back.

    Whatever goes wrong, and whenever the process is killed, `path` holds the old content or the
    new, whole. Raises SessionError in words; the temporary file is then removed.
    """
    target = path.resolve()  # a link stays a link; what it points to is replaced
    beside = target.parent / f"{MARK}{target.name[:100]}.{uuid.uuid4().hex[:12]}"
    try:
        sweep(target.parent)
        _write_through(beside, write, target)
        if check is not None:
            check(beside)
        _replace(beside, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise SessionError(_cannot(path, error)) from error
    finally:
        with contextlib.suppress(OSError):  # gone after a replace; else the next sweep takes it
            beside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Replace a text file, all or nothing, as UTF-8."""
    write_file(path, lambda stream: _put(stream, text.encode()))


def sweep(folder: Path, older: float = DAY) -> None:
    """Remove temporary files that killed processes left in `folder` more than a day ago."""
    now = time.time()
    for left in folder.glob(f"{MARK}*.*"):
        with contextlib.suppress(OSError):  # another process swept it first, or it is not ours
            if left.is_file() and now - left.stat().st_mtime > older and _ours(left):
                left.unlink()


def _ours(path: Path) -> bool:
    tag = path.name.rpartition(".")[2]
    return len(tag) == 12 and all(letter in "0123456789abcdef" for letter in tag)


def _write_through(beside: Path, write: Write, target: Path) -> None:
    with beside.open("xb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        beside.chmod(target.stat().st_mode & 0o777)


def _put(stream: IO[bytes], content: bytes) -> None:
    stream.write(content)


def _replace(beside: Path, target: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            os.replace(beside, target)  # noqa: PTH105  (the tests fail it by this name)
        except PermissionError:
            if time.monotonic() > until or target.is_dir():
                raise
            time.sleep(0.05)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot(path: Path, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return (
        f"'{path}' could not be written ({reason}); a file that was there before is as it was. "
        "Choose another place, or make room."
    )
