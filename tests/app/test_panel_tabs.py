"""Panels in the window: their tabs and keys, setting weights undoably, and saving the table."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QTabBar

from bioviz.core.status import Mode
from bioviz.ui.pump import seen

from .conftest import Driver

TABS = ["Task", "Weights", "W against B", "Flow field", "Table"]


def tab_bar(driver: Driver) -> QTabBar:
    bars = [bar for bar in driver.window.workspace.findChildren(QTabBar) if bar.isVisible()]
    return next(bar for bar in bars if bar.tabText(0) == "Task")


def open_flow(driver: Driver) -> None:
    driver.window.open_network("flow_1_1_1")
    driver.settle()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_the_tabs_beside_the_task_can_all_be_read_at_1280_by_720(driver: Driver) -> None:
    driver.window.resize(1280, 720)
    driver.window.reset_layout()
    driver.settle()
    bar = tab_bar(driver)
    assert [bar.tabText(place) for place in range(len(TABS))] == TABS
    for place in range(bar.count()):
        words = bar.fontMetrics().horizontalAdvance(bar.tabText(place))
        assert bar.tabRect(place).width() >= words
        assert bar.tabRect(place).right() <= bar.width()


def test_tabs_stay_readable_when_the_layout_is_put_back(driver: Driver) -> None:
    state = driver.window.workspace.layout_bytes()
    driver.window.workspace.toggle_maximised(driver.window.workspace.docks["loss"])
    driver.window.workspace.restore()
    assert driver.window.workspace.take_layout(state)
    bar = tab_bar(driver)
    widths = [bar.tabRect(place).width() for place in range(bar.count())]
    words = [bar.fontMetrics().horizontalAdvance(bar.tabText(p)) for p in range(bar.count())]
    assert all(wide >= need for wide, need in zip(widths, words, strict=True))


def test_every_panel_has_a_key_of_its_own(driver: Driver) -> None:
    keys = dict(driver.window.menus.panel_keys())
    assert [keys[title] for title in ("W against B", "Flow field", "Table")] == [
        "Ctrl+7", "Ctrl+8", "Ctrl+9",
    ]  # fmt: skip
    assert len(set(keys.values())) == len(keys) == len(driver.window.workspace.docks)


def test_a_network_opens_the_panels_that_it_names(driver: Driver) -> None:
    assert seen(driver.window.panels["task"])
    open_flow(driver)
    assert seen(driver.window.panels["flow_field"])
    driver.window.open_network("fa_two_moons")
    driver.settle()
    assert seen(driver.window.panels["task"])


def test_a_panel_that_a_network_names_too_stays_in_front(driver: Driver) -> None:
    driver.window.workspace.show_panel("weights")
    driver.settle()
    driver.window.open_network("fa_digits")  # which names both the weights and the task
    driver.settle()
    assert seen(driver.window.panels["weights"])


def test_new_panels_behind_their_tabs_ask_for_nothing(driver: Driver) -> None:
    asked: list[str] = []
    for key in ("weight_scatter", "flow_field", "table"):
        panel = driver.window.panels[key]
        panel.wanted = lambda key=key: asked.append(key) or frozenset()  # type: ignore[method-assign,func-returns-value]
    driver.advance(5)
    assert asked == []


def test_weights_set_in_the_plane_are_one_step_to_undo(driver: Driver) -> None:
    open_flow(driver)
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


def test_weights_can_be_set_while_the_network_learns(driver: Driver) -> None:
    open_flow(driver)
    driver.trainer.set_speed(2000)
    driver.play()
    driver.window.panels["flow_field"].view.clicked.emit(-1.8, -0.3)
    driver.until(lambda: bool(driver.weights()["W1.w"] < -1.5))
    driver.window.actions_by_key["undo"].trigger()
    driver.until(lambda: bool(driver.weights()["W1.w"] > -1))
    assert driver.trainer.status.mode is Mode.PLAYING


def test_the_table_is_saved_as_csv(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.window.workspace.show_panel("table")
    driver.advance(30)
    table = driver.window.panels["table"]
    driver.until(lambda: table.model.rowCount() > 3)
    choose(monkeypatch, tmp_path / "curves")
    table._save.click()
    driver.settle()
    with (tmp_path / "curves.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][:2] == ["trial", "train_error"]
    assert len(rows) == 1 + table.model.rowCount()
    assert "curves.csv" in driver.window.status_line._news.text()


def test_a_table_that_cannot_be_written_is_told_in_a_sentence(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.advance(5)
    choose(monkeypatch, tmp_path / "nowhere" / "table.csv")
    driver.window.files.export("table.csv", lambda: "trial\n")
    driver.settle()
    assert driver.window.problem_bar.isVisible()
    assert not driver.window.problem_bar.isHidden()
    choose(monkeypatch, "")  # a dialog that is cancelled
    driver.window.files.export("table.csv", no_text)
    driver.settle()


def no_text() -> str:
    raise AssertionError("nothing is to be made where nothing is saved")
