"""Earlier runs in the window: they stay behind what begins again, and go when they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bioviz.core.choose import choose_rule
from bioviz.core.earlier import EarlierRun
from bioviz.core.experiment import build
from bioviz.session.file import load
from bioviz.session.session import Session

from ..specs import moons_spec
from .conftest import Driver

GHOSTS = ("earlier/0/train_error", "earlier/0/test_error")


def runs(driver: Driver) -> list[EarlierRun]:
    return list(driver.controller.earlier.runs)


def names(driver: Driver) -> list[str]:
    return [run.label for run in runs(driver)]


def keys(driver: Driver, panel: str) -> list[str]:
    shown = driver.window.panels[panel].plot._curves  # type: ignore[attr-defined]
    return [key for key in shown if key.startswith("earlier/")]


def choose(driver: Driver, rule: str) -> None:
    driver.window.document.edit(choose_rule(driver.window.document.spec, rule)[0], "Choose")
    driver.settle()


def change(driver: Driver, path: str, value: object) -> None:
    driver.window.document.edit(driver.window.document.spec.with_value(path, value), "Change")
    driver.settle()


def side_by_side(driver: Driver, *rules: str) -> None:
    """Open a session of two moons by several rules."""
    specs = tuple(moons_spec(rule).model_copy(update={"name": rule}) for rule in rules)
    driver.window.show_session(Session(schema=1, experiments=specs))
    driver.settle()


def test_what_was_learned_before_stays_behind_another_rule(driver: Driver) -> None:
    driver.advance(40)
    recorded = driver.trainer.do(lambda live: live[0].channels["test_error"].read()).result(5)
    choose(driver, "backprop")
    driver.press("restart")
    driver.advance(20)
    assert names(driver) == ["Feedback alignment"]
    assert set(GHOSTS) <= set(keys(driver, "loss"))
    ghost = driver.window.panels["loss"].plot._curves["earlier/0/test_error"]  # type: ignore[attr-defined]
    assert np.array_equal(ghost.x, recorded[0])
    assert np.allclose(ghost.y, 100 * recorded[1])
    angles = driver.window.panels["alignment"].plot  # type: ignore[attr-defined]
    assert angles.isVisible(), "although backprop alone has no angle to show"
    driver.until(lambda: {"earlier/0/update_angle.h1", "update_angle.h1"} <= set(angles.keys()))


@pytest.mark.parametrize("action", ["restart", "new_weights", "add_layer"])
def test_a_run_that_begins_again_leaves_one_behind_and_undo_takes_it_back(
    driver: Driver, action: str
) -> None:
    driver.advance(25)
    driver.press(action)
    assert len(runs(driver)) == 1
    driver.press("undo")
    assert driver.trial == 25
    assert runs(driver) == []
    assert not keys(driver, "loss")
    driver.press("redo")
    assert len(runs(driver)) == 1


def test_undo_keeps_what_was_tried_meanwhile(driver: Driver) -> None:
    driver.advance(25)
    choose(driver, "backprop")
    driver.advance(10)
    driver.press("undo")
    assert names(driver) == ["Backprop"]
    driver.press("redo")
    assert names(driver) == ["Feedback alignment"]
    assert driver.trial == 10


def test_nothing_is_left_behind_before_anything_was_learned(driver: Driver) -> None:
    driver.press("restart")
    driver.press("new_weights")
    assert runs(driver) == []


def test_the_same_run_is_not_held_twice(driver: Driver) -> None:
    for trials in (20, 40, 10):
        driver.advance(trials)
        driver.press("restart")
    [run] = runs(driver)
    assert run.last == 40


def test_a_live_change_leaves_no_earlier_run(driver: Driver) -> None:
    driver.advance(10)
    change(driver, "rule.learning_rate", 0.01)
    assert runs(driver) == []


def test_another_task_clears_them_and_undo_brings_them_back(driver: Driver) -> None:
    driver.advance(10)
    driver.press("restart")
    change(driver, "task.noise", 0.4)
    assert runs(driver) == []
    assert not keys(driver, "loss")
    driver.press("undo")
    assert len(runs(driver)) == 1


def test_another_session_clears_them(driver: Driver) -> None:
    driver.advance(10)
    driver.press("restart")
    driver.window.show_session(Session(schema=1, experiments=(moons_spec("backprop"),)))
    driver.settle()
    driver.press("new_weights")
    assert runs(driver) == []


def test_an_earlier_run_can_be_removed_and_comes_back_by_undo(driver: Driver) -> None:
    for _ in range(2):
        driver.advance(10)
        driver.press("new_weights")
    first, second = runs(driver)
    driver.window.panels["loss"].unwanted.emit([first])
    assert [run.name for run in runs(driver)] == [second.name]
    driver.press("undo")
    assert len(runs(driver)) == 2
    driver.window.panels["loss"]._earlier._clear.trigger()  # type: ignore[attr-defined]
    assert runs(driver) == []


def test_earlier_runs_are_saved_and_opened(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "moons.bioviz"
    driver.advance(30)
    driver.press("new_weights")
    driver.advance(5)
    [before] = runs(driver)
    driver.window._saving(lambda: driver.controller.save(path))
    driver.settle()
    driver.window.open_network("xor_backprop")
    driver.settle()
    assert runs(driver) == []
    driver.open(path)
    [after] = runs(driver)
    assert after.name == before.name
    assert set(GHOSTS) <= set(keys(driver, "loss"))
    assert load(path).earlier[0].channels.keys() == before.channels.keys()


def test_experiments_side_by_side_equal_separate_runs(driver: Driver) -> None:
    side_by_side(driver, "feedback_alignment", "backprop")
    driver.advance(60)
    alone = build(moons_spec("backprop"))
    alone.advance(60)
    trials, values = alone.channels["test_error"].read()
    curves = driver.window.panels["loss"].plot._curves  # type: ignore[attr-defined]
    driver.until(lambda: np.array_equal(curves["test_error@1"].x, trials))
    assert np.array_equal(curves["test_error@1"].y, 100 * values)


def test_new_weights_and_undo_move_all_experiments(driver: Driver) -> None:
    side_by_side(driver, "feedback_alignment", "backprop")
    before = driver.window.document.session.experiments
    driver.advance(10)
    driver.press("new_weights")
    assert [spec.seed for spec in driver.window.document.session.experiments] == [2, 2]
    live = driver.trainer.do(lambda live: [run.spec.seed for run in live]).result(5)
    assert live == [2, 2]
    assert len(runs(driver)) == 2
    driver.press("undo")
    assert driver.window.document.session.experiments == before
    assert [place.trial for place in driver.trainer.status.positions] == [10, 10]
    assert runs(driver) == []


def test_a_live_change_reaches_all_experiments_but_for_the_rules(driver: Driver) -> None:
    side_by_side(driver, "feedback_alignment", "backprop")
    driver.advance(5)
    change(driver, "batch", 7)
    change(driver, "rule.learning_rate", 0.05)
    found = driver.trainer.do(
        lambda live: [(run.spec.batch, run.rule.params.learning_rate) for run in live]
    ).result(5)
    assert found == [(7, 0.05), (7, 0.1)]
    assert driver.trainer.status.build == 2, "none of it needs a new network"


def test_another_rule_leaves_the_companion_out_of_the_earlier_runs(driver: Driver) -> None:
    side_by_side(driver, "feedback_alignment", "backprop")
    driver.advance(20)
    choose(driver, "shallow")
    assert names(driver) == ["Feedback alignment"]
    assert [spec.rule.key for spec in driver.window.document.session.experiments] == [
        "shallow",
        "backprop",
    ]


def test_experiments_side_by_side_are_saved_and_go_on(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "two.bioviz"
    side_by_side(driver, "feedback_alignment", "backprop")
    driver.advance(10)
    driver.controller.save(path)
    driver.settle()
    driver.open(path)
    driver.advance(10)
    alone = build(moons_spec("backprop"))
    alone.advance(20)
    weights = driver.trainer.do(lambda live: live[1].net["W2.w"].copy()).result(5)
    assert weights.tobytes() == alone.net["W2.w"].tobytes()
