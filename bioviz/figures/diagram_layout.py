"""Where layers, units and projections lie in a figure of a network, in units of its own.

The page is WIDE across, or more where it is high, and ends below the layers: names stand outside,
in as much room as they take at any size of text. What runs back runs above the layers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from textwrap import wrap

from .diagram import LINED, MOST_LINES, Diagram, Edge, Node, lanes_of
from .diagram_words import count

WIDE, WIDEST = 17.0, 23.0
FLAT = 1.95  # the page is so much wider than high, as far as that goes
TALL, SHORT = 5.0, 2.8  # of the layers' cards, at the most and at the least
INSIDE = 0.22  # between a card's frame and its units
LANE, FIRST_LANE = 1.15, 1.05  # from one lane to the next, and from the cards to the first
FOOT = 2.5  # what names take below the cards, about
SIDES = 0.5  # free at the left and at the right
BIG, SMALL = 0.66, 0.27  # from one round unit to the next, at the most and at the least
LEAST = 0.045  # the smallest square for one unit
LETTER = 0.58  # a letter's width, at the largest text
END = 0.5  # from one end of a wire to the next, where several meet a layer


@dataclass(frozen=True)
class Cells:
    """How a layer's units lie: `kind` is "dots", "tiles" or "picture", row by row from the top."""

    kind: str
    rows: int
    cols: int
    pitch: float
    count: int  # cells; where they are fewer than units, each is the mean of several

    @property
    def wide(self) -> float:
        return self.cols * self.pitch

    @property
    def high(self) -> float:
        return self.rows * self.pitch


@dataclass(frozen=True)
class Column:
    """One layer's place: its card and, around the same middle, its units."""

    node: Node
    cells: Cells
    x: float  # of the card's middle
    wide: float
    shift: float = 0.0  # of the units from the middle, where names stand beside them

    @property
    def left(self) -> float:
        return self.x - self.wide / 2

    @property
    def right(self) -> float:
        return self.x + self.wide / 2

    def centre(self, cell: int) -> tuple[float, float]:
        """The middle of a unit."""
        row, col = divmod(cell, self.cells.cols)
        left = self.x + self.shift - self.cells.wide / 2
        top = self.cells.high / 2
        return left + (col + 0.5) * self.cells.pitch, top - (row + 0.5) * self.cells.pitch


@dataclass(frozen=True)
class Layout:
    """Every layer's column by its name, every edge's lane above them, and the page's ends.

    `ends` tells where a lane leaves and where it arrives.
    """

    columns: dict[str, Column]
    lanes: dict[str, int]
    ends: dict[str, tuple[float, float]]
    wide: float
    high: float
    low: float
    tall: float  # of every layer's card
    feet: dict[str, list[str]]  # what stands below each layer's name

    def lined(self, edge: Edge) -> bool:
        """Whether every weight of a projection is drawn as a line."""
        ends = self.columns[edge.pre], self.columns[edge.post]
        single = all(c.cells.kind == "dots" and c.cells.cols == 1 for c in ends)
        few = edge.shape[0] * edge.shape[1] <= MOST_LINES
        return edge.name not in self.lanes and single and few

    def lane(self, name: str) -> float:
        """How high a lane runs."""
        return self.tall / 2 + FIRST_LANE + self.lanes[name] * LANE


def arrange(diagram: Diagram, *, small: bool = False) -> Layout:
    """Place a network's layers from left to right, evenly apart; on a `small` page in few words."""
    many, lanes = len(diagram.nodes), lanes_of(diagram)
    above = FIRST_LANE + max(lanes.values()) * LANE + 0.5 if lanes else 0.4
    around = [edge for edge in diagram.edges if edge.name in lanes]
    meeting = {
        node.name: [(edge, away) for edge in around for away in _ends_at(edge, node.name)]
        for node in diagram.nodes
    }
    columns = [_column(node, many, len(meeting[node.name])) for node in diagram.nodes]
    tall = max(SHORT, *(column.cells.high + 2 * INSIDE for column in columns))
    across = min(max(WIDE, FLAT * (above + tall + FOOT)), WIDEST)
    spare = across - 2 * SIDES - sum(column.wide for column in columns)
    gap = min(spare / max(1, many - 1), 0.42 * across)
    x = across / 2 - (sum(column.wide for column in columns) + gap * (many - 1)) / 2
    placed: dict[str, Column] = {}
    for column in columns:
        placed[column.node.name] = replace(column, x=x + column.wide / 2)
        x += column.wide + gap
    starts, stops = _meet(diagram, placed, meeting, lanes)
    ends = {name: (starts[name], stops[name]) for name in lanes}
    feet = _feet(list(placed.values()), across)
    if small:
        feet = {name: [f"{placed[name].node.size:,}"] for name in feet}
    low = -tall / 2 - 0.05
    return Layout(placed, lanes, ends, across, tall / 2 + above, low, tall, feet)


def _feet(columns: list[Column], across: float) -> dict[str, list[str]]:
    """How many units each layer has and of what kind, in lines that do not touch."""
    apart = min((b.x - a.x for a, b in pairwise(columns)), default=across)
    letters = max(7, int(apart / LETTER))
    found = {}
    for column in columns:
        size = count(column.node.size, "unit")
        size = size if len(size) < letters else size.split()[0]
        found[column.node.name] = [size, *wrap(column.node.title, letters)]
    return found


def _ends_at(edge: Edge, name: str) -> list[str]:
    """Which ends of an edge a layer has; a loop has room between both."""
    if edge.pre == edge.post == name:
        return ["leaves", "passes", "stops"]
    return ["leaves"] * (edge.pre == name) + ["stops"] * (edge.post == name)


def _meet(
    diagram: Diagram,
    columns: dict[str, Column],
    meeting: dict[str, list[tuple[Edge, str]]],
    lanes: dict[str, int],
) -> tuple[dict[str, float], dict[str, float]]:
    """Where lanes leave and stop, so that none crosses another: the lowest lies outermost."""
    starts: dict[str, float] = {}
    stops: dict[str, float] = {}
    for name, ends in meeting.items():
        own = diagram.place(name)

        def order(end: tuple[Edge, str], own: int = own) -> tuple[int, int, str]:
            edge, does = end
            far = diagram.place(edge.post) + diagram.place(edge.pre) - 2 * own
            side = (far > 0) - (far < 0)
            return side, -side * lanes[edge.name], does

        for place, (edge, does) in enumerate(sorted(ends, key=order)):
            at = columns[name].x + (place - (len(ends) - 1) / 2) * END
            if does != "passes":
                (starts if does == "leaves" else stops)[edge.name] = at
    return starts, stops


def lay_cells(node: Node, most: float) -> Cells:
    """Choose how a layer's units are drawn, `most` across."""
    high = TALL - 2 * INSIDE
    if node.image is not None:
        rows, cols = node.image
        return Cells("picture", rows, cols, min(high / rows, most / cols), node.size)
    if node.size <= LINED:
        pitch = max(min(high / node.size, BIG), high / LINED)
        return Cells("dots", node.size, 1, pitch, node.size)
    for cols in range(2, 6):
        rows = ceil(node.size / cols)
        pitch = min(high / rows, most / cols, 0.5)
        if pitch >= SMALL:
            return Cells("dots", rows, cols, pitch, node.size)
    return _tiles(node.size, high, most)


def _tiles(size: int, high: float, most: float) -> Cells:
    """Squares, every unit its own while they can be told apart; else the means of a few."""
    pitch = max(LEAST, min(0.24, (high * most * 0.8 / size) ** 0.5))
    rows = max(1, int(high / pitch + 1e-6))
    most_cols = max(1, int(most / pitch + 1e-6))
    block = ceil(size / (rows * most_cols))
    count = ceil(size / block)
    cols = ceil(count / rows)
    return Cells("tiles", ceil(count / cols), cols, pitch, count)


def _column(node: Node, many: int, ends: int) -> Column:
    cells = lay_cells(node, min(3.4, max(0.36 * WIDE / many, 0.5)))
    if node.image is not None:
        cells = lay_cells(node, min(TALL, max(0.6 * WIDE / many, 1.2)))
    beside = _beside(node, cells)
    wide = max(cells.wide + 2 * INSIDE + beside, 0.9, ends * END + 0.2)
    return Column(node, cells, 0.0, wide, -beside / 2)


def _beside(node: Node, cells: Cells) -> float:
    """The room that the names of an output's classes need; 0 where there is none."""
    if not node.labels or cells.kind != "dots" or cells.cols > 1 or cells.pitch < 0.4:
        return 0.0
    longest = max(map(len, node.labels))
    return LETTER * longest + 0.15 if longest <= 6 else 0.0
