"""Earlier runs and experiments side by side: what stays, what follows, what undo brings back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.controller import Controller
from bioviz.app.document import Described, Document
from bioviz.core.choose import choose_rule
from bioviz.core.earlier import EarlierRun
from bioviz.core.edit import add_layer
from bioviz.core.experiment import Experiment, build
from bioviz.core.spec import ExperimentSpec
from bioviz.core.status import Mode
from bioviz.session.file import load
from bioviz.session.session import Session

from ..specs import moons_spec
from ..waiting import wait_until
from .conftest import Driver

RULES = ("feedback_alignment", "backprop")


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


class Desk:
    """A document and what trains it, without a window."""

    def __init__(self, *rules: str) -> None:
        self.document = Document(session(*rules))
        self.controller = Controller(self.document)
        self.trainer = self.controller.trainer
        self.stack = self.document.undo_stack
        self.controller.show(self.document.session)
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked for has been done."""
        self.trainer.do(lambda _: None).result(20)
        wait_until(self._still, timeout=20_000)

    def _still(self) -> bool:
        self.controller.pump.beat()
        resting = self.trainer.status.mode not in (Mode.PLAYING, Mode.BUILDING)
        return resting and not self.controller.waiting

    def do(self, call: Callable[[], object]) -> None:
        call()
        self.settle()

    def advance(self, trials: int) -> None:
        self.do(lambda: self.trainer.advance(trials))

    def edit(self, spec: ExperimentSpec) -> None:
        self.do(lambda: self.document.edit(spec, "Change"))

    def change(self, path: str, value: object) -> None:
        self.edit(self.document.spec.with_value(path, value))

    def choose(self, rule: str) -> None:
        self.edit(choose_rule(self.document.spec, rule)[0])

    def read(self, what: Callable[[Experiment], Any]) -> list[Any]:
        return self.trainer.do(lambda runs: [what(run) for run in runs]).result(10)  # type: ignore[no-any-return]

    @property
    def runs(self) -> list[EarlierRun]:
        return list(self.controller.earlier.runs)

    @property
    def labels(self) -> list[str]:
        return [run.label for run in self.runs]

    @property
    def trials(self) -> list[int]:
        return [place.trial for place in self.trainer.status.positions]


def session(*rules: str) -> Session:
    """Two moons by each of some rules, side by side."""
    specs = tuple(moons_spec(rule).model_copy(update={"name": rule}) for rule in rules)
    return Session(schema=1, experiments=specs)


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


def ghosts(driver: Driver, panel: str) -> list[str]:
    shown = driver.window.panels[panel].plot._curves  # type: ignore[attr-defined]
    return [key for key in shown if key.startswith("earlier/")]


def test_what_was_learned_before_stays_behind_another_rule(driver: Driver) -> None:
    driver.advance(40)
    recorded = driver.trainer.do(lambda live: live[0].channels["test_error"].read()).result(5)
    document = driver.window.document
    document.edit(choose_rule(document.spec, "backprop")[0], "Choose")
    driver.press("restart")
    driver.advance(20)
    assert ghosts(driver, "loss") == ["earlier/0/train_error", "earlier/0/test_error"]
    ghost = driver.window.panels["loss"].plot._curves["earlier/0/test_error"]  # type: ignore[attr-defined]
    assert ghost.entry.text() == "Feedback alignment"
    assert np.array_equal(ghost.x, recorded[0])
    assert np.allclose(ghost.y, 100 * recorded[1])
    angles = driver.window.panels["alignment"].plot  # type: ignore[attr-defined]
    assert angles.isVisible(), "although backprop alone has no angle to show"
    driver.until(lambda: {"earlier/0/update_angle.h1", "update_angle.h1"} <= set(angles.keys()))


def test_removing_earlier_runs_from_a_panels_menu_can_be_undone(driver: Driver) -> None:
    for _ in range(2):
        driver.advance(10)
        driver.press("new_weights")
    menu = driver.window.panels["loss"]._earlier  # type: ignore[attr-defined]
    menu._remove.actions()[0].trigger()
    assert ghosts(driver, "loss") == ["earlier/1/train_error", "earlier/1/test_error"]
    menu._clear.trigger()
    assert not ghosts(driver, "alignment")
    driver.press("undo")
    driver.press("undo")
    assert len(driver.controller.earlier.runs) == 2


def test_earlier_runs_are_saved_and_opened(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "moons.bioviz"
    driver.advance(30)
    driver.press("new_weights")
    driver.advance(5)
    [before] = driver.controller.earlier.runs
    driver.window.saving(lambda: driver.controller.save(path))
    driver.settle()
    driver.window.open_network("xor_backprop")
    driver.settle()
    assert not ghosts(driver, "loss"), "they are of another session"
    driver.open(path)
    [after] = driver.controller.earlier.runs
    assert after.name == before.name
    assert ghosts(driver, "loss")
    assert load(path).earlier[0].channels.keys() == before.channels.keys()


@pytest.mark.parametrize("action", ["restart", "new weights", "layer", "rule"])
def test_a_run_that_begins_again_leaves_one_behind_and_undo_takes_it_back(
    desk: Desk, action: str
) -> None:
    desk.advance(25)
    act = {
        "restart": desk.controller.restart,
        "new weights": desk.controller.new_weights,
        "layer": lambda: desk.edit(add_layer(desk.document.spec)),
        "rule": lambda: desk.choose("backprop"),
    }[action]
    desk.do(act)
    assert len(desk.runs) == 1
    desk.do(desk.stack.undo)
    assert desk.trials == [25]
    assert desk.runs == []
    desk.do(desk.stack.redo)
    assert len(desk.runs) == 1


def test_undo_keeps_what_was_tried_meanwhile(desk: Desk) -> None:
    desk.advance(25)
    desk.choose("backprop")
    desk.advance(10)
    desk.do(desk.stack.undo)
    assert desk.labels == ["Backprop, with weights kept"]
    desk.do(desk.stack.redo)
    assert desk.labels == ["Feedback alignment"]
    assert desk.trials == [10]


def test_nothing_is_left_behind_before_anything_was_learned(desk: Desk) -> None:
    desk.do(desk.controller.restart)
    desk.do(desk.controller.new_weights)
    assert desk.runs == []


def test_the_same_run_is_not_held_twice(desk: Desk) -> None:
    for trials in (20, 40, 10):
        desk.advance(trials)
        desk.do(desk.controller.restart)
    [run] = desk.runs
    assert run.last == 40


def test_a_live_change_leaves_no_earlier_run(desk: Desk) -> None:
    desk.advance(10)
    desk.change("rule.learning_rate", 0.01)
    assert desk.runs == []


def test_another_task_clears_them_and_undo_brings_them_back(desk: Desk) -> None:
    desk.advance(10)
    desk.do(desk.controller.restart)
    desk.change("task.noise", 0.4)
    assert desk.runs == []
    desk.do(desk.stack.undo)
    assert len(desk.runs) == 1


def test_another_session_leaves_no_run_of_the_one_before(desk: Desk) -> None:
    desk.advance(10)
    desk.do(desk.controller.restart)
    desk.advance(10)
    desk.do(lambda: desk.controller.show(session("backprop")))
    desk.do(desk.controller.new_weights)
    assert desk.runs == []


def test_experiments_side_by_side_equal_separate_runs(pair: Desk) -> None:
    pair.advance(60)
    for index, rule in enumerate(RULES):
        alone = build(moons_spec(rule))
        alone.advance(60)
        state = pair.read(lambda run: run.capture())[index]
        for name, rows in alone.capture().channels.items():
            assert rows.tobytes() == state.channels[name].tobytes()


def test_new_weights_and_undo_move_all_experiments(pair: Desk) -> None:
    before = pair.document.session.experiments
    pair.advance(10)
    pair.do(pair.controller.new_weights)
    assert [spec.seed for spec in pair.document.session.experiments] == [2, 2]
    assert pair.read(lambda run: run.spec.seed) == [2, 2]
    assert len(pair.runs) == 2
    pair.do(pair.stack.undo)
    assert pair.document.session.experiments == before
    assert pair.trials == [10, 10]
    assert pair.runs == []


def test_restart_begins_all_experiments_again_and_keeps_both_runs(pair: Desk) -> None:
    pair.advance(10)
    pair.do(pair.controller.restart)
    assert pair.trials == [0, 0]
    assert pair.labels == ["Feedback alignment", "Backprop"]


def test_a_live_change_reaches_all_experiments_but_for_the_rules(pair: Desk) -> None:
    pair.advance(5)
    pair.change("batch", 7)
    pair.change("rule.learning_rate", 0.05)
    found = pair.read(lambda run: (run.spec.batch, run.rule.params.learning_rate))
    assert found == [(7, 0.05), (7, 0.1)]
    assert pair.trainer.status.build == 1, "none of it needs a new network"


def test_another_rule_is_the_firsts_alone_and_its_companion_is_no_earlier_run(pair: Desk) -> None:
    pair.advance(20)
    pair.choose("shallow")
    assert [spec.rule.key for spec in pair.document.session.experiments] == ["shallow", "backprop"]
    assert pair.labels == ["Feedback alignment"]


def test_a_companion_that_cannot_follow_is_told_by_name(pair: Desk) -> None:
    told: list[str] = []
    pair.controller.told.connect(lambda _severity, text, _actions: told.append(text))
    own = pair.document.session.experiments[1].with_value("network.layers.0.size", 3)
    broken = (pair.document.spec.with_value("seed", 9), own)
    pair.do(lambda: pair.document.put(Described(broken)))
    assert told == [
        "Beside it, backprop: Layer 'input' has 3 units, but the task 'Two moons' has 2 inputs. "
        "Set its size to 2."
    ]


def test_where_one_of_several_diverges_its_name_is_told(pair: Desk) -> None:
    pair.advance(20)
    pair.change("rule.learning_rate", 1e9)
    pair.advance(200)
    assert pair.trainer.status.message.startswith("feedback_alignment: Training diverged")


def test_experiments_side_by_side_are_saved_and_go_on(pair: Desk, tmp_path: Path) -> None:
    path = tmp_path / "two.bioviz"
    pair.advance(10)
    pair.do(lambda: pair.controller.save(path))
    pair.do(lambda: pair.controller.open(path))
    pair.advance(10)
    alone = build(moons_spec("backprop"))
    alone.advance(20)
    weights = pair.read(lambda run: run.net["W2.w"].tobytes())
    assert weights[1] == alone.net["W2.w"].tobytes()
