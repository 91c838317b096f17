"""The keyboard alone: every control is reached by Tab, has a name, and shows where one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from bioviz.app.layer_row import LayerRow
from bioviz.app.regions import reachable

from .conftest import Driver

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def controls(root: QWidget) -> Iterator[QWidget]:
    """Every control that can be seen and used, but for the insides of others."""
    for widget in root.findChildren(QWidget):
        inside = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QTabBar)
        if not isinstance(widget, CONTROLS) or isinstance(widget, QScrollBar) or inside:
            continue
        if isinstance(widget.parentWidget(), LayerRow) and isinstance(widget, QLineEdit):
            continue  # F2 leads from its row to its name
        if widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty():
            yield widget


def told(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


@pytest.mark.parametrize("network", ["fa_two_moons", "compare_digits", "stdp_pairing"])
def test_tab_reaches_every_control_and_each_says_what_it_is(driver: Driver, network: str) -> None:
    driver.window.open_network(network)
    driver.settle()
    reached = set(driver.window.regions.order())
    missed = [
        f"{type(w).__name__} {told(w)!r}" for w in controls(driver.window) if w not in reached
    ]
    assert missed == []
    nameless = [type(w).__name__ for w in reached if not told(w)]
    assert nameless == []


def test_tab_goes_through_the_run_bar_the_build_column_the_panels_and_the_inspector(
    driver: Driver,
) -> None:
    docks = driver.window.workspace.docks
    parts = {"run bar": driver.window.run_bar, **docks}
    order: list[str] = []
    for widget in driver.window.regions.order():
        name = next((key for key, part in parts.items() if part.isAncestorOf(widget)), "")
        if name and (not order or order[-1] != name):
            order.append(name)
    assert order == ["run bar", "build", "network", "task", "loss", "alignment", "inspector"]


def test_f6_goes_round_the_regions_and_comes_back_to_where_one_was(driver: Driver) -> None:
    window = driver.window
    window.activateWindow()
    window.run_bar._speed.setFocus()
    onward, back = window.actions_by_key["next_region"], window.actions_by_key["previous_region"]
    seen = []
    for _ in window.regions.there():
        onward.trigger()
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(r for r in window.regions.there() if r.isAncestorOf(focus)))
    assert len(set(seen)) == len(window.regions.there())
    assert QApplication.focusWidget() is window.run_bar._speed
    onward.trigger()
    back.trigger()
    assert QApplication.focusWidget() is window.run_bar._speed


def test_a_ring_shows_where_the_keys_have_led_and_goes_with_the_mouse(
    driver: Driver, qtbot: object
) -> None:
    window = driver.window
    window.activateWindow()
    assert window.ring.target() is None
    window.actions_by_key["next_region"].trigger()
    assert window.ring.target() is QApplication.focusWidget()
    handle = window.windowHandle()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert window.ring.target() is None


def test_every_control_that_tab_leads_to_can_be_used(driver: Driver) -> None:
    assert all(map(reachable, driver.window.regions.order()))


def test_enter_presses_nothing_after_a_button_has_gone(driver: Driver) -> None:
    window = driver.window
    window.activateWindow()
    window.telling.tell("warning", "Something is to be decided.", [("Discard", print)])
    discard = next(b for b in window.problem_bar.findChildren(QAbstractButton) if b.text())
    discard.setFocus()
    assert QApplication.focusWidget() is discard
    discard.click()
    assert not window.problem_bar.isVisible()
    assert QApplication.focusWidget() is None
    assert window.ring.target() is None


def test_a_tip_of_a_button_does_not_lie_over_the_status(driver: Driver) -> None:
    line, play = driver.window.status_line, driver.window.actions_by_key["play"]
    QApplication.sendEvent(driver.window, QStatusTipEvent(play.statusTip()))
    assert line.currentMessage() == ""
    assert line._news.text() == "Train, or pause training."
    QApplication.sendEvent(driver.window, QStatusTipEvent(""))
    assert line._news.text() == ""
