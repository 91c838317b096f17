"""Running: phases, steps, epochs, stop conditions, recording."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.rule import Phase

from ..rules.test_contract import same
from ..specs import digits_spec, linear_spec, moons_spec


@pytest.mark.parametrize("rule", ["feedback_alignment", "weight_mirror"])
def test_n_steps_equal_a_run_of_n(rule: str) -> None:
    stepped, ran = build(digits_spec(rule)), build(digits_spec(rule))
    for _ in range(150):
        stepped.advance(1)
    ran.advance(150)
    same(stepped, ran)


def test_walking_phase_by_phase_equals_running() -> None:
    walked, ran = build(moons_spec()), build(moons_spec())
    while walked.trial < 45 or not walked.between_trials:
        next(walked.run())
    ran.advance(45)
    same(walked, ran)


def test_two_iterators_continue_one_run() -> None:
    experiment, ran = build(moons_spec()), build(moons_spec())
    one, other = experiment.run(), experiment.run()
    while experiment.trial < 10 or not experiment.between_trials:
        next(one)
        next(other)
    ran.advance(experiment.trial)
    same(experiment, ran)


def test_a_trial_goes_forward_backward_update_trial() -> None:
    experiment = build(moons_spec(record={"test_every": 1000}))
    experiment.advance(1)
    phases = list(itertools.islice(experiment.run(), 4))
    assert phases == [Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE, Phase.TRIAL]


def test_stepping_an_epoch_shows_every_example_once() -> None:
    experiment = build(digits_spec())
    seen: list[int] = []
    for _ in range(experiment.epoch_trials):
        experiment.advance(1)
        assert experiment.shown is not None
        seen += experiment.shown.indices.tolist()
    assert sorted(seen) == list(range(len(experiment.data.train)))
    assert (experiment.epoch, experiment.position) == (1, 0)

    stepped = build(digits_spec())
    stepped.advance(1, Phase.EPOCH)
    assert stepped.trial == experiment.epoch_trials == 72
    stepped.advance(1, Phase.EPOCH)
    assert stepped.trial == 144


def test_each_epoch_has_its_own_order_but_a_fixed_sequence_keeps_its() -> None:
    shuffled, fixed = build(digits_spec()), build(linear_spec(batch=100))
    orders = []
    for experiment in (shuffled, fixed):
        for _ in range(2):
            experiment.advance(1)
            assert experiment.shown is not None
            orders.append(experiment.shown.indices)
            experiment.advance(1, Phase.EPOCH)
    assert (orders[0] != orders[1]).any()
    np.testing.assert_array_equal(orders[2], np.arange(100))
    np.testing.assert_array_equal(orders[3], np.arange(100))


def test_a_last_batch_that_is_smaller_is_learned_from_too() -> None:
    experiment = build(digits_spec(batch=1000))
    experiment.advance(2)
    assert experiment.shown is not None
    assert len(experiment.shown.x) == 437
    assert experiment.net["h1.rate"].shape == (437, 30)


@pytest.mark.parametrize(
    ("stop", "trials"), [({"trials": 33}, 33), ({"epochs": 2}, 144), ({"test_error": 1.0}, 0)]
)
def test_a_run_is_done_at_its_stop_condition(stop: dict[str, float], trials: int) -> None:
    experiment = build(digits_spec(stop=stop))
    phases = experiment.run()
    while not experiment.done:
        next(phases)
    assert experiment.trial == trials


def test_a_run_without_a_stop_condition_is_never_done() -> None:
    experiment = build(moons_spec())
    experiment.advance(3, Phase.EPOCH)
    assert not experiment.done


def test_curves_begin_at_trial_zero_and_early_trials_are_seen_in_full() -> None:
    experiment = build(digits_spec())
    experiment.advance(100)
    trials = experiment.channels["update_angle.h1"].read()[0].tolist()
    assert trials[:6] == [0, 1, 2, 5, 10, 20]
    assert experiment.channels["test_loss"].read()[0][0] == 0


def test_recording_is_as_often_as_asked() -> None:
    experiment = build(digits_spec(record={"every": 7, "test_every": 30}))
    experiment.advance(70)
    trials = experiment.channels["weight_angle.W2"].read()[0].tolist()
    assert set(range(0, 71, 7)) <= set(trials)
    assert experiment.channels["test_error"].read()[0].tolist() == [0, 30, 60]


def test_training_curves_are_means_over_all_trials_since_the_last_point() -> None:
    experiment = build(digits_spec(record={"every": 25, "test_every": 10_000}))
    experiment.advance(50)  # 50 is a point of its own, and so is 25
    loss, count = 0.0, 0
    again = build(digits_spec(record={"every": 25, "test_every": 10_000}))
    again.advance(25)
    phases = again.run()
    while again.trial < 50:
        if next(phases) is Phase.BACKWARD:
            assert again.shown is not None
            y, t = again.net.output.rate.astype(float), again.shown.t
            loss -= float((t * np.log(y)).sum())
            count += len(t)
    assert experiment.channels["train_loss"].last == pytest.approx(loss / count, rel=1e-5)


def test_how_often_a_run_records_changes_no_weight() -> None:
    often = build(digits_spec("weight_mirror", record={"every": 1, "test_every": 1}))
    seldom = build(digits_spec("weight_mirror", record={"every": 1000, "test_every": 1000}))
    for experiment in (often, seldom):
        experiment.advance(60)
    for address, values in often.net.weights().items():
        np.testing.assert_array_equal(values, seldom.net.weights()[address])


def test_a_state_kept_by_the_guard_repeats_the_run_with_its_curves() -> None:
    spec = digits_spec(record={"every": 50})
    straight, back = build(spec), build(spec)
    straight.advance(130)
    back.advance(120)
    assert back.guard.kept is not None
    assert back.guard.kept.meta["trial"] == 100
    back.restore(back.guard.kept)
    back.advance(30)
    same(straight, back)


def test_after_going_back_the_guard_keeps_no_later_state() -> None:
    experiment = build(digits_spec())
    start = experiment.capture()
    experiment.advance(60)
    experiment.restore(start)
    assert experiment.guard.kept is not None
    assert experiment.guard.kept.meta["trial"] == 0


def test_layers_large_enough_for_the_other_product_continue_bit_for_bit_too() -> None:
    spec = digits_spec(hidden_sizes=(400, 100))
    straight, resumed = build(spec), build(spec)
    straight.advance(60)
    resumed.advance(30)
    state = resumed.capture()
    resumed.advance(5)
    resumed.restore(state)
    resumed.advance(30)
    same(straight, resumed)
