"""Histograms: a line for each name."""

from __future__ import annotations

import numpy as np

from bioviz.ui.histogram import HistogramView


def test_a_histogram_drops_the_names_that_are_gone(qtbot):
    view = HistogramView()
    qtbot.addWidget(view)
    counts = np.array([1.0, 2.0]), np.array([0.0, 1.0, 2.0])
    view.show_counts({"W1": counts, "B1": counts})
    view.show_counts({"B1": counts})
    assert view.plot.keys() == ["B1"]
