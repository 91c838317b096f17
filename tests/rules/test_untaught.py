"""Rules without a teacher: what all promise, presentations by hand, and what each rule does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import Diverged, SpecError
from bioviz.core.intervention import Freeze
from bioviz.core.principal import angles_to
from bioviz.core.registry import RULES
from bioviz.core.rule import GROUPS, Phase
from bioviz.core.spec import parse

from ..specs import digits_spec, untaught_spec
from .test_contract import same, through_json

UNTAUGHT = ("bcm", "covariance", "hebb", "oja", "sanger")
rules = pytest.mark.parametrize("rule", UNTAUGHT)
CALM = {"hebb": 1e-4, "covariance": 1e-4}


def small(rule: str, task: Any = "patterns", **options: Any) -> Experiment:
    settings = {"learning_rate": CALM[rule]} if rule in CALM else {}
    return build(untaught_spec(rule, task, **{"size": 3, **settings, **options}))


def answers(experiment: Experiment) -> np.ndarray:
    patterns = experiment.data.patterns
    assert patterns is not None
    return experiment.answer(patterns.inputs)


# ---- what all promise --------------------------------------------------------------------------


@rules
def test_a_rule_without_a_teacher_is_of_that_group(rule: str) -> None:
    kind = RULES[rule]
    assert not kind.teacher
    assert not kind.signals
    assert kind.group == "none"
    assert kind.group in GROUPS
    assert kind.card.equations
    assert kind.card.implausible


@rules
def test_the_same_seed_gives_the_same_bits(rule: str) -> None:
    one, same_again, other = (small(rule, seed=seed) for seed in (1, 1, 2))
    for experiment in (one, same_again, other):
        experiment.advance(30)
    same(one, same_again)
    assert (one.net["W1.w"] != other.net["W1.w"]).any()


@rules
def test_saving_restoring_and_continuing_equals_continuing(rule: str) -> None:
    straight, saved, resumed = small(rule), small(rule), small(rule)
    straight.advance(130)
    saved.advance(57)  # amid an epoch, behind one whose presentations were drawn anew
    resumed.advance(3)
    resumed.restore(through_json(saved.capture()))
    resumed.advance(73)
    same(straight, resumed)
    for address in straight.net.addresses():
        np.testing.assert_array_equal(straight.net[address], resumed.net[address], err_msg=address)


@rules
def test_a_batch_is_its_rows_one_after_the_other(rule: str) -> None:
    alone, together = small(rule, batch=1), small(rule, batch=20)
    alone.advance(200)
    together.advance(10)
    np.testing.assert_array_equal(alone.net["W1.w"], together.net["W1.w"])
    assert alone.rule.memory() == together.rule.memory()


@rules
def test_walking_from_phase_to_phase_equals_running(rule: str) -> None:
    walked, run = small(rule), small(rule)
    run.advance(5)
    seen = []
    for phase in walked.run():
        if phase is Phase.FORWARD:
            assert walked.shown is not None
            seen.append(walked.sample)
            np.testing.assert_array_equal(
                walked.shown.x[walked.sample], walked.net["input.rate"][0]
            )
        if phase is Phase.TRIAL and walked.trial == 5:
            break
    same(walked, run)
    assert seen == [*range(20)] * 5


@rules
def test_measuring_and_answering_change_nothing(rule: str) -> None:
    watched, alone = small(rule), small(rule)
    for _ in range(20):
        watched.advance(1)
        watched.measure()
        watched.answer(np.ones((7, 20), np.float32))
        alone.advance(1)
    same(watched, alone)


@rules
def test_weights_held_still_stay_while_the_memory_goes_on(rule: str) -> None:
    experiment = small(rule)
    Freeze("W1").apply(experiment)
    before = experiment.net["W1.w"].copy()
    experiment.advance(10)
    np.testing.assert_array_equal(experiment.net["W1.w"], before)
    assert all(any(values) for values in experiment.rule.memory().values())


@rules
def test_targets_count_for_nothing(rule: str) -> None:
    spec = digits_spec(rule)
    experiment, blind = build(spec), build(spec)
    assert blind.data.train.labels is not None
    blind.data.train.labels[:] = 0
    for one in (experiment, blind):
        one.advance(20)
    same(experiment, blind)
    assert not any(name.startswith(("train_", "test_")) for name in experiment.channels)
    assert experiment.recorder.confusion is None


@rules
def test_only_the_last_projection_learns(rule: str) -> None:
    experiment = build(digits_spec(rule))
    before = {name: experiment.net[name].copy() for name in ("W1.w", "W2.w")}
    experiment.advance(5)
    np.testing.assert_array_equal(experiment.net["W1.w"], before["W1.w"])
    assert (experiment.net["W2.w"] != before["W2.w"]).any()


@rules
def test_softmax_units_and_biases_are_refused_with_a_way_out(rule: str) -> None:
    spec = untaught_spec(rule, output="softmax", biases=True)
    softmax, bias = spec.problems()
    assert "softmax" in softmax
    assert "linear" in softmax
    assert "Leave out the biases" in bias


@rules
def test_the_output_layer_may_have_any_size_and_the_input_may_not(rule: str) -> None:
    assert untaught_spec(rule, size=7).problems() == []
    with pytest.raises(SpecError, match="Set its size to 20"):
        build(untaught_spec(rule).with_value("network.layers.input.size", 19))


@rules
def test_a_memory_that_does_not_fit_is_refused_and_changes_nothing(rule: str) -> None:
    experiment = small(rule)
    experiment.advance(3)
    before = experiment.rule.memory()
    for address in before:
        for wrong in ([1.0], [float("nan")] * len(before[address]), ["a"], None):
            with pytest.raises((ValueError, TypeError)):
                experiment.rule.remember({**before, address: wrong})
    assert experiment.rule.memory() == before


# ---- one presentation by hand --------------------------------------------------------------------

Step = Callable[[np.ndarray, np.ndarray, dict[str, np.ndarray]], np.ndarray]
ETA, TAU = 0.05, 7.0


def hebb(w: np.ndarray, x: np.ndarray, _kept: dict[str, np.ndarray]) -> np.ndarray:
    return np.outer(w @ x, x)


def oja(w: np.ndarray, x: np.ndarray, _kept: dict[str, np.ndarray]) -> np.ndarray:
    return np.array([(row @ x) * (x - (row @ x) * row) for row in w])


def sanger(w: np.ndarray, x: np.ndarray, _kept: dict[str, np.ndarray]) -> np.ndarray:
    y = w @ x
    return np.array([y[i] * (x - sum(y[j] * w[j] for j in range(i + 1))) for i in range(len(w))])


def covariance(w: np.ndarray, x: np.ndarray, kept: dict[str, np.ndarray]) -> np.ndarray:
    y = w @ x
    step = np.outer(y - kept["output.mean"], x - kept["input.mean"])  # from the means so far
    kept["output.mean"] = kept["output.mean"] + (y - kept["output.mean"]) / TAU
    kept["input.mean"] = kept["input.mean"] + (x - kept["input.mean"]) / TAU
    return step


def bcm(w: np.ndarray, x: np.ndarray, kept: dict[str, np.ndarray]) -> np.ndarray:
    y = w @ x
    kept["output.theta"] = kept["output.theta"] + (y**2 - kept["output.theta"]) / TAU  # first
    return np.outer(y * (y - kept["output.theta"]), x)


REFERENCES: dict[str, Step] = {
    "hebb": hebb, "oja": oja, "sanger": sanger, "covariance": covariance, "bcm": bcm,
}  # fmt: skip


@rules
def test_presentations_equal_a_reference_written_by_hand(rule: str) -> None:
    options = {"tau": TAU} if rule in ("bcm", "covariance") else {}
    task = {"key": "patterns", "kind": "oblique", "noise": 0.3}
    spec = untaught_spec(rule, task, size=3, batch=5, learning_rate=ETA, **options)
    experiment = build(spec, dtype=np.float64)
    w = experiment.net["W1.w"].copy()
    kept = {at: np.array(values) for at, values in experiment.rule.memory().items()}
    x, _ = experiment.data.train.read(slice(0, 15), np.float64)
    experiment.advance(3)
    for row in x:
        w = w + ETA * REFERENCES[rule](w, row, kept)
    np.testing.assert_allclose(experiment.net["W1.w"], w, atol=1e-6)
    for address, values in kept.items():
        np.testing.assert_allclose(experiment.net[address][0], values, atol=1e-6)


@pytest.mark.parametrize("form", ["target_rate", "divided"])
def test_the_other_forms_of_bcm_equal_their_equations(form: str) -> None:
    experiment = build(
        untaught_spec("bcm", size=2, batch=1, form=form, target_rate=0.5, tau=5, learning_rate=0.1),
        dtype=np.float64,
    )
    x = experiment.data.train.read(slice(0, 3), np.float64)[0]
    w, theta = experiment.net["W1.w"].copy(), np.zeros(2)
    experiment.advance(3)
    for row in x:
        y = w @ row
        goal = y**2 / 0.5 if form == "target_rate" else y**2
        theta = theta + (goal - theta) / 5
        phi = y * (y - theta)
        phi = np.divide(phi, theta, out=np.zeros(2), where=theta > 0) if form == "divided" else phi
        w = w + 0.1 * np.outer(phi, row)
    np.testing.assert_allclose(experiment.net["W1.w"], w, atol=1e-6)
    np.testing.assert_allclose(experiment.net["output.theta"][0], theta, atol=1e-9)


# ---- what each does ------------------------------------------------------------------------------


def test_hebb_grows_without_bound_and_the_guard_says_that_it_is_the_rule() -> None:
    experiment = build(untaught_spec("hebb", "gaussian_2d", batch=1))
    with pytest.raises(Diverged) as caught:
        experiment.advance(3000)
    told = str(caught.value)
    assert "W1.w has run away" in told
    assert "That is Hebb's rule itself, at any learning rate" in told
    assert "Choose Oja's rule" in told
    assert f"go back to trial {caught.value.kept}" in told
    assert "learning rate and restart" not in told
    assert experiment.channels["principal_angle.output"].last < 10  # the direction was right


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("rate", "settled", "within"), [(0.005, 500, 0.4), (0.001, 2500, 0.9)])
def test_oja_finds_the_first_principal_axis_at_length_one(
    rate: float, settled: int, within: float, seed: int
) -> None:
    """The length holds at every sample; the direction trembles, the less the smaller the rate."""
    spec = untaught_spec(
        "oja", "gaussian_2d", batch=1, seed=seed, learning_rate=rate, record={"every": 500}
    )
    experiment = build(spec)
    experiment.advance(settled)
    shown = []
    for _ in range(300):
        experiment.advance(10)
        shown.append(experiment.net["W1.w"][0].copy())
    assert np.abs(np.linalg.norm(shown, axis=1) - 1).max() < 0.02
    axes = experiment.principal_axes
    assert axes is not None
    np.testing.assert_allclose(axes.values, [2 + 2**0.5, 2 - 2**0.5])
    mean = np.mean(shown, axis=0, dtype=float)[None]
    assert angles_to(mean, axes.vectors)[0, 0] < 2
    single = angles_to(np.array(shown), axes.vectors)[:, 0]
    assert (single < 2).mean() > within
    assert single.max() < 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sanger_finds_the_first_three_axes_in_order(seed: int) -> None:
    experiment = build(untaught_spec("sanger", "gaussian", size=3, seed=seed))
    experiment.advance(2500)
    shown = []
    for _ in range(50):  # to 60,000 presentations: weights tremble with every one
        experiment.advance(10)
        shown.append(experiment.net["W1.w"].copy())
    axes = experiment.principal_axes
    assert axes is not None
    assert np.diag(angles_to(np.mean(shown, axis=0), axes.vectors[:3])).max() < 6
    assert experiment.channels["weight_norm.W1"].last == pytest.approx(1, abs=0.02)


def test_sanger_finds_two_axes_in_order_soon() -> None:
    task = {"key": "gaussian", "ratio": 0.3}
    experiment = build(untaught_spec("sanger", task, size=2, learning_rate=0.005))
    experiment.advance(400)
    angles = [experiment.channels[f"principal_angle.output_{unit}"].last for unit in range(2)]
    assert max(angles) < 10


def test_the_covariance_rule_does_not_hear_what_is_only_a_mean() -> None:
    """Inputs that never vary grow under Hebb and stay where they are about a mean."""
    task = {"key": "patterns", "patterns": 1}
    runs = [build(untaught_spec(rule, task, learning_rate=1e-3)) for rule in ("hebb", "covariance")]
    for run in runs:
        run.advance(100)  # the means need some of these
    before = [run.net["W1.w"].copy() for run in runs]
    for run in runs:
        run.advance(100)
    grown = [
        float(np.linalg.norm(run.net["W1.w"] - w)) for run, w in zip(runs, before, strict=True)
    ]
    assert grown[0] > 100 * grown[1]


def test_two_patterns_end_with_one_answer_of_two_and_one_of_none() -> None:
    task = {"key": "patterns", "patterns": 2}
    weights = {"distribution": "uniform", "scale": 0.5, "relative": False}
    experiment = build(untaught_spec("bcm", task, weights=weights))
    experiment.advance(1500)
    none, two = np.sort(answers(experiment)[:, 0])
    assert abs(none) < 0.05
    assert two == pytest.approx(2, abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 11))
def test_four_patterns_leave_one_answer_of_about_four_whatever_the_seed(seed: int) -> None:
    """After 80,000 presentations, and on average over the latter half, in which it trembles."""
    experiment = build(untaught_spec("bcm", seed=seed, learning_rate=0.002, tau=100.0))
    experiment.advance(2000)
    largest = []
    for _ in range(40):
        experiment.advance(50)
        largest.append(float(answers(experiment).max()))
    selectivity = experiment.channels["selectivity.output"].last
    print(f"\nseed {seed}: {selectivity:.3f}, {largest[-1]:.2f}, mean {np.mean(largest):.2f}")
    assert selectivity > 0.7
    assert largest[-1] == pytest.approx(4, rel=0.15)
    assert np.mean(largest) == pytest.approx(4, rel=0.08)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_pattern_that_wins_is_answered_with_one_over_its_probability(seed: int) -> None:
    task = {"key": "patterns", "patterns": 3, "probabilities": "0.5 0.3 0.2"}
    experiment = build(untaught_spec("bcm", task, seed=seed, tau=200.0))
    experiment.advance(4000)
    said = answers(experiment)[:, 0]
    winner = int(said.argmax())
    assert said[winner] == pytest.approx(1 / (0.5, 0.3, 0.2)[winner], rel=0.2)


def test_more_cells_than_one_may_choose_different_patterns() -> None:
    weights = {"distribution": "uniform", "scale": 0.5, "relative": False}
    experiment = build(untaught_spec("bcm", size=8, weights=weights))
    experiment.advance(600)
    assert len(set(answers(experiment).argmax(axis=0).tolist())) > 1


def test_a_closed_eye_loses_its_weights_because_the_threshold_stays_high() -> None:
    task = {"key": "two_eye", "right_closed": 6000, "left_closed": 20000, "dark": 40000}
    weights = {"distribution": "uniform", "scale": 0.3, "relative": False}
    experiment = build(untaught_spec("bcm", task, weights=weights, learning_rate=0.005))
    recorded = experiment.channels

    def state(presentations: int) -> tuple[float, float, float]:
        experiment.advance(presentations // 20 - experiment.trial)
        names = ("weight_norm.left_eye", "weight_norm.right_eye", "threshold.output")
        theta = recorded[names[2]].read()[1][-20:].mean()  # it goes up and down
        return recorded[names[0]].last, recorded[names[1]].last, float(theta)

    left, right, open_theta = state(6000)
    assert right == pytest.approx(left, rel=0.3)
    kept, lost, deprived_theta = state(20000)
    assert lost < 0.35 * right
    assert kept > left
    assert deprived_theta > 0.7 * open_theta
    fell, rose, _ = state(40000)
    assert fell < 0.35 * kept
    assert rose > 0.7 * kept
    _, stayed, dark_theta = state(46000)
    assert dark_theta < 0.2 * deprived_theta
    assert stayed > 0.7 * rose
    texts = [(marker.trial * 20, marker.text) for marker in experiment.markers]
    assert texts == [
        (6000, "right eye closed"),
        (20000, "left eye closed"),
        (40000, "darkness"),
    ]


def test_a_cell_that_sees_bars_comes_to_prefer_one_angle() -> None:
    spec = untaught_spec("bcm", "oriented_bars", output="relu", learning_rate=0.0005)
    experiment = build(spec)
    before = orientation(answers(experiment)[:, 0])
    experiment.advance(700)
    assert before < 0.3
    assert orientation(answers(experiment)[:, 0]) > 0.8


def orientation(said: np.ndarray) -> float:
    """|sum of r e^(2 i angle)| / sum of r: 0 for no preferred angle, 1 for a single one."""
    turns = np.exp(2j * np.pi * np.arange(len(said)) / len(said))
    return float(abs((said * turns).sum()) / said.sum())


@pytest.mark.slow
def test_a_cell_that_sees_natural_patches_gets_an_edge() -> None:
    """Its weights have more of one orientation than of others, as patches alone have not."""
    spec = untaught_spec(
        "bcm", "natural_patches", output="relu", form="divided", tau=1000.0, learning_rate=0.0003,
        positive=False,
    )  # fmt: skip
    experiment = build(spec)

    def oriented() -> float:
        picture = experiment.net["W1.w"][0].reshape(10, 10)
        down, across = np.gradient(picture)
        return float(abs(((across + 1j * down) ** 2).sum()) / (across**2 + down**2).sum())

    experiment.advance(5000)
    assert oriented() > 0.4


def test_a_description_without_a_teacher_survives_json() -> None:
    spec = untaught_spec("bcm", {"key": "two_eye", "right_closed": 100})
    assert parse(spec.model_dump(mode="json")) == spec
