"""The weights panel's other two pages: receptive-field tiles, and how the values are spread."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.catalogue import ExperimentEntry
from ..core.request import Histogram, Tiles
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.weight_source import MOST_TILES, Source, histograms
from ..ui.histogram import HistogramView
from ..ui.levels import Levels
from ..ui.tile import TileView


class WeightTiles(QWidget):
    """The weights into each unit as a picture of what it looks for."""

    def __init__(self) -> None:
        super().__init__()
        self._request: Tiles | None = None
        self._words = ""
        self._unit: int | None = None
        self.view = TileView()
        self.view.noun = "unit"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.hovered.connect(self._say)

    def show_source(self, source: Source, levels: Levels, image: tuple[int, int] | None) -> None:
        """Show another matrix, on its own colour levels."""
        self._request = source.tiles(image) if image else None
        shown, units = min(MOST_TILES, source.shape[0]), source.shape[0]
        part = f"the first {shown} of {units}" if shown < units else f"all {units}"
        self._words = f"{source.label}: weights into {part} units of {source.rows}"
        self.view.levels = levels
        self.view.set_bar_title(source.label)
        self._say(-1)

    def frame(self, unit: int | None) -> None:
        """Frame the tile of a picked unit."""
        self._unit = unit

    def wanted(self) -> Wanted:
        return NOTHING if self._request is None else frozenset({self._request})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        stack = snapshot.get(self._request) if self._request else None
        if stack is not None:
            frames = ["accent" if place == self._unit else None for place in range(len(stack))]
            self.view.show_tiles(stack, frames=frames)

    def _say(self, place: int) -> None:
        """Say how many of the units are shown, while the mouse is on none of them."""
        if place < 0:
            self.view.set_readout(self._words)


class WeightHistogram(QWidget):
    """How many weights have which value: W and B together."""

    def __init__(self) -> None:
        super().__init__()
        self._requests: dict[str, Histogram] = {}
        self.view = HistogramView()
        self.view.set_labels("Weight", "Count")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def show_source(self, source: Source, entry: ExperimentEntry) -> None:
        """Count another matrix."""
        self._requests = histograms(entry, source)
        self.view.set_labels("Change" if source.key == "dw" else "Weight", "Count")

    def wanted(self) -> Wanted:
        return frozenset(self._requests.values())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        replies = {name: snapshot.get(request) for name, request in self._requests.items()}
        if all(reply is not None for reply in replies.values()):
            self.view.show_counts({n: (r.counts, r.edges) for n, r in replies.items() if r})
