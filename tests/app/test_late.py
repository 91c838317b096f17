"""Panels that are made once the window is seen: nobody must be able to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.late import LATE
from bioviz.app.settings import Settings
from bioviz.app.views import PANELS
from bioviz.app.window import Window
from bioviz.session.session import PanelView

from .conftest import Driver


@pytest.mark.parametrize("key", LATE)
def test_a_dock_says_beforehand_what_its_panel_will_say(key: str):
    panel = PANELS[key]
    assert (LATE[key].title, LATE[key].icon) == (panel.title, panel.icon)


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A window that has only just been opened."""
    monkeypatch.setenv("BIOVIZ_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BIOVIZ_STATE_DIR", str(tmp_path / "state"))
    window = Window(Settings())
    window.begin(None)
    window.controller.pump.stop()
    window.show()
    driver = Driver(window, qtbot)
    driver.until(lambda: driver.trainer.catalogue is not None)
    yield driver
    window.leave()
    window.deleteLater()


def test_what_lies_behind_is_made_after_the_first_drawing_and_knows_all_that_was_told(
    fresh: Driver,
):
    views = fresh.window.views
    assert "weights" not in views.panels
    views.restore((PanelView(key="weights", options={"view": "tiles"}),))
    fresh.until(lambda: set(views.panels) == set(PANELS.names()))
    weights = fresh.window.workspace.docks["weights"].widget()
    assert weights is views.panels["weights"]
    assert weights.options()["view"] == "tiles"
    assert not weights.idle
    assert fresh.window.workspace.docks["bcm"].isHidden()  # it has nothing to show of two moons
    assert fresh.window.workspace.docks["table"].isEnabled()


def test_beside_training_a_panel_is_made_when_somebody_looks_at_it(fresh: Driver):
    views = fresh.window.views
    fresh.play()
    made = set(views.panels)
    for _ in range(20):
        fresh.controller.pump.beat()
    assert set(views.panels) == made
    fresh.window.workspace.show_panel("weights")
    assert fresh.window.workspace.docks["weights"].widget() is views.panels["weights"]
    fresh.trainer.pause()
    fresh.until(lambda: set(views.panels) == set(PANELS.names()))


def test_a_session_saved_before_they_are_made_keeps_how_they_were_looked_at(fresh: Driver):
    noted = (PanelView(key="raster", options={"window": 500}),)
    assert noted[0] in fresh.window.views.noted(noted)


def test_panels_come_in_the_order_of_their_keys(driver: Driver):
    shown = [action.text() for action in driver.window.menus.panels.values()]
    assert shown[:5] == ["Build", "Network", "Loss and accuracy", "Alignment", "Weights"]
