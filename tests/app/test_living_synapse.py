"""The living synapse in the window: keys fire cells, without undo; time goes on in slow motion."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bioviz.core.status import Mode
from bioviz.panels.living_synapse import LivingSynapsePanel
from bioviz.ui.pump import seen

from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


@pytest.fixture
def panel(driver: Driver) -> LivingSynapsePanel:
    driver.window.open_network("how_neurons_work")
    driver.settle()
    found = driver.window.panels["living_synapse"]
    assert isinstance(found, LivingSynapsePanel)
    driver.window.workspace.show_panel("living_synapse")
    driver.settle()
    return found


def test_it_is_seen_at_once_and_has_the_keys_when_it_is_called(
    panel: LivingSynapsePanel, driver: Driver
) -> None:
    assert seen(panel)
    assert panel.view.hasFocus()


def test_it_is_played_in_slow_motion(panel: LivingSynapsePanel, driver: Driver) -> None:
    speed = driver.window.run_bar.speed
    assert speed is not None
    dt = driver.window.document.spec.network.dt
    assert 20 < speed * dt < 30, "ms of the cells' time in a second"


def test_keys_fire_cells_without_anything_to_undo(
    panel: LivingSynapsePanel, driver: Driver
) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_A)
    driver.advance(40)
    QTest.keyClick(panel.view, Qt.Key.Key_D)
    driver.advance(40)
    assert panel.view.reply is not None
    assert (panel.view.reply.pre, panel.view.reply.post) == ((0.0,), (10.0,))
    assert driver.weights()["W1.w"][0, 0] > 40
    assert not driver.window.document.undo_stack.canUndo()
    assert not driver.window.document.precious


def test_the_space_bar_still_plays_and_pauses(panel: LivingSynapsePanel, driver: Driver) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    driver.until(lambda: driver.trainer.status.mode is Mode.PLAYING)
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    driver.until(lambda: driver.trainer.status.mode is Mode.PAUSED)


def test_a_restart_forgets_what_was_fired_and_a_file_keeps_it(
    panel: LivingSynapsePanel, driver: Driver, tmp_path: Path
) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_A)
    driver.advance(10)
    driver.controller.save(tmp_path / "fired.bioviz")
    driver.settle()

    def fired() -> dict[str, list[tuple[int, int]]]:
        kept = driver.trainer.do(lambda runs: runs[0].electrodes.capture())
        return kept.result(20)  # type: ignore[no-any-return]

    driver.press("restart")
    assert fired() == {"input": [], "output": []}
    driver.controller.open(tmp_path / "fired.bioviz")
    driver.settle()
    assert fired() == {"input": [(0, 0)], "output": []}


def test_f_gives_the_whole_window_to_it(panel: LivingSynapsePanel, driver: Driver) -> None:
    before = panel.width()
    driver.press("maximise")
    driver.until(lambda: panel.width() > 2 * before)
    driver.press("maximise")
