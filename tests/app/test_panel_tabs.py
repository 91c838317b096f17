"""Panels in the window: their tabs and keys, setting weights undoably, and saving the table."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QTabBar

from bioviz.core.spec import ExperimentSpec
from bioviz.core.status import Mode
from bioviz.session.session import Session
from bioviz.ui.pump import seen

from ..panels.spiking import crowd_spec
from .conftest import Driver

TABS = ["Task", "Weights", "W against B", "Table"]


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def tab_bar(driver: Driver) -> QTabBar:
    bars = [bar for bar in driver.window.workspace.findChildren(QTabBar) if bar.isVisible()]
    return next(bar for bar in bars if bar.tabText(0) == "Task")


def open_network(driver: Driver, key: str) -> None:
    driver.window.open_network(key)
    driver.settle()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def assert_readable(bar: QTabBar) -> None:
    for place in range(bar.count()):
        words = bar.fontMetrics().horizontalAdvance(bar.tabText(place))
        assert bar.tabRect(place).width() >= words


def test_the_tabs_beside_the_task_can_all_be_read(driver: Driver) -> None:
    driver.window.resize(1280, 720)
    driver.window.centre.reset_layout()
    driver.until(lambda: tab_bar(driver).count() == len(TABS))  # Qt lays out in its own time
    bar = tab_bar(driver)
    assert [bar.tabText(place) for place in range(bar.count())] == TABS
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    assert_readable(bar)
    workspace = driver.window.workspace
    state = workspace.layout_bytes()
    workspace.toggle_maximised(workspace.docks["loss"])
    workspace.restore()
    assert_readable(tab_bar(driver))  # Qt has made new bars for it
    assert workspace.take_layout(state)
    assert_readable(tab_bar(driver))


def test_new_panels_have_keys_and_ask_for_nothing_behind_their_tabs(driver: Driver) -> None:
    keys = {title: key for _, title, key in driver.window.menus.panel_keys()}
    titles = ["W against B", "Flow field", "Table", "Inspector", "Raster and voltages"]
    found = ["Ctrl+7", "Ctrl+8", "Ctrl+9", "Ctrl+Shift+0", "Ctrl+Shift+3"]
    assert [keys[title] for title in titles] == found
    assert len(set(keys.values())) == len(keys) == len(driver.window.workspace.docks)
    asked: list[str] = []
    for key in ("weight_scatter", "flow_field", "table"):
        panel = driver.window.panels[key]
        panel.wanted = lambda key=key: asked.append(key) or frozenset()  # type: ignore[method-assign,func-returns-value]
    driver.advance(5)
    assert asked == []


def test_a_network_opens_the_panels_that_it_names(driver: Driver) -> None:
    panels = driver.window.panels
    assert seen(panels["task"])
    open_network(driver, "flow_1_1_1")
    assert seen(panels["flow_field"])
    open_network(driver, "fa_two_moons")
    assert seen(panels["task"])
    driver.window.workspace.show_panel("weights")
    driver.settle()
    open_network(driver, "fa_digits")  # which names the weights and the task: nothing turns
    assert seen(panels["weights"])


def open_spec(driver: Driver, spec: ExperimentSpec) -> None:
    driver.window.show_session(Session(schema=1, experiments=(spec,)))
    driver.settle()


def hidden(driver: Driver) -> set[str]:
    return {key for key, dock in driver.window.workspace.docks.items() if dock.isHidden()}


def test_panels_that_have_nothing_to_show_are_put_away_and_come_back(driver: Driver) -> None:
    others = {"bcm", "bursts", "principal_axes", "living_synapse"}
    assert hidden(driver) == {"flow_field", "raster", "stdp_window"} | others
    open_spec(driver, crowd_spec())
    assert hidden(driver) == {"task", "alignment", "weight_scatter", "flow_field"} | others
    assert seen(driver.window.panels["stdp_window"])
    open_network(driver, "flow_1_1_1")
    assert hidden(driver) == {"raster", "stdp_window"} | others
    assert seen(driver.window.panels["flow_field"])
    assert seen(driver.window.panels["loss"])


def test_a_panel_that_is_opened_all_the_same_stays_and_says_why_it_is_empty(driver: Driver) -> None:
    driver.window.menus.panels["raster"].trigger()
    assert "raster" not in hidden(driver)
    sentence = driver.window.panels["raster"]._nothing.sentence.text()
    assert "No layer of this network spikes" in sentence
    open_network(driver, "fa_digits")
    assert "raster" not in hidden(driver)
    open_spec(driver, crowd_spec())  # it fits now
    open_network(driver, "fa_digits")
    assert "raster" in hidden(driver)


def test_what_was_closed_stays_closed_when_it_has_something_to_show_again(driver: Driver) -> None:
    driver.window.workspace.docks["loss"].close()
    open_spec(driver, crowd_spec())
    open_network(driver, "fa_digits")
    assert "loss" in hidden(driver)


def test_what_is_put_away_is_not_remembered_as_closed(driver: Driver) -> None:
    workspace = driver.window.workspace
    state = workspace.layout_bytes()
    assert "raster" in hidden(driver)
    open_spec(driver, crowd_spec())
    assert workspace.take_layout(state)
    assert not hidden(driver) & {"raster", "stdp_window"}
    assert "task" in hidden(driver)


def test_putting_panels_away_leaves_a_maximised_one_alone(driver: Driver) -> None:
    workspace = driver.window.workspace
    workspace.toggle_maximised(workspace.docks["network"])
    open_spec(driver, crowd_spec())
    assert "raster" in hidden(driver)
    workspace.restore()
    assert "raster" not in hidden(driver)
    assert "task" in hidden(driver)
    driver.window.centre.reset_layout()
    others = {"bcm", "bursts", "principal_axes", "living_synapse"}
    assert hidden(driver) == {"task", "alignment", "weight_scatter", "flow_field"} | others


def test_weights_set_in_the_plane_are_one_step_to_undo_also_while_it_learns(driver: Driver) -> None:
    open_network(driver, "flow_1_1_1")
    driver.advance(20)
    before = driver.weights()
    driver.window.panels["flow_field"].view.clicked.emit(-1.5, 1.0)
    driver.settle()
    assert driver.weights()["W1.w"] == np.float32(-1.5)
    assert driver.window.actions_by_key["undo"].text() == "Undo W1 = −1.5, W2 = 1"
    driver.press("undo")
    assert {name: array.tobytes() for name, array in driver.weights().items()} == {
        name: array.tobytes() for name, array in before.items()
    }
    driver.press("redo")
    assert driver.weights()["W2.w"] == np.float32(1.0)
    driver.trainer.set_speed(2000)  # and the same while it learns
    driver.play()
    driver.window.panels["flow_field"].view.clicked.emit(-1.8, -0.3)
    driver.until(lambda: bool(driver.weights()["W1.w"] < -1.5))
    driver.window.actions_by_key["undo"].trigger()
    driver.until(lambda: bool(driver.weights()["W1.w"] > -1.5))
    assert driver.trainer.status.mode is Mode.PLAYING


def test_in_the_smallest_window_no_panel_lies_over_another(driver: Driver) -> None:
    driver.window.resize(300, 200)
    driver.window.centre.reset_layout()
    driver.settle()
    docks = driver.window.workspace.docks
    front = [docks[key].geometry() for key in ("build", "network", "loss", "alignment", "task")]
    front.append(docks["inspector"].geometry())
    assert not any(one.intersects(other) for one, other in combinations(front, 2))
    room = driver.window.workspace.rect()
    assert all(room.contains(area) for area in front)


def test_the_table_is_saved_as_csv(
    fresh: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.window.workspace.show_panel("table")
    fresh.advance(30)
    table = fresh.window.panels["table"]
    fresh.until(lambda: table.model.rowCount() > 3)
    choose(monkeypatch, tmp_path / "curves")
    table._save.click()
    fresh.settle()
    with (tmp_path / "curves.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:2] == ["trial", "train_error (fraction)"]
    assert len(rows) == 1 + table.model.rowCount()
    assert "curves.csv" in fresh.window.status_line._news.text()
    choose(monkeypatch, "")  # a dialog that is cancelled
    fresh.window.files.export("table.csv", no_text)
    choose(monkeypatch, tmp_path / "nowhere" / "table.csv")
    table._save.click()
    fresh.settle()
    assert not fresh.window.problem_bar.isHidden()  # a sentence says that it could not be written


def no_text() -> str:
    raise AssertionError("nothing is to be made where nothing is saved")


def test_a_panel_shows_what_the_session_names_also_where_the_network_before_had_no_such_thing(
    driver: Driver,
) -> None:
    open_network(driver, "fa_digits")
    open_network(driver, "chain_learns")
    assert driver.window.panels["stdp_window"]._path.value() == "L1"
