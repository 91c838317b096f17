"""While the window draws, training stands back; and whenever it does not, training goes on."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from bioviz.core.snapshot import Snapshot
from bioviz.core.status import Status
from bioviz.ui.motion import READABLE

from .conftest import Driver


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
