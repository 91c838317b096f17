"""Round numbers."""

from __future__ import annotations

import pytest

from bioviz.core.decade import round_up


def test_round_numbers_are_one_two_five() -> None:
    assert [round_up(v) for v in (0.013, 1, 1.1, 2.5, 7)] == [0.02, 1, 2, 5, 10]


def test_other_steps_can_be_asked_for() -> None:
    assert [round_up(v, (1.5, 3, 4.5, 9)) for v in (1, 12, 31, 80)] == [1.5, 15, 45, 90]


@pytest.mark.parametrize("value", [0.0, -3.0, float("nan"), float("inf")])
def test_what_has_no_size_is_rounded_up_to_one(value: float) -> None:
    assert round_up(value) == 1
