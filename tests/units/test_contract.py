"""What every unit promises: its slope and its pull are the derivatives of its answer."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.registry import UNITS
from bioviz.core.two_compartment import TwoCompartmentUnit

NUDGE = 1e-6
units = pytest.mark.parametrize("key", [key for key, unit in UNITS.items() if not unit.spikes])
spiking = pytest.mark.parametrize("key", [key for key, unit in UNITS.items() if unit.spikes])


def drives(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((6, 5)) * 2


def answered(key: str, drive: np.ndarray) -> np.ndarray:
    return UNITS[key]().answer(drive, np.empty_like(drive))


@units
def test_a_units_slope_is_the_derivative_of_its_own_answer(key: str) -> None:
    drive = drives()
    slope = UNITS[key]().slope(answered(key, drive), np.empty_like(drive))
    for column in range(drive.shape[1]):
        nudged = np.zeros_like(drive)
        nudged[:, column] = NUDGE
        change = answered(key, drive + nudged) - answered(key, drive - nudged)
        np.testing.assert_allclose(slope[:, column], change[:, column] / (2 * NUDGE), atol=1e-7)


@units
def test_pulling_an_error_is_the_product_with_the_transposed_jacobian(key: str) -> None:
    drive = drives()
    error = np.random.default_rng(2).standard_normal(drive.shape)
    rate = answered(key, drive)
    pulled = UNITS[key]().pull(error.copy(), rate, np.empty_like(drive))
    for column in range(drive.shape[1]):
        nudged = np.zeros_like(drive)
        nudged[:, column] = NUDGE
        change = answered(key, drive + nudged) - answered(key, drive - nudged)
        expected = (error * change).sum(axis=1) / (2 * NUDGE)
        np.testing.assert_allclose(pulled[:, column], expected, atol=1e-7)


@units
def test_a_unit_stays_finite_at_extreme_drives(key: str) -> None:
    drive = np.array([[-1e4, -50, 0, 50, 1e4]], np.float32)
    rate = answered(key, drive)
    assert np.isfinite(rate).all()
    assert np.isfinite(UNITS[key]().slope(rate, np.empty_like(rate))).all()


@units
def test_a_unit_says_rightly_whether_its_rate_can_be_negative(key: str) -> None:
    rate = answered(key, drives() - 1)
    assert UNITS[key].signed == bool((rate < 0).any())


@units
def test_a_unit_says_rightly_whether_it_answers_to_its_own_drive_alone(key: str) -> None:
    drive = drives()
    other = drive.copy()
    other[:, 0] += 1
    alone = np.array_equal(answered(key, drive)[:, 1:], answered(key, other)[:, 1:])
    assert UNITS[key].elementwise == alone


@units
def test_a_unit_has_a_title_and_a_line_of_help(key: str) -> None:
    assert UNITS[key].title
    assert UNITS[key].help.endswith(".")


def test_softmax_rates_sum_to_one() -> None:
    np.testing.assert_allclose(answered("softmax", drives()).sum(axis=1), 1)


@units
def test_the_input_arrays_are_left_alone(key: str) -> None:
    drive = drives()
    kept = drive.copy()
    rate = answered(key, drive)
    before = rate.copy()
    UNITS[key]().slope(rate, np.empty_like(rate))
    UNITS[key]().pull(np.ones_like(rate), rate, np.empty_like(rate))
    np.testing.assert_array_equal(drive, kept)
    np.testing.assert_array_equal(rate, before)


@spiking
def test_a_spiking_unit_lives_from_rest_in_place_and_spikes_are_0_or_1(key: str) -> None:
    unit = UNITS[key]()
    names = [variable.name for variable in unit.variables]
    assert {"rate", "spike", "drive"} <= set(names)
    state = {name: np.full((3, 4), np.nan, np.float32) for name in names}
    unit.rest(state)
    arrays = dict(state)
    stream = np.random.default_rng(1)
    spiked, at_once = np.zeros((3, 4)), 0.0
    for drive in (0.0, 30.0, -1e4, 1e4):
        spiked.fill(0)
        at_once = 0.0
        for _ in range(20):
            state["drive"].fill(drive)
            unit.advance(state, 1.0, stream)
            assert set(np.unique(state["spike"])) <= {0, 1}
            spiked += state["spike"]
            at_once += state["spike"].min()
            for name in names:
                assert state[name] is arrays[name]
                assert state[name].dtype == np.float32
                assert np.isfinite(state[name]).all(), name
    assert spiked.min() > 0
    assert at_once > 0 or isinstance(unit, TwoCompartmentUnit)  # which are refractory by chance


@spiking
def test_a_forced_spiking_unit_spikes_and_its_neighbours_do_not(key: str) -> None:
    unit = UNITS[key]()
    state = {variable.name: np.zeros((1, 3), np.float32) for variable in unit.variables}
    unit.rest(state)
    state["drive"].fill(-100.0)
    unit.advance(state, 1.0, np.random.default_rng(1), np.array([[0, 1, 0]], np.float32))
    assert state["spike"][0, 1] == 1
    if key != "spiking_integrator":  # which spikes by chance
        assert state["spike"].sum() == 1


@pytest.mark.parametrize("key", list(UNITS))
def test_a_units_parameters_have_help_and_it_has_a_title(key: str) -> None:
    assert UNITS[key].title
    assert UNITS[key].help.endswith(".")
    for name, field in UNITS[key].Params.model_fields.items():
        assert name not in ("name", "size", "unit"), "a layer's description has these already"
        assert field.description is not None, name
        assert field.description.endswith("."), name
