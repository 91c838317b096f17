"""Experiments in lock-step: no one runs ahead, also where the test set is broken off to obey."""

from __future__ import annotations

import pytest

from bioviz.core.experiment import build
from bioviz.core.lockstep import Lockstep

from ..specs import make_spec


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
