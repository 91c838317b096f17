"""Tables as text: exact numbers, and nothing that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io
import math

import pytest

from bioviz.core.table import harmless, table_text


@pytest.mark.parametrize("value", [0.1, 1 / 3, -2.5e-300, 1e22, 3.0, -7.0, 2.0**53, math.inf])
def test_a_number_comes_back_to_the_last_bit(value: float) -> None:
    text = table_text(["trial"], [[value]])
    assert float(text.splitlines()[1]) == value


def test_whole_numbers_have_no_point_and_missing_ones_no_text() -> None:
    assert table_text(["a", "b", "c"], [[3.0, math.nan, -0.5]]) == "a,b,c\n3,,-0.5\n"


def test_tabs_part_the_cells_of_the_clipboard() -> None:
    assert table_text((), [[1.0, 2.0], [3.0, 4.5]], "\t") == "1\t2\n3\t4.5\n"


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@sum", '=HYPERLINK("http://a","b")'])
def test_names_that_look_like_formulas_are_made_harmless(text: str) -> None:
    [row] = csv.reader(io.StringIO(table_text([text], [])))
    assert row == [f"'{text}"] == [harmless(text)]


def test_other_names_stay_as_they_are() -> None:
    assert harmless("weight_angle.W2") == "weight_angle.W2"
