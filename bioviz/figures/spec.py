"""What a figure shows, as plain data: `figures.draw` draws it, whatever made it.

Arrays are in the units that the axes name; colours are an index into the series of a look, the
name of one of its tokens ("muted", "feedback"), or '#rrggbb'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

Colour: TypeAlias = int | str
Stroke: TypeAlias = Literal["solid", "dash", "dot", "dashdot"]
Shape: TypeAlias = Literal["dot", "triangle", "square", "diamond", "ring", "cross"]
Kind: TypeAlias = Literal["diverging", "sequential", "grey", "classes"]
Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Line:
    """A curve y (n,) over x (n,); NaN is a gap. One without a label is not in the legend."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: Colour = 0
    stroke: Stroke = "solid"
    weight: float = 1.0  # of the preset's line
    faint: bool = False  # behind the others: an earlier run, or what smoothing leaves out


@dataclass(frozen=True, eq=False)
class Dots:
    """Points at x (n,), y (n,); `size` in parts of the text's height."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: Colour = 0
    shape: Shape = "dot"
    size: float = 0.3
    strength: float = 1.0  # opacity


@dataclass(frozen=True, eq=False)
class Bars:
    """A histogram: `counts` (bins,) between `edges` (bins + 1,); `lying` along the y axis."""

    edges: np.ndarray
    counts: np.ndarray
    label: str = ""
    colour: Colour = 0
    lying: bool = False


@dataclass(frozen=True)
class Band:
    """What lies between two heights or, `upright`, between two x values."""

    low: float
    high: float
    colour: Colour = "muted"
    upright: bool = False
    label: str = ""


@dataclass(frozen=True)
class Level:
    """A reference line at a height or, `upright`, at an x value, with words on it."""

    at: float
    words: str = ""
    colour: Colour = "muted"
    stroke: Stroke = "dash"
    upright: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """Values (rows, cols) as coloured cells, never smoothed; row 0 is at the top unless `rising`.

    `kind` "classes" takes whole numbers, each a colour of the series; NaN is drawn in a colour of
    its own. `extent` is x0, x1, y0, y1; None counts rows and columns.
    """

    values: np.ndarray
    kind: Kind = "diverging"
    limits: Span | None = None  # values at both ends of the colours; None goes by the data
    extent: tuple[float, float, float, float] | None = None
    rising: bool = False
    soft: bool = False  # in pale colours, so that what lies on it stands out
    classes: int = 0  # of kind "classes": how many there are


@dataclass(frozen=True, eq=False)
class Tiles:
    """Small pictures (k, height, width) in rows, each with a caption below it."""

    pictures: np.ndarray
    captions: tuple[str, ...] = ()
    tones: tuple[Colour, ...] = ()  # the captions' colours
    kind: Kind = "grey"
    limits: Span | None = None
    columns: int = 0  # 0: as the shape of the axes suggests


@dataclass(frozen=True, eq=False)
class Events:
    """Short upright strokes at x (n,), their middles at y (n,), as in a raster of spikes."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: Colour = "text"
    height: float = 0.76  # of a stroke, in the axis's units: rows are 1 apart


@dataclass(frozen=True, eq=False)
class Arrows:
    """Arrows at x, y (n,) by u, v (n,), all in the axes' units; `strength` (n,) colours them."""

    x: np.ndarray
    y: np.ndarray
    u: np.ndarray
    v: np.ndarray
    strength: np.ndarray | None = None
    colour: Colour = "muted"


@dataclass(frozen=True)
class Words:
    """A text in the axes, at x, y; `side` says where it lies of that point."""

    x: float
    y: float
    text: str
    colour: Colour = "text"
    side: Literal["centre", "left", "right", "above", "below"] = "centre"
    size: float = 1.0  # of the preset's text
    strong: bool = False
    plate: bool = False  # on a small card, so that what lies behind does not disturb
    away: float = 0.35  # from the point, in parts of the preset's text
    room: float | None = None  # in the axes' units: words that are higher are smaller, or left out


@dataclass(frozen=True)
class Node:
    """A box or circle of a diagram, at its middle, with words in it."""

    x: float
    y: float
    width: float
    height: float
    text: str = ""
    round: bool = False  # a circle; else a box
    fill: Colour = "base"
    edge: Colour = "outline"
    value: float | None = None  # fills it by a map: -1 to 1, or 0 to 1 of a sequential one
    text_colour: Colour = "text"
    kind: Literal["diverging", "sequential"] = "diverging"
    strong: bool = False


@dataclass(frozen=True)
class Wire:
    """A line through points (x, y) of a diagram, perhaps with an arrow's head at its end.

    Its corners are rounded. One with a `value` is coloured by the diverging map, and the wider the
    larger the value is.
    """

    points: tuple[tuple[float, float], ...]
    colour: Colour = "forward"
    stroke: Stroke = "solid"
    weight: float = 1.0
    head: bool = True
    label: str = ""  # in the legend
    disc: bool = False  # ends in a disc instead of an arrow's head, as inhibition does
    value: float | None = None  # -1 to 1


@dataclass(frozen=True, eq=False)
class Patch:
    """A closed shape through x (n,), y (n,); no edge where `edge` is ""."""

    x: np.ndarray
    y: np.ndarray
    fill: Colour = "base"
    edge: Colour = ""
    weight: float = 0.6
    strength: float = 1.0  # opacity of what fills it


@dataclass(frozen=True)
class Table:
    """Words in columns, the first one to the left; `exact` are the numbers behind them.

    As many rows as find room, in two or more columns side by side where there are many.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    exact: tuple[tuple[str, ...], ...] = ()


Mark: TypeAlias = (
    Line
    | Dots
    | Bars
    | Band
    | Level
    | Picture
    | Tiles
    | Events
    | Arrows
    | Words
    | Node
    | Wire
    | Patch
    | Table
)


@dataclass(frozen=True)
class Axis:
    """One axis: its name and unit, its ends (None: those of the data) and its ticks."""

    name: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    log: bool = False
    ticks: tuple[tuple[float, str], ...] | None = None  # None: chosen; (): none

    @property
    def label(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class ColourBar:
    """The scale of the colours of the axes' picture, with what they stand for."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class Axes:
    """One pair of axes with all that is drawn in it, from the back to the front."""

    marks: tuple[Mark, ...]
    x: Axis = Axis()
    y: Axis = Axis()
    title: str = ""
    bar: ColourBar | None = None
    events: tuple[tuple[float, str], ...] = ()  # upright marks: what was done to the run, and when
    equal: bool = False  # one unit is as long in x as in y
    bare: bool = False  # without frame, ticks and labels: pictures and diagrams
    legend: bool = True  # where anything has a label
    place: tuple[int, int] = (0, 0)  # row and column in the figure
    span: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class FigureSpec:
    """A whole figure: axes in a grid, and what goes into the file's metadata.

    `facts` says what made it: rule, data, seed, trial, epoch, version.
    """

    title: str
    axes: tuple[Axes, ...]
    heights: tuple[float, ...] = (1.0,)  # of the rows, in parts
    widths: tuple[float, ...] = (1.0,)  # of the columns
    share_x: bool = False  # all in a column have the same x axis, named at the bottom only
    words: float = 1.0  # of the preset's text: less where several panels share a page
    note: str = ""  # a line below the figure: what is not drawn, and why
    small: FigureSpec | None = None  # what is drawn in place of it where there is little room
    facts: Mapping[str, str] = field(default_factory=dict)
