"""Interventions through the window: a click, a marker, and Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bioviz.app.inspect_order import Orders
from bioviz.core.experiment import Experiment
from bioviz.core.intervention import Freeze
from bioviz.core.perturbation import FlipSigns, Prune
from bioviz.core.state import State
from bioviz.core.status import Mode
from bioviz.ui.panel import Pick

from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


PRESSES: dict[str, Callable[[Orders], Any]] = {
    "freeze": lambda orders: orders.freeze,
    "flip": lambda orders: orders.flip,
    "draw again": lambda orders: orders.redraw,
    "scale": lambda orders: orders.scale,
    "noise": lambda orders: orders.noise,
    "prune": lambda orders: orders.prune,
}


def orders_of(driver: Driver, name: str) -> Orders:
    driver.window.picking.set(Pick("projection", name))
    show(driver)
    orders = driver.window.inspector.pages["projection"].orders
    assert isinstance(orders, Orders)
    return orders


def show(driver: Driver) -> None:
    """Let everything that was asked for be drawn."""
    driver.settle()
    pump = driver.controller.pump
    for _ in range(2):
        drawn = pump.drawn
        pump.refresh()
        driver.until(lambda drawn=drawn: pump.drawn > drawn)  # type: ignore[misc]


def state(driver: Driver) -> State:
    def read(runs: list[Experiment]) -> State:
        return runs[0].capture()

    found: State = driver.trainer.do(read).result(20)
    found.meta["markers"] = [text for _, text in found.meta["markers"]]
    return found


def same(one: State, other: State) -> bool:
    """Whether two runs stand at the same bits, whatever was done in between."""
    left, right = ({**state.meta, "markers": []} for state in (one, other))
    return (
        left == right
        and one.arrays.keys() == other.arrays.keys()
        and all(one.arrays[name].tobytes() == other.arrays[name].tobytes() for name in one.arrays)
    )


def test_a_click_flips_the_signs_and_ctrl_z_takes_it_back(driver: Driver) -> None:
    driver.advance(20)
    before = state(driver)
    orders = orders_of(driver, "B2")
    QTest.mouseClick(orders.flip, Qt.MouseButton.LeftButton)
    show(driver)
    assert np.array_equal(state(driver).arrays["B2.w"], -before.arrays["B2.w"])
    assert driver.window.document.undo_stack.undoText() == "B2 signs flipped"
    for key in ("loss", "alignment"):
        marks = driver.window.panels[key].plot.references.markers
        assert [(x, text) for _, x, text in marks] == [(20, "B2 signs flipped")]
    driver.press("undo")
    assert same(state(driver), before)
    assert state(driver).meta["markers"] == ["B2 signs flipped", "undo: B2 signs flipped"]


def test_every_order_is_undone_and_redone_to_the_bit(driver: Driver) -> None:
    driver.advance(10)
    seen = [state(driver)]
    for name in ("W2", "B2"):
        orders = orders_of(driver, name)
        for press in PRESSES.values():
            QTest.mouseClick(press(orders), Qt.MouseButton.LeftButton)
            driver.settle()
            seen.append(state(driver))
            assert not same(seen[-2], seen[-1])
    for earlier in reversed(seen[:-1]):
        driver.press("undo")
        assert same(state(driver), earlier)
    for later in seen[1:]:
        driver.press("redo")
        assert same(state(driver), later)


def test_orders_and_edits_are_undone_in_turn_while_it_plays(driver: Driver) -> None:
    first = driver.weights()
    driver.play()
    driver.controller.intervene(FlipSigns("B2"))
    spec = driver.window.document.spec.with_value("rule.learning_rate", 0.01)
    driver.window.document.edit(spec, "Change learning rate")
    driver.controller.intervene(Freeze("W2"))
    driver.controller.intervene(Prune("W1", 0.5))
    held = driver.weights()
    before = driver.trial
    driver.until(lambda: driver.trial > before + 5)
    now = driver.weights()
    assert np.array_equal(now["W2.w"], held["W2.w"])
    assert np.count_nonzero(now["W1.w"]) == held["W1.w"].size // 2
    for _ in range(4):
        driver.window.actions_by_key["undo"].trigger()
    driver.until(lambda: driver.trial > before + 10)
    assert driver.trainer.status.mode is Mode.PLAYING
    driver.controller.pause()
    driver.settle()
    after = state(driver)
    assert np.array_equal(after.arrays["B2.w"], first["B2.w"])
    assert after.meta["frozen"] == []
    assert "W1.mask" not in after.arrays
    assert not np.array_equal(after.arrays["W2.w"], held["W2.w"])
    assert after.meta["markers"][-1] == "undo: B2 signs flipped"


def test_the_freeze_button_tells_what_is_so(driver: Driver) -> None:
    orders = orders_of(driver, "W1")
    note = driver.window.inspector.pages["projection"].condition
    assert (orders.freeze.text(), note.text) == ("Freeze", "")
    QTest.mouseClick(orders.freeze, Qt.MouseButton.LeftButton)
    QTest.mouseClick(orders.prune, Qt.MouseButton.LeftButton)
    show(driver)
    assert orders.freeze.isChecked()
    assert orders.freeze.text() == "Frozen"
    assert note.text == "frozen, 30 % removed"
    orders_of(driver, "W2")
    assert (orders.freeze.text(), note.text) == ("Freeze", "")
    orders_of(driver, "W1")
    driver.press("undo")
    driver.press("undo")
    show(driver)
    assert not orders.freeze.isChecked()
    assert note.text == ""


def test_what_is_frozen_comes_back_when_a_restart_is_undone(driver: Driver) -> None:
    driver.advance(5)
    driver.controller.intervene(Freeze("W2"))
    driver.settle()
    driver.press("restart")
    assert state(driver).meta["frozen"] == []
    driver.press("undo")
    assert state(driver).meta["frozen"] == ["W2"]
    driver.press("undo")
    assert state(driver).meta["frozen"] == []


def test_a_refused_order_is_explained_and_undo_goes_on_past_it(driver: Driver) -> None:
    before = state(driver)
    driver.controller.intervene(Prune("B2", 1.0))
    driver.settle()
    driver.controller.intervene(Prune("B2", 0.5))
    driver.settle()
    assert "no weights left" in driver.window.problem_bar.text
    driver.press("undo")
    driver.press("undo")
    assert same(state(driver), before)
    driver.advance(1)
    assert driver.trial == 1
