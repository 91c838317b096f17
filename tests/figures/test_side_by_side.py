"""Several figures on one page: every axes keeps its share, and its figure's title."""

from __future__ import annotations

import numpy as np

from bioviz.figures.draw import draw
from bioviz.figures.preset import PRESETS
from bioviz.figures.side_by_side import side_by_side
from bioviz.figures.spec import Axes, Axis, ColourBar, FigureSpec, Line, Picture


def figure(title: str, rows: int) -> FigureSpec:
    line = Line(np.arange(3.0), np.arange(3.0))
    axes = tuple(Axes((line,), Axis("x"), place=(row, 0)) for row in range(rows))
    return FigureSpec(title, axes, (1.0,) * rows, share_x=True)


def shares(spec: FigureSpec, part: Axes) -> tuple[float, float]:
    """Which parts of the page's height and width some axes have."""
    (row, col), (down, right) = part.place, part.span
    high = sum(spec.heights[row : row + down]) / sum(spec.heights)
    return high, sum(spec.widths[col : col + right]) / sum(spec.widths)


def test_rows_of_different_heights_keep_their_shares() -> None:
    page = side_by_side([figure("one", 2), figure("two", 3)])
    found = [shares(page, part) for part in page.axes]
    assert np.allclose(found, [(1 / 2, 1 / 2)] * 2 + [(1 / 3, 1 / 2)] * 3)


def test_titles_stand_above_the_first_axes_of_each() -> None:
    page = side_by_side([figure("one", 2), figure("two", 1)], title="Trial 5")
    assert page.title == "Trial 5"
    assert [part.title for part in page.axes] == ["one", "", "two"]


def test_only_the_lowest_axes_of_shared_ones_have_numbers() -> None:
    page = side_by_side([figure("one", 2)])
    assert [part.x.ticks for part in page.axes] == [(), None]


def test_of_three_the_first_has_all_the_width() -> None:
    page = side_by_side([figure("one", 1), figure("two", 1), figure("three", 1)])
    found = [shares(page, part) for part in page.axes]
    assert np.allclose(found, [(1 / 2, 1), (1 / 2, 1 / 2), (1 / 2, 1 / 2)])


def test_a_square_map_with_its_colour_bar_stands_where_the_axes_above_it_begin() -> None:
    map_ = Axes((Picture(np.eye(4)),), bar=ColourBar("W1"), equal=True)
    pages = [figure(title, 1) for title in ("one", "two", "three")]
    page = side_by_side([*pages, FigureSpec("map", (map_,))])
    above, below = (draw(page, PRESETS["slide"]).axes[place].get_position() for place in (1, 3))
    assert below.x0 == above.x0
    assert below.width < above.width / 2, "it is high, not wide"
