"""Experiments in lock-step: no one runs ahead, also where the test set is broken off to obey."""

from __future__ import annotations

import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.lockstep import Lockstep

from ..specs import digits_spec, make_spec, moons_spec


@pytest.fixture
def runs() -> Lockstep:
    """Three networks that answer a test set of two blocks before they begin."""
    task = {"key": "nonlinear_teacher", "inputs": 4, "outputs": 2, "examples": 100}
    rules = ("feedback_alignment", "backprop", "shallow")
    specs = [
        make_spec((4, 3, 2), rule, task, output="linear", loss="squared_error") for rule in rules
    ]
    return Lockstep([build(spec) for spec in specs])


def trials(runs: Lockstep) -> list[int]:
    return [experiment.trial for experiment in runs.experiments]


def test_a_trial_that_is_broken_off_counts_once_all_have_ended_it(runs: Lockstep) -> None:
    while not runs.finish_trial(lambda: True):  # at every block of a test set
        assert not runs.ended
    assert trials(runs) == [1, 1, 1]
    assert runs.finish_trial(lambda: False)
    assert trials(runs) == [2, 2, 2]


def test_walking_on_from_a_broken_off_trial_ends_it_with_all(runs: Lockstep) -> None:
    assert not runs.finish_trial(lambda: True)
    while not runs.ended:
        runs.look(samples=False)
    assert trials(runs) == [1, 1, 1]


def weights(experiment: Experiment) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in experiment.net.weights().items()}


def test_the_same_rule_twice_gives_the_same_bits_after_trials_and_phases() -> None:
    runs = Lockstep([build(digits_spec("feedback_alignment")) for _ in range(2)])
    for _ in range(7):
        assert runs.finish_trial(lambda: False)
    for _ in range(25):
        runs.look(samples=True)
    one, other = runs.experiments
    assert one.phase is other.phase
    assert weights(one) == weights(other)


def test_different_rules_begin_with_the_same_forward_weights_and_see_the_same_samples() -> None:
    rules = ("feedback_alignment", "backprop", "shallow", "node_perturbation")
    runs = Lockstep([build(digits_spec(rule)) for rule in rules])
    first = [
        {name: w for name, w in weights(experiment).items() if name.startswith("W")}
        for experiment in runs.experiments
    ]
    assert first.count(first[0]) == len(rules)
    for _ in range(100):  # more than an epoch
        assert runs.finish_trial(lambda: False)
        seen = [experiment.shown.indices.tobytes() for experiment in runs.experiments]  # type: ignore[union-attr]
        assert seen.count(seen[0]) == len(rules)


def test_one_that_joined_later_catches_up_alone_and_then_all_go_on() -> None:
    ahead, late = build(moons_spec("backprop")), build(moons_spec("feedback_alignment"))
    ahead.advance(30)
    runs = Lockstep([ahead, late])
    assert runs.behind
    assert runs.finish_trial(lambda: False)
    assert trials(runs) == [30, 30]
    assert not runs.behind
    assert runs.finish_trial(lambda: False)
    assert trials(runs) == [31, 31]
    alone = build(moons_spec("feedback_alignment"))
    alone.advance(31)
    assert weights(late) == weights(alone)
