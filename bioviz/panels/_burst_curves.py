"""The bursts panel's curves: what of each layer's bursts is drawn, and over what.

Here they are recorded channels over trials; a network whose spikes are seen in time has curves of
its own over seconds, in `_burst_times`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.request import Markers
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.burst_choice import channels_of, layer_colours
from ..figures.burst_words import MARKS, QUANTITIES, TOGETHER, Quantity
from ..figures.lanes import Lane
from ._timeline import Timeline, curve, key_of

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

LEAST = 100  # pixels of height: three plots must not keep a panel from becoming small


class BurstCurves(QWidget):
    """Up to three plots below each other, one a quantity, one colour a layer."""

    def __init__(self) -> None:
        super().__init__()
        self._lane: Lane | None = None
        self._shown: tuple[str, ...] = ()
        self.plots = [Timeline() for _ in TOGETHER]
        self.setMinimumHeight(LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for plot in self.plots:
            plot.set_empty_text("Press play: the curves grow here.")
            column.addWidget(plot, 1)

    def start(self, lane: Lane) -> None:
        """Begin with another experiment."""
        self._lane, self._shown = lane, ()
        for plot in self.plots:
            plot.start(lane.entry.epoch_trials)

    def show_quantities(self, keys: tuple[str, ...]) -> None:
        """Show these quantities, a plot each."""
        if keys == self._shown:
            return
        self._shown = keys
        for place, plot in enumerate(self.plots):
            plot.setVisible(place < len(keys))
        for plot, key in zip(self.plots, keys, strict=False):
            plot.set_quantity(QUANTITIES[key].axis)
        self._name_time()

    def set_unit(self, unit: str) -> None:
        for plot in self.plots:
            plot.set_unit(unit)
        self._name_time()

    def _name_time(self) -> None:
        """Name the time axis once, below the lowest plot."""
        for place, plot in enumerate(self.plots, 1):
            plot.item.getAxis("bottom").showLabel(place == len(self._shown))

    def set_live(self, live: bool) -> None:
        for plot in self.plots:
            plot.set_live(live)

    def wanted(self) -> Wanted:
        if self._lane is None:
            return NOTHING
        found = {
            curve(info.name, self._lane.index) for key in self._shown for info in self._of(key)
        }
        return frozenset({Markers(), *found}) if found else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        for plot, key in zip(self.plots, self._shown, strict=False):
            found = self._of(key)
            plot.set_order([key_of(info.name, self._lane) for info in found])
            for info in found:
                self._draw(plot, QUANTITIES[key], info, snapshot)
            plot.draw_markers(snapshot)

    def _draw(
        self, plot: Timeline, quantity: Quantity, info: ChannelInfo, snapshot: Snapshot
    ) -> None:
        plot.draw(
            info.name,
            snapshot,
            label=info.about + MARKS.get(info.metric, ""),
            colour=self.colours().get(info.about, 0),
            style=quantity.strokes[info.metric],
            tip=f"{info.label}: {info.help}",
            lane=self._lane,
        )

    def colours(self) -> dict[str, int]:
        """A colour for each layer above the input, by name."""
        return layer_colours(self._lane.entry) if self._lane else {}

    def _of(self, key: str) -> list[ChannelInfo]:
        """The channels of a quantity, those of a layer together."""
        return channels_of(self._lane.entry, key) if self._lane else []
