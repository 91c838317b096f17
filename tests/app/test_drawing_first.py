"""While the window draws, training stands back; and whenever it does not, training goes on."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from bioviz.core.snapshot import Snapshot
from bioviz.core.status import Status
from bioviz.ui.motion import READABLE

from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def test_training_stands_back_from_the_first_panel_until_all_is_painted(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn, panel = driver.trainer.turn, driver.window.panels["loss"]
    show, held = panel.show_snapshot, []

    def note(snapshot: Snapshot) -> None:
        held.append(turn.taken)
        show(snapshot)

    monkeypatch.setattr(panel, "show_snapshot", note)
    driver.play()
    driver.until(lambda: len(held) > 2)
    assert all(held)
    driver.qtbot.waitUntil(lambda: not turn.taken)
    driver.trainer.pause()
    driver.settle()


def test_a_beat_that_draws_nothing_keeps_training_from_nothing(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.play()
    driver.window.memory.set_drawing("off")
    driver.qtbot.waitUntil(lambda: not driver.trainer.turn.taken)
    driver.controller.pump.beat()  # the last answer may still have been on its way
    driver.qtbot.waitUntil(lambda: not driver.trainer.turn.taken)
    taken: list[bool] = []
    monkeypatch.setattr(driver.trainer.turn, "take", lambda: taken.append(True))
    for _ in range(5):
        driver.controller.pump.beat()
    assert not taken
    driver.window.memory.set_drawing("watch")
    driver.until(lambda: bool(taken))
    driver.trainer.pause()
    driver.settle()


def test_a_panel_that_comes_to_light_while_playing_is_soon_drawn(driver: Driver) -> None:
    panel = driver.window.panels["loss"]
    driver.window.workspace.docks["loss"].hide()
    driver.play()
    driver.until(lambda: panel not in driver.controller.pump._lit)
    driver.window.workspace.docks["loss"].show()
    driver.until(lambda: panel in driver.controller.pump._asked, timeout=2000)
    driver.trainer.pause()
    driver.settle()


def test_a_window_that_is_stopped_keeps_nobody_waiting(driver: Driver) -> None:
    driver.controller.pump.beat()
    driver.controller.pump.stop()
    assert not driver.trainer.turn.taken


def test_how_far_a_run_is_is_told_as_often_as_it_can_be_read_and_its_end_at_once(
    driver: Driver,
) -> None:
    told: list[tuple[float, Status]] = []
    pump = driver.controller.pump
    pump.status_changed.connect(lambda status: told.append((time.perf_counter(), status)))
    driver.play()
    told.clear()
    driver.until(lambda: len(told) > 4)
    gaps = [after - before for (before, _), (after, _) in pairwise(told)]
    assert 1000 * min(gaps) > 0.9 * READABLE  # at most five times a second
    driver.trainer.pause()
    driver.settle()
    assert told[-1][1] == driver.trainer.status
