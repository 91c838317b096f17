"""How values are spread, as step lines."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .colour import Colour
from .plot import CurvePlot


class HistogramView(QWidget):
    """Counts over bins, as step lines, one for each name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = CurvePlot()
        self.plot.set_empty_text("Nothing to count yet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)

    def set_labels(self, x: str, y: str = "count", x_unit: str = "", y_unit: str = "") -> None:
        """Name both axes."""
        self.plot.set_labels(x, y, x_unit, y_unit)

    def show_counts(
        self,
        counts: Mapping[str, tuple[np.ndarray, np.ndarray]],
        labels: Mapping[str, str] | None = None,
        colours: Mapping[str, Colour] | None = None,
    ) -> None:
        """Draw each name's (counts (n,), edges (n + 1,)); names that are gone are taken away."""
        for key in set(self.plot.keys()) - set(counts):
            self.plot.remove_curve(key)
        for key, (height, edges) in counts.items():
            x = np.repeat(edges, 2)
            y = np.concatenate([[0.0], np.repeat(height, 2), [0.0]])
            label, colour = (labels or {}).get(key, key), (colours or {}).get(key)
            self.plot.set_curve(key, x, y, label=label, colour=colour)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)
