"""What marks are drawn with: sizes of a preset, colours of a look, and how much detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .colour import paint
from .look import Look
from .preset import Preset
from .spec import Colour, FigureSpec, Line, Stroke

DASHES: dict[Stroke, Any] = {
    "solid": "solid",
    "dash": (0, (4.5, 2)),
    "dot": (0, (1.2, 1.6)),
    "dashdot": (0, (5, 1.8, 1.2, 1.8)),
}
VERTICES = 8000  # of all curves of a figure: 200 kB of SVG
CELLS = 60_000  # of all pictures of a vector figure
MARKS = 1200  # of dots or strokes; where there are more, a vector figure holds a picture of them
FAINT = 0.4  # opacity of what is behind


@dataclass
class Pen:
    """How one figure is drawn. `late` is called once every axes' place is known.

    A `detail` below 1 takes fewer points and cells, where the file would be too large.
    """

    preset: Preset
    look: Look
    vector: bool = False
    detail: float = 1.0
    points: int = 2000  # of one curve
    cells: int = CELLS  # of one picture
    late: list[Callable[[], None]] = field(default_factory=list)

    def plan(self, spec: FigureSpec) -> None:
        """Share the detail out among what there is to draw."""
        marks = [mark for axes in spec.axes for mark in axes.marks]
        curves = sum(isinstance(mark, Line) for mark in marks)
        pictures = sum(hasattr(mark, "limits") for mark in marks)
        self.points = max(60, int(self.detail * VERTICES / max(4, curves)))
        self.cells = int(self.detail * CELLS / max(1, pictures)) if self.vector else 10**8

    @property
    def most_marks(self) -> int:
        """How many dots or strokes are drawn as such."""
        return int(self.detail * MARKS) if self.vector else 10**8

    def colour(self, colour: Colour) -> str:
        return paint(colour, self.look.theme)

    def clear(self, colour: Colour, strength: float) -> tuple[str, float]:
        """A colour that what lies behind shines through."""
        return self.colour(colour), strength

    def line(self, weight: float = 1.0) -> float:
        """A line's width in points."""
        return self.preset.line * weight

    @property
    def text(self) -> float:
        return self.preset.text

    @property
    def label(self) -> float:
        return self.preset.label
