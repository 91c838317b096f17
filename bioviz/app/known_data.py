"""The files and folders of data that this user has chosen: no other is read without a question."""

from __future__ import annotations

import os
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from ..core.fault import DataMissing
from ..core.spec import ExperimentSpec
from ..session.own_file import files_of


class DataUnread(DataMissing):
    """A session names a file that the user has not chosen; nothing of it has been looked at."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"This network learns from {path}. You have not chosen it yourself before. Read it?",
            path=path,
        )


class KnownData(QObject):
    """Paths that may be read; compared as text, so that asking about one touches no disk."""

    changed = Signal(object)  # all of them, the last one first

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[str, ...] = ()

    def put(self, paths: Iterable[str]) -> None:
        """Know these, as they were remembered."""
        self._paths = tuple(paths)

    def add(self, path: str) -> None:
        """The user has chosen this one."""
        name = _plain(path)
        self._paths = (name, *(other for other in self._paths if other != name))
        self.changed.emit(self._paths)

    def __contains__(self, path: str) -> bool:
        return _plain(path) in self._paths

    def check(self, specs: Iterable[ExperimentSpec]) -> None:
        """Raise DataUnread for the first file that has not been chosen."""
        for path in files_of(specs):
            if path not in self:
                raise DataUnread(path)


def _plain(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100  (Path.resolve would look)
