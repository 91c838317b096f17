"""Presentation mode: large, driven by a clicker, and gone without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bioviz.app.presentation import HINTED, SHOWN
from bioviz.app.workspace import in_front
from bioviz.core.status import Mode
from bioviz.ui import theme
from bioviz.ui.pump import seen

from .conftest import Driver


@pytest.fixture(autouse=True)
def _plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.notifier.resize(qapp, 1.0)


def enter(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.press("present")
    driver.window.setWindowState(Qt.WindowState.WindowNoState)
    driver.window.resize(1280, 720)  # offscreen, a full screen is small


def press(qtbot: QtBot, driver: Driver, key: Qt.Key) -> None:
    qtbot.keyClick(driver.window.presentation.stage, key)
    driver.controller.pump.beat()


def look(driver: Driver) -> dict[str, object]:
    """All that must be as before."""
    window, docks = driver.window, driver.window.workspace.docks
    return {
        "hidden": {key for key, dock in docks.items() if dock.isHidden()},
        "docks": {k: dock.geometry() for k, dock in docks.items() if in_front(dock)},
        "panels": {key: docks[key].widget() is panel for key, panel in window.panels.items()},
        "chrome": [p.isHidden() for p in (window.menuBar(), window.run_bar, window.status_line)],
        "enabled": {key: action.isEnabled() for key, action in window.actions_by_key.items()},
        "theme": theme.current(),
        "font": QApplication.font(),
        "state": window.windowState(),
        "size": window.size(),
    }


def test_it_shows_panels_large_and_leaves_everything_as_it_was(driver: Driver) -> None:
    QApplication.processEvents()
    before = look(driver)
    enter(driver)
    stage = driver.window.presentation.stage
    assert list(stage.frames) == ["network", "task", "alignment", "loss"]
    assert theme.current().scale == 1.6
    assert theme.current().stroke == 3
    assert not driver.window.run_bar.isVisible()
    assert not driver.window.menuBar().isVisible()
    driver.until(lambda: all(seen(driver.window.panels[key]) for key in stage.frames))
    driver.press("present")
    for _ in range(3):
        QApplication.processEvents()
    after = look(driver)
    assert {key: (before[key], after[key]) for key in before if after[key] != before[key]} == {}


def test_a_maximised_panel_is_maximised_again_afterwards(driver: Driver) -> None:
    workspace = driver.window.workspace
    workspace.toggle_maximised(workspace.docks["loss"])
    enter(driver)
    driver.press("present")
    assert [k for k, dock in workspace.docks.items() if not dock.isHidden()] == ["loss"]
    workspace.restore()
    assert not workspace.docks["network"].isHidden()


def test_numbers_and_clicks_enlarge_a_panel_and_escape_goes_back(
    driver: Driver, qtbot: QtBot
) -> None:
    enter(driver)
    stage = driver.window.presentation.stage
    even = stage.frames["alignment"].width()
    press(qtbot, driver, Qt.Key.Key_3)
    assert stage.spotlit == "alignment"
    assert stage.frames["alignment"].width() > 1.3 * even
    other = stage.frames["task"]
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton, pos=QPoint(20, other.height() // 2))
    assert stage.spotlit == "task"
    press(qtbot, driver, Qt.Key.Key_Escape)
    assert stage.spotlit == ""
    assert stage.frames["alignment"].width() == even
    press(qtbot, driver, Qt.Key.Key_Escape)
    assert not driver.window.presentation.on


def test_a_clicker_steps_through_question_run_and_answer(driver: Driver, qtbot: QtBot) -> None:
    enter(driver)
    bar = driver.window.presentation.stage.bar
    assert bar.caption.text() == driver.window.document.about.question
    driver.trainer.set_speed(200)
    press(qtbot, driver, Qt.Key.Key_PageDown)
    driver.until(lambda: driver.trainer.status.mode is Mode.PLAYING)
    assert bar.place.text() == "2 / 3"
    press(qtbot, driver, Qt.Key.Key_PageDown)
    driver.until(lambda: driver.trainer.status.mode is Mode.PAUSED)
    assert bar.caption.text() == driver.window.document.about.see
    press(qtbot, driver, Qt.Key.Key_PageUp)
    driver.until(lambda: driver.trainer.status.mode is Mode.PLAYING)
    driver.trainer.pause()
    driver.settle()


class Marks:
    """Bookmarks of a run, as a history would have them."""

    def __init__(self) -> None:
        self.gone: list[int] = []

    def names(self) -> Sequence[str]:
        return ("the start", "the map bends")

    def go(self, place: int) -> None:
        self.gone.append(place)


def test_bookmarks_go_before_the_lesson(driver: Driver, qtbot: QtBot) -> None:
    marks = Marks()
    driver.window.presentation.tell(marks)
    enter(driver)
    for key in (Qt.Key.Key_PageDown,) * 3 + (Qt.Key.Key_PageUp,):
        press(qtbot, driver, key)
    assert marks.gone == [0, 1, 0]
    assert driver.window.presentation.stage.bar.caption.text() == "the start"


def test_a_full_stop_blanks_the_screen_and_takes_no_step(driver: Driver, qtbot: QtBot) -> None:
    enter(driver)
    stage = driver.window.presentation.stage
    for key in (Qt.Key.Key_Period, Qt.Key.Key_B):
        press(qtbot, driver, key)
        assert stage.blank
        press(qtbot, driver, Qt.Key.Key_Escape)
        assert not stage.blank
    assert driver.trial == 0
    assert driver.window.presentation.on


def test_the_hint_and_the_run_bar_hide_as_beats_go_by(driver: Driver) -> None:
    enter(driver)
    stage, pump = driver.window.presentation.stage, driver.controller.pump
    assert stage.hint.isVisible()
    for _ in range(HINTED):
        pump.beaten.emit()
    assert not stage.hint.isVisible()
    assert stage.bar.buttons.isVisible()
    for _ in range(SHOWN):
        pump.beaten.emit()
    assert not stage.bar.buttons.isVisible()


def test_opening_a_network_leaves_and_closing_the_window_keeps_the_layout(driver: Driver) -> None:
    enter(driver)
    driver.window.open_network("fa_digits")
    driver.settle()
    assert not driver.window.presentation.on
    assert driver.window.centre.shows(driver.window.workspace)
    enter(driver)
    driver.window.close()
    layout = driver.window.memory.settings.layout
    assert layout is not None
    assert layout.read() is not None
    assert not driver.window.memory.settings.maximised or driver.window.isMaximized()


def test_panels_cannot_be_laid_out_while_they_are_on_stage(driver: Driver) -> None:
    enter(driver)
    window = driver.window
    assert not window.actions_by_key["set_stdp"].isEnabled()
    assert not window.menus.panels["loss"].isEnabled()
    assert window.actions_by_key["undo"].isEnabled() == window.document.undo_stack.canUndo()
    driver.press("present")
    assert window.actions_by_key["set_stdp"].isEnabled()


def test_a_panel_that_fails_on_stage_leaves_the_others_alone(driver: Driver) -> None:
    enter(driver)
    panel = driver.window.panels["loss"]
    driver.controller.pump.panel_failed.emit(panel, "ValueError: no")
    driver.press("present")
    docks = driver.window.workspace.docks
    assert docks["loss"].widget() is not panel
    assert docks["network"].widget() is driver.window.panels["network"]
