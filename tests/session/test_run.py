"""Running without a window: how far, in lock-step, and what is left at the end."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import BiovizError
from bioviz.session.file import capture_all, load
from bioviz.session.result import final, summary, write
from bioviz.session.run import Goal, Lane, endless, run

from .. import specs
from .sample import same_state, trained

EPOCH = 20  # trials of two moons in an epoch, as `trained` makes it


def moons(**options: Any) -> Experiment:
    experiment = build(specs.moons_spec(**options))
    assert experiment.epoch_trials == EPOCH
    return experiment


def test_a_headless_run_equals_a_run_by_hand() -> None:
    by_hand, headless = trained(50), trained(0)
    (lane,) = run([headless], Goal(trials=50))
    same_state(by_hand, headless)
    assert (lane.status, lane.start, lane.end) == ("finished", 0, 50)
    assert lane.seconds > 0


def test_trials_and_epochs_mean_so_many_more() -> None:
    experiment = trained(7)
    run([experiment], Goal(trials=10))
    assert experiment.trial == 17
    run([experiment], Goal(epochs=2))
    assert experiment.trial == 17 + 2 * EPOCH


def test_experiments_run_in_lock_step() -> None:
    two = [moons(), moons(rule="backprop")]
    seen = []

    def watch(lanes: Any) -> None:
        seen.append([lane.experiment.trial for lane in lanes])

    def stopped() -> bool:
        return two[0].trial == 13

    lanes = run(two, Goal(trials=50), watch=watch, stopped=stopped)
    assert seen[-1] == [13, 13]
    assert {lane.status for lane in lanes} == {"interrupted"}


def test_a_stop_condition_ends_the_run() -> None:
    for stop, trials in (({"trials": 12}, 12), ({"epochs": 2}, 2 * EPOCH)):
        experiment = moons(stop=stop)
        (lane,) = run([experiment], Goal())
        assert (experiment.trial, lane.status, lane.target) == (trials, "stopped", trials)


def test_the_test_error_can_be_the_stop_condition() -> None:
    experiment = moons(stop={"test_error": 0.3}, record={"test_every": 5}, learning_rate=0.5)
    (lane,) = run([experiment], Goal())
    assert lane.status == "stopped"
    assert experiment.channels["test_error"].last <= 0.3


def test_whichever_comes_first_ends_it() -> None:
    experiment = moons(stop={"trials": 30})
    assert run([experiment], Goal(trials=20))[0].status == "finished"
    assert run([experiment], Goal(trials=20))[0].status == "stopped"
    assert experiment.trial == 30


def test_more_trials_than_the_stop_condition_can_be_asked_for() -> None:
    experiment = moons(stop={"trials": 10})
    run([experiment], Goal())
    (lane,) = run([experiment], Goal(trials=5))
    assert (experiment.trial, lane.status) == (15, "finished")
    (lane,) = run([experiment], Goal())
    assert (experiment.trial, lane.status) == (15, "stopped")


def test_a_run_that_would_never_end_is_refused() -> None:
    experiment = moons()
    assert endless(experiment, Goal())
    with pytest.raises(BiovizError, match="needs a number"):
        run([experiment], Goal())
    linear = build(specs.linear_spec(stop={"test_error": 0.1}))
    assert endless(linear, Goal()), "a task without classes has no error to reach"


def test_divergence_goes_back_to_the_last_healthy_state_while_others_go_on(tmp_path: Path) -> None:
    wild, calm = moons(learning_rate=1e6), moons(rule="backprop")
    lanes = run([wild, calm], Goal(trials=60))
    assert [lane.status for lane in lanes] == ["diverged", "finished"]
    assert "Lower the learning rate" in lanes[0].message
    assert calm.trial == 60
    write(tmp_path, capture_all([wild, calm]), lanes, [final(wild), final(calm)])
    again = load(tmp_path / "session.bioviz")
    assert not again.warnings
    assert all(np.isfinite(array).all() for array in again.build(0).net.weights().values())
    told = json.loads((tmp_path / "summary.json").read_text())["experiments"]
    assert [one["status"] for one in told] == ["diverged", "finished"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def results(folder: Path, trials: int, **options: Any) -> tuple[Experiment, Lane]:
    experiment = build(specs.moons_spec(**options))
    (lane,) = run([experiment], Goal(trials=trials))
    write(folder, capture_all([experiment]), [lane], [final(experiment)])
    return experiment, lane


def test_the_table_holds_every_channel_and_ends_with_a_measured_row(tmp_path: Path) -> None:
    experiment, _ = results(tmp_path, 33, record={"every": 10})
    table = rows(tmp_path / "metrics.csv")
    assert list(table[0]) == ["trial", *experiment.channels]
    assert [row["trial"] for row in table][:2] == ["0", "1"]
    last = table[-1]
    assert last["trial"] == "33"
    now = experiment.measure()
    assert all(float(last[name]) == now[name] for name in experiment.channels)


def test_a_recorded_point_is_not_measured_over(tmp_path: Path) -> None:
    experiment, _ = results(tmp_path, 30, record={"every": 10})
    table = rows(tmp_path / "metrics.csv")
    assert [row["trial"] for row in table].count("30") == 1
    assert float(table[-1]["train_loss"]) == experiment.channels["train_loss"].last
    assert table[-1]["test_error"]


def test_measuring_at_the_end_changes_nothing(tmp_path: Path) -> None:
    measured, _ = results(tmp_path, 33)
    straight = build(specs.moons_spec())
    straight.advance(33)
    same_state(straight, measured)


def test_the_summary_says_what_ran_and_how_it_ended(tmp_path: Path) -> None:
    _, lane = results(tmp_path, 40)
    told = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    (one,) = told["experiments"]
    facts = {"rule": "feedback_alignment", "task": "two_moons", "trials": 40, "epochs": 2,
             "seed": 1, "status": "finished"}  # fmt: skip
    assert facts.items() <= one.items()
    assert one["seconds"] == pytest.approx(lane.seconds, abs=1e-3)
    assert 0 <= one["final"]["test_error"] <= 1
    assert 0 < one["final"]["weight_angle.W2"] < 180


def test_an_undefined_angle_is_null_and_an_empty_cell(tmp_path: Path) -> None:
    results(tmp_path, 3, feedback_scale=0)
    (one,) = json.loads((tmp_path / "summary.json").read_text())["experiments"]
    assert one["final"]["weight_angle.W2"] is None
    assert rows(tmp_path / "metrics.csv")[-1]["weight_angle.W2"] == ""


def test_nothing_run_is_still_a_result() -> None:
    experiment = moons(stop={"trials": 1})
    lane = Lane(experiment, Goal())
    told = summary([lane], [final(experiment)])["experiments"][0]
    assert told["trials"] == 0
    assert told["final"]["train_loss"] is None
    assert math.isfinite(told["final"]["test_loss"])
