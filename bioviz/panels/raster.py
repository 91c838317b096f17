"""Raster and voltages: who spikes when, and what happens in single cells and synapses."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.request import Request
from ..core.request_spikes import LONGEST, Raster, RasterReply
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.panels.raster import UNFIT, WINDOWS, is_unit
from ..figures.potentials import Potentials
from ..figures.raster_band import Band
from ..ui.label import Elided, Empty
from ..ui.panel import Panel, Pick
from ..ui.word import number
from ._bar import Choice, Segments, stack_up
from ._raster_view import RasterView, Spot
from ._stretch import Stretch
from ._synapse import SynapseChooser
from ._trace_view import TraceView

ALL = "all layers"
TRACED = ("potentials", "synapse")
VIEWS = {
    "spikes": ("Spikes", "Which unit spikes when"),
    "potentials": (
        "Potentials",
        "The potentials of up to four units, and their thresholds: click units in the raster",
    ),
    "synapse": (
        "Synapse",
        "One synapse: both cells' spikes, what it remembers of them, and its weight",
    ),
}
KEY = "broad orange marks: a burst goes on"
SHORT_KEY = "broad, orange: a burst goes on"
COMING, NONE = "Press play: they are drawn here.", "No unit of this network has a potential."
WIDE = 340  # pixels of width from which controls have names
BOTH = 300  # pixels of height from which both views find room
TITLED = 210  # and from which a view names its axis
NAMES = 0.2  # of the width at most for the names of layers and units
LEAST_NAMES, MOST_NAMES = 48, 96


class RasterPanel(Panel):
    """Spikes of every layer over the last stretch of time, above traces of what is picked."""

    key = "raster"
    title = "Raster and voltages"
    icon = "panel-raster"
    help = (
        "Each mark is a spike: a row a unit, time across, now at the right. Click a unit to see "
        "its potential below, with the threshold it must reach. Dotted lines are new trials. Of a "
        "burst, further spikes are broad and orange. A dendrite's potential v_d is thin and grey."
    )
    period = 0.05

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._wish = {"window": "200", "layers": ALL, "view": "spikes"}
        self.potentials = Potentials()
        self._bands: list[Band] = []
        self._pointing = False  # whether the words are about what is under the mouse
        self._build()
        self._connect()

    def _build(self) -> None:
        self._window = Choice("Time shown", "How much of the time that has gone by is shown")
        self._layers = Choice("Layers", "Which layers' spikes are shown")
        self._view = Segments("View", VIEWS)
        self.synapse = SynapseChooser(self)
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(8, 0, 8, 0)
        self.raster, self.traces = RasterView(), TraceView()
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.setChildrenCollapsible(False)
        self._both.addWidget(self.raster)
        self._both.addWidget(self.traces)
        self._both.setSizes([500, 500])
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._both, 1)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self._nothing)
        controls = [self._window, self._layers, self._view]
        stack_up(self, [*controls, *self.synapse.controls()], self._pages)
        self._offer_windows(1.0)
        self._turn()

    def _connect(self) -> None:
        self._window.chosen.connect(self._choose_window)
        self._layers.chosen.connect(self._choose_layers)
        self._view.chosen.connect(self._choose_view)
        self.synapse.chosen.connect(self.changed)
        self.raster.clicked.connect(self._click)
        self.raster.pointed.connect(self._point)
        self.traces.pointed.connect(self._point_in_traces)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return not self._spiking

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = self._entry = catalogue.first
        self._offer_windows(entry.dt)
        names = [layer.name for layer in entry.layers if layer.spikes]
        self._layers.offer({ALL: ALL.capitalize(), **{name: name for name in names}})
        self._layers.choose(self._wish["layers"])
        self.potentials.start(entry)
        self.traces.empty = COMING if self.potentials.requests(self._ticks) else NONE
        self.synapse.start(entry)
        self._bands = []
        self._turn()

    def wanted(self) -> Wanted:
        if self._entry is None or not self._spiking:
            return NOTHING
        found: set[Request] = {Raster(name, self._ticks) for name in self._shown()}
        if not self.traces.isHidden():
            if self._view.value() == "potentials":
                found |= self.potentials.requests(self._ticks)
            elif (asked := self.synapse.request(self._ticks)) is not None:
                found.add(asked)
        return frozenset(found)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._entry is None or not self._spiking:
            return
        bands = []
        for name in self._shown():
            reply: RasterReply | None = snapshot.get(Raster(name, self._ticks))
            if reply is not None:
                bands.append(Band(name, reply))
        if not bands:
            return
        stretch = Stretch(float(self._window.value()), bands[0].reply.end, self._entry.dt)
        self._bands = bands
        self.raster.marked = self._marked()
        self.raster.show_bands(bands, stretch)
        if not self.traces.isHidden():
            synapse = self._view.value() == "synapse"
            source = self.synapse if synapse else self.potentials
            self.traces.show_tracks(source.tracks(snapshot, self._ticks), stretch)
        if not self._pointing:
            self._words.say(*self._say_present(stretch))

    def set_live(self, live: bool) -> None:
        self.traces.set_live(live)

    def set_pick(self, pick: Pick) -> None:
        if self._entry is None:
            return
        if pick.kind == "unit":
            self.potentials.follow(pick.name, pick.unit)
            self.synapse.choose_unit(pick.name, pick.unit)
        elif pick.kind == "projection":
            self.synapse.choose_path(pick.name)

    def options(self) -> dict[str, Any]:
        return {
            **self._wish,
            "units": [list(unit) for unit in self.potentials.chosen],
            "synapse": list(self.synapse.value()),
        }

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("window") in WINDOWS:
            self._choose_window(str(options["window"]))
        layers = options.get("layers")
        if isinstance(layers, str) and (self._entry is None or self._layers.choose(layers)):
            self._choose_layers(layers)
        if options.get("view") in VIEWS:
            self._wish["view"] = str(options["view"])
        units = options.get("units")
        if isinstance(units, list) and all(map(is_unit, units)):
            self.potentials.put([(name, unit) for name, unit in units])
        synapse = options.get("synapse")
        if isinstance(synapse, list) and len(synapse) == 3 and is_unit(synapse[:2]):
            name, pre, post = synapse
            if name and isinstance(post, int):
                self.synapse.put(name, pre, post)
        self._arrange()

    # What is shown --------------------------------------------------------------------------

    @property
    def _spiking(self) -> list[str]:
        """The layers that spike."""
        return [layer.name for layer in self._entry.layers if layer.spikes] if self._entry else []

    @property
    def _ticks(self) -> int:
        dt = self._entry.dt if self._entry else 1.0
        return min(LONGEST, Stretch(float(self._window.value()), 0, dt).ticks)

    def _shown(self) -> list[str]:
        """The layers whose spikes are drawn."""
        chosen = self._layers.value()
        return [chosen] if chosen in self._spiking else self._spiking

    def _marked(self) -> list[tuple[str, int]]:
        if self.traces.isHidden():
            return []
        if self._view.value() == "potentials":
            return self.potentials.units()
        name, pre, post = self.synapse.value()
        path = self._entry.projection(name) if self._entry else None
        return [(path.pre, pre), (path.post, post)] if path else []

    def _offer_windows(self, dt: float) -> None:
        """Offer stretches of time, as far as they are remembered."""
        known = LONGEST * dt
        why = f"With a tick of {number(dt)} ms, the last {number(known)} ms are remembered."
        barred = {key: why for key in WINDOWS if float(key) > known}
        self._window.offer(WINDOWS, barred)
        within = [key for key in WINDOWS if key not in barred]
        if not self._window.choose(self._wish["window"]) and within:
            self._window.choose(within[-1])

    def _turn(self) -> None:
        """Show the views, or say why there is nothing to see."""
        self._pages.setCurrentIndex(0 if self._spiking else 1)
        self._words.setText(" ")
        self._arrange()

    def _arrange(self) -> None:
        """Show both views where there is room for both, else the one that is chosen."""
        there, both = bool(self._spiking), self.height() >= BOTH
        self._view.show_only(TRACED if both else tuple(VIEWS))
        self._view.choose(self._wish["view"])
        shown, small = self._view.value(), self.width() < WIDE and not both
        raster, traces, synapse = both or shown == "spikes", shown in TRACED, shown == "synapse"
        self._view.setVisible(there)
        self.raster.setVisible(raster)
        self.traces.setVisible(traces)
        self._window.setVisible(there and not (small and synapse))
        self._layers.setVisible(there and raster and len(self._spiking) > 1)
        self.synapse.show_controls(there and synapse, named=not small)
        left = int(min(max(NAMES * self.width(), LEAST_NAMES), MOST_NAMES))
        for view in (self.raster, self.traces):
            view.left, view.titled = left, self.height() >= TITLED
        self.raster.titled = self.raster.titled and not both  # the axis below is its own
        self.changed.emit()

    def _say_present(self, stretch: Stretch) -> tuple[str, ...]:
        """When it is, how often each layer spikes and what marks mean; shorter wordings follow."""
        rates = [f"{band.layer} {_hertz(band.rate())}" for band in self._bands]
        now = f"{number(stretch.end * stretch.dt, 7)} ms"
        spoken = f"{now}; mean rates {', '.join(rates)}"
        if self.raster.isHidden() or all(band.reply.further is None for band in self._bands):
            return (spoken,)
        return f"{spoken}; {KEY}", f"{now}; {KEY}", KEY, SHORT_KEY

    # Hearing --------------------------------------------------------------------------------

    def _choose_window(self, key: str) -> None:
        self._wish["window"] = key
        self._window.choose(key)
        self.changed.emit()

    def _choose_layers(self, key: str) -> None:
        self._wish["layers"] = key
        self._layers.choose(key)
        self.changed.emit()

    def _choose_view(self, key: str) -> None:
        self._wish["view"] = key
        self._arrange()

    def _click(self, layer: str, unit: int) -> None:
        if self._view.value() == "synapse":
            self.synapse.choose_unit(layer, unit)
        elif not self.potentials.pick(layer, unit):
            self._words.setText(f"{layer} {unit} has no potential: its spikes come by themselves.")
        self.picked.emit(Pick("unit", layer, unit))
        self.changed.emit()

    def _point(self, spot: Spot | None) -> None:
        """Say what is under the mouse in the raster."""
        self._pointing = spot is not None
        self._mark(spot[2] if spot else None)
        if spot is None:
            return
        layer, unit, tick = spot
        band = next(band for band in self._bands if band.layer == layer)
        stretch = self.raster.stretch
        count, span = band.count(unit), len(band.reply.spikes) * stretch.dt
        self._words.setText(
            f"{layer} {unit}, {stretch.say(tick)}: {band.say(unit, stretch.end - 1 - tick)}; "
            f"{number(count)} in {number(span, 5)} ms"
        )

    def _point_in_traces(self, tick: int | None) -> None:
        """Say what is under the mouse in the traces."""
        self._pointing = tick is not None
        self._mark(tick)
        if tick is not None:
            when = self.traces.stretch.say(tick)
            self._words.setText(f"{when}: {self.traces.say(tick) or 'not watched yet'}")

    def _mark(self, tick: int | None) -> None:
        """Draw the moment that is pointed at in both views."""
        for view in (self.raster, self.traces):
            view.cursor_tick = tick
            view.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(480, 360)


def _hertz(rate: float) -> str:
    return f"{rate:.3g} Hz"
