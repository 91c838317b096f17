"""The acceptance runs on MNIST that science.md names; minutes long, so only with -m slow."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.rule import Phase
from bioviz.core.stream import Streams
from bioviz.core.task import Examples
from bioviz.tasks import _idx_set

from ..specs import make_spec

pytestmark = [pytest.mark.slow, pytest.mark.mnist, pytest.mark.timeout(900)]

EPOCHS = (1, 5, 20)
SPLITS = range(1, 5)


def full(rule: str, rate: float, epochs: int = 5, **options: Any) -> Experiment:
    options |= {"batch": 32, "learning_rate": rate}
    experiment = build(make_spec((784, 1000, 10), rule, "mnist", **options))
    experiment.advance(epochs, Phase.EPOCH)
    return experiment


def small(rule: str, hidden: tuple[int, ...], seed: int, **params: Any) -> dict[int, Any]:
    """Measurements after 1, 5 and 20 epochs of the set-up of science.md, section 1."""
    options = {"learning_rate": 0.5, "record": {"every": 400, "test_every": 400}} | params
    spec = make_spec(
        (784, *hidden, 10), rule, {"key": "mnist", "part": "small"}, hidden="sigmoid",
        output="sigmoid", seed=seed, **options,
    )  # fmt: skip
    experiment = build(spec)
    seen = {}
    for epochs in EPOCHS:
        experiment.advance(epochs - experiment.epoch, Phase.EPOCH)
        seen[epochs] = experiment.measure()
    return seen


def over_splits(
    monkeypatch: pytest.MonkeyPatch, rule: str, hidden: tuple[int, ...], **params: Any
) -> dict[str, np.ndarray]:
    """What four runs measured, each with a seed and a split of its own: (4, 3) by channel."""
    runs = []
    for seed in SPLITS:
        monkeypatch.setattr(_idx_set, "_split", partial(split_by, seed))
        runs.append(small(rule, hidden, seed, **params))
    names = ("test_error", "update_angle.h1", "weight_angle.W2")
    return {
        name: np.array([[run[epochs].get(name, np.nan) for epochs in EPOCHS] for run in runs])
        for name in names
    }


def split_by(seed: int, images: np.ndarray, labels: np.ndarray) -> tuple[Examples, Examples]:
    """8,000 images to learn and 2,000 held out, another draw for each seed."""
    rows = Streams(seed).fresh("another split").permutation(len(images))
    parts = (rows[:8000], rows[8000:])
    first, last = (Examples(images[part], 10, labels[part], scale=1 / 255) for part in parts)
    return first, last


def test_feedback_alignment_comes_within_a_point_of_backprop_and_shallow_stays_behind() -> None:
    aligned = full("feedback_alignment", 0.1)
    error = aligned.channels["test_error"].last
    assert error < 0.035
    assert aligned.channels["update_angle.h1"].last < 70
    best = (
        full("backprop", 0.3).channels["test_error"].last
    )  # best of 0.05, 0.1, 0.2, 0.3, 0.4, 0.5
    assert abs(error - best) < 0.01
    assert full("shallow", 0.1).channels["test_error"].last > 0.065  # best of 0.1, 0.2, 0.5


# Errors in per cent after 1, 5 and 20 epochs and the first layer's update angle after 5 and 20, as
# in science.md, section 1: one seed and one split each.
NP = {"learning_rate": 0.005}
# Node perturbation's spread between runs (%) after 5 epochs: twelve seeds on one split gave
# 42 +/- 7.6, from 29 to 53. Four runs are too few to tell it.
NP_SPREAD = 7.6
# Burstprop as published: lower output rate, momentum, feedback of standard deviation 1; weights as
# by Glorot and Bengio, which is 1.33 / sqrt(n_in) in both layers of 784-100-10.
BURSTS = {"learning_rate": 0.1, "batch": 32, "weights": {"scale": 1.33}}
TABLE: list[tuple[str, tuple[int, ...], dict[str, Any], tuple[float | None, ...], Any]] = [
    ("shallow", (100,), {}, (41, 22, 15.6), None),
    ("backprop", (100,), {}, (9.3, 5.6, 4.1), (0, 0)),
    ("feedback_alignment", (100,), {}, (9.6, 6.7, 4.3), (31, 30)),
    ("direct_feedback_alignment", (100,), {}, (9.5, 6.4, 4.1), (33, 30)),
    ("sign_symmetric", (100,), {}, (10.8, 8.2, 5.0), (23, 26)),
    ("kolen_pollack", (100,), {"fade": 1e-4}, (8.8, 5.9, 4.3), (14, 8)),
    ("weight_mirror", (100,), {"mirror_rate": 0.16}, (11.8, 6.3, 4.3), (6, 6)),
    ("node_perturbation", (100,), NP, (73, 29, 15.4), (90, 90)),
    ("burstprop", (100,), BURSTS, (24, 8.5, 7.1), (36, 30)),
    ("shallow", (100, 100), {}, (89, 85, 53), None),
    ("backprop", (100, 100), {}, (12.7, 5.9, 4.0), (0, 0)),
    ("feedback_alignment", (100, 100), {}, (16.8, 8.2, 5.7), (36, 38)),
    ("direct_feedback_alignment", (100, 100), {}, (10.5, 6.2, 4.5), (31, 31)),
    ("sign_symmetric", (100, 100), {}, (23.6, 9.3, 6.3), (20, 19)),
    ("kolen_pollack", (100, 100), {"fade": 1e-4}, (10.9, 5.6, 3.7), (11, 7)),
    ("weight_mirror", (100, 100), {"mirror_rate": 0.16}, (19.7, 6.4, 4.2), (7, 5)),
    ("node_perturbation", (100, 100), NP, (90, None, None), (90, 90)),
]


@pytest.mark.parametrize(("rule", "hidden", "params", "errors", "angles"), TABLE)
def test_the_reference_table_is_met_within_the_noise_of_seeds_and_splits(
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    hidden: tuple[int, ...],
    params: dict[str, float],
    errors: tuple[float | None, ...],
    angles: tuple[float, float] | None,
) -> None:
    seen = over_splits(monkeypatch, rule, hidden, **params)
    percent, turned = 100 * seen["test_error"], seen["update_angle.h1"]
    mean, spread = percent.mean(axis=0), percent.std(axis=0, ddof=1)
    print(
        f"\n{rule} {hidden}: error %",
        *(f"{m:.1f}±{s:.1f}" for m, s in zip(mean, spread, strict=True)),
        end="",
    )
    print("  update angle", *(f"{angle:.0f}" for angle in turned.mean(axis=0)))
    for place, error in enumerate(errors):
        if error is not None:  # a mean of four beside a single run
            wide = rule == "node_perturbation" and EPOCHS[place] == 5
            noise = 1.12 * max(spread[place], NP_SPREAD if wide else 0.4)
            assert mean[place] == pytest.approx(error, abs=3 * noise), EPOCHS[place]
    if angles is not None:
        assert turned.mean(axis=0)[1:] == pytest.approx(angles, abs=5)


def standard(seed: int, images: np.ndarray, labels: np.ndarray) -> tuple[Examples, Examples]:
    """The same split with pixels of about mean 0 and standard deviation 1, as was published."""
    x = (images.astype(np.float32) / 255 - 0.131) / 0.308
    rows = Streams(seed).fresh("another split").permutation(len(images))
    first, last = (Examples(x[part], 10, labels[part]) for part in (rows[:8000], rows[8000:]))
    return first, last


def test_with_published_pixels_fixed_feedback_of_bursts_comes_into_line_as_in_science(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In science.md, of one run: weight angle from 75 to 59 degrees, update angle 71, 36, 30."""
    monkeypatch.setattr("tests.rules.test_mnist.split_by", standard)
    seen = over_splits(monkeypatch, "burstprop", (100,), **BURSTS)
    error, weight, update = (
        seen[name].mean(axis=0) for name in ("test_error", "weight_angle.W2", "update_angle.h1")
    )
    print("\nburstprop, published pixels:", error, weight.round(1), update.round(1))
    assert error == pytest.approx([0.24, 0.085, 0.071], abs=0.02)
    assert weight[[0, 2]] == pytest.approx([75, 59], abs=5)
    assert update[1:] == pytest.approx([36, 30], abs=5)


DEEP = (784, 500, 500, 500, 10)


def deep(rule: str, rate: float, **options: Any) -> dict[str, float]:
    """What five epochs of all images come to through three hidden layers of 500 sigmoids."""
    spec = make_spec(
        DEEP, rule, "mnist", hidden="sigmoid", output="sigmoid", loss="squared_error", batch=32,
        learning_rate=rate, record={"every": 1875, "test_every": 1875}, **options,
    )  # fmt: skip
    experiment = build(spec)
    experiment.advance(5, Phase.EPOCH)
    return experiment.measure()


def test_bursts_with_learned_feedback_keep_up_with_backprop_through_three_hidden_layers() -> None:
    """6.4 %, with recurrent input 5.2 %, and 6.3 % by backprop; published, in the end, 1.1 % each.

    Squared error through four layers of sigmoids starts slowly. Of backprop the best of nine pairs
    of rate (0.1 to 2) and scale (1 to 3.6, the published one) is taken, without momentum, with
    which it stays on its plateau.
    """
    exact = deep("backprop", 0.5, weights={"scale": 3.6})
    found = {
        recurrent: deep("burstprop", 0.1, feedback_learning="learned", recurrent=recurrent)
        for recurrent in (False, True)
    }
    for recurrent, burst in found.items():
        print(f"\nbursts, recurrent input {recurrent}: {burst['test_error']:.2%}", end="")
        assert burst["test_error"] < exact["test_error"] + 0.01
    print(f", backprop {exact['test_error']:.2%}")
    assert found[True]["linear_distance.h1"] < 0.6 * found[False]["linear_distance.h1"]


def test_deep_node_perturbation_fails_where_error_carrying_rules_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = over_splits(monkeypatch, "node_perturbation", (100, 100), **NP)
    assert seen["test_error"][:, 2].mean() > 0.5


def test_kolen_pollacks_weight_angle_is_below_15_degrees_at_epoch_5_and_10_at_epoch_20(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    angles = over_splits(monkeypatch, "kolen_pollack", (100,), fade=1e-4)["weight_angle.W2"]
    print("\nKolen-Pollack, weight angle after 1, 5, 20 epochs:", angles.mean(axis=0).round(1))
    assert angles[:, 1].max() < 16
    assert angles[:, 2].max() < 10


def test_half_of_the_weights_and_of_the_feedback_are_nearly_enough() -> None:
    """2.24 and 2.46 % after ten epochs of all images; in the paper 2.1 and 2.4 %."""
    half = {"weights": {"sparsity": 0.5}, "feedback_sparsity": 0.5}
    found = [full("feedback_alignment", 0.1, epochs=10, **options) for options in ({}, half)]
    errors = [experiment.channels["test_error"].last for experiment in found]
    print(f"\nfeedback alignment: {errors[0]:.2%}, with half of W and of B {errors[1]:.2%}")
    assert errors[1] < 0.03
    assert errors[1] < errors[0] + 0.006


def test_a_weight_mirror_stays_within_ten_degrees_and_a_point_of_backprop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mirror = over_splits(monkeypatch, "weight_mirror", (100,), mirror_rate=0.16)
    exact = over_splits(monkeypatch, "backprop", (100,))
    assert (mirror["update_angle.h1"][:, 1:] < 10).all()
    gap = mirror["test_error"].mean(axis=0) - exact["test_error"].mean(axis=0)
    assert (gap[1:] < 0.01).all()


TEACHER = {"feedback_distribution": "uniform", "feedback_scale": 1.0, "feedback_relative": False}


def taught(rule: str, hidden: tuple[int, ...], examples: int = 400_000) -> float:
    """The held-out normalised error on the nonlinear teacher after so many examples."""
    task = {"key": "nonlinear_teacher", "gain": 1.5, "examples": examples}
    feedback = TEACHER if rule == "feedback_alignment" else {}
    spec = make_spec(
        (30, *hidden, 10), rule, task, output="linear", loss="squared_error", batch=10,
        learning_rate=0.1, record={"every": 10_000, "test_every": 10_000}, **feedback,
    )  # fmt: skip
    experiment = build(spec)
    experiment.advance(1, Phase.EPOCH)
    return experiment.measure()["test_nse"]


def test_on_the_nonlinear_teacher_two_hidden_layers_beat_one_and_one_beats_none() -> None:
    found = {}
    for rule in ("backprop", "feedback_alignment"):
        found[rule] = taught(rule, (20,)), taught(rule, (20, 10))
        assert found[rule][1] < 0.5 * found[rule][0]
    shallow = taught("shallow", (20,))
    print(f"\nnonlinear teacher, one and two hidden layers: {found}, shallow {shallow:.3f}")
    assert shallow > 3 * max(one for one, _ in found.values())
    assert found["feedback_alignment"][0] < 3 * found["backprop"][0]
    assert found["feedback_alignment"][1] < 3e-3, "as the paper's 0.9e-3, within three times"
