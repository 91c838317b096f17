"""Nothing keeps a view alive once it is closed: no signal, no cache, no theme."""

from __future__ import annotations

import gc
import weakref
from typing import Literal

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from bioviz.core.parameter import Part, parameter
from bioviz.ui.form import Form
from bioviz.ui.histogram import HistogramView
from bioviz.ui.label import Empty, Section
from bioviz.ui.matrix import MatrixView
from bioviz.ui.plot import CurvePlot
from bioviz.ui.problem import ProblemBar
from bioviz.ui.tile import TileView


class Inner(Part):
    scale: float = parameter(1.0, "Scale.")


class Sample(Part):
    rate: float = parameter(0.05, "Rate.", gt=0)
    units: int = parameter(10, "Units.", ge=1, le=1000)
    stop: float | None = parameter(None, "Stop.", advanced=True)
    mode: Literal["slow", "fast"] = parameter("slow", "Mode.")
    inner: Inner = Inner()


def _plot():
    plot = CurvePlot()
    plot.set_curve("a", np.arange(3.0), np.arange(3.0))
    plot.set_line("random", 90, "random")
    plot.set_markers([(1.0, "rate halved")])
    return plot


VIEWS = {
    "plot": _plot,
    "matrix": MatrixView,
    "tiles": TileView,
    "histogram": HistogramView,
    "form": lambda: Form(Sample()),
    "problem": ProblemBar,
    "section": lambda: Section("More"),
    "empty": lambda: Empty("error", "Nothing here."),
}


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_a_view_is_freed(qapp, make):
    view = make()
    view.show()
    gone = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
