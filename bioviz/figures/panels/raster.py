"""The raster and voltages as a figure: who spikes when, above traces of what is followed."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from ...core.request import Request
from ...core.request_spikes import LONGEST, Raster, RasterReply
from ...core.request_timing import Synapse
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..facts import facts_of
from ..panel import PanelFigure
from ..potentials import Potentials
from ..raster_band import Band
from ..spec import Axes, Axis, Colour, Events, FigureSpec, Level, Line, Mark
from ..synapse_track import SynapseTracks, spiking_paths
from ..track import Track
from ..word import number

UNFIT = (
    "No layer of this network spikes. Give layers spiking units, such as Poisson source and Leaky "
    "integrate-and-fire, or open a spiking network from the gallery (Ctrl+G)."
)
NONE_YET = "No spikes yet: play, step or train first."
WINDOWS = {"50": "50 ms", "200": "200 ms", "1000": "1 s", "2000": "2 s"}
TITLE = "Time before now"
BURST = "a burst goes on"
MOST_ONSETS = 30  # trials that are marked; more would be all that is seen
LEAST = 0.35  # of a layer's height, beside what it gets by its size
ROOMY = 4  # rows of the figure, up to which each has its ends in numbers
SEEN = 0.04  # of a layer's height, that a spike takes at the least
SPIKE_TOP = 0.88  # of a track's height, where spikes end


class RasterFigure(PanelFigure):
    """Spikes of every layer over the last stretch of time; potentials or a synapse below."""

    key = "raster"
    title = "Raster and voltages"

    def begin(self) -> None:
        self._entry = self.catalogue.first
        self._spiking = [layer.name for layer in self._entry.layers if layer.spikes]
        self._window = window_of(str(self.options.get("window")), self._entry.dt)
        self._ticks = min(LONGEST, max(1, ceil(self._window / self._entry.dt - 1e-9)))
        self._synapse = self._chosen_synapse() if self.options.get("view") == "synapse" else None
        self._tracks = SynapseTracks()
        self._potentials = Potentials()
        self._potentials.start(self._entry)
        self._potentials.put(units_of(self.options.get("units")))

    def why_not(self) -> str:
        return "" if self._spiking else UNFIT

    def wanted(self) -> Wanted:
        if not self._spiking:
            return NOTHING
        found: set[Request] = {Raster(name, self._ticks) for name in self._layers()}
        if self._synapse is not None:
            return frozenset({*found, self._synapse})
        return frozenset(found | self._potentials.requests(self._ticks))

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        bands = []
        for name in self._layers():
            reply: RasterReply | None = snapshot.get(Raster(name, self._ticks))
            if reply is not None and len(reply.spikes):
                bands.append(Band(name, reply))
        if not bands:
            raise ValueError(NONE_YET)
        tracks = self._traced(snapshot)
        made = self._made(bands, tracks, numbered=len(bands) + len(tracks) <= ROOMY)
        figure = replace(made, facts=facts_of(self.catalogue, snapshot))
        return replace(figure, small=self._made(bands, tracks, numbered=False))

    def _made(self, bands: list[Band], tracks: list[Track], *, numbered: bool) -> FigureSpec:
        """Layers above traces, as high as they are large."""
        axes = [self._band(band, place) for place, band in enumerate(bands)]
        axes += [
            self._track(track, place, numbered=numbered)
            for place, track in enumerate(tracks, len(bands))
        ]
        sizes = np.array([max(1, band.units) ** 0.4 for band in bands])
        heights = LEAST + sizes / sizes.sum() * (1 + 0.4 * len(bands))
        each = max(0.75, float(heights.sum()) / max(1, len(tracks)) * 0.8) if tracks else 0.0
        rows = (*heights.tolist(), *[each] * len(tracks))
        return FigureSpec(self.title, tuple(axes), rows, share_x=True)

    # What is shown --------------------------------------------------------------------------

    def _layers(self) -> list[str]:
        """The layers whose spikes are drawn."""
        chosen = self.options.get("layers")
        return [str(chosen)] if chosen in self._spiking else self._spiking

    def _chosen_synapse(self) -> Synapse | None:
        """The synapse that the panel followed, or the first there is."""
        paths = {path.name: path for path in spiking_paths(self._entry)}
        wish = self.options.get("synapse")
        if isinstance(wish, list) and len(wish) == 3 and wish[0] in paths:
            (last, first), (pre, post) = paths[wish[0]].shape, wish[1:]
            if pre in range(first) and post in range(last):
                return Synapse(str(wish[0]), int(post), int(pre), self._ticks)
        return Synapse(next(iter(paths)), 0, 0, self._ticks) if paths else None

    def _traced(self, snapshot: Snapshot) -> list[Track]:
        """Rows below the raster."""
        if self._synapse is None:
            return self._potentials.tracks(snapshot, self._ticks)
        reply, path = snapshot.get(self._synapse), self._entry.projection(self._synapse.projection)
        if reply is None or path is None:
            return []
        return self._tracks.of(path, self._synapse.pre, self._synapse.post, reply)

    def _marked(self) -> list[tuple[str, int]]:
        """The units of which there are traces, in the order of the traces' colours."""
        if self._synapse is None:
            return self._potentials.units()
        path = self._entry.projection(self._synapse.projection)
        return [(path.pre, self._synapse.pre), (path.post, self._synapse.post)] if path else []

    @property
    def _time(self) -> Axis:
        return Axis(TITLE, "ms", -self._window, 0.0)

    # Drawing --------------------------------------------------------------------------------

    def _band(self, band: Band, place: int) -> Axes:
        """One layer's spikes, a row a unit, the first at the top."""
        reply = band.reply
        spikes = reply.spikes[-self._ticks :]
        when, unit = np.nonzero(spikes)
        on = band.goes_on(when - len(spikes), unit)
        x, y = (when - len(spikes) + 0.5) * reply.dt, unit.astype(np.float64)
        marks: list[Mark] = self._onsets(reply)
        tall = max(0.76, SEEN * band.units)
        for chosen, colour in self._groups(band, unit):
            which = chosen & ~on
            marks.append(Events(x[which], y[which], colour=colour, height=tall))
        if on.any():
            marks.append(Events(x[on], y[on], BURST, "feedback", height=tall))
        name = f"{band.layer}\n{band.rate():.3g} Hz"
        ticks = (((band.units - 1) / 2, name),)
        height = Axis(low=band.units - 0.5, high=-0.5, ticks=ticks)
        return Axes(tuple(marks), self._time, height, place=(place, 0))

    def _groups(self, band: Band, unit: np.ndarray) -> list[tuple[np.ndarray, Colour]]:
        """Which spikes have which colour: those of followed units that of their trace."""
        rest = np.ones(len(unit), bool)
        found: list[tuple[np.ndarray, Colour]] = []
        for place, (layer, marked) in enumerate(self._marked()):
            if layer == band.layer:
                found.append((unit == marked, place))
                rest &= unit != marked
        return [(rest, "text"), *found]

    def _onsets(self, reply: RasterReply) -> list[Mark]:
        """Dotted lines where trials began."""
        at = [(onset - reply.end) * reply.dt for onset in reply.onsets]
        within = [x for x in at if -self._window < x < 0]
        if len(within) > MOST_ONSETS:
            return []
        return [Level(x, colour="faded", stroke="dot", upright=True) for x in within]

    def _track(self, track: Track, place: int, *, numbered: bool) -> Axes:
        """One unit's potential, or a part of a synapse; spikes stand above the threshold."""
        marks: list[Mark] = []
        if track.level is not None:
            marks.append(Level(track.level, "threshold" if numbered else ""))
        if track.spikes is not None:
            marks.append(self._spikes(track))
        if track.behind is not None:
            marks.append(self._line(track.behind, "faded", track.behind_name, 0.7))
        if track.values is not None:
            name = track.quantity if track.behind is not None else ""
            marks.append(self._line(track.values, track.colour, name))
        named = track.quantity + (f" ({track.unit})" if track.unit else "")
        ticks = [((track.low + track.high) / 2, f"{track.title}\n{named}".strip())]
        if numbered:
            ticks = [(track.low, number(track.low, 3)), *ticks, (track.high, number(track.high, 3))]
        height = Axis(low=track.low, high=track.high, ticks=tuple(ticks))
        return Axes(tuple(marks), self._time, height, place=(place, 0))

    def _line(self, values: np.ndarray, colour: Colour, label: str, weight: float = 0.8) -> Line:
        kept = values[-self._ticks :]
        x = (np.arange(len(kept)) - len(kept) + 0.5) * self._entry.dt
        return Line(x, kept.astype(np.float64), label, colour, weight=weight)

    def _spikes(self, track: Track) -> Events:
        """Tall marks from the threshold upwards."""
        assert track.spikes is not None  # noqa: S101  (asked by whoever calls)
        kept = track.spikes[-self._ticks :]
        x = (np.flatnonzero(kept) - len(kept) + 0.5) * self._entry.dt
        foot = track.level if track.level is not None else track.low
        top = track.low + SPIKE_TOP * (track.high - track.low)
        middle = np.full(len(x), (foot + top) / 2)
        return Events(x, middle, colour=track.colour, height=top - foot)


def window_of(wish: str, dt: float) -> float:
    """The stretch of time that is shown, in ms: the one wished for, as far as it is remembered."""
    within = [key for key in WINDOWS if float(key) <= LONGEST * dt]
    if wish in within:
        return float(wish)
    return float("200" if "200" in within else within[-1]) if within else LONGEST * dt


def units_of(found: object) -> list[tuple[str, int]]:
    """The followed units as a session keeps them; none where it holds something else."""
    if not isinstance(found, list) or not all(map(is_unit, found)):
        return []
    return [(name, unit) for name, unit in found]


def is_unit(found: object) -> bool:
    """Whether something read from a file is a name and a number."""
    return (
        isinstance(found, list)
        and len(found) == 2
        and isinstance(found[0], str)
        and isinstance(found[1], int)
    )
