"""Curves: gaps, smoothing, and what is told of one sample."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.figures.smooth import smooth
from bioviz.figures.span import Span
from bioviz.ui.curve import Curve
from bioviz.ui.legend import Entry


@pytest.fixture
def curve(qtbot):
    entry = Entry("loss")
    qtbot.addWidget(entry)
    return Curve(entry, 0, x=np.arange(0.0, 10, 2), y=np.array([1, np.nan, 2, 3, 5.0]))


def test_smoothing_bridges_a_gap_and_leaves_it_a_gap():
    out = smooth(np.array([1.0, np.nan, 3.0]), 0.5)
    assert out[0] == 1.0
    assert np.isnan(out[1])
    assert out[2] == 2.0


def test_a_long_curve_is_drawn_thin_and_keeps_its_peak(curve):
    curve.x, curve.y = np.arange(100_001.0), np.zeros(100_001)
    curve.y[77_777] = 5.0
    curve.draw(Span(), 0.0)
    assert len(curve.line.xData) < 4100
    assert curve.line.yData.max() == 5.0
    assert curve.box == (0, 100_000, 0, 5)


def test_smoothing_leaves_a_hard_curve_alone(curve):
    curve.soft = False
    curve.draw(Span(), 0.9)
    assert not curve.ghost.isVisible()
    np.testing.assert_array_equal(curve.line.yData, curve.y)


def test_the_nearest_sample_and_the_last_value_are_told(curve):
    assert [curve.nearest(x) for x in (-5, 2.9, 99)] == [0, 2, 8]
    assert curve.sample(-1) is None
    assert curve.sample(4) == (2, True)
    assert curve.sample(7) == (3, False)
