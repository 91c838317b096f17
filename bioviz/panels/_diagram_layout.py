"""Where everything in the network diagram lies, and what lies at a place: geometry, no drawing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QPainterPathStroker

from ..figures.diagram import MOST_LINES, Diagram, Edge, Node, lanes_of
from ._diagram_cells import Cells, lay_cells

MARGIN = 14.0
LOOP = 34.0  # half the width of a loop from a layer to itself
LANE = 19.0  # from one feedback lane to the next
LEAST = QSizeF(220, 150)


@dataclass(frozen=True)
class Type:
    """The diagram's fonts, larger in a large panel so that the back row can read them."""

    name: QFont
    small: QFont

    @classmethod
    def fitting(cls, font: QFont, room: QSizeF) -> Type:
        base = max(11, QFontMetricsF(font).ascent())
        grow = min(1.35, max(1.0, min(room.width() / 800, room.height() / 340)))
        name, small = QFont(font), QFont(font)
        name.setPixelSize(round(base * 1.08 * grow))
        name.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(round(base * 0.95 * grow))
        return cls(name, small)


@dataclass(frozen=True)
class Column:
    """One layer's place: its card, the words above and below it, and its cells."""

    node: Node
    card: QRectF
    header: QRectF
    size: QRectF
    unit: QRectF
    handle: QRectF
    foot: float  # where feedback may leave: below the words
    cells: Cells
    labelled: bool = False  # whether there is room for what each unit stands for

    @property
    def x(self) -> float:
        return self.card.center().x()


@dataclass(frozen=True)
class Wire:
    """One projection's place: `lines` where every weight is drawn, else `path` with its label."""

    edge: Edge
    path: QPainterPath  # from pre to post, without the head
    tip: QPointF
    angle: float  # degrees that the head points to, 0 to the right, 90 up
    label: QPointF
    region: QPainterPath  # where a click means it
    lines: bool = False
    lane: bool = False


@dataclass(frozen=True)
class Target:
    """What lies at a place: a part of a layer, a projection, a gap between layers, or nothing."""

    kind: str = "nothing"  # header size kind handle unit card projection plus nothing
    name: str = ""
    unit: int = 0


@dataclass
class Layout:
    """Every place in the diagram, for a scene of `size`."""

    size: QSizeF
    type: Type
    columns: dict[str, Column] = field(default_factory=dict)
    wires: dict[str, Wire] = field(default_factory=dict)
    pluses: dict[str, QPointF] = field(default_factory=dict)  # by the layer before the gap

    def at(self, where: QPointF) -> Target:
        """What lies here; small things win over large ones."""
        for name, place in self.pluses.items():
            if (where - place).manhattanLength() < 14:
                return Target("plus", name)
        for name, column in self.columns.items():
            found = _part_at(column, where)
            if found is not None:
                return Target(found[0], name, found[1])
        for name, wire in sorted(self.wires.items(), key=lambda item: not item[1].lane):
            if wire.region.contains(where):
                return Target("projection", name)
        return Target()

    def gap_at(self, where: QPointF) -> str:
        """The layer before the gap in which a point lies; "" where it is in none."""
        columns = list(self.columns.values())
        for before, after in pairwise(columns):
            if before.card.right() < where.x() < after.card.left():
                return before.node.name
        return ""

    def slot(self, x: float) -> int:
        """How many layers have their middle left of `x`: where a dragged one would come."""
        return sum(column.x < x for column in self.columns.values())


def _part_at(column: Column, where: QPointF) -> tuple[str, int] | None:
    parts = (
        ("handle", column.handle),
        ("header", column.header),
        ("size", column.size),
        ("kind", column.unit),
    )
    for kind, box in parts:
        if box.contains(where):
            return kind, 0
    cell = column.cells.cell_at(where)
    if cell is not None:
        return "unit", cell * column.cells.block
    return ("card", 0) if column.card.contains(where) else None


def arrange(diagram: Diagram, room: QSizeF, font: QFont) -> Layout:
    """Place a diagram in `room`; where that is too small the layout is larger, to be scaled."""
    count = len(diagram.nodes)
    size = QSizeF(
        max(room.width(), LEAST.width(), 66.0 * count), max(room.height(), LEAST.height())
    )
    layout = Layout(size, Type.fitting(font, size))
    lanes = lanes_of(diagram)
    _place_columns(layout, diagram, max(lanes.values(), default=-1) + 1)
    for edge in diagram.edges:
        layout.wires[edge.name] = _wire(layout, edge, lanes.get(edge.name))
    return layout


def _place_columns(layout: Layout, diagram: Diagram, lanes: int) -> None:
    count = len(diagram.nodes)
    name, small = QFontMetricsF(layout.type.name), QFontMetricsF(layout.type.small)
    wide, high = layout.size.width(), layout.size.height()
    both = max(small.horizontalAdvance(_words(node)) for node in diagram.nodes)
    two = both > wide / count - 12  # "10" above "Softmax" where "10 Softmax" has no room
    top = MARGIN - 4 + name.height() + 5
    feet = small.height() * (2 if two else 1) + 7
    bottom = high - 8 - feet - (lanes * LANE + 10 if lanes else 0)
    cells = [lay_cells(node, bottom - top - 12, wide, count) for node in diagram.nodes]
    pairs = list(zip(diagram.nodes, cells, strict=True))
    tags = [_tag(node, cell, small, wide / count) for node, cell in pairs]
    widths = [max(cell.area.width() + 14, 26) + tag for cell, tag in zip(cells, tags, strict=True)]
    ends = [_half(layout.type, diagram.nodes[i], two) - widths[i] / 2 for i in (0, -1)]
    left, right = (max(MARGIN, end + 10) for end in ends)
    spare = wide - left - right - sum(widths)
    gap = min(spare / (count - 1), max(260.0, 0.8 * (bottom - top)))
    x = left + (spare - gap * (count - 1)) / 2
    for (node, cell), tag, width in zip(pairs, tags, widths, strict=True):
        card = QRectF(x, top, width, bottom - top)
        layout.columns[node.name] = _column(node, cell, card, layout.type, gap, two, tag)
        x += width + gap
    placed = list(layout.columns.values())
    for before, after in pairwise(placed):
        middle = (before.card.right() + after.card.left()) / 2
        layout.pluses[before.node.name] = QPointF(middle, before.card.top() + 9)


def _words(node: Node) -> str:
    return f"{node.size} {node.title}"


def _half(type_: Type, node: Node, two: bool) -> float:
    small = QFontMetricsF(type_.small)
    below = [str(node.size), node.title] if two else [_words(node)]
    words = [QFontMetricsF(type_.name).horizontalAdvance(node.name)]
    return min(70.0, max(words + [small.horizontalAdvance(text) for text in below]) / 2)


def _tag(node: Node, cells: Cells, metrics: QFontMetricsF, room: float) -> float:
    """The width that the names of an output's classes need beside its units; 0 without room."""
    if not node.labels or cells.kind != "dots" or cells.cols > 1:
        return 0.0
    wide = max(metrics.horizontalAdvance(label) for label in node.labels) + 5
    return wide if wide < 0.3 * room and cells.pitch >= metrics.ascent() else 0.0


def _column(
    node: Node, cells: Cells, card: QRectF, type_: Type, gap: float, two: bool, tag: float
) -> Column:
    name, small = QFontMetricsF(type_.name), QFontMetricsF(type_.small)
    most = card.width() + gap - 4
    x, y = card.center().x(), card.bottom() + 5
    wide = min(most, max(34.0, name.horizontalAdvance(node.name) + 10))
    header = QRectF(x - wide / 2, card.top() - name.height() - 5, wide, name.height() + 4)
    line, number = small.height(), small.horizontalAdvance(str(node.size)) + 6
    answer = min(small.horizontalAdvance(node.title) + 4, card.width() + gap - 6)
    if two:
        size = QRectF(x - number / 2, y, number, line)
        unit = QRectF(x - answer / 2, y + line, answer, line)
    else:
        start = x - (number + answer) / 2
        size = QRectF(start, y, number, line)
        unit = QRectF(start + number, y, answer, line)
    area = QRectF(cells.area)
    area.moveCenter(card.center() - QPointF(tag / 2, 0))
    moved = replace(cells, area=area)
    handle = QRectF(x - 11, card.bottom() - 4, 22, 8) if not node.end else QRectF()
    return Column(node, card, header, size, unit, handle, unit.bottom() + 2, moved, tag > 0)


# ---- projections ---------------------------------------------------------------------------


def _wire(layout: Layout, edge: Edge, lane: int | None) -> Wire:
    pre, post = layout.columns[edge.pre], layout.columns[edge.post]
    if lane is not None:
        return _lane_wire(edge, pre, post, lane)
    start = QPointF(pre.card.right() + 5, pre.card.center().y())
    tip = QPointF(post.card.left() - 4, post.card.center().y())
    path = QPainterPath(start)
    path.lineTo(tip)
    region = QPainterPath()
    dots = [column.cells.kind == "dots" and column.cells.cols == 1 for column in (pre, post)]
    lines = all(dots) and edge.shape[0] * edge.shape[1] <= MOST_LINES
    region.addPath(ribbon(pre, post))
    above = QFontMetricsF(layout.type.small).height() / 2 + 7
    return Wire(edge, path, tip, 0.0, (start + tip) / 2 - QPointF(0, above), region, lines)


def ribbon(pre: Column, post: Column) -> QPainterPath:
    """The band that fans from all of one layer's units to all of the next one's."""
    a, b = pre.cells.area, post.cells.area
    path = QPainterPath(QPointF(pre.card.right(), a.top()))
    path.lineTo(post.card.left(), b.top())
    path.lineTo(post.card.left(), b.bottom())
    path.lineTo(pre.card.right(), a.bottom())
    path.closeSubpath()
    return path


def _lane_wire(edge: Edge, pre: Column, post: Column, lane: int) -> Wire:
    side = -1.0 if post.x < pre.x else 1.0
    apart = min(10.0, max(3.0, abs(post.x - pre.x) / 12))  # so that no end hides another
    out = 9.0 + apart * lane if pre is not post else -LOOP
    start = QPointF(pre.x + side * out, pre.foot)
    tip = QPointF(post.x - side * out, post.foot)
    y = max(pre.foot, post.foot) + 14 + lane * LANE
    path = _u_turn(start, QPointF(tip.x(), tip.y() + 5), y)
    stroker = QPainterPathStroker()
    stroker.setWidth(14)
    region = stroker.createStroke(path)
    return Wire(edge, path, tip, 90.0, QPointF((start.x() + tip.x()) / 2, y), region, lane=True)


def _u_turn(start: QPointF, end: QPointF, y: float) -> QPainterPath:
    radius = min(9.0, abs(end.x() - start.x()) / 2, max(1.0, y - start.y()))
    side = 1.0 if end.x() > start.x() else -1.0
    path = QPainterPath(start)
    path.lineTo(start.x(), y - radius)
    path.quadTo(start.x(), y, start.x() + side * radius, y)
    path.lineTo(end.x() - side * radius, y)
    path.quadTo(end.x(), y, end.x(), y - radius)
    path.lineTo(end)
    return path
