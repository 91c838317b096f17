"""A session seen from one of its experiments: what is asked of the first is asked of that one."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.catalogue import Catalogue
from bioviz.core.experiment import Experiment, build
from bioviz.core.request import Matrix, Summary
from bioviz.core.request_beside import Apart, Gap, Peak
from bioviz.core.snapshot import NOTHING, take
from bioviz.core.vantage import Vantage

from ..specs import moons_spec

RULES = ("feedback_alignment", "backprop", "shallow")


@pytest.fixture
def runs() -> list[Experiment]:
    made = [build(moons_spec(rule)) for rule in RULES]
    for run in made:
        run.advance(10)
    return made


def test_the_one_that_is_looked_at_comes_first_and_the_others_keep_their_order() -> None:
    orders = [[Vantage(lane).place(index) for index in range(3)] for lane in range(3)]
    assert orders == [[0, 1, 2], [1, 0, 2], [2, 0, 1]]


def test_the_catalogue_begins_with_the_one_that_is_looked_at(runs: list[Experiment]) -> None:
    catalogue = Catalogue.of(1, [run.catalogue() for run in runs])
    seen = Vantage(2).catalogue(catalogue)
    assert [entry.rule for entry in seen.experiments] == ["shallow", *RULES[:2]]
    assert seen.build == catalogue.build


def test_what_is_asked_from_there_is_answered_by_that_one(runs: list[Experiment]) -> None:
    wanted = frozenset({Matrix("W2.w"), Summary("W2.w", index=1)})
    vantage = Vantage(1)
    told = vantage.snapshot(take(1, runs, vantage.questions(wanted)), wanted)
    assert np.array_equal(told[Matrix("W2.w")].values, runs[1].net["W2.w"])
    norm = np.linalg.norm(runs[0].net["W2.w"])
    assert told[Summary("W2.w", index=1)].norm == pytest.approx(norm)
    assert told.position.trial == 10


def test_what_it_cannot_answer_fails_under_its_own_name(runs: list[Experiment]) -> None:
    wanted = frozenset({Matrix("B2.w")})
    vantage = Vantage(1)
    told = vantage.snapshot(take(1, runs, vantage.questions(wanted)), wanted)
    assert list(told.failures) == [Matrix("B2.w")]


def test_from_the_first_nothing_is_turned(runs: list[Experiment]) -> None:
    snapshot = take(1, runs, NOTHING)
    assert Vantage().snapshot(snapshot, NOTHING) is snapshot


def test_a_difference_is_taken_between_the_two_that_are_meant(runs: list[Experiment]) -> None:
    wanted = frozenset({Apart("W1.w", other=2), Gap("test_loss", other=1)})
    vantage = Vantage(2)
    told = vantage.snapshot(take(1, runs, vantage.questions(wanted)), wanted)
    apart = runs[2].net["W1.w"] - runs[1].net["W1.w"]
    assert np.array_equal(told[Apart("W1.w", other=2)].values, apart)
    trials, gap = told[Gap("test_loss", other=1)]
    mine, theirs = (runs[at].channels["test_loss"].read() for at in (2, 0))
    assert np.array_equal(trials, mine[0])
    assert np.array_equal(gap, mine[1] - theirs[1])


def test_a_gap_covers_the_trials_that_both_recorded(runs: list[Experiment]) -> None:
    runs[0].advance(20)
    trials, _ = Gap("update_angle.h1").answer([runs[0], build(moons_spec("feedback_alignment"))])
    assert len(trials) == 0
    trials, _ = Gap("train_loss", other=2).answer(runs)
    assert trials.max() <= 10


def test_matrices_of_other_shapes_have_no_difference(runs: list[Experiment]) -> None:
    other = build(moons_spec("backprop").with_value("network.layers.h1.size", 7))
    assert Apart("W1.w").answer([runs[0], other]) is None


def test_a_peak_is_that_of_the_matrix_as_it_is_shown(runs: list[Experiment]) -> None:
    shown = Matrix("W1.w", rows=4, cols=4).read(runs[0]).values
    assert Peak("W1.w", rows=4, cols=4).read(runs[0]) == pytest.approx(np.abs(shown).max())
