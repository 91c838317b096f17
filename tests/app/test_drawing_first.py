"""While the window draws, training stands back; and whenever it does not, training goes on."""

from __future__ import annotations

import pytest

from bioviz.core.snapshot import Snapshot

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
