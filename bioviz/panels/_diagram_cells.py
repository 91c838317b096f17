"""How a layer's units lie in its card: dots, tiles, or the picture that is shown to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF

from ..figures.diagram import LINED, Node


@dataclass(frozen=True)
class Cells:
    """How a layer's units lie: `kind` is "dots", "tiles" or "picture", row by row in `area`."""

    kind: str
    cols: int
    rows: int
    block: int  # units that share a cell
    count: int  # cells
    pitch: float
    area: QRectF

    @cached_property
    def seams(self) -> list[QLineF]:
        """The lines between the cells, worked out once: they are painted thirty times a second."""
        area, pitch = self.area, self.pitch
        across = [area.left() + col * pitch for col in range(self.cols + 1)]
        down = [area.top() + row * pitch for row in range(self.rows + 1)]
        upright = [QLineF(x, area.top(), x, area.bottom()) for x in across]
        return upright + [QLineF(area.left(), y, area.right(), y) for y in down]

    def centre(self, cell: int) -> QPointF:
        row, col = divmod(cell, self.cols)
        return self.area.topLeft() + QPointF((col + 0.5) * self.pitch, (row + 0.5) * self.pitch)

    def cell_at(self, where: QPointF) -> int | None:
        """The cell under a point, or None beside them all."""
        if not self.area.contains(where):
            return None
        inside = where - self.area.topLeft()
        col = min(int(inside.x() / self.pitch), self.cols - 1)
        row = min(int(inside.y() / self.pitch), self.rows - 1)
        cell = row * self.cols + col
        return cell if cell < self.count else None

    def box(self, cell: int) -> QRectF:
        centre, half = self.centre(cell), self.pitch / 2
        return QRectF(centre.x() - half, centre.y() - half, self.pitch, self.pitch)


def lay_cells(node: Node, high: float, wide: float, count: int) -> Cells:
    """Choose how a layer is drawn, `high` at most, among `count` in a diagram `wide` pixels."""
    most = min(max(0.42 * wide / count - 14, 26.0), 150.0)
    if node.image is not None:
        rows, cols = node.image
        pitch = min(min(high, 320.0) / rows, 0.85 * wide / (count + 1) / cols)
        return _grid("picture", node.size, cols, rows, 1, pitch)
    if node.size * 9.0 <= high and node.size <= LINED:
        return _grid("dots", node.size, 1, node.size, 1, min(high / node.size, 46.0))
    for least in (17.0, 9.0):
        for cols in range(1, 6):
            rows = ceil(node.size / cols)
            pitch = min(high / rows, 30.0, most / cols)
            if pitch >= least:
                return _grid("dots", node.size, cols, rows, 1, pitch)
    return _tiles(node.size, high, most)


def _tiles(size: int, high: float, most: float) -> Cells:
    """Square tiles, every unit its own while they can be told apart; else blocks of units."""
    for pitch in (9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0):
        rows = max(1, int(high / pitch))
        cols = ceil(size / rows)
        if cols * pitch <= most:
            return _grid("tiles", size, cols, ceil(size / cols), 1, pitch)
    cols, rows = int(most / 3.0), max(1, int(high / 3.0))
    block = ceil(size / (cols * rows))
    return _grid("tiles", size, cols, ceil(ceil(size / block) / cols), block, 3.0)


def _grid(kind: str, size: int, cols: int, rows: int, block: int, pitch: float) -> Cells:
    area = QRectF(0, 0, cols * pitch, rows * pitch)
    count = ceil(size / block)
    return Cells(kind, cols, rows, ceil(size / count), count, pitch, area)


def dot_radius(pitch: float) -> float:
    """How large a unit is drawn as a dot, its outline's middle."""
    return min(pitch * 0.4, 17.0)
