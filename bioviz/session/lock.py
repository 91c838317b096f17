"""A lock on a file that its process holds while it lives, and that its death gives back.

The process's number stands in the file for a person to read; it is never trusted, because numbers
are used again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class Lock:
    """Held from the moment it is made; OSError where another process holds it."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise
        os.truncate(self._handle, 0)
        os.write(self._handle, str(os.getpid()).encode())

    def release(self) -> None:
        os.close(self._handle)


def held(path: Path) -> bool:
    """Whether a living process holds the lock at `path`."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except PermissionError:  # another user's: not ours to judge
        return True
    try:
        _take(handle)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(handle)  # which gives the lock back


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    FAR = 2**30  # a byte behind the number, which others may then read

    def _take(handle: int) -> None:
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
