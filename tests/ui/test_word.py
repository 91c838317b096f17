"""Words for numbers and names."""

from __future__ import annotations

from bioviz.ui.word import humanise, in_sentence, number, tick, typed


def test_numbers_are_worded_for_people():
    assert number(1e-5) == "10⁻⁵"
    assert number(-2.5e-7) == "−2.5×10⁻⁷"
    assert number(120000) == "120\u2009000"
    assert number(float("nan")) == "no value"
    assert number(float("inf")) == "inf"


def test_a_small_number_is_shown_as_it_would_be_typed():
    assert typed(3e-5) == "3e-5"
    assert typed(0.123456789) == "0.123457"
    assert typed(784) == "784"


def test_a_logarithmic_axis_is_worded_in_powers():
    words = [tick(10.0**power) for power in (-5, -2, 0, 3, 6)]
    assert words == ["10⁻⁵", "0.01", "1", "10³", "10⁶"]
    assert tick(2e6) == "2×10⁶"


def test_names_become_words():
    assert humanise("mirror_rate") == "Mirror rate"
    assert in_sentence("Learning rate") == "learning rate"
    assert in_sentence("MNIST digits") == "MNIST digits"
