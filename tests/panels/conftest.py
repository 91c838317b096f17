"""Panels are tried on a bench: a real trainer, a real pump, no timer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from bioviz.ui import theme

from .bench import Bench


@pytest.fixture
def bench(qtbot, qapp: QApplication) -> Iterator[Bench]:
    theme.apply(qapp, "light")
    made = Bench(qtbot)
    yield made
    made.close()
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Whichever test comes first, there is an application: a pixmap without one aborts."""
