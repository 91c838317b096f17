"""Levels that do not jump, zero in the middle, NaN never mistaken."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.ui.colour import NAN
from bioviz.ui.levels import Levels, Quantiser


def _array(*values):
    return np.array([values], np.float32)


def test_levels_ignore_what_is_not_finite():
    levels, quantiser = Levels(), Quantiser()
    levels.see(quantiser.peak(_array(np.nan, np.inf, 0.4)))
    assert levels.peak == pytest.approx(0.5)


def test_zero_is_the_middle_and_both_signs_are_as_far_from_it():
    indices = Quantiser().quantise(_array(-1, -0.5, 0, 0.5, 1), "diverging", 1.0).astype(int)
    assert indices.tolist() == [[0, 64, 127, 191, 254]]


def test_not_a_number_has_a_colour_of_its_own():
    quantiser = Quantiser()
    indices = quantiser.quantise(_array(np.nan, np.inf, -np.inf, 9), "diverging", 1.0)
    assert indices.tolist() == [[NAN, 254, 0, 254]]


def test_the_buffer_is_used_again():
    quantiser = Quantiser()
    first = quantiser.quantise(np.ones((5, 7), np.float32), "diverging", 1.0)
    assert quantiser.quantise(np.zeros((5, 7), np.float32), "diverging", 1.0) is first
