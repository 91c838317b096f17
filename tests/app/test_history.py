"""The history bar: looking back by keys and mouse while training goes on, bookmarks, replay."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QToolButton

from bioviz.session import gallery
from bioviz.session.file import load
from bioviz.session.session import Session

from ..specs import make_spec
from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def bar(driver: Driver):  # type: ignore[no-untyped-def]
    return driver.window.history_bar


def looking(driver: Driver) -> int | None:
    return driver.controller.looking.trial


def key(driver: Driver, *keys: Qt.Key) -> None:
    """Press keys in the window where nothing has the focus that would take them."""
    driver.window.setFocus()
    for one in keys:
        QTest.keyClick(driver.window, one)
    driver.settle()


def shown_trial(driver: Driver) -> int:
    """The last trial to which the loss panel draws."""
    drawn = driver.controller.pump.drawn
    driver.controller.pump.refresh()
    driver.until(lambda: driver.controller.pump.drawn > drawn)
    return int(driver.controller.pump._source.status.positions[0].trial)


def test_the_arrow_keys_go_through_the_history_and_l_comes_back(driver: Driver) -> None:
    driver.advance(12)
    key(driver, Qt.Key.Key_Left)
    assert looking(driver) == 11
    key(driver, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert looking(driver) == 9
    assert driver.window.status_line.text("moment") == "looking at trial 9"
    assert bar(driver).words.text() == "trial 9 of 12"
    key(driver, Qt.Key.Key_Home)
    assert looking(driver) == 0
    key(driver, Qt.Key.Key_Right)
    assert looking(driver) == 1
    driver.press("live")
    assert looking(driver) is None
    assert driver.window.status_line.text("moment") == ""
    assert driver.window.actions_by_key["live"].isChecked()


def test_the_arrow_keys_go_through_time_where_the_diagram_has_the_focus_and_no_pick(
    driver: Driver,
) -> None:
    driver.advance(12)
    diagram = driver.window.panels["network"].view
    QTest.keyClick(diagram, Qt.Key.Key_Left)
    driver.settle()
    assert looking(driver) == 11
    QTest.keyClick(diagram, Qt.Key.Key_Down)  # picks the first layer
    QTest.keyClick(diagram, Qt.Key.Key_Right)
    assert looking(driver) == 11
    assert driver.window.panels["network"].feed.pick.name == "h1"
    QTest.keyClick(diagram, Qt.Key.Key_Escape)
    QTest.keyClick(diagram, Qt.Key.Key_Left)
    driver.settle()
    assert looking(driver) == 10


def test_going_on_past_the_last_moment_is_the_present(driver: Driver) -> None:
    driver.advance(8)
    driver.press("history_back")
    driver.press("history_on")
    assert looking(driver) is None


def test_dragging_the_line_shows_the_past_and_its_end_the_present(driver: Driver) -> None:
    driver.advance(20)
    line = bar(driver).line
    middle = QPoint(line.width() // 2, line.height() // 2)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=middle)
    driver.settle()
    assert looking(driver) == 10
    assert shown_trial(driver) == 10
    QTest.mouseMove(line, QPoint(9, middle.y()))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 2, middle.y()))
    driver.settle()
    assert looking(driver) is None
    assert shown_trial(driver) == 20


def test_log_time_gives_early_trials_more_of_the_line(fresh: Driver) -> None:
    fresh.advance(100)
    line = bar(fresh).line
    middle = QPoint(line.width() // 2, line.height() // 2)
    bar(fresh).log.setChecked(True)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=middle)
    fresh.settle()
    assert 7 <= (looking(fresh) or 0) <= 10
    assert line.words_at(middle.x()).startswith("trial ")


def test_training_goes_on_while_one_looks_back(driver: Driver) -> None:
    driver.advance(15)
    driver.press("history_first")
    before = driver.weights()["W1.w"].copy()
    driver.play()
    assert looking(driver) == 0
    driver.until(lambda: driver.trial > 40)
    assert looking(driver) == 0
    assert "training at" in bar(driver).words.text()
    assert driver.controller.pump._source.status.positions[0].trial == 0
    driver.trainer.pause()
    driver.settle()
    assert (driver.weights()["W1.w"] != before).any()


def test_what_is_done_to_the_run_is_done_at_the_present(driver: Driver) -> None:
    driver.advance(10)
    driver.press("history_first")
    driver.window.views.ordered.emit(_Nothing())
    driver.settle()
    assert looking(driver) is None


class _Nothing:
    """An order that does nothing."""

    undoable = False
    text = "Nothing"

    def apply(self, _run: object) -> None:
        return None


def test_another_network_begins_a_history_of_its_own(driver: Driver) -> None:
    driver.advance(10)
    driver.press("history_first")
    driver.window.show_session(gallery.session_of("xor_backprop"))
    driver.settle()
    assert looking(driver) is None
    assert driver.trainer.history.trials == (0,)
    driver.advance(5)
    driver.press("history_back")
    assert looking(driver) == 4
    assert shown_trial(driver) == 4


def test_a_bookmark_is_found_again_and_can_go(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.advance(9)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("it bends", True))
    driver.press("history_back")
    driver.press("bookmark")
    assert dict(driver.trainer.history.bookmarks) == {8: "it bends"}
    driver.press("live")
    bar(driver)._fill_menu()
    found = bar(driver)._menu.actions()
    assert found[2].text() == "it bends  (trial 8)"
    found[2].trigger()
    driver.settle()
    assert looking(driver) == 8
    found[-1].menu().actions()[0].trigger()
    driver.settle()
    assert not driver.trainer.history.bookmarks


def test_a_replay_shows_the_run_from_its_beginning_and_ends_in_the_present(driver: Driver) -> None:
    driver.advance(60)
    seen = set()
    driver.controller.looking.changed.connect(lambda: seen.add(looking(driver)))
    driver.controller.looking.play(0.3, log=False)
    driver.until(lambda: looking(driver) is None)
    assert 0 in seen
    assert len(seen) > 3


def test_the_bar_says_how_much_it_holds(driver: Driver) -> None:
    driver.advance(5)
    assert bar(driver).words.toolTip().startswith("History: 6 moments, 0 of 256 MB")


def test_every_part_of_the_bar_has_a_name_and_a_tip(driver: Driver) -> None:
    for button in bar(driver).findChildren(QToolButton):
        if button.isVisible():
            assert button.toolTip()
            assert button.accessibleName() or button.text()


def test_a_branch_trains_beside_the_run_it_came_from(driver: Driver) -> None:
    driver.advance(12)
    driver.controller.looking.look(5)
    driver.settle()
    driver.press("branch")
    driver.until(lambda: len(driver.trainer.experiments) == 2)
    driver.settle()
    first, second = driver.trainer.experiments
    assert (first.trial, second.trial) == (12, 5)
    assert second.spec.name.endswith("from trial 5")
    assert looking(driver) is None
    driver.advance(3)
    assert (first.trial, second.trial) == (15, 15)
    assert second.net["W1.w"].tobytes() == first.net["W1.w"].tobytes()
    driver.controller.looking.look(3)
    driver.settle()
    assert looking(driver) == 3
    driver.press("undo")
    driver.settle()
    assert len(driver.trainer.experiments) == 1
    assert driver.trainer.experiments[0].trial >= 12
    assert len(driver.trainer.history.trials) > 10


def test_undoing_a_restart_brings_the_history_back(driver: Driver) -> None:
    driver.advance(9)
    driver.press("restart")
    assert driver.trainer.history.trials == (0,)
    driver.press("undo")
    assert driver.trainer.history.trials == tuple(range(10))
    driver.press("history_back")
    assert looking(driver) == 8


# ---- in files --------------------------------------------------------------------------------


def test_the_file_keeps_the_history_where_that_is_wished(driver: Driver, tmp_path: Path) -> None:
    driver.advance(10)
    path = tmp_path / "run.bioviz"
    driver.window.actions_by_key["keep_history"].setChecked(True)
    driver.controller.save(path)
    driver.settle()
    driver.window.show_session(gallery.session_of("xor_backprop"))
    driver.settle()
    assert not driver.window.actions_by_key["keep_history"].isChecked()
    driver.open(path)
    assert driver.window.actions_by_key["keep_history"].isChecked()
    assert "MB)" in driver.window.actions_by_key["keep_history"].text()
    assert driver.trainer.history.trials == tuple(range(11))
    driver.press("history_back")
    assert looking(driver) == 9
    driver.press("live")
    driver.advance(3)
    assert driver.trainer.history.trials == tuple(range(14))


@pytest.mark.mnist
def test_a_file_can_be_looked_at_where_its_data_are_not(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = make_spec((784, 20, 10), "feedback_alignment", "mnist")
    driver.window.show_session(Session(schema=1, experiments=(spec,), history=True))
    driver.settle()
    driver.advance(6)
    path, copy = tmp_path / "run.bioviz", tmp_path / "copy.bioviz"
    driver.controller.save(path)
    driver.settle()
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(tmp_path / "empty"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    driver.open(path)
    assert driver.trial == 6
    assert driver.window.problem_bar.isVisible()
    driver.press("history_back")
    assert looking(driver) == 5
    assert shown_trial(driver) == 5
    driver.window.actions_by_key["play"].trigger()
    driver.settle()
    assert driver.trial == 6  # there is nothing to train on
    assert driver.window.problem_bar.isVisible()
    driver.controller.save(copy)
    driver.settle()
    again = load(copy)
    assert again.states[0] is not None
    assert again.states[0].history is not None
    assert again.excerpts[0] is not None
    monkeypatch.undo()
    driver.controller.builder.again()
    driver.settle()
    driver.advance(2)
    assert driver.trial == 8
    assert driver.trainer.history.trials == tuple(range(9))
