"""A quicker first import of pyqtgraph, which else touches every class of Qt while the window opens.

pyqtgraph keeps copies of all names in Qt's three main modules, and PySide6 builds a class when it
is first touched: a third of pyqtgraph's import goes into a thousand classes that nobody uses. With
modules that look a name up when it is wanted there is nothing to copy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtWidgets

COPIED = (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets)


class Forwarding(ModuleType):
    """A module that has whatever another one has."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name, source.__doc__)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._source, name)
        setattr(self, name, found)
        return found


def import_pyqtgraph() -> None:
    """Import pyqtgraph without its copies; it is the same to whoever uses it."""
    if "pyqtgraph" in sys.modules:
        return
    for source in COPIED:
        name = f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}"
        sys.modules[name] = Forwarding(name, source)
    with _nothing_listed():
        import pyqtgraph  # noqa: F401


@contextmanager
def _nothing_listed() -> Iterator[None]:
    """Inside, Qt's modules list no names, so that none is copied."""
    for source in COPIED:
        source.__dir__ = list  # type: ignore[method-assign]
    try:
        yield
    finally:
        for source in COPIED:
            del source.__dir__
