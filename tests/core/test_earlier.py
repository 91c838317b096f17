"""Earlier runs: what a run leaves behind, what it is called, and how many are held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bioviz.core.earlier import (
    MOST,
    EarlierRun,
    comparable,
    ended,
    gather,
    named,
    same_run,
    thinned,
)
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import Diverged

from ..specs import moons_spec


def trained(trials: int = 20, **options: Any) -> Experiment:
    experiment = build(moons_spec(**options))
    experiment.advance(trials)
    return experiment


def left(trials: int = 20, **options: Any) -> EarlierRun:
    run = ended(trained(trials, **options))
    assert run is not None
    return run


def test_a_run_that_recorded_nothing_after_its_start_leaves_nothing_behind() -> None:
    assert ended(trained(0)) is None
    assert ended(trained(1)) is not None


def test_a_run_leaves_its_curves_as_they_were_recorded() -> None:
    experiment = trained()
    run = ended(experiment)
    assert run is not None
    for name, channel in experiment.channels.items():
        assert np.array_equal(run.channels[name], channel.read(), equal_nan=True)
    assert run.last == 20


def test_of_a_run_that_diverged_only_its_healthy_part_is_left() -> None:
    experiment = trained(20)
    experiment.change(experiment.spec.with_value("rule.learning_rate", 1e9))
    with pytest.raises(Diverged):
        experiment.advance(200)
    run = ended(experiment)
    assert run is not None
    assert experiment.guard.kept is not None
    assert run.last <= experiment.guard.kept.meta["trial"]


def test_a_long_run_of_many_channels_takes_at_most_a_megabyte() -> None:
    rows = (np.arange(50_000.0), np.random.default_rng(1).random(50_000))
    kept = thinned({f"angle.{n}": rows for n in range(100)})
    assert sum(x.nbytes + y.nbytes for x, y in kept.values()) < 2**20
    assert kept["angle.0"][0][-1] == 49_999


def test_a_name_begins_with_what_tells_a_run_from_the_others() -> None:
    present = moons_spec("backprop")
    [run] = named([left()], present)
    assert run.name == "Feedback alignment, η 0.1, seed 1"
    assert run.label == "Feedback alignment"
    [run] = named([left(feedback_scale=2)], moons_spec())
    assert run.name == "feedback scale 2, Feedback alignment, η 0.1, seed 1"
    assert run.label == "feedback scale 2"
    [run] = named([left(hidden_sizes=(30,))], moons_spec())
    assert run.label == "2-30-2"


def test_a_run_that_differs_in_nothing_is_named_in_full() -> None:
    [run] = named([left()], moons_spec())
    assert run.name == run.label == "Feedback alignment, η 0.1, seed 1"


def test_no_two_runs_go_by_one_name() -> None:
    one, two = named([left(), replace(left(), number=1)], moons_spec())
    assert one.name != two.name == "Feedback alignment, η 0.1, seed 1 (2)"


def test_a_run_to_which_something_was_done_says_what() -> None:
    experiment = trained()
    experiment.change(experiment.spec.with_value("rule.learning_rate", 0.01))
    experiment.advance(5)
    run = ended(experiment)
    assert run is not None
    [told] = named([run], moons_spec())
    assert told.label == "η 0.01, with learning rate = 0.01"


def test_a_run_of_a_rule_that_is_unknown_here_can_be_named() -> None:
    data = moons_spec().model_dump(mode="json") | {"rule": {"key": "dreaming", "depth": 3}}
    run = replace(left(), spec=type(moons_spec()).model_validate(data))
    [told] = named([run], moons_spec())
    assert told.name.startswith("dreaming")


def test_of_the_same_run_only_the_longer_is_held() -> None:
    long, short = left(50), left(20)
    assert same_run(long, short)
    assert not same_run(long, left(50, seed=2))
    for runs in ([long, short], [short, long]):
        [held] = gather([], runs)
        assert held.last == 50


def test_six_runs_are_held_and_the_oldest_goes_first() -> None:
    runs = [left(5, seed=seed) for seed in range(1, 9)]
    held = gather([], runs)
    assert [run.spec.seed for run in held] == [3, 4, 5, 6, 7, 8]
    assert sorted(run.number for run in held) == list(range(MOST))


def test_a_run_keeps_its_number_when_others_go() -> None:
    held = gather([], [left(5, seed=seed) for seed in range(1, 4)])
    again = gather(held[1:], [left(5, seed=9)])
    assert [run.number for run in again] == [1, 2, 0]


def test_runs_are_comparable_where_task_and_loss_are_the_same() -> None:
    spec = moons_spec()
    assert comparable(spec, spec.with_value("network.layers.h1.size", 3).with_value("batch", 7))
    assert not comparable(spec, spec.with_value("loss", "squared_error"))
    assert not comparable(spec, spec.with_value("task.noise", 0.4))
