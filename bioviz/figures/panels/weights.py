"""Weights as a figure: a projection's matrix as a map, as receptive fields or as a histogram."""

from __future__ import annotations

import numpy as np

from ...core.request import Conditions, HistogramReply, MatrixReply, Request
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ..condition import WHOLE, condition_words
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import Axes, Axis, Bars, ColourBar, FigureSpec, Picture, Tiles
from ..weight_source import MOST_TILES, Source, histograms, paths, sources, why_no_tiles

CELLS = (512, 768)  # rows and columns at most: more than that is averaged in blocks


class WeightsFigure(PanelFigure):
    """The weights between two layers, forward or feedback."""

    key = "weights"
    title = "Weights"

    def why_not(self) -> str:
        return "" if self._source else "This network has no weights."

    def wanted(self) -> Wanted:
        source = self._source
        return frozenset({*self._requests(source).values(), Conditions()}) if source else NOTHING

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        source = self._source
        if source is None:
            raise ValueError(self.why_not())
        replies = {key: snapshot.get(ask) for key, ask in self._requests(source).items()}
        if any(reply is None for reply in replies.values()):
            raise ValueError(f"{source.label} holds nothing yet: play, step or train first.")
        view = self._view(source)
        notes = [self._condition(snapshot, source)]
        if view == "histogram":
            part = _spread(source, replies)
        elif view == "tiles":
            part = _tiles(source, np.asarray(replies[""]))
            notes.append(_units(source))
        else:
            reply = replies[""]
            part = _map(source, reply)
            if reply.values.shape != reply.shape:
                notes.append("Averaged in blocks.")
        return FigureSpec(
            f"Weights {source.label}" if source.key != "dw" else f"Last change {source.label}",
            (part,),
            note=" ".join(note for note in notes if note),
            facts=facts_of(self.catalogue, snapshot),
        )

    def _requests(self, source: Source) -> dict[str, Request]:
        entry, view = self.catalogue.first, self._view(source)
        if view == "histogram":
            return dict(histograms(entry, source))
        if view == "tiles" and entry.image is not None:
            return {"": source.tiles(entry.image)}
        return {"": source.matrix(*CELLS)}

    @property
    def _source(self) -> Source | None:
        """The matrix that is chosen, or the highest projection's weights: what feedback mirrors."""
        entry = self.catalogue.first
        known = paths(entry)
        path = self.options.get("projection")
        name = path if isinstance(path, str) and path in known else next(reversed(known), "")
        found = sources(entry, name)
        what = self.options.get("what")
        return found.get(what if isinstance(what, str) else "w") or found.get("w")

    def _view(self, source: Source) -> str:
        view = self.options.get("view")
        if view == "tiles" and not why_no_tiles(self.catalogue.first, source):
            return "tiles"
        return "histogram" if view == "histogram" else "map"

    def _condition(self, snapshot: Snapshot, source: Source) -> str:
        """What was done to the projection, where anything was."""
        known = snapshot.get(Conditions()) or {}
        words = condition_words(known.get(source.owner, WHOLE))
        return f"{source.owner}: {', '.join(words)}." if words else ""


def _map(source: Source, reply: MatrixReply) -> Axes:
    rows, cols = reply.shape
    row, col = source.titles
    return Axes(
        (Picture(reply.values, extent=(0, cols, 0, rows)),),
        Axis(*_split(col), ticks=_count(cols)),
        Axis(*_split(row), ticks=_count(rows)),
        bar=ColourBar(source.label),
    )


def _split(title: str) -> tuple[str, str]:
    """'to: hidden (30)' as a name and what stands in brackets behind it."""
    name, _, size = title.rpartition(" (")
    return name.replace(": ", " "), f"{size.removesuffix(')')} units"


def _count(size: int) -> tuple[tuple[float, str], ...]:
    """Numbers of units, from 0, below the middle of their cells."""
    step = next(s * 10**e for e in range(6) for s in (1, 2, 5) if s * 10**e * 7 >= size)
    return tuple((unit + 0.5, str(unit)) for unit in range(0, size, step))


def _tiles(source: Source, stack: np.ndarray) -> Axes:
    return Axes((Tiles(stack, kind="diverging"),), bare=True, bar=ColourBar(source.label))


def _units(source: Source) -> str:
    units = source.shape[0]
    part = f"the first {MOST_TILES} of {units}" if units > MOST_TILES else f"all {units}"
    return f"Weights into {part} units of {source.rows}, each as a picture of its inputs."


def _spread(source: Source, replies: dict[str, HistogramReply]) -> Axes:
    bars = tuple(
        Bars(reply.edges, reply.counts, name, place)
        for place, (name, reply) in enumerate(replies.items())
    )
    return Axes(bars, Axis("Change" if source.key == "dw" else "Weight"), Axis("Count"))
