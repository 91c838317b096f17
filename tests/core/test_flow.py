"""The flow field: what learning would do from everywhere, worked out without touching the run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.flow import Flow, FlowField, Trail
from bioviz.core.intervention import SetEntry
from bioviz.core.rule import Phase
from bioviz.core.together import Together

from ..specs import digits_spec, make_spec


def small(rule: str = "feedback_alignment", **options: Any) -> Experiment:
    """1-1-1 on the scalar map, from (0, 0), with B = 1 where the rule has one."""
    if rule in ("feedback_alignment", "weight_mirror"):
        options = {
            "feedback_distribution": "constant",
            "feedback_relative": False,
        } | options
    spec = make_spec(
        (1, 1, 1), rule, {"key": "scalar_map", "target": options.pop("target", 1.0)},
        hidden=options.pop("hidden", "linear"), output="linear", loss="squared_error", batch=1,
        biases=options.pop("biases", False),
        weights={"scale": options.pop("scale", 0.0), "relative": False},
        record={"every": 1}, **options,
    )  # fmt: skip
    return build(spec)


def at(experiment: Experiment, one: float, other: float) -> Experiment:
    experiment.net["W1.w"][...], experiment.net["W2.w"][...] = one, other
    return experiment


def weights(experiment: Experiment) -> tuple[float, float]:
    return float(experiment.net["W1.w"][0, 0]), float(experiment.net["W2.w"][0, 0])


def field(experiment: Experiment, **options: Any) -> FlowField:
    found = Flow(**options).read(experiment).field
    assert found is not None
    return found


def test_from_zero_feedback_alignment_ends_at_the_cube_roots_of_two_and_a_half() -> None:
    experiment = small(learning_rate=0.02)
    experiment.advance(500)
    assert weights(experiment) == pytest.approx((2 ** (1 / 3), 2 ** (-1 / 3)), abs=0.01)


@pytest.mark.parametrize("start", [(0.0, 0.0), (-1.5, 1.0), (1.0, -1.5)])
def test_a_small_rate_follows_a_parabola(start: tuple[float, float]) -> None:
    experiment = at(small(learning_rate=0.005), *start)
    before = 2 * start[1] - start[0] ** 2
    for _ in range(4):
        experiment.advance(100)
        one, other = weights(experiment)
        assert 2 * other - one**2 == pytest.approx(before, abs=0.02)


def test_the_field_is_the_papers_for_feedback_alignment() -> None:
    found = field(small())
    one, other = np.meshgrid(found.axis, found.axis)
    error = 1 - one * other
    np.testing.assert_allclose(found.steps[..., 0], error, atol=1e-5)
    np.testing.assert_allclose(found.steps[..., 1], error * one, atol=1e-5)
    assert (found.feedback, found.parabolic) == (1.0, True)


def test_the_field_of_backprop_sends_the_error_through_the_second_weight() -> None:
    found = field(small("backprop"))
    one, other = np.meshgrid(found.axis, found.axis)
    np.testing.assert_allclose(found.steps[..., 0], (1 - one * other) * other, atol=1e-5)
    assert (found.feedback, found.parabolic) == (None, False)


def test_shallow_moves_the_second_weight_alone() -> None:
    steps = field(small("shallow")).steps
    assert not steps[..., 0].any()
    assert steps[..., 1].any()


def test_an_arrow_is_what_one_trial_does() -> None:
    experiment = small(learning_rate=0.01, hidden="tanh", weight_decay=0.1)
    found = field(experiment)
    row, col = 4, 12
    at(experiment, found.axis[col], found.axis[row])
    before = np.array(weights(experiment))
    experiment.advance(1)
    moved = (np.array(weights(experiment)) - before) / 0.01
    np.testing.assert_allclose(moved, found.steps[row, col], atol=1e-3)


def test_a_frozen_weight_has_no_arrow() -> None:
    experiment = small()
    experiment.net.projections["W1"].frozen = True
    assert not field(experiment).steps[..., 0].any()


def test_solutions_learn_above_and_repel_on_a_part_below() -> None:
    stretches = field(small()).solutions
    assert [stretch.kind for stretch in stretches] == ["learns", "unstable", "opposed"]
    for stretch in stretches:
        np.testing.assert_allclose(stretch.points.prod(axis=1), 1)
    border = stretches[1].points[-1]
    assert border == pytest.approx((-1, -1), abs=0.1)  # where W1^2 + B W2 changes its sign


def test_learning_goes_where_the_solutions_say() -> None:
    repelled = at(small(learning_rate=0.02), -0.6, -1.8)
    repelled.advance(400)
    assert weights(repelled)[0] < -1  # away from where it was put, on to what attracts
    assert np.prod(weights(repelled)) == pytest.approx(1, abs=0.01)
    assert repelled.channels["update_angle.h1"].last == pytest.approx(180)


def test_backprop_learns_on_both_branches() -> None:
    assert [s.kind for s in field(small("backprop")).solutions] == ["learns", "learns"]


def test_a_negative_target_has_its_solutions_in_the_other_quadrants() -> None:
    stretches = field(small(target=-1.0)).solutions
    assert all((stretch.points.prod(axis=1) < 0).all() for stretch in stretches)
    learns = next(stretch for stretch in stretches if stretch.kind == "learns")
    assert (learns.points[:, 1] > 0).all()  # with B = 1, e^T W B e > 0 wants W2 > 0


def test_curved_units_and_biases_have_arrows_but_no_hyperbola() -> None:
    assert field(small(hidden="tanh")).solutions == ()
    assert field(small(biases=True)).solutions == ()
    assert field(small(target=0.0)).solutions == ()


@pytest.mark.parametrize("rule", ["feedback_alignment", "backprop", "weight_mirror", "shallow"])
@pytest.mark.parametrize("phase", [Phase.FORWARD, Phase.UPDATE, Phase.TRIAL])
def test_looking_at_the_field_changes_no_bit_of_the_run(rule: str, phase: Phase) -> None:
    watched, alone = (small(rule, scale=0.1, momentum=0.5, biases=True) for _ in range(2))
    for _ in range(12):
        watched.advance(1, phase)
        alone.advance(1, phase)
        Flow().read(watched)
        Trail().read(watched)
    one, other = watched.capture(), alone.capture()
    assert one.meta == other.meta
    for address, array in one.arrays.items():
        np.testing.assert_array_equal(array, other.arrays[address], strict=True)
    for name, rows in one.channels.items():
        np.testing.assert_array_equal(rows, other.channels[name])


def test_weights_are_back_even_where_a_rule_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = at(small(), 0.25, -0.5)

    def fail(*_: object) -> bool:
        experiment.streams["noise"].random()
        raise RuntimeError("no credit")

    monkeypatch.setattr(experiment.rule, "credit", fail)
    streams = experiment.streams.capture()
    with pytest.raises(RuntimeError):
        Flow().read(experiment)
    assert weights(experiment) == (0.25, -0.5)
    assert experiment.streams.capture() == streams


def test_a_field_that_is_known_is_worked_out_again_only_when_it_changes() -> None:
    experiment = small()
    stamp = Flow().read(experiment).stamp
    experiment.advance(10)
    assert Flow(known=stamp).read(experiment).field is None  # only the two weights moved
    experiment.net["B2.w"][...] = 0.5
    changed = Flow(known=stamp).read(experiment)
    assert changed.field is not None
    assert changed.field.feedback == 0.5
    experiment.change(experiment.spec.with_value("rule.weight_decay", 0.1))
    assert Flow(known=changed.stamp).read(experiment).field is not None


def test_only_two_weights_have_a_plane() -> None:
    for request in (Flow(), Trail()):
        with pytest.raises(ValueError, match="exactly two forward weights"):
            request.read(build(digits_spec()))


def test_the_trail_is_what_was_recorded_and_begins_anew_where_weights_were_set() -> None:
    experiment = small(scale=0.1)
    experiment.advance(5)
    together = Together((SetEntry("W1.w", 0, 0, 1.5), SetEntry("W2.w", 0, 0, -1.0)), "both")
    inverse = together.apply(experiment)
    experiment.advance(3)
    trail = Trail().read(experiment)
    gaps = np.flatnonzero(np.isnan(trail[:, 0]))
    assert gaps.tolist() == [6]  # after trials 0 to 5
    _, y = experiment.channels["weight_value.W1"].read()
    np.testing.assert_array_equal(trail[:6, 0], y[:6])
    np.testing.assert_array_equal(trail[7:, 0], y[6:])
    assert len(Trail(points=3).read(experiment)) < 8
    inverse.apply(experiment)
    assert len(experiment.markers) == 4


def test_what_is_done_together_is_taken_back_to_the_last_bit() -> None:
    experiment = small(scale=0.1)
    before = {name: array.copy() for name, array in experiment.net.weights().items()}
    parts = (
        SetEntry("W1.w", 0, 0, 1.5), SetEntry("W1.w", 0, 0, 0.5), SetEntry("B2.w", 0, 0, -1.0),
    )  # fmt: skip
    again = Together(parts, "three").apply(experiment).apply(experiment)
    for name, array in experiment.net.weights().items():
        np.testing.assert_array_equal(array, before[name])
    again.apply(experiment)
    assert (weights(experiment)[0], experiment.net["B2.w"][0, 0]) == (0.5, -1.0)


def test_feedback_made_from_the_weights_renews_no_field_and_has_no_parabola() -> None:
    experiment = small()
    experiment.net.projections["B2"].derived = True
    reply = Flow().read(experiment)
    assert reply.field is not None
    assert not reply.field.parabolic
    experiment.net["B2.w"][...] = -1
    assert Flow(known=reply.stamp).read(experiment).field is None
