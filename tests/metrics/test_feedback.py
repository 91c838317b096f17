"""How alike W and B are: the length of their difference, their signs, and single weights."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build

from ..specs import digits_spec, make_spec


def aligned(difference: float) -> Experiment:
    """A network whose B2 is W2-transposed but for noise of that standard deviation."""
    experiment = build(digits_spec())
    noise = np.random.default_rng(1).standard_normal(experiment.net["B2.w"].shape)
    experiment.net["B2.w"][...] = experiment.net["W2.w"].T + difference * noise
    return experiment


def test_the_difference_is_the_length_of_w_minus_b_transposed() -> None:
    experiment = build(digits_spec(hidden_sizes=(20, 15)), dtype=np.float64)
    experiment.advance(20)
    found = experiment.measure()
    for w, b in (("W2", "B2"), ("W3", "B3")):
        gap = experiment.net[f"{w}.w"] - experiment.net[f"{b}.w"].T
        assert found[f"weight_difference.{w}"] == pytest.approx(np.sqrt((gap**2).sum()))


@pytest.mark.parametrize("size", [1e-2, 1e-4, 1e-6])
def test_a_millionth_of_the_weights_is_still_seen_as_a_difference(size: float) -> None:
    experiment = aligned(size)
    exact = experiment.net["W2.w"].astype(float) - experiment.net["B2.w"].T.astype(float)
    measured = experiment.measure()["weight_difference.W2"]
    assert measured == pytest.approx(np.linalg.norm(exact), rel=1e-5)
    assert measured == pytest.approx(size * np.sqrt(300), rel=0.1)


def test_a_difference_that_fades_by_a_fraction_is_a_straight_line_on_a_log_axis() -> None:
    experiment = build(digits_spec())
    lengths = []
    for _ in range(5):
        lengths.append(experiment.measure()["weight_difference.W2"])
        shared = np.random.default_rng(2).standard_normal((10, 30)).astype(np.float32)
        for name, step in (("W2", shared), ("B2", shared.T)):  # Kolen-Pollack's step
            experiment.net[f"{name}.w"][...] = 0.9 * experiment.net[f"{name}.w"] + 0.1 * step
    assert np.diff(np.log(lengths)) == pytest.approx([np.log(0.9)] * 4, rel=1e-3)


def test_signs_agree_wholly_with_the_transpose_and_nowhere_once_flipped() -> None:
    experiment = aligned(0)
    assert experiment.measure()["sign_agreement.W2"] == 100
    experiment.net["B2.w"][...] *= -1
    assert experiment.measure()["sign_agreement.W2"] == 0


def test_signs_of_random_matrices_agree_by_half() -> None:
    found = build(digits_spec(hidden_sizes=(200,))).measure()["sign_agreement.W2"]
    assert found == pytest.approx(50, abs=3)


def test_removed_entries_count_neither_way() -> None:
    experiment = aligned(0)
    experiment.net["B2.w"][:15] = 0
    experiment.net["B2.w"][15:20] *= -1
    assert experiment.measure()["sign_agreement.W2"] == pytest.approx(100 * 10 / 15)
    experiment.net["B2.w"][...] = 0
    assert np.isnan(experiment.measure()["sign_agreement.W2"])


def names(sizes: tuple[int, ...]) -> list[str]:
    spec = make_spec(
        sizes, "feedback_alignment",
        {"key": "linear_teacher", "inputs": sizes[0], "outputs": sizes[-1]},
        output="linear", loss="squared_error",
    )  # fmt: skip
    return [name for name in build(spec).channels if name.startswith("weight_value")]


def test_every_weight_of_a_network_with_few_is_recorded() -> None:
    assert names((1, 1, 1)) == ["weight_value.W1", "weight_value.W2", "weight_value.B2"]
    assert "weight_value.W1_1_0" in names((2, 2, 2))
    assert names((2, 3, 1)) == []


def test_a_recorded_weight_is_the_one_at_its_address() -> None:
    spec = make_spec((2, 2, 1), "feedback_alignment", "xor", output="sigmoid")
    experiment = build(spec)
    experiment.advance(10)
    found = experiment.measure()
    assert found["weight_value.W1_1_0"] == experiment.net["W1.w"][1, 0]
    assert found["weight_value.B2_0_0"] == experiment.net["B2.w"][0, 0]
