"""The history: which moments stay, and that looking back shows exactly what was shown."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.frame import branch_state
from bioviz.core.history import MOST, History, keep_histories
from bioviz.core.lockstep import Lockstep
from bioviz.core.replay import Replay
from bioviz.core.request import Curve, Matrix
from bioviz.core.rows import Rows
from bioviz.core.snapshot import take
from bioviz.core.spec import ExperimentSpec

from ..session.sample import same_state
from ..specs import digits_spec, moons_spec, two_cells, untaught_spec


def run(experiment: Experiment, trials: int) -> Experiment:
    """Run it as the training thread does, keeping its history."""
    if experiment.history is None:
        keep_histories([experiment])
    together(trials, experiment)
    return experiment


def together(trials: int, *experiments: Experiment) -> None:
    lockstep = Lockstep(experiments)
    for _ in range(trials):
        assert lockstep.finish_trial(lambda: False)


def kept(experiment: Experiment) -> History:
    assert experiment.history is not None
    return experiment.history


# ---- which moments stay ----------------------------------------------------------------------


def test_early_moments_are_all_there_and_later_ones_lie_apart() -> None:
    history = kept(run(build(moons_spec()), 1500))
    assert {0, 1, 2, 5, 10, 20, 50, 100, 200, 500} <= set(history.trials)
    assert len(history.trials) <= MOST
    assert set(range(20)) <= set(history.trials)
    assert set(range(0, 1500, history.grain.stride)) <= set(history.trials)


def test_which_moments_stay_depends_on_the_trials_alone() -> None:
    in_one_go = kept(run(build(moons_spec()), 1500))
    experiment = run(build(moons_spec()), 150)
    kept(experiment).grain.coarsen(in_one_go.grain.stride, 0)
    assert in_one_go.grain.stride > 4
    assert kept(run(experiment, 1350)).trials == in_one_go.trials


def test_a_history_stays_within_its_bytes_and_keeps_its_beginning_and_bookmarks() -> None:
    experiment = build(digits_spec(hidden_sizes=(60,)))
    keep_histories([experiment])
    history = kept(experiment)
    history.limit = 40 * history.bytes
    for trial in range(1, 400):
        together(1, experiment)
        if trial == 77:
            history.keep(experiment, "before the dip")
        assert history.bytes <= history.limit
    assert {0, 77} <= set(history.trials)
    assert 8 <= len(history.trials) <= 40
    assert history.trials[-1] > 300


def test_where_nothing_more_fits_the_run_goes_on_without() -> None:
    experiment = build(digits_spec())
    keep_histories([experiment])
    history = kept(experiment)
    history.limit = history.bytes + 10
    for _ in range(10):
        together(1, experiment)
    assert history.trials == (0,)
    history.limit = history.bytes - 10
    history.keep(experiment)
    assert history.full


def test_the_bytes_are_those_of_the_arrays_that_are_held() -> None:
    experiment = run(build(digits_spec()), 40)
    history = kept(experiment)
    arrays = {id(a): a.nbytes for frame in history.frames for a in frame.arrays.values()}
    assert sum(arrays.values()) <= history.bytes <= 3 * sum(arrays.values())
    history.cut(-1)
    assert history.bytes == 0


def test_what_does_not_change_is_held_once() -> None:
    history = kept(run(build(digits_spec("feedback_alignment", (200,))), 10))
    first, *_, last = history.frames
    assert first.arrays["state/B2.w"] is last.arrays["state/B2.w"]
    assert first.arrays["state/W2.w"] is not last.arrays["state/W2.w"]


def test_going_back_forgets_what_came_after() -> None:
    experiment = build(moons_spec())
    keep_histories([experiment])
    run(experiment, 10)
    state = experiment.capture()
    run(experiment, 10)
    experiment.restore(state)
    run(experiment, 1)
    assert kept(experiment).trials[-2:] == (10, 11)


def test_side_by_side_the_same_trials_are_kept() -> None:
    pair = [build(digits_spec(hidden_sizes=(80,))), build(digits_spec(hidden_sizes=(10,)))]
    keep_histories(pair)
    kept(pair[0]).limit = 12 * kept(pair[0]).bytes
    together(60, *pair)
    assert kept(pair[0]).grain.changes > 4
    for experiment in pair:
        kept(experiment).keep(experiment)
    assert kept(pair[0]).trials == kept(pair[1]).trials


# ---- looking back ----------------------------------------------------------------------------


SPECS: dict[str, ExperimentSpec] = {
    "moons": moons_spec(momentum=0.5),
    "digits": digits_spec("weight_mirror"),
    "perturbed": moons_spec("weight_perturbation"),
    "bcm": untaught_spec("bcm"),
    "two cells": two_cells(),
}


def plain(value: Any) -> Any:
    """A reply as something that `==` compares to the last bit."""
    if isinstance(value, np.ndarray):
        return (value.shape, str(value.dtype), value.tobytes())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return repr(value)


def everything(experiment: Experiment) -> frozenset[Any]:
    curves = {Curve(name) for name in experiment.channels}
    return frozenset({Matrix(a) for a in experiment.net.addresses()} | curves)


@pytest.mark.parametrize("name", SPECS)
def test_looking_back_shows_what_was_shown_to_the_last_bit(name: str) -> None:
    experiment = run(build(SPECS[name]), 3)
    wanted = everything(experiment)
    take(0, [experiment], wanted)  # from here on somebody looks
    run(experiment, 4)
    then = take(0, [experiment], wanted)
    run(experiment, 6)
    again = Replay([experiment]).snapshot(7, wanted)
    assert again.positions == then.positions
    assert again.failures == then.failures
    for request in wanted:
        assert plain(again[request]) == plain(then[request]), request


def test_looking_back_changes_nothing_in_the_run() -> None:
    experiment, alone = run(build(digits_spec()), 12), build(digits_spec())
    replay = Replay([experiment])
    for moment in replay.moments():
        assert moment.take(everything(experiment)).position.trial == moment.trial
    run(experiment, 5)
    alone.advance(17)
    same_state(experiment, alone)


def test_rows_of_the_past_never_pass_for_those_of_the_present() -> None:
    experiment = run(build(moons_spec(record={"every": 1})), 9)
    now = take(0, [experiment], {Rows()})[Rows()]
    onward = Rows(after=float(now.values[-1, 0]), edition=now.edition)
    then = Replay([experiment]).snapshot(4, frozenset({onward}))[onward]
    assert then.fresh
    assert then.values[-1, 0] == 4


# ---- branching -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("trial", [0, 5])
def test_a_branch_runs_as_the_run_did_to_the_last_bit(name: str, trial: int) -> None:
    experiment = run(build(SPECS[name]), 12)
    frame = kept(experiment).at(trial)
    branch = build(frame.spec)
    branch.restore(branch_state(frame, experiment))
    assert branch.trial == trial
    branch.advance(12 - trial)
    same_state(branch, experiment)


def test_a_branch_from_before_a_change_has_the_old_description() -> None:
    experiment = run(build(moons_spec(learning_rate=0.1)), 4)
    experiment.change(moons_spec(learning_rate=0.4))
    run(experiment, 4)
    assert kept(experiment).at(4).spec.rule.values["learning_rate"] == 0.1
    assert kept(experiment).at(8).spec.rule.values["learning_rate"] == 0.4
