"""Which of a session's own data files may be read: a stranger's session does not decide alone."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .end import BAD_FILE, USAGE, End

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec
    from ..session.file import Saved


def allow(saved: Saved, file: Path, data: Path | None) -> None:
    """Let a session read its own data: what lies in the session's folder, or what `--data` names.

    With `--data` the data are read from there. Ends with code 4 where a file may not be read.
    """
    from ..session.own_file import files_of, with_file

    wanted = files_of(saved.experiments)
    if data is not None:
        if not wanted:
            raise End("--data: no task of this session reads a file of your own.", USAGE)
        path = str(data.absolute())
        specs = tuple(with_file(spec, path) for spec in saved.experiments)
        saved.session = saved.session.model_copy(update={"experiments": specs})
        return
    for path in wanted:
        if not beside(Path(path), file):
            raise End(
                f"This session learns from {path}, which does not lie in the session's folder, so "
                f"it is not read without your word: give{option(saved.experiments, file)}, or "
                "another file.",
                BAD_FILE,
            )


def option(specs: Iterable[ExperimentSpec], file: Path) -> str:
    """What must be added to a command so that `file` may read its data; "" for nothing."""
    from ..session.own_file import files_of

    away = [path for path in files_of(specs) if not beside(Path(path), file)]
    return f" --data {shlex.quote(away[0])}" if away else ""


def beside(path: Path, file: Path) -> bool:
    """Whether `path` lies in the folder of `file`, or below it."""
    return path.resolve().is_relative_to(file.resolve().parent)
