"""The living synapse as a figure: two neurons, the potential of one, and the weight between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...core.catalogue import Catalogue
from ...core.snapshot import NOTHING, Snapshot, Wanted
from ...core.synapse import Change, Synapse, SynapseReply
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import (
    Axes,
    Axis,
    Band,
    Bars,
    Colour,
    Dots,
    Events,
    FigureSpec,
    Level,
    Line,
    Mark,
    Patch,
    Wire,
    Words,
)
from ..synapse_shape import BOUTON, FACE, HIGH, LEVEL, POST, PRE, RADIUS, VESICLE, WIDE, disc
from ..synapse_shape import Synapse as Shape
from ..synapse_words import explained, spoken
from ..word import number

UNFIT = (
    "A living synapse needs two cells and one weight: a Spike source unit that leads to a Leaky "
    "integrate-and-fire unit. The gallery (Ctrl+G) has such a network: How neurons work."
)
NONE_YET = "The synapse has not been seen yet: play or step first."
SPAN = 120.0  # ms of the potential that are shown
ABOVE, BELOW = 13.0, 8.0  # mV shown beyond threshold and reset
FLASH = 4.0  # ms for which a cell body shows that it fired
TOLD = 30.0  # ms for which growing or shrinking is pointed out
ROOM = 38.0  # for a line of words between the cells
LABELS = (  # words, their place, and what they name
    ("axon", (245.0, LEVEL - 30), None),
    ("terminal", (385.0, LEVEL + 116), (FACE - 70, LEVEL + 84)),
    ("receptors", (640.0, LEVEL + 116), (FACE + 44, LEVEL + 30)),
    ("vesicles", (355.0, LEVEL - 116), (FACE - 60, LEVEL - 58)),
    ("cleft", (530.0, LEVEL - 116), (FACE + 17, LEVEL - 70)),
    ("spine", (668.0, LEVEL - 116), (FACE + 80, LEVEL - 36)),
    ("dendrite", (852.0, LEVEL + 116), None),
)


class LivingSynapseFigure(PanelFigure):
    """Two neurons and what passes between them, as it is now."""

    key = "living_synapse"
    title = "Living synapse"

    def begin(self) -> None:
        ticks = max(2, round(SPAN / self.catalogue.first.dt))
        self._asked = Synapse(ticks) if two_cells(self.catalogue) else None
        self._labelled = self.options.get("labels") is not False
        self._first: float | None = None  # the weight that was seen first

    def why_not(self) -> str:
        return "" if self._asked else UNFIT

    def wanted(self) -> Wanted:
        return NOTHING if self._asked is None else frozenset({self._asked})

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        reply: SynapseReply | None = None if self._asked is None else snapshot.get(self._asked)
        if reply is None:
            raise ValueError(NONE_YET)
        if self._first is None:
            self._first = reply.w
        below = (_trace(reply), _gauge(reply, self._first))
        change = reply.change
        note = f"{spoken(change)} {explained(change)}" if change is not None else ""
        figure = FigureSpec(
            self.title,
            (_cells(reply, labelled=self._labelled), *below),
            (1.75, 1.0),
            (2.2, 1.0),
            note=note,
            facts=facts_of(self.catalogue, snapshot),
        )
        small = replace(figure, axes=(_cells(reply, labelled=False), *below))
        return replace(figure, small=small)


def two_cells(catalogue: Catalogue) -> bool:
    """Whether there is one cell that can be fired, leading to one with a potential."""
    layers = catalogue.first.layers
    return (
        [layer.size for layer in layers] == [1, 1]
        and layers[0].unit == "spike_source"
        and any(variable.name == "v" for variable in layers[1].variables)
    )


def part_of(w: float, reply: SynapseReply) -> float:
    """A weight in parts of the largest."""
    return min(1.0, max(0.0, w / reply.w_max))


def _cells(reply: SynapseReply, *, labelled: bool) -> Axes:
    """Both cells, lit where they have just fired, and filled as far as the potential has come."""
    shape = Shape(part_of(reply.w, reply))
    marks: list[Mark] = [*_joined(shape.post(), "alternate"), *_joined(shape.pre(), "accent_soft")]
    height = (float(reply.v[-1]) - reply.rest) / (reply.threshold - reply.rest)
    if height > 0.01:
        marks.append(_patch(shape.filled(min(1.0, height)), 0, strength=0.55))
    for times, middle in ((reply.pre, PRE), (reply.post, POST)):
        ages = [reply.now - time for time in times if reply.now - time < FLASH]
        if ages:
            marks.append(_patch(disc(middle, RADIUS - 2), 1, strength=0.85))
        marks.append(_patch(disc(middle, 0.36 * RADIUS), "border", "faded"))
    marks += [_patch(disc(place, VESICLE), 2, "axis") for place in shape.vesicles()]
    marks += [_patch(channel, 3, "axis") for channel in shape.receptors()]
    marks += _labels(labelled=labelled)
    marks += _told(reply)
    return Axes(
        tuple(marks),
        Axis(low=-10.0, high=WIDE),
        Axis(low=20.0, high=HIGH),
        equal=True,
        bare=True,
        span=(1, 2),
    )


def _joined(outlines: list[np.ndarray], fill: Colour) -> list[Mark]:
    """Outlines as one body: all their edges lie behind all that fills them."""
    edges: list[Mark] = [_patch(outline, fill, "axis", 1.2) for outline in outlines]
    return [*edges, *(_patch(outline, fill) for outline in outlines)]


def _patch(
    outline: np.ndarray, fill: Colour, edge: Colour = "", weight: float = 0.5, strength: float = 1.0
) -> Patch:
    return Patch(outline[:, 0], outline[:, 1], fill, edge, weight, strength)


def _labels(*, labelled: bool) -> list[Mark]:
    """The names of the cells and, where they are wanted, of the parts between them."""
    low = 1.75 * RADIUS
    marks: list[Mark] = [
        Words(x, y - low, f"{which}\ncell", side="below", size=0.8)
        for (x, y), which in ((PRE, "presynaptic"), (POST, "postsynaptic"))
    ]
    for words, (x, y), to in LABELS if labelled else ():
        if to is not None:
            marks.append(Wire(((x, y), to), "faded", weight=0.3, head=False))
        marks.append(
            Words(x, y, words, "muted", "above" if y > LEVEL else "below", 0.75, room=ROOM)
        )
    return marks


def _told(reply: SynapseReply) -> list[Mark]:
    """What the last pair did, while it is fresh."""
    change: Change | None = reply.change
    if change is None or not change.step or reply.now - change.at >= TOLD:
        return []
    up = change.step > 0
    words, colour = ("LTP ↑", "good") if up else ("LTD ↓", "danger")
    return [Words(FACE + BOUTON[0] + 70, LEVEL + 60, words, colour, "right", 1.0, strong=True)]


def _trace(reply: SynapseReply) -> Axes:
    """The potential against time, with the spikes of both cells."""
    low, high = min(reply.rest, reply.reset) - BELOW, reply.threshold + ABOVE
    x = (np.arange(len(reply.v)) - len(reply.v) + 1) * reply.dt
    post = np.array([time - reply.now for time in reply.post])
    pre = np.array([time - reply.now for time in reply.pre])
    tall = high - reply.threshold
    marks: list[Mark] = [
        Level(reply.threshold, "threshold", "axis"),
        Level(reply.rest, "rest"),
        Line(x, reply.v.astype(np.float64), "potential", 0),
    ]
    if len(post):
        middle = np.full(len(post), reply.threshold + tall / 2)
        marks.append(Events(post, middle, "post spikes", 1, tall))
    if len(pre):
        foot = np.full(len(pre), low + 0.06 * (high - low))
        marks.append(Dots(pre, foot, "pre spikes", 1, "triangle", 0.4))
    ticks = tuple((v, number(v, 3)) for v in sorted({reply.rest, reply.threshold}))
    height = Axis("v", "mV", low, high, ticks=ticks)
    return Axes(tuple(marks), Axis("Time before now", "ms", -SPAN, 0.0), height, place=(1, 0))


def _gauge(reply: SynapseReply, first: float) -> Axes:
    """The weight as a bar, with a mark where it began."""
    marks: list[Mark] = [
        Band(0.0, 1.0, "outline"),
        Bars(np.array([0.0, 1.0]), np.array([reply.w]), lying=True),
    ]
    if abs(first - reply.w) > 1e-3 * reply.w_max:
        marks.append(Level(first, "at first", "text", upright=True))
    return Axes(
        tuple(marks),
        Axis("weight w", "", 0.0, reply.w_max),
        Axis(low=-0.6, high=1.6, ticks=()),
        title=f"w = {reply.w:.1f}",
        place=(1, 1),
    )
