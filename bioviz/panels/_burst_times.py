"""The bursts panel's curves over seconds, of networks whose spikes are seen in time."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.request_bursts import BurstsReply
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.burst_choice import pools_of, teacher_of
from ..figures.burst_record import BurstRecord
from ..figures.burst_words import EVERY, TURN, WINDOW
from ..figures.lanes import Lane
from ..ui.label import Elided
from ..ui.word import number
from ._burst_curves import LEAST
from ._burst_plot import BurstPlot

NAMED, WORDED = 150, 230  # pixels of height from which time has a name, and there are words
MOST = 4  # plots below each other


class BurstTimes(QWidget):
    """Up to four plots below each other, one a quantity, over the last WINDOW seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._lane: Lane | None = None
        self._record = BurstRecord(0)
        self._layer = EVERY
        self._shown: tuple[str, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(8, 0, 8, 0)
        self.plots = [BurstPlot() for _ in range(MOST)]
        self.setMinimumHeight(LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._words)
        for plot in self.plots:
            self._column.addWidget(plot, 3)

    def _connect(self) -> None:
        self.plots[0].visibility_changed.connect(self._follow_names)

    # What is shown --------------------------------------------------------------------------

    def start(self, lane: Lane) -> None:
        """Begin with another experiment."""
        self._lane, self._record = lane, BurstRecord(lane.index)
        self._begin()

    def show_layer(self, layer: str) -> None:
        """Show one layer's pools, or those of every layer above the input."""
        if layer != self._layer:
            self._layer = layer
            self._begin()

    def show_quantities(self, keys: tuple[str, ...]) -> None:
        """Show these quantities, a plot each."""
        if keys != self._shown:
            self._shown = keys
            for place, plot in enumerate(self.plots):
                plot.setVisible(place < len(keys))
            self._begin()

    def set_live(self, live: bool) -> None:
        for plot in self.plots:
            plot.set_live(live)

    def _begin(self) -> None:
        """Draw everything anew."""
        for plot, key in zip(self.plots, self._shown, strict=False):
            plot.start(key)
            self._column.setStretchFactor(plot, 2 if key == "teacher" else 3)
        self._name()
        self._draw()

    def _name(self) -> None:
        """Name pools above the first plot and time below the last, where there is room."""
        for place, plot in enumerate(self.plots[: len(self._shown)], 1):
            plot.name_curves(place == 1)
            plot.number_time(place == len(self._shown), named=self.height() >= NAMED)

    # Asking and drawing ---------------------------------------------------------------------

    def wanted(self) -> Wanted:
        return NOTHING if self._lane is None else frozenset({self._record.wanted()})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reply: BurstsReply | None = snapshot.get(self._record.wanted())
        if reply is not None and self._record.take(reply):
            self._draw()

    def _draw(self) -> None:
        end = max(TURN, TURN * ceil(self._record.now / TURN - 1e-9))
        start = max(0, end - WINDOW)
        view = self._record.since(start)
        if view is None or self._lane is None:
            self._words.setText(" ")
            return
        times, taught = view.times(), view.teaching()
        lines = pools_of(self._lane.entry, view, self._layer)
        teacher = teacher_of(self._lane.entry, view, self._layer, lines)
        for place, plot in enumerate(self.plots[: len(self._shown)]):
            plot.draw(times, teacher if plot.quantity == "teacher" else lines)
            plot.name_curves(place == 0)
            plot.set_x_range(start, end)
            plot.shade(taught)
        self._tell()

    def _tell(self) -> None:
        now = f"{number(self._record.now, 6)} s"
        taught = self._lane is not None and self._lane.entry.taught
        shaded = "; shaded: the teacher is there" if taught else ""
        self._words.say(f"{now} of the network's time{shaded}", f"{now}{shaded}", now)

    # Hearing --------------------------------------------------------------------------------

    def _follow_names(self, key: str, shown: bool) -> None:
        """Hide or show a pool in the other plots too."""
        for plot in self.plots[1:]:
            plot.show_pool(key, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(event.size().height() >= WORDED)
        self._name()
