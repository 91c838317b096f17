"""Axes and what they show: round numbers, and ranges that seldom change."""

from __future__ import annotations

import numpy as np

from bioviz.figures.span import Span
from bioviz.ui.axis import Axis


def test_a_range_grows_in_round_steps_and_seldom():
    span = Span()
    seen = set()
    for high in range(1, 2000):
        span.fit(0, high)
        seen.add((span.low, span.high))
        assert span.low <= 0
        assert span.high >= high
    assert len(seen) < 50


def test_one_point_at_the_beginning_shows_nothing_before_it():
    span = Span()
    span.fit(0, 0)
    assert span.low == 0
    assert span.high > 0


def test_round_ticks_reach_both_ends(qapp):
    axis = Axis("bottom")
    [(step, values)] = axis.tickValues(0, 1000, 500)
    assert step == 200
    assert values[0] == 0
    assert values[-1] == 1000
    assert axis.tickStrings([0, 20000], 1.0, 20000) == ["0", "20\u2009000"]


def test_what_is_not_positive_lies_nowhere_on_a_logarithmic_axis():
    span = Span(log=True)
    assert span.at(100) == 2
    assert np.isnan(span.at(0))
    np.testing.assert_array_equal(span.scale(np.array([10.0, -1, np.nan])), [1, np.nan, np.nan])


def test_a_logarithmic_axis_within_a_decade_has_round_numbers_all_along(qapp):
    axis = Axis("left")
    axis.setLogMode(x=False, y=True)
    for low, high in ((3, 8), (0.0021, 0.0023), (4e-7, 9e-7)):
        [(_, values)] = axis.tickValues(np.log10(low), np.log10(high), 200)
        assert 3 <= len(values) <= 11
        assert low * 0.999 <= 10 ** values[0] < 10 ** values[-1] <= high * 1.001
    assert axis.tickStrings(list(np.log10([0.0021, 0.00215])), 1.0, 1.0) == ["0.0021", "0.00215"]


def test_a_name_longer_than_its_axis_is_cut_short_with_a_sign_and_comes_back(qapp):
    axis = Axis("left")
    axis.setLabel("Answer by example &lt;Hz&gt;")
    whole = axis.label.toPlainText().strip()
    assert whole == "Answer by example <Hz>"
    for room, cut in ((60, True), (600, False)):
        axis.resize(40, room)
        shown = axis.label.toPlainText().strip()
        assert (shown != whole) == cut
        assert shown.endswith("…") == cut
        assert axis.label.boundingRect().width() < room + 8
    assert axis.labelText == "Answer by example &lt;Hz&gt;"
