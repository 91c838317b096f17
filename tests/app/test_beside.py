"""Experiments that come and go in a running session: what begins again, what goes on, what undo
brings back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.document import Described
from bioviz.core.beside import beside
from bioviz.core.experiment import Experiment, build
from bioviz.core.intervention import Freeze
from bioviz.core.request import Matrix
from bioviz.core.rule import Phase
from bioviz.core.status import Mode, Stride
from bioviz.session import gallery
from bioviz.session.file import load

from .conftest import Driver
from .test_earlier import RULES, Desk


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk("feedback_alignment")
    yield made
    assert made.controller.close()


@pytest.fixture
def pair(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(*RULES)
    yield made
    assert made.controller.close()


def bits(desk: Desk) -> list[bytes]:
    return desk.read(lambda run: run.net["W2.w"].tobytes())


def add(desk: Desk, rule: str = "backprop") -> None:
    spec = beside(desk.document.spec, rule)
    desk.do(lambda: desk.controller.add_beside(spec, None, "Add"))


def keys(desk: Desk) -> list[str]:
    return [spec.rule.key for spec in desk.document.experiments]


def test_another_rule_begins_with_all_from_the_same_weights(desk: Desk) -> None:
    first = bits(desk)[0]
    desk.advance(30)
    add(desk)
    assert desk.trials == [0, 0]
    assert bits(desk) == [first, first]
    assert desk.document.active == 1
    [ended] = desk.runs
    assert ended.last > 0, "the run that ended stays as an earlier one"


def test_undoing_it_brings_back_what_was_learned_and_redoing_the_pair(desk: Desk) -> None:
    desk.advance(30)
    learned = bits(desk)
    add(desk)
    desk.advance(12)
    both = bits(desk)
    desk.do(desk.stack.undo)
    assert (desk.trials, bits(desk), desk.document.active) == ([30], learned, 0)
    desk.do(desk.stack.redo)
    assert (desk.trials, bits(desk), desk.document.active) == ([12, 12], both, 1)


def test_a_branch_goes_on_from_its_state_beside_the_one_that_stays(desk: Desk) -> None:
    desk.advance(20)
    state = desk.read(Experiment.capture)[0]
    desk.advance(20)
    kept = bits(desk)[0]
    desk.do(lambda: desk.controller.add_beside(desk.document.spec, state, "Branch here"))
    assert desk.trials == [40, 20]
    assert bits(desk)[0] == kept
    desk.advance(1)
    assert desk.trials == [41, 41], "it catches up, and then all take the step"
    assert bits(desk)[0] == bits(desk)[1], "as nothing was changed in the branch"


def test_undoing_a_branch_lets_the_run_it_came_from_go_on_and_redoing_brings_it_back(
    desk: Desk,
) -> None:
    desk.advance(20)
    state = desk.read(Experiment.capture)[0]
    desk.do(lambda: desk.controller.add_beside(desk.document.spec, state, "Branch here"))
    desk.advance(10)
    first, branch = bits(desk)
    desk.do(desk.stack.undo)
    assert (desk.trials, bits(desk)) == ([30], [first])
    desk.advance(5)
    later = bits(desk)[0]
    desk.do(desk.stack.redo)
    assert (desk.trials, bits(desk)) == ([35, 30], [later, branch])


def test_catching_up_does_not_wait_for_the_speed_that_is_set(desk: Desk) -> None:
    state = desk.read(Experiment.capture)[0]
    desk.advance(40)
    desk.do(lambda: desk.controller.add_beside(desk.document.spec, state, "Branch here"))
    desk.trainer.set_speed(1)  # at which 40 trials of 20 samples would take a quarter of an hour
    desk.do(lambda: desk.trainer.advance(1, Stride.SAMPLE))
    assert desk.trials == [40, 40]
    assert desk.read(lambda run: run.phase) == [Phase.BACKWARD] * 2


def test_removing_one_lets_the_others_go_on_and_undo_brings_it_back(pair: Desk) -> None:
    pair.advance(25)
    before = bits(pair)
    pair.do(lambda: pair.controller.remove_beside(0))
    assert (keys(pair), pair.trials, bits(pair)) == (["backprop"], [25], before[1:])
    pair.do(pair.stack.undo)
    assert (keys(pair), pair.trials, bits(pair)) == (list(RULES), [25, 25], before)


def test_the_last_one_cannot_be_removed(desk: Desk) -> None:
    desk.do(lambda: desk.controller.remove_beside(0))
    assert keys(desk) == ["feedback_alignment"]
    assert desk.stack.count() == 0


def test_a_fifth_is_refused_in_a_sentence(desk: Desk) -> None:
    told: list[str] = []
    desk.controller.told.connect(lambda _severity, text, _actions: told.append(text))
    for _ in range(4):
        add(desk, "shallow")
    assert len(keys(desk)) == 4
    assert told == ["A session holds at most 4 experiments. Remove one first."]


def test_the_active_ones_rule_is_edited_and_the_rest_is_shared(pair: Desk) -> None:
    pair.document.activate(1)
    pair.change("rule.learning_rate", 0.25)
    pair.change("network.layers.h1.size", 9)
    assert pair.read(lambda run: run.rule.params.learning_rate) == [0.1, 0.25]
    assert pair.read(lambda run: run.net["W1.w"].shape) == [(9, 2), (9, 2)]
    pair.advance(10)
    learned = bits(pair)
    pair.change("network.layers.h1.size", 5)
    pair.do(pair.stack.undo)
    assert bits(pair) == learned, "whichever is active, undo brings back what was learned"


def test_an_intervention_goes_to_the_active_one_and_is_undone_there(pair: Desk) -> None:
    pair.document.activate(1)
    pair.do(lambda: pair.controller.intervene(Freeze("W1")))
    assert pair.read(lambda run: run.net.projections["W1"].frozen) == [False, True]
    pair.document.activate(0)
    pair.do(pair.stack.undo)
    assert pair.read(lambda run: run.net.projections["W1"].frozen) == [False, False]


def test_an_undo_shows_the_experiment_that_it_changes(pair: Desk) -> None:
    pair.document.activate(1)
    pair.change("rule.learning_rate", 0.25)
    pair.document.activate(0)
    pair.do(pair.stack.undo)
    assert pair.document.active == 1


def test_the_one_that_diverges_is_named_and_stops_all(pair: Desk) -> None:
    pair.document.activate(1)
    pair.change("rule.learning_rate", 1e9)
    pair.advance(300)
    status = pair.trainer.status
    assert status.mode is Mode.FAILED
    assert status.message.startswith("backprop: Training diverged")
    stood = pair.trials
    pair.advance(5)
    assert pair.trials == stood
    assert max(stood) - min(stood) <= 1
    pair.do(lambda: pair.controller.remove_beside(1))
    pair.advance(5)
    assert pair.trials[0] >= stood[0] + 5, "without it the other trains on"


def test_one_that_failed_and_stays_is_still_failed(pair: Desk) -> None:
    pair.change("rule.learning_rate", 1e9)
    pair.advance(300)
    pair.do(lambda: pair.controller.remove_beside(1))
    assert pair.trainer.status.mode is Mode.FAILED


def test_experiments_that_joined_are_saved_and_opened_with_all_they_learned(
    desk: Desk, tmp_path: Path
) -> None:
    desk.advance(5)
    add(desk)
    desk.advance(15)
    learned, path = bits(desk), tmp_path / "both.bioviz"
    desk.do(lambda: desk.controller.save(path))
    desk.do(lambda: desk.controller.remove_beside(0))
    desk.do(lambda: desk.controller.open(path))
    assert (desk.trials, bits(desk), desk.document.active) == ([15, 15], learned, 0)
    assert [run.spec.rule.key for run in load(path).earlier] == ["feedback_alignment"]
    alone = build(desk.document.experiments[1])
    alone.advance(15)
    assert alone.net["W2.w"].tobytes() == learned[1]


def test_new_weights_are_drawn_for_all(pair: Desk) -> None:
    pair.do(pair.controller.new_weights)
    assert len({spec.seed for spec in pair.document.experiments}) == 1
    assert bits(pair)[0] == bits(pair)[1]


def test_a_seed_of_its_own_draws_new_weights_for_that_one_alone(pair: Desk) -> None:
    first = bits(pair)[0]
    pair.do(pair.document.new_weights)
    pair.do(pair.stack.undo)
    assert bits(pair) == [first, first]
    own = pair.document.experiments[1].with_value("seed", 41)
    pair.do(lambda: pair.document.put(Described((pair.document.spec, own), 1)))
    pair.change("seed", 42)
    assert [spec.seed for spec in pair.document.experiments] == [1, 42]
    alone = build(pair.document.spec).net["W2.w"].tobytes()
    assert bits(pair) == [first, alone]


# ---- in the window -------------------------------------------------------------------------


def test_backprop_is_one_click_away_and_then_no_more(driver: Driver) -> None:
    actions, column = driver.window.actions_by_key, driver.window.build_column
    assert column.experiments.isHidden()
    assert not actions["remove_beside"].isEnabled()
    driver.press("compare")
    assert not actions["compare"].isEnabled()
    assert "backprop already" in actions["compare"].toolTip()
    names = [row.button.text() for row in column.experiments.rows]
    assert names == ["Feedback alignment", "Backprop"]
    assert column.experiments.isVisible()
    assert [row.button.isChecked() for row in column.experiments.rows] == [False, True]
    assert column.rule.combo.key() == "backprop"
    driver.press("remove_beside")
    assert column.experiments.isHidden()
    assert column.rule.combo.key() == "feedback_alignment"


def test_panels_show_the_one_that_is_chosen_and_say_so(driver: Driver) -> None:
    driver.press("compare")
    driver.advance(20)
    window = driver.window
    window.workspace.show_panel("weights")
    panel, bar = window.panels["weights"], window.workspace.docks["weights"]._bar
    window.build_column.experiments.rows[0].button.click()
    driver.settle()
    assert (panel.lane, bar.whose.text()) == (0, "Feedback alignment")
    assert "B2" in panel._what.itemText(1)  # type: ignore[attr-defined]
    window.build_column.experiments.rows[1].button.click()
    driver.settle()
    assert (panel.lane, bar.whose.text()) == (1, "Backprop")
    driver.until(lambda: panel.map.view._values is not None)  # type: ignore[attr-defined]
    shown = driver.trainer.do(lambda runs: Matrix("W2.w").read(runs[1]).values).result(10)
    driver.until(lambda: np.array_equal(panel.map.view._values, shown))  # type: ignore[attr-defined]
    assert window.workspace.docks["loss"]._bar.whose.text() == "", "it shows both"
    alone = window.workspace.docks["alignment"]._bar.whose.text()
    assert alone == "Feedback alignment", "backprop's angles are 0 by definition"
    driver.controller.add_beside(beside(driver.controller.document.spec, "kolen_pollack"), None, "")
    driver.settle()
    assert window.workspace.docks["alignment"]._bar.whose.text() == "", "now two have any"


def test_a_panel_that_one_of_them_can_fill_stays(driver: Driver) -> None:
    driver.press("compare")
    assert not driver.window.workspace.docks["weight_scatter"].isHidden()


def test_the_menu_offers_what_can_train_this_network_and_says_why_the_rest_cannot(
    driver: Driver,
) -> None:
    offered = driver.window.beside
    offered.fill()
    words = {action.text(): action for action in offered.menu.actions()}
    assert words["Kolen-Pollack"].isEnabled()
    apart = words["Not for this network"].menu()
    refused = {action.text(): action.toolTip() for action in apart.actions()}
    assert "other units" in refused["Burstprop"]
    words["Kolen-Pollack"].trigger()
    driver.settle()
    assert driver.window.document.spec.rule.key == "kolen_pollack"


def test_another_session_may_hold_fewer(driver: Driver) -> None:
    driver.press("compare")
    driver.advance(3)
    driver.window.show_session(gallery.session_of("xor_backprop"))
    driver.settle()
    driver.advance(3)
    assert driver.window.document.active == 0
    assert driver.window.build_column.experiments.isHidden()
    assert {panel.lane for panel in driver.window.panels.values()} == {0}
