"""Tasks without targets: what they show, how often, and anew for every epoch."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from bioviz.core.experiment import build
from bioviz.core.fault import SpecError
from bioviz.core.registry import TASKS
from bioviz.core.stream import Streams
from bioviz.tasks.gaussian_2d import Gaussian2DParams
from bioviz.tasks.natural_patches import leaves
from bioviz.tasks.patterns import PatternsParams
from bioviz.tasks.two_eye import TwoEyeParams

from ..specs import digits_spec, untaught_spec

UNTAUGHT = [key for key, task in TASKS.items() if not (task.taught or task.timed)]
untaught = pytest.mark.parametrize("key", UNTAUGHT)


def load(key: str, seed: int = 1, **params):
    kind = TASKS[key]
    return kind(kind.Params(**params)).load(Streams(seed))


@untaught
def test_every_epoch_shows_other_inputs_and_the_same_ones_whenever_it_comes(key: str) -> None:
    data = load(key, presentations=50)
    assert data.renew is not None
    first, second = data.renew(0), data.renew(1)
    assert len(first) == len(second) == 50
    np.testing.assert_array_equal(first.inputs, data.train.inputs)
    assert (first.inputs != second.inputs).any()
    np.testing.assert_array_equal(second.inputs, load(key, presentations=50).renew(1).inputs)


@untaught
def test_a_run_shows_the_epochs_own_inputs(key: str) -> None:
    spec = untaught_spec("oja", {"key": key, "presentations": 40}, learning_rate=1e-6)
    experiment = build(spec)
    experiment.advance(3)  # the first trial of the second epoch
    assert experiment.shown is not None
    np.testing.assert_array_equal(experiment.shown.x, experiment.data.renew(1).inputs[:20])
    assert experiment.shown.t.shape == (20, 0)


@untaught
def test_a_rule_with_a_teacher_is_refused_in_words(key: str) -> None:
    spec = digits_spec("backprop").with_value("task", {"key": key})
    with pytest.raises(SpecError, match="has no targets, and Backprop learns from targets") as told:
        build(spec)
    assert "Oja" in str(told.value)


def test_patterns_come_as_often_as_was_asked_and_have_length_one() -> None:
    data = load("patterns", patterns=3, probabilities="5, 3, 2", presentations=20_000)
    share = np.bincount(data.train.labels) / 20_000
    np.testing.assert_allclose(share, [0.5, 0.3, 0.2], atol=0.015)
    np.testing.assert_allclose(np.linalg.norm(data.patterns.inputs, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(
        data.moments, data.train.inputs.T @ data.train.inputs / 20_000, atol=0.01
    )


def test_orthogonal_patterns_have_nothing_in_common_and_oblique_ones_have() -> None:
    for kind, most in (("orthogonal", 0), ("oblique", 1)):
        made = load("patterns", kind=kind, patterns=5).patterns.inputs
        shared = (made @ made.T)[~np.eye(5, dtype=bool)]
        assert (shared > 0).all() == bool(most)
        assert (made >= 0).all()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"probabilities": "0.5 0.5"}, "There are 4 patterns but 2 probabilities"),
        ({"probabilities": "a b c d"}, "Probabilities are numbers"),
        ({"probabilities": "1 1 1 0"}, "above 0"),
        ({"probabilities": "1 1 1 nan"}, "above 0"),
        ({"patterns": 30}, "need at least 30 inputs"),
    ],
)
def test_impossible_patterns_are_refused_in_words(params: dict, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        PatternsParams(**params)


def test_a_cloud_has_the_covariance_that_was_asked_for() -> None:
    x = load("gaussian_2d", presentations=50_000).train.inputs
    np.testing.assert_allclose(np.cov(x.T), [[3, 1], [1, 1]], atol=0.06)
    with pytest.raises(ValidationError, match=r"lies between −1\.73 and 1\.73"):
        Gaussian2DParams(covariance=1.8)


def test_a_gaussian_of_many_dimensions_has_variances_that_fall_by_the_ratio() -> None:
    data = load("gaussian", ratio=0.5)
    values = np.sort(np.linalg.eigvalsh(data.moments))[::-1]
    np.testing.assert_allclose(values, 3 * 0.5 ** np.arange(8))


def test_both_eyes_see_the_same_until_a_lid_closes() -> None:
    data = load("two_eye", noise=0.0, right_closed=30, left_closed=60, dark=90, presentations=120)
    left, right = np.split(data.train.inputs, 2, axis=1)
    np.testing.assert_array_equal(left[:30], right[:30])
    assert not right[30:60].any()
    assert not left[60:90].any()
    assert not data.train.inputs[90:].any()
    assert all(part.any(axis=1).all() for part in (left[:60], right[60:90]))
    assert [data.condition(n) for n in (0, 29, 30, 60, 90, 10_000)] == [
        "both eyes open", "both eyes open", "right eye closed", "left eye closed", "darkness",
        "darkness",
    ]  # fmt: skip


def test_a_schedule_goes_on_from_epoch_to_epoch() -> None:
    data = load("two_eye", noise=0.0, right_closed=150, presentations=100)
    right = np.split(data.renew(1).inputs, 2, axis=1)[1]
    assert right[:50].any(axis=1).all()
    assert not right[50:].any()


def test_eyes_may_open_again() -> None:
    schedule = TwoEyeParams(right_closed=100, reopened=200).schedule
    assert schedule == [(0, "both eyes open"), (100, "right eye closed"), (200, "both eyes open")]


def test_bars_lie_at_their_angles_and_are_bright_on_dark() -> None:
    made = load("oriented_bars", angles=4).patterns.inputs.reshape(4, 10, 10)
    level, rising, upright, falling = made
    assert level[4:6].min() >= 0.0
    assert level[4:6, 2:8].min() > 0.8 * level.max()
    np.testing.assert_allclose(upright, level.T, atol=1e-6)
    np.testing.assert_allclose(falling, rising[:, ::-1], atol=1e-6)
    assert rising[1, 8] > rising[8, 8]
    for picture in made:
        assert picture.min() == 0
        assert 0.7 < picture.max() <= 1


def test_patches_have_spread_one_and_edges_that_noise_has_not() -> None:
    x = load("natural_patches", presentations=4000).train.inputs
    assert x.mean() == pytest.approx(0, abs=0.1)
    assert x.std() == pytest.approx(1, abs=0.1)
    heavy = float(((x - x.mean()) ** 4).mean() / x.var() ** 2)
    assert heavy > 3.5  # a normal variable has 3


def test_leaves_hide_one_another_and_leave_no_pixel_bare() -> None:
    picture = leaves(np.random.default_rng(1))
    assert (picture > 0).mean() > 0.99
    assert len(np.unique(picture)) > 50
