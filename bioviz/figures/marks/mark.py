"""Drawing any mark: each kind is drawn by a function of the file that knows it."""

from __future__ import annotations

from typing import Any

from ..measure import Measure
from ..pen import Pen
from ..spec import (
    Arrows,
    Band,
    Bars,
    Dots,
    Events,
    Level,
    Line,
    Mark,
    Node,
    Patch,
    Picture,
    Table,
    Tiles,
    Wire,
    Words,
)
from . import curve, diagram, picture, table, wire


def draw_mark(axes: Any, mark: Mark, pen: Pen, measure: Measure) -> tuple[curve.Handle | None, Any]:
    """Draw a mark; what the legend has of it, and what its colours mean."""
    match mark:
        case Line():
            return curve.draw_line(axes, mark, pen), None
        case Dots():
            return curve.draw_dots(axes, mark, pen), None
        case Bars():
            return curve.draw_bars(axes, mark, pen), None
        case Band():
            return curve.draw_band(axes, mark, pen), None
        case Level():
            curve.draw_level(axes, mark, pen)
        case Events():
            return curve.draw_events(axes, mark, pen), None
        case Picture():
            return None, picture.draw_picture(axes, mark, pen)
        case Tiles():
            return None, picture.draw_tiles(axes, mark, pen, measure)
        case Arrows():
            return None, diagram.draw_arrows(axes, mark, pen)
        case Words():
            diagram.draw_words(axes, mark, pen, measure)
        case Node():
            diagram.draw_node(axes, mark, pen, measure)
        case Wire():
            return wire.draw_wire(axes, mark, pen), None
        case Patch():
            diagram.draw_patch(axes, mark, pen)
        case Table():
            table.draw_table(axes, mark, pen, measure)
    return None, None
