"""The scale beside a picture: what its colours stand for, in numbers and words."""

from __future__ import annotations

from typing import Any

from . import frame
from .measure import Measure
from .pen import Pen
from .spec import ColourBar


def add_bar(axes: Any, bar: ColourBar, colours: Any, pen: Pen, measure: Measure) -> Any:
    """Put the scale of the colours beside some axes; the axes that it is drawn in."""
    theme = pen.look.theme
    made = axes.figure.colorbar(colours, ax=axes, fraction=0.08, aspect=22, pad=0.02, panchor=False)
    made.outline.set(edgecolor=theme.axis, linewidth=pen.line(0.45))
    made.solids.set_rasterized(True)  # else 256 boxes with seams between them
    made.ax.tick_params(
        length=0.25 * pen.text,
        width=pen.line(0.45),
        color=theme.axis,
        labelcolor=theme.text,
        labelsize=pen.text,
        pad=0.2 * pen.text,
    )
    made.formatter = frame.Plain()
    made.update_ticks()
    words = f"{bar.name} ({bar.unit})" if bar.unit else bar.name
    _, high = measure.page
    words = measure.wrap(words, 0.7 * high, pen.label)
    made.set_label(words, fontsize=pen.label, color=theme.text, labelpad=0.3 * pen.text)
    return made.ax
