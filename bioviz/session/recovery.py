"""Autosave: copies of unsaved work, kept apart from the user's files and offered after a crash.

Each process has one folder, locked while it lives, under `recovery` in bioviz's state folder (never
in TEMP, which may be cleaned). A clean exit removes it; a crash leaves it to be found.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .atomic import sweep, write_text
from .fault import SessionError
from .file import Saved, save
from .lock import Lock, held
from .place import state_folder

KEEP = 3
LOCK = "lock"


@dataclass(frozen=True)
class Recoverable:
    """A copy that a process left behind: open `path` with `load`."""

    path: Path
    time: float  # seconds since 1970, UTC
    size: int  # bytes
    title: str
    original: str | None  # the user's own file, as text to show: never a place to write to


class Recovery:
    """This process's copies, and those that dead processes left. Any thread may call."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or state_folder() / "recovery"
        self.own = self.folder / uuid.uuid4().hex
        self._lock: Lock | None = None
        self._writing = threading.Lock()
        for left in self._others():
            sweep(left)

    def write(self, saved: Saved, original: Path | str | None = None) -> bool:
        """Keep one more copy, and the newest three; False where a write is already under way.

        Raises SessionError in words where it cannot be written.
        """
        if not self._writing.acquire(blocking=False):
            return False
        try:
            self._claim()
            name = str(time.time_ns())
            note = {
                "title": saved.session.about.title,
                "original": None if original is None else str(original),
            }
            write_text(self.own / f"{name}.json", json.dumps(note))
            save(self.own / f"{name}.bioviz", saved)
            self._thin()
        finally:
            self._writing.release()
        return True

    def find(self) -> list[Recoverable]:
        """What processes that are no longer alive have left, newest first."""
        found = []
        for folder in self._others():
            if not held(folder / LOCK):
                for path in folder.glob("*.bioviz"):
                    with contextlib.suppress(FileNotFoundError):  # another window discarded it
                        found.append(_recoverable(path))
        return sorted(found, key=lambda left: left.time, reverse=True)

    def discard(self, left: Recoverable) -> None:
        """Remove a copy for good, and its folder with the last one."""
        left.path.unlink(missing_ok=True)
        left.path.with_suffix(".json").unlink(missing_ok=True)
        folder = left.path.parent
        if folder.parent == self.folder and not list(folder.glob("*.bioviz")):
            shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Remove this process's own copies: the work is saved, or knowingly dropped."""
        with self._writing:
            for path in self._copies():
                _remove(path)

    def close(self) -> None:
        """Remove this process's folder: a clean exit leaves nothing to recover."""
        with self._writing:
            if self._lock is not None:
                self._lock.release()
                self._lock = None
                shutil.rmtree(self.own, ignore_errors=True)

    def _claim(self) -> None:
        """Make and lock this process's folder, before the first copy is in it."""
        if self._lock is not None:
            return
        try:
            self.own.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = Lock(self.own / LOCK)
        except OSError as error:
            raise SessionError(
                f"Unsaved work cannot be kept safe: '{self.folder}' cannot be written "
                f"({error.strerror or error}). Save often, or make room there."
            ) from error

    def _copies(self) -> list[Path]:
        """This process's copies, oldest first."""
        return sorted(self.own.glob("*.bioviz"))

    def _thin(self) -> None:
        for path in self._copies()[:-KEEP]:
            _remove(path)

    def _others(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in self.folder.iterdir() if path.is_dir() and path != self.own]


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def _recoverable(path: Path) -> Recoverable:
    told = path.stat()
    note: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):  # the copy counts, its note is a courtesy
        read = json.loads(path.with_suffix(".json").read_text("utf-8"))
        note = read if isinstance(read, dict) else {}
    title, original = note.get("title"), note.get("original")
    return Recoverable(
        path=path,
        time=told.st_mtime,
        size=told.st_size,
        title=title if isinstance(title, str) and title else "Untitled",
        original=original if isinstance(original, str) else None,
    )
