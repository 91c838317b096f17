"""What a movie will be, in words, and how one of its frames looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..figures.footage import Footage
from ..figures.gather import wanted_of
from ..figures.movie import Film, still
from ..figures.movie_size import Sample, weigh
from ..figures.palette import as_png
from ..figures.panel import PanelFigure
from ..ui.word import number

NOTHING = (
    "Nothing of this run has been recorded yet, so there is nothing to film. Close this window, "
    "press Play, and come back after a few trials."
)
NO_PANEL = "Choose at least one panel."
UNITS = ((1e6, "MB"), (1e3, "kB"))


@dataclass(frozen=True)
class Sight:
    """The last frame of a movie as a PNG, and what tells how large the whole will be."""

    png: bytes
    sample: Sample


def sight_of(
    footage: Footage, figures: Sequence[PanelFigure], film: Film, *, log: bool = False
) -> Sight:
    """Draw the last frame of a movie; ValueError says why there is none. It takes a while."""
    frames = footage.frames(wanted_of(figures), film.frames, log=log)
    last, before, after = still(figures, frames, film)
    return Sight(as_png(last), weigh(before, after))


def moments_in_words(footage: Footage, film: Film, *, log: bool = False) -> str:
    """How many frames there are, and how much of the history is in them."""
    there, used = len(footage.moments), footage.used(film.frames, log=log)
    moments = f"all {there} moments" if used == there else f"{used} of the {there} moments"
    first, last = footage.trials[0], footage.trials[-1]
    return (
        f"{number(film.frames)} frames. In them are {moments} that the run has kept, "
        f"from trial {number(first, 9)} to trial {number(last, 9)}."
    )


def size_in_words(
    sample: Sample, footage: Footage, film: Film, form: str, *, log: bool = False
) -> str:
    """About how large the file will be."""
    used = footage.used(film.frames, log=log)
    size = sample.gif(film.size, used) if form == "gif" else sample.mp4(film.size, used)
    return f"The file takes about {about(size)}."


def about(size: float) -> str:
    """Bytes in round words: 600 kB, 4 MB."""
    scale, unit = next(((scale, unit) for scale, unit in UNITS if size >= scale), UNITS[-1])
    digits = max(0, len(str(int(size / scale))) - 1)
    return f"{max(1, round(size / scale, -digits)):.0f}\N{NO-BREAK SPACE}{unit}"
