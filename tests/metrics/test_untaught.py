"""What is recorded where there is no teacher, and that its numbers are those of the definitions."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.principal import Principal, WeightPath
from bioviz.core.tuning import Tuning, selectivity
from bioviz.session.result import final
from bioviz.session.run import Goal, run

from ..specs import digits_spec, untaught_spec


def test_selectivity_is_zero_for_all_alike_and_all_but_one_over_k_for_one_alone() -> None:
    answers = np.array([[1.0, 2.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, -1.0], [1.0, 0.0, 0.0]])
    index = selectivity(answers)
    np.testing.assert_allclose(index[:2], [0, 0.75])
    assert np.isnan(index[2])  # nothing is answered


def test_responses_and_thresholds_are_the_networks_own() -> None:
    experiment = build(untaught_spec("bcm", record={"every": 1}))
    experiment.advance(20)
    found = experiment.measure()
    w = experiment.net["W1.w"][0]
    patterns = experiment.data.patterns
    said = patterns.inputs @ w
    for name, value in zip(patterns.names, said, strict=True):
        assert found[f"response.{name}"] == pytest.approx(value, abs=1e-6)
    assert found["threshold.output"] == float(experiment.net["output.theta"][0, 0])
    assert found["weight_norm.W1"] == pytest.approx(np.linalg.norm(w))
    assert found["selectivity.output"] == pytest.approx(1 - said.mean() / said.max())


def test_each_eyes_weights_have_a_length_of_their_own() -> None:
    experiment = build(untaught_spec("bcm", "two_eye"))
    found, w = experiment.measure(), experiment.net["W1.w"][0]
    assert found["weight_norm.left_eye"] == pytest.approx(np.linalg.norm(w[:10]))
    assert found["weight_norm.right_eye"] == pytest.approx(np.linalg.norm(w[10:]))


def test_the_principal_angle_knows_no_sign_and_is_to_the_units_own_axis_where_they_are_ordered():
    experiment = build(untaught_spec("sanger", "gaussian", size=3), dtype=np.float64)
    axes = experiment.principal_axes
    assert axes is not None
    experiment.net["W1.w"][...] = [-axes.vectors[0], 2 * axes.vectors[1], axes.vectors[0]]
    found = experiment.measure()
    assert found["principal_angle.output_0"] == pytest.approx(0, abs=1e-5)
    assert found["principal_angle.output_1"] == pytest.approx(0, abs=1e-5)
    assert found["principal_angle.output_2"] == pytest.approx(90)


def test_axes_of_the_covariance_rule_are_about_the_mean() -> None:
    """One pattern and noise: the mean is the first axis of all that comes, not of what varies."""
    task = {"key": "patterns", "patterns": 1, "noise": 0.1, "presentations": 5000}
    plain = build(untaught_spec("hebb", task)).principal_axes
    about = build(untaught_spec("covariance", task)).principal_axes
    assert plain.values[0] > 50 * plain.values[1]
    assert about.values[0] < 2 * about.values[1]


def test_rules_with_a_teacher_record_none_of_this() -> None:
    names = build(digits_spec()).channels
    untaught = ("weight_norm", "threshold", "selectivity", "response", "principal_angle")
    assert not [name for name in names if name.startswith(untaught)]


def test_no_test_pass_is_made_where_there_is_nothing_to_judge() -> None:
    experiment = build(untaught_spec("bcm"))
    phases = set()
    for phase in experiment.run():
        phases.add(phase.value)
        if experiment.trial == 60:
            break
    assert phases == {"forward", "update", "trial", "epoch"}


def test_a_finished_run_sums_up_what_there_is() -> None:
    experiment = build(untaught_spec("bcm"))
    [lane] = run([experiment], Goal(trials=30))
    values = final(experiment)
    assert lane.status == "finished"
    assert set(values) == set(experiment.channels)
    assert np.isfinite(list(values.values())).all()
    assert not any("loss" in name or "error" in name for name in values)


def test_the_curve_that_is_drawn_is_the_rules_own() -> None:
    experiment = build(untaught_spec("bcm", size=2))
    experiment.advance(50)
    reply = Tuning(0.0, 2.0).read(experiment)
    assert reply is not None
    theta = experiment.net["output.theta"][0]
    np.testing.assert_allclose(reply.curve[1], reply.grid * (reply.grid - theta[1]), atol=1e-6)
    assert reply.answers.shape == (4, 2)
    assert Tuning(0.0, 2.0).read(build(untaught_spec("oja"))) is None


def test_the_path_of_two_weights_ends_where_they_are() -> None:
    experiment = build(untaught_spec("oja", "gaussian_2d", batch=1, record={"every": 1}))
    experiment.advance(40)
    trail = WeightPath().read(experiment)
    np.testing.assert_allclose(trail[-1], experiment.net["W1.w"][0])
    assert len(trail) == 41
    reply = Principal().read(experiment)
    assert reply is not None
    np.testing.assert_array_equal(reply.shown, experiment.shown.x[0])
    assert Principal().read(build(untaught_spec("bcm"))) is None
    assert len(WeightPath().read(build(untaught_spec("oja")))) == 0
