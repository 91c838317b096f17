"""How large and how calm the interface is, and that both are remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTabBar

from bioviz.app.panel_sets import ROOMY, TIGHT, TINY, density
from bioviz.app.settings import load_settings, settings_path
from bioviz.ui import motion, theme
from bioviz.ui.scale import LEVELS, beside, px

from .conftest import Driver


@pytest.fixture(autouse=True)
def _plain_again(qapp: QApplication) -> Iterator[None]:
    """Other tests are to meet the plain size."""
    yield
    theme.notifier.resize(qapp, 1.0)
    motion.notifier.choose("full")


@pytest.fixture
def window(driver: Driver) -> Driver:
    """A window of the smallest size that all is made for; maximised, it has the screen's."""
    driver.window.showNormal()
    QApplication.processEvents()
    driver.window.resize(1280, 720)
    QApplication.processEvents()
    driver.press("reset_layout")
    QApplication.processEvents()
    return driver


def scale(driver: Driver, level: int) -> None:
    driver.press(f"scale_{level}")
    QApplication.processEvents()


def test_words_controls_and_icons_grow_at_once_and_come_back(driver: Driver) -> None:
    label = driver.window.status_line._parts["mode"]
    axis = driver.window.panels["loss"].plot.item.getAxis("left")
    plain = label.fontMetrics().height()
    scale(driver, 200)
    assert label.fontMetrics().height() >= 1.8 * plain
    assert theme.current().control == 56
    assert axis.style["tickFont"].pointSizeF() == QApplication.font().pointSizeF()
    assert driver.window.run_bar.iconSize().width() == 40
    scale(driver, 100)
    assert label.fontMetrics().height() == plain
    assert theme.current() is theme.LIGHT
    assert driver.window.status_line.height() < 2 * plain


def test_keys_go_from_level_to_level_and_it_is_remembered(driver: Driver) -> None:
    driver.press("scale_up")
    driver.press("scale_up")
    assert driver.window.sizing.level == 125
    assert driver.window.actions_by_key["scale_125"].isChecked()
    assert load_settings(settings_path()).scale == 125
    driver.press("scale_down")
    assert driver.window.sizing.level == 110
    driver.press("scale_plain")
    assert px(10) == 10
    assert (beside(250, 1), beside(80, -1)) == (250, 80)


def test_a_window_has_room_for_rows_for_two_panels_or_for_one() -> None:
    assert density(1280, 720) == density(960, 560) == ROOMY
    assert density(1280 / 1.5, 720 / 1.5) == TIGHT
    assert density(1280 / 2.5, 720 / 2.5) == TINY


EVERY = pytest.param(LEVELS, marks=pytest.mark.slow)


@pytest.mark.parametrize("levels", [(80, 150, 250), EVERY], ids=["a_few", "every"])
def test_nothing_is_cut_off_at_any_scale_where_nothing_scrolls(
    window: Driver, levels: tuple[int, ...]
) -> None:
    for level in levels:
        scale(window, level)
        assert_whole(window)


def assert_whole(driver: Driver) -> None:
    assert (driver.window.width(), driver.window.height()) == (1280, 720)
    for area in driver.window.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            fits = area.widget().minimumSizeHint().width() <= area.viewport().width()
            assert fits or area.horizontalScrollBar().isVisible()
    for bar in driver.window.findChildren(QTabBar):
        if bar.isVisible():
            assert bar.usesScrollButtons() or bar.sizeHint().width() <= bar.width()
    for label in driver.window.run_bar.findChildren(QLabel):
        if label.isVisible():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_the_layout_is_as_before_when_the_scale_is_as_before(window: Driver) -> None:
    driver = window
    workspace = driver.window.workspace
    workspace.docks["loss"].close()
    QApplication.processEvents()
    before = {key: dock.geometry() for key, dock in workspace.docks.items() if dock.isVisible()}
    scale(driver, 200)
    assert workspace.docks["network"].geometry() != before["network"]
    scale(driver, 100)
    assert workspace.docks["loss"].isHidden()
    docks = workspace.docks
    driver.until(lambda: all(docks[k].width() == before[k].width() for k in before), 3000)


def test_reduced_motion_is_remembered_and_slows_drawing_while_it_trains(driver: Driver) -> None:
    window, pump = driver.window, driver.controller.pump
    assert window.workspace.isAnimated()
    driver.press("reduced_motion")
    assert motion.reduced()
    assert load_settings(settings_path()).motion == "reduced"
    assert not window.workspace.isAnimated()
    pump.start()
    driver.play()
    pump.beat()
    pump._govern()
    assert pump._timer.interval() >= motion.SLOWEST_BEAT
    driver.trainer.pause()
    driver.settle()
    pump.beat()
    pump._govern()
    assert pump._timer.interval() < motion.SLOWEST_BEAT
    pump.stop()
    driver.press("reduced_motion")
    assert not motion.reduced()
    assert load_settings(settings_path()).motion == "full"


def test_the_desktop_is_asked_where_nobody_chose() -> None:
    motion.notifier.choose("reduced")
    motion.notifier.choose("system")  # which this Qt cannot tell, or which is the usual motion
    assert not motion.reduced()
