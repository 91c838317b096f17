"""What a colour stands for in a figure: a series, a token of the theme, a value on a map."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .spec import Colour, Kind
from .theme import Theme

SOFT = 0.5  # how much of a colour is laid on the ground, where other marks must stand out on it
ENDS = ("first class", "second class")  # names of the colours of two classes
TWO = (12, 243)  # of the diverging map's 256 colours, those of the first and the second class


def paint(colour: Colour, theme: Theme) -> str:
    """The theme's '#rrggbb' for a series index, a token's name or '#rrggbb' itself."""
    if isinstance(colour, int):
        return theme.series[colour % len(theme.series)]
    if colour in ENDS:
        return class_paint(ENDS.index(colour), 2, theme)
    return str(getattr(theme, colour, colour))


def class_paint(place: int, classes: int, theme: Theme) -> str:
    """A class's colour: an end of the diverging map where there are two, else of the series."""
    if classes != 2:
        return paint(place, theme)
    red, green, blue = (int(part) for part in map_table(theme.diverging)[TWO[min(place, 1)]][:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=8)
def map_table(name: str) -> np.ndarray:
    """The colour map `name` as uint8 (256, 4), read-only."""
    from cmap import Colormap  # takes a tenth of a second

    table: np.ndarray = np.round(Colormap(name).lut(256) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def ramp(kind: Kind, theme: Theme, *, soft: bool = False, classes: int = 0) -> np.ndarray:
    """The colours (n, 3), from 0 to 1, of a kind of picture; n is 256, or that of the classes."""
    if kind == "classes":
        colours = np.array([_parts(class_paint(i, classes, theme)) for i in range(classes)])
    elif kind == "grey":
        colours = np.linspace(_parts(theme.plot), _parts(theme.text), 256)
    else:
        colours = map_table(getattr(theme, kind))[:, :3] / 255
        if soft and kind == "diverging":  # its ends are too dark to be softened
            colours = colours[np.linspace(28, 227, 256).astype(int)]
    return _parts(theme.plot) * (1 - SOFT) + colours * SOFT if soft else colours


def _parts(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
