"""The potentials of chosen units: which are followed, what is asked for, and how it is drawn."""

from __future__ import annotations

from math import floor
from typing import Any

import numpy as np

from ..core.catalogue import ExperimentEntry, LayerEntry
from ..core.request import Request
from ..core.request_spikes import Raster, Trace, TraceReply
from ..core.snapshot import Snapshot
from .track import Track

NAMES = {"v": "v", "u": "u"}  # variables that are potentials, the first that a layer has
DENDRITE = "v_d"  # and a second one that is drawn beside it
MOST_UNITS = 4
STEP = 5.0  # of the axis's lower end, as it grows
Unit = tuple[str, int]  # a layer's name and a unit


class Potentials:
    """Up to four units, the latest picked last; before anybody picks, the first of each layer."""

    def __init__(self) -> None:
        self._entry: ExperimentEntry | None = None
        self._units: list[Unit] = []
        self._lows: dict[str, float] = {}
        self._highs: dict[str, float] = {}

    def start(self, entry: ExperimentEntry) -> None:
        """Begin with another network; units that it has stay chosen."""
        self._entry = entry
        self._units = [unit for unit in self._units if self.variable(unit[0], unit[1])]
        self._lows, self._highs = {}, {}

    def pick(self, layer: str, unit: int) -> bool:
        """Follow one more unit, or no longer one that is followed; False if it has no potential."""
        if not self.variable(layer, unit):
            return False
        chosen = [] if not self._units else self.units()
        if (layer, unit) in chosen:
            self._units = [one for one in chosen if one != (layer, unit)]
        else:
            self._units = [*chosen, (layer, unit)][-MOST_UNITS:]
        return True

    def follow(self, layer: str, unit: int) -> None:
        """Follow a unit that was picked elsewhere; one that is followed already stays."""
        if (layer, unit) not in self.units():
            self.pick(layer, unit)

    def put(self, units: list[Unit]) -> None:
        """Follow these, as far as they are there."""
        known = self._entry is None
        self._units = [one for one in units if known or self.variable(*one)][:MOST_UNITS]

    def units(self) -> list[Unit]:
        """Which are followed."""
        if self._units or self._entry is None:
            return list(self._units)
        layers = [layer.name for layer in self._entry.layers if self.variable(layer.name, 0)]
        return [(name, 0) for name in layers[-MOST_UNITS:]]

    @property
    def chosen(self) -> list[Unit]:
        """Those that somebody picked."""
        return list(self._units)

    def variable(self, layer: str, unit: int) -> str:
        """The variable that is a unit's potential, "" where there is none."""
        entry = self._layer(layer)
        if entry is None or not entry.spikes or not 0 <= unit < entry.size:
            return ""
        names = {variable.name for variable in entry.variables}
        return next((name for name in NAMES if name in names), "")

    def requests(self, ticks: int) -> set[Request]:
        found: set[Request] = set()
        for layer, unit in self.units():
            found |= {self._trace(layer, unit, ticks), Raster(layer, ticks)}
            if self._has_dendrite(layer):
                found.add(Trace(f"{layer}.{DENDRITE}", unit, ticks))
        return found

    def tracks(self, snapshot: Snapshot, ticks: int) -> list[Track]:
        """What came of it."""
        found = []
        for place, (name, unit) in enumerate(self.units()):
            trace = snapshot.get(self._trace(name, unit, ticks))
            raster = snapshot.get(Raster(name, ticks))
            layer = self._layer(name)
            if trace is None or raster is None or layer is None:
                continue
            spikes = raster.spikes[:, unit] if unit < raster.spikes.shape[1] else None
            beside: TraceReply | None = snapshot.get(Trace(f"{name}.{DENDRITE}", unit, ticks))
            dendrite = beside.values if beside is not None else None
            found.append(self._track(layer, unit, trace.values, dendrite, spikes, place))
        return found

    def _track(
        self,
        layer: LayerEntry,
        unit: int,
        values: np.ndarray,
        dendrite: np.ndarray | None,
        spikes: Any,
        place: int,
    ) -> Track:
        name = self.variable(layer.name, unit)
        both = values if dendrite is None else np.concatenate([values, dendrite])
        low, high = self._ends(layer, both)
        measure = next(v.unit for v in layer.variables if v.name == name)
        return Track(
            f"{layer.name} {unit}",
            NAMES[name],
            values,
            spikes,
            low,
            high,
            layer.threshold,
            place,
            measure,
            dendrite,
            DENDRITE if dendrite is not None else "",
        )

    def _ends(self, layer: LayerEntry, values: np.ndarray) -> tuple[float, float]:
        """Where a layer's axis ends: below all that was seen, with room above for spikes."""
        good = values[np.isfinite(values)]
        if len(good):
            step = STEP if layer.threshold is not None or self._has_dendrite(layer.name) else 1.0
            low, high = step * floor(good.min() / step), -step * floor(-good.max() / step)
            self._lows[layer.name] = min(low, self._lows.get(layer.name, low))
            self._highs[layer.name] = max(high, self._highs.get(layer.name, high))
        if layer.threshold is None:
            low, high = self._lows.get(layer.name, 0.0), self._highs.get(layer.name, 1.0)
            return low, max(high, low + 1)
        low = min(self._lows.get(layer.name, layer.threshold), layer.threshold - STEP)
        top = layer.threshold + round(0.6 * (layer.threshold - low))
        return low, max(self._highs.get(layer.name, top), top)

    def _has_dendrite(self, layer: str) -> bool:
        entry = self._layer(layer)
        return entry is not None and any(v.name == DENDRITE for v in entry.variables)

    def _trace(self, layer: str, unit: int, ticks: int) -> Trace:
        return Trace(f"{layer}.{self.variable(layer, unit)}", unit, ticks)

    def _layer(self, name: str) -> LayerEntry | None:
        return self._entry.layer(name) if self._entry else None
