"""Changing a run: live where that is possible, rebuilt and kept where it fits."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.change import changes, rebuilds
from bioviz.core.experiment import build
from bioviz.core.fault import SpecError
from bioviz.core.intervention import CopyTranspose, Redraw, SetEntry
from bioviz.core.transplant import transplant

from ..specs import digits_spec, moons_spec


def test_a_learning_rate_changes_live_and_leaves_a_marker() -> None:
    experiment = build(moons_spec())
    experiment.advance(10)
    experiment.change(experiment.spec.with_value("rule.learning_rate", 0.5))
    assert experiment.rule.params.learning_rate == 0.5
    assert [(marker.trial, marker.text) for marker in experiment.markers] == [
        (10, "learning rate = 0.5")
    ]


@pytest.mark.parametrize(
    ("path", "value", "anew"),
    [
        ("rule.learning_rate", 0.2, False),
        ("batch", 7, False),
        ("stop.epochs", 3, False),
        ("rule.feedback_scale", 2.0, True),
        ("seed", 9, True),
        ("network.layers.h1.size", 7, True),
        ("network.layers.h1.unit", "relu", True),
    ],
)
def test_only_what_shapes_the_network_rebuilds_it(path: str, value: object, anew: bool) -> None:
    before = moons_spec()
    assert rebuilds(before, before.with_value(path, value)) is anew


def test_a_changed_batch_size_takes_effect_at_the_next_trial() -> None:
    experiment = build(digits_spec(batch=20))
    experiment.advance(3)
    experiment.change(experiment.spec.with_value("batch", 5))
    experiment.advance(1)
    assert experiment.position == 65
    assert len(experiment.net["h1.rate"]) == 5


def test_what_needs_a_rebuild_is_refused_live() -> None:
    experiment = build(moons_spec())
    with pytest.raises(SpecError, match="built again"):
        experiment.change(experiment.spec.with_value("seed", 2))


def test_a_change_that_shows_nowhere_leaves_no_marker() -> None:
    before = moons_spec()
    assert changes(before, before.with_value("stop.epochs", 3)) == ""


def test_weights_that_still_fit_are_kept_when_a_layer_changes() -> None:
    old = build(digits_spec(hidden_sizes=(30, 20)))
    old.advance(20)
    new = build(old.spec.with_value("network.layers.h2.size", 25))
    said = transplant(old, new)
    assert np.array_equal(new.net["W1.w"], old.net["W1.w"])
    assert "W1" in said.split("kept")[0]
    assert "W2" in said.split("kept")[1]
    assert [(m.trial, m.text) for m in new.markers] == [(0, "weights kept")]


def test_an_intervention_can_be_taken_back() -> None:
    experiment = build(moons_spec())
    before = experiment.net["B2.w"].copy()
    for order in (SetEntry("B2.w", 3, 1, 0.25), CopyTranspose("B2"), Redraw("B2")):
        inverse = order.apply(experiment)
        assert not np.array_equal(experiment.net["B2.w"], before)
        inverse.apply(experiment)
        assert np.array_equal(experiment.net["B2.w"], before)


def test_copying_the_transpose_makes_feedback_alignment_backprop() -> None:
    experiment = build(moons_spec())
    CopyTranspose("B2").apply(experiment)
    assert experiment.measure()["weight_angle.W2"] == pytest.approx(0.0, abs=0.1)
    assert experiment.measure()["update_angle.h1"] == pytest.approx(0.0, abs=0.1)
