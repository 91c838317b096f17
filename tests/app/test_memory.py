"""What the window remembers: its place on a screen, and a layout that fits its final size."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from bioviz.app.memory import Memory, Widening, fitted, on_screen
from bioviz.app.settings import Layout, Settings
from bioviz.app.workspace import Workspace


class Laid(Workspace):
    """A workspace that notes the layouts it is given, and at what width."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.taken: list[tuple[bytes, int]] = []

    def take_layout(self, state: bytes) -> bool:
        self.taken.append((state, self.width()))
        return True

    def arrange(self) -> None:
        """There are no docks to put anywhere."""


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(Laid(made))
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def laid(window: QMainWindow) -> Laid:
    central = window.centralWidget()
    assert isinstance(central, Laid)
    return central


def settle(qtbot: QtBot) -> None:
    """Wait until what was to be done at once has been done."""
    done: list[bool] = []
    QTimer.singleShot(0, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def test_a_layout_is_laid_out_once_more_at_the_maximised_size(
    window: QMainWindow, qtbot: QtBot
) -> None:
    workspace = laid(window)
    Widening(workspace, b"layout")
    window.resize(340, 220)
    settle(qtbot)
    assert workspace.taken == [], "not at a size on the way"
    window.showMaximized()
    qtbot.waitUntil(lambda: bool(workspace.taken))
    assert workspace.taken == [(b"layout", window.width())]
    window.showNormal()
    window.showMaximized()
    settle(qtbot)
    assert len(workspace.taken) == 1, "afterwards the panels are the user's"


@pytest.mark.parametrize("maximised", [False, True])
def test_only_a_maximised_window_waits_for_its_final_size(
    window: QMainWindow, maximised: bool
) -> None:
    settings = Settings(layout=Layout.of(b"layout"), maximised=maximised)
    pump: Any = None  # nothing is drawn here
    memory = Memory(settings, pump)
    memory.arrange(laid(window))
    assert [state for state, _ in laid(window).taken] == [b"layout"]
    assert bool(laid(window).findChildren(Widening)) is maximised


def test_a_window_never_leaves_the_screen(qapp: QApplication) -> None:
    room = qapp.primaryScreen().availableGeometry()
    found = on_screen(QRect(room.right() + 5_000, -4_000, 10_000, 10_000))
    assert room.contains(found)
    assert found.size().toTuple() == fitted((10_000, 10_000), room)
