"""The bursts panel's other page: how burst probabilities are spread, beside where credit gets by.

The slope of a sigmoid is p (1 - p). Between 0.34 and 0.66 it is at least nine tenths of its most.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.request import Histogram, HistogramReply
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.burst_words import BINS, ZONE, say_spread
from ..figures.lanes import Lane
from ..ui.histogram import HistogramView
from ..ui.label import Elided

LEAST, TALL = 90, 150  # pixels of height: the least, and from which there is room for words


class BurstSpread(QWidget):
    """How many units, in how many examples, have which expected burst probability."""

    def __init__(self) -> None:
        super().__init__()
        self._requests: dict[str, Histogram] = {}  # by layer
        self._colours: dict[str, int] = {}
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(8, 0, 8, 0)
        self.setMinimumHeight(LEAST)
        self.view = HistogramView()
        self.view.set_labels("Expected burst probability P̄", "Share", y_unit="%")
        self.view.plot.set_empty_text("Press play: burst probabilities are counted here.")
        self.view.plot.set_band("zone", *ZONE, colour="good", upright=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self.view, 1)

    def start(self, lane: Lane, colours: dict[str, int]) -> None:
        """Count the hidden layers of another experiment."""
        self._colours = colours
        self._requests = {
            layer.name: Histogram(f"{layer.name}.burst_expected", BINS, lane.index, (0.0, 1.0))
            for layer in lane.entry.layers[1:-1]
            if any(variable.name == "burst_expected" for variable in layer.variables)
        }
        self.view.show_counts({})
        self._words.setText(" ")

    def wanted(self) -> Wanted:
        return frozenset(self._requests.values()) if self._requests else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        found = {name: snapshot.get(request) for name, request in self._requests.items()}
        replies: dict[str, HistogramReply] = {name: r for name, r in found.items() if r is not None}
        counted = {name: r for name, r in replies.items() if r.counts.sum()}
        shares = {name: (100 * r.counts / r.counts.sum(), r.edges) for name, r in counted.items()}
        self.view.show_counts(shares, colours=self._colours)
        self._words.setText(say_spread(counted))

    def set_live(self, live: bool) -> None:
        self.view.plot.set_live(live)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(event.size().height() >= TALL)
