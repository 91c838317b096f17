"""What a colour stands for: a series, a token of the theme, or a value on a colour map."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from PySide6.QtGui import QColor, qRgb

from ..figures.colour import map_table
from . import theme

Colour: TypeAlias = int | str | None  # a series index, a token's name or '#rrggbb', the next one
Kind: TypeAlias = Literal["diverging", "sequential"]

NAN = 255  # the last index of the table is the colour of NaN; 0..254 are values, 127 is zero


def paint(colour: Colour, look: theme.Theme) -> QColor:
    """Return the theme's colour for a series index, a token's name or '#rrggbb'."""
    if isinstance(colour, int):
        return QColor(look.series[colour % len(look.series)])
    return QColor(getattr(look, colour) if colour and hasattr(look, colour) else colour or "")


def lookup(kind: Kind, look: theme.Theme | None = None) -> np.ndarray:
    """Return the colour map of `kind` on the theme in force, uint8 (256, 4), read-only.

    In the diverging map negative is blue, zero the background's tone and positive red.
    """
    return map_table(getattr(look or theme.current(), kind))


@lru_cache(maxsize=16)
def colour_table(kind: Kind, look: theme.Theme) -> list[int]:
    """Return the 256 colours of `kind`: 255 for values and, last, the one of NaN.

    The same list is given every time, as it is asked for in every paint event: never change it.
    """
    places = np.round(np.linspace(0, 255, 255)).astype(int)
    table = [qRgb(int(r), int(g), int(b)) for r, g, b, _ in lookup(kind, look)[places]]
    return [*table, QColor(look.missing).rgb()]


@lru_cache(maxsize=16)
def colour_words(kind: Kind, look: theme.Theme) -> np.ndarray:
    """Return `colour_table` as uint32 (256,), for pictures of 32 bits a pixel; never change it."""
    return np.array(colour_table(kind, look), np.uint32)
