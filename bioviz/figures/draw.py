"""Draws a figure's description with matplotlib: the same in the window and on the command line."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from .look import WHITE, Look
from .page import Page, Places
from .pen import Pen
from .preset import Preset
from .spec import FigureSpec

FONT = "DejaVu Sans"  # comes with matplotlib, and has every sign that is used
SETTINGS = {
    "font.family": FONT,
    "text.parse_math": False,  # a name may hold a dollar sign
    "axes.unicode_minus": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "bioviz",  # the same figure is the same file
    "pdf.fonttype": 42,
    "path.simplify": True,
}
SIZES = (1.0, 0.8, 0.65, 0.5)  # of the preset's text, tried until the axes find room
_lock = threading.RLock()  # matplotlib's settings and caches are the whole program's


@contextmanager
def drawing(**settings: Any) -> Iterator[None]:
    """Inside, matplotlib is this thread's alone, with our settings and these."""
    with _lock, matplotlib.rc_context({**SETTINGS, **settings}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "constrained_layout not applied")  # `crowded` sees it
        yield


def draw(
    spec: FigureSpec,
    preset: Preset,
    look: Look = WHITE,
    *,
    vector: bool = False,
    detail: float = 1.0,
    places: Places | None = None,
) -> Figure:
    """The figure at a preset's size; for a `vector` file much is kept within bounds.

    `places` are noted by the first of several figures that are alike, and obeyed by the others: a
    movie's frames are not laid out each anew, which takes most of the time and would let them jump.
    """
    with drawing():
        spec = spec.small if spec.small is not None and preset.small else spec
        if spec.words != 1.0:
            preset = _with_text(preset, spec.words)
        if places is None:
            _, page = _fitted(spec, preset, look, vector, detail)
        else:
            page = Page(spec, _pen(spec, preset, look, vector, detail), places)
        return page.figure


def fitting(spec: FigureSpec, preset: Preset, look: Look = WHITE) -> tuple[Preset, Places]:
    """The preset, with as much smaller text as the axes need to have room, and where they lie."""
    with drawing():
        smaller, page = _fitted(spec, preset, look, False, 1.0)
        return smaller, page.places


def _fitted(
    spec: FigureSpec, preset: Preset, look: Look, vector: bool, detail: float
) -> tuple[Preset, Page]:
    """The preset with the largest text that leaves the axes room, else the smallest there is."""
    *others, last = SIZES
    for size in others:
        smaller = _with_text(preset, size)
        page = Page(spec, _pen(spec, smaller, look, vector, detail), hurried=True)
        if not page.crowded:
            return smaller, page
    smaller = _with_text(preset, last)
    return smaller, Page(spec, _pen(spec, smaller, look, vector, detail))


def _with_text(preset: Preset, size: float) -> Preset:
    return replace(preset, text=size * preset.text, label=size * preset.label)


def _pen(spec: FigureSpec, preset: Preset, look: Look, vector: bool, detail: float) -> Pen:
    pen = Pen(preset, look, vector, detail)
    pen.plan(spec)
    return pen
