"""What FILE means on the command line: a file's path, or a gallery network's name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .end import BAD_FILE, End

if TYPE_CHECKING:
    from ..session.file import Saved


def find(file: str) -> Path:
    """The path that FILE names; ends with code 4 where it names nothing."""
    from ..session import gallery
    from ..session.fault import SessionError

    path = Path(file)
    if path.exists() or path.suffix or path.name != file:
        return path  # `load` says what is wrong with it
    try:
        return gallery.path_of(file)
    except SessionError as error:
        raise End(str(error), BAD_FILE) from error


def read(file: str) -> Saved:
    """Open FILE; ends with code 4 and a sentence where it cannot be."""
    from ..session.fault import SessionError
    from ..session.file import load

    try:
        return load(find(file))
    except SessionError as error:
        raise End(str(error), BAD_FILE) from error
