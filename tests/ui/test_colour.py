"""Colours: maps that mean the same everywhere, and names for all others."""

from __future__ import annotations

import pytest

from bioviz.ui import theme
from bioviz.ui.colour import lookup, paint


def test_positive_is_warm_and_negative_is_cold_in_both_themes():
    for look in (theme.LIGHT, theme.DARK):
        table = lookup("diverging", look).astype(int)
        assert table.shape == (256, 4)
        low, high = table[64], table[192]
        assert low[2] > low[0]
        assert high[0] > high[2]


def test_a_colour_map_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        lookup("sequential")[0] = 0


def test_a_colour_is_a_series_a_token_or_itself():
    assert paint(1, theme.LIGHT).name() == theme.LIGHT.series[1]
    assert paint(9, theme.LIGHT).name() == theme.LIGHT.series[1]  # they begin again
    assert paint("good", theme.DARK).name() == theme.DARK.good
    assert paint("#102030", theme.DARK).name() == "#102030"
