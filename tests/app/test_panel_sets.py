"""Panel sets: each shows its panels, and the default follows the rule as ever."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from bioviz.app.panel_sets import FOLLOW, SETS, on_stage
from bioviz.ui.pump import seen

from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def shown(driver: Driver) -> set[str]:
    return {key for key, dock in driver.window.workspace.docks.items() if not dock.isHidden()}


def all_seen(driver: Driver, keys: list[str]) -> bool:
    return all(seen(driver.window.panels[key]) for key in keys)


def test_a_set_shows_its_panels_and_no_others(driver: Driver) -> None:
    for one in SETS:
        if one.all:
            continue
        driver.press(f"set_{one.key}")
        assert shown(driver) == {"build", "inspector", *one.shown}, one.key
        front = [key for row in one.rows for key in row]
        driver.until(partial(all_seen, driver, front), 3000)
        driver.press("set_follow")
        assert {"network", "task", "loss", "alignment", "weights", "table"} <= shown(driver)
        assert not shown(driver) & {"bursts", "bcm", "raster"}


def test_every_set_names_panels_that_are_there(driver: Driver) -> None:
    for one in SETS:
        assert set(one.shown) <= set(driver.window.panels)
        assert [len(row) for row in one.rows] == [2, 2]


def test_a_panel_of_a_set_that_has_nothing_to_show_says_why(driver: Driver) -> None:
    driver.press("set_stdp")
    driver.until(lambda: seen(driver.window.panels["raster"]), 3000)
    driver.window.open_network("fa_digits")
    driver.settle()
    assert seen(driver.window.panels["raster"]), "it was chosen, so it stays"


def test_following_the_rule_is_the_first_layout(driver: Driver) -> None:
    docks = driver.window.workspace.docks
    driver.press("reset_layout")
    QApplication.processEvents()
    before = {key: docks[key].geometry() for row in FOLLOW.rows for key in row}
    driver.press("set_compare")
    driver.press("set_follow")
    driver.until(lambda: {key: docks[key].geometry() for key in before} == before, 3000)


def test_the_most_telling_panels_go_on_stage() -> None:
    usual = dict.fromkeys(("network", "task", "alignment", "loss", "weights", "table"), True)
    assert on_stage(usual) == ("network", "task", "alignment", "loss")
    bursting = {**usual, "bursts": True}
    assert on_stage(bursting, ["weights", "bursts"])[:2] == ("network", "bursts")
    spiking = {"network": True, "raster": True, "stdp_window": True, "task": False}
    assert on_stage(spiking) == ("network", "stdp_window", "raster")
