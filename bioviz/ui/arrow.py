"""Arrows, ticks and crosses of the style sheet, which takes pictures from files only."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir

if TYPE_CHECKING:
    from ..figures.theme import Theme

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">'
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
PATHS = {
    "down": "M2 3.5 L5 6.5 L8 3.5",
    "up": "M2 6.5 L5 3.5 L8 6.5",
    "left": "M6.5 2 L3.5 5 L6.5 8",
    "right": "M3.5 2 L6.5 5 L3.5 8",
    "more": "M2 2.5 L4.5 5 L2 7.5 M5.5 2.5 L8 5 L5.5 7.5",
    "check": "M2 5.2 L4.2 7.4 L8 2.8",
    "dot": "M4.2 5 A0.8 0.8 0 1 1 5.8 5 A0.8 0.8 0 1 1 4.2 5 Z",
    "close": "M2.5 2.5 L7.5 7.5 M7.5 2.5 L2.5 7.5",
    "float": "M2 4 H6 V8 H2 Z M4 4 V2 H8 V6 H6",
}


@lru_cache(maxsize=2)
def folder(theme: Theme) -> QTemporaryDir:
    """Return a folder with this theme's pictures, which goes when the program ends."""
    made = QTemporaryDir()
    for name, path in PATHS.items():
        bright = theme.accent_text if name in ("check", "dot") else theme.muted
        for state, colour in (("", bright), ("-off", theme.disabled)):
            svg = PICTURE.format(path=path, colour=colour)
            Path(made.filePath(f"{name}{state}.svg")).write_text(svg, encoding="utf-8")
    return made
