"""Pairs of a weight and its feedback weight."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.pair import Pairs, PairsReply

from ..specs import digits_spec


def pairs(experiment, name: str = "W2", most: int = 1500) -> PairsReply:  # type: ignore[no-untyped-def]
    reply = Pairs(name, most).read(experiment)
    assert reply is not None
    return reply


def test_all_pairs_of_a_small_matrix_are_there_each_with_its_own_feedback() -> None:
    experiment = build(digits_spec())
    reply = pairs(experiment)
    np.testing.assert_array_equal(reply.w, experiment.net["W2.w"].ravel())
    np.testing.assert_array_equal(reply.b, experiment.net["B2.w"].T.ravel())
    assert reply.total == len(reply.w) == 300


def test_of_a_large_matrix_the_same_pairs_are_shown_all_along() -> None:
    experiment = build(digits_spec(hidden_sizes=(300, 200)))
    first = pairs(experiment)
    experiment.net["W2.w"][...] += 1
    second = pairs(experiment)
    assert len(first.w) == 1500
    np.testing.assert_allclose(second.w, first.w + 1, atol=1e-6)
    np.testing.assert_array_equal(second.b, first.b)
    experiment.net["B2.w"][...] = experiment.net["W2.w"].T
    third = pairs(experiment)
    np.testing.assert_array_equal(third.w, third.b)


def test_correlation_and_slope_are_those_of_the_pairs() -> None:
    experiment = build(digits_spec())
    experiment.advance(50)
    reply = pairs(experiment)
    assert reply.r == pytest.approx(np.corrcoef(reply.b, reply.w)[0, 1])
    assert reply.slope == pytest.approx(np.polyfit(reply.b, reply.w, 1)[0])
    experiment.net["W2.w"][...] = -2 * experiment.net["B2.w"].T
    reply = pairs(experiment)
    assert (reply.r, reply.slope) == pytest.approx((-1, -2), rel=1e-5)


def test_removed_pairs_are_left_out() -> None:
    spec = digits_spec(feedback_sparsity=0.5, weights={"sparsity": 0.2})
    experiment = build(spec)
    reply = pairs(experiment)
    assert 0.3 < len(reply.w) / 300 < 0.5
    assert reply.w.all()
    assert reply.b.all()


def test_without_spread_there_is_no_correlation() -> None:
    experiment = build(digits_spec(feedback_distribution="constant"))
    assert np.isnan(pairs(experiment).r)


def test_a_projection_without_feedback_has_no_pairs() -> None:
    assert Pairs("W1").read(build(digits_spec())) is None
