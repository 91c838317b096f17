"""What is wrong with a drawn figure: words that are cut off, or lie over other words."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bioviz.figures.draw import drawing

SPARE = 1.0  # pixels at 100 dpi: letters' boxes are a little larger than the letters
LOW = 0.25  # of a line's height: so much of it is empty above and below the letters


def faults(figure: Any) -> list[str]:
    """Every fault of the layout, in words."""
    with drawing():
        figure.draw_without_rendering()
        words = _words(figure)
        boxes = [(text.get_text(), _box(text)) for text in words]
        legends = [legend.get_window_extent() for legend in figure.findobj(Legend)]
        areas = [axes.get_window_extent() for axes in figure.axes]
    found = [f"'{name}' is cut off" for name, box in boxes if not _inside(box, figure.bbox)]
    found += [
        f"'{one}' and '{other}' overlap"
        for (one, first), (other, second) in combinations(boxes, 2)
        if _overlap(first, second)
    ]
    over = any(_overlap(legend, area) for legend in legends for area in areas)
    return [*found, *(["a legend lies over axes"] if over else [])]


def _words(figure: Any) -> list[Text]:
    """Every text that is drawn: of ticks, only those between the ends of their axis."""
    ticked: set[Text] = set()
    hidden: set[Text] = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = 1e-6 * (high - low)
            for tick in axis.majorTicks:
                inside = low - slack <= tick.get_loc() <= high + slack
                shown = axes.axison and inside and tick.label1.get_visible()
                (ticked if shown else hidden).add(tick.label1)
                hidden.add(tick.label2)
            hidden.update(label for tick in axis.minorTicks for label in (tick.label1, tick.label2))
    found = [text for text in figure.findobj(Text) if text not in hidden]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def _box(text: Text) -> Bbox:
    """Where its words are: without the empty lines that it may begin with."""
    lines = text.get_text().split("\n")
    box = Text.get_window_extent(text)  # without the line that an annotation may have
    empty = next(place for place, line in enumerate(lines) if line.strip())
    return Bbox.from_extents(box.x0, box.y0, box.x1, box.y1 - box.height * empty / len(lines))


def _inside(box: Bbox, page: Bbox) -> bool:
    return bool(
        box.x0 >= page.x0 - SPARE
        and box.x1 <= page.x1 + SPARE
        and box.y0 >= page.y0 - SPARE
        and box.y1 <= page.y1 + SPARE
    )


def _overlap(one: Bbox, other: Bbox) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(wide > SPARE and high > LOW * min(one.height, other.height))
