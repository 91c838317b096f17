"""The numbers behind a figure."""

from __future__ import annotations

import csv
import io

import numpy as np

from bioviz.figures.spec import Axes, Axis, ColourBar, Dots, FigureSpec, Line, Picture, Table
from bioviz.figures.table import figure_csv

X = np.array([0.0, 1.0, 2.0])


def rows(*parts: Axes, facts: dict[str, str] | None = None) -> list[list[str]]:
    return list(csv.reader(io.StringIO(figure_csv(FigureSpec("", parts, facts=facts or {})))))


def test_curves_are_columns_beside_one_x_where_they_share_it() -> None:
    other = np.array([0.0, 4.0])
    lines = (Line(X, X / 3, "a"), Line(X, X * 2, "b"), Line(other, other, "c"))
    found = rows(Axes(lines, Axis("Trials"), Axis("Error", "%")))
    assert found[0] == ["Trials", "a", "b", "Trials of c", "c"]
    assert found[2] == ["1", repr(1 / 3), "2", "4", "4"]
    assert found[3] == ["2", repr(2 / 3), "4", "", ""]


def test_a_picture_is_a_matrix_under_its_name() -> None:
    found = rows(Axes((Picture(np.array([[1.0, np.nan], [0.5, 2.0]])),), bar=ColourBar("W2")))
    assert found == [["W2"], ["1", ""], ["0.5", "2"]]


def test_what_made_the_figure_comes_first_and_no_cell_is_a_formula() -> None:
    part = Axes((Dots(X, -X, "=cmd"),), Axis("x"), events=((1.0, "+1 unit"),))
    found = rows(part, facts={"rule": "@rule"})
    assert found[0] == ["rule", "'@rule"]
    assert ["x", "'=cmd"] in found
    assert ["1", "-1"] in found  # a number stays a number
    assert ["1", "'+1 unit"] in found


def test_a_table_gives_its_exact_numbers() -> None:
    table = Table(("", "Last value"), (("Error (%)", "3.33"),), (("test_error", "0.0333"),))
    assert rows(Axes((table,), bare=True))[1] == ["test_error", "0.0333"]
