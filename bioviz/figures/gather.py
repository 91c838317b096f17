"""Figures of several panels at once: what they want to see, and which have something to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..core.catalogue import Catalogue
from ..core.snapshot import Snapshot, Wanted
from .panel import FIGURES, PanelFigure
from .side_by_side import side_by_side
from .spec import FigureSpec

WORDS = (1.0, 0.8, 0.7, 0.6)  # how large words are where so many panels share a page
Options = Mapping[str, Mapping[str, Any]]  # of each panel, by its key


@dataclass(frozen=True)
class Described:
    """A panel's figure, or in a sentence why there is none."""

    key: str
    title: str
    spec: FigureSpec | None
    why: str = ""


def figures_of(
    catalogue: Catalogue,
    keys: Iterable[str],
    options: Options,
    earlier: Sequence[Any] = (),
) -> list[PanelFigure]:
    """The figures of some panels, with the options that each was looked at with."""
    return [FIGURES[key](catalogue, options.get(key), tuple(earlier)) for key in keys]


def wanted_of(figures: Iterable[PanelFigure]) -> Wanted:
    """What one snapshot must contain for all of them."""
    found: Wanted = frozenset()
    for figure in figures:
        if not figure.why_not():
            found |= figure.wanted()
    return found


def describe(figure: PanelFigure, snapshot: Snapshot) -> Described:
    """What a figure shows, or why it shows nothing (yet)."""
    why = figure.why_not()
    if why:
        return Described(figure.key, figure.title, None, why)
    try:
        return Described(figure.key, figure.title, figure.figure(snapshot))
    except ValueError as error:
        reasons = [snapshot.failures[ask] for ask in figure.wanted() if ask in snapshot.failures]
        return Described(figure.key, figure.title, None, " ".join([str(error), *reasons]))


def together(found: Sequence[Described]) -> Described:
    """Panels as one figure, side by side, without those that show nothing."""
    drawn = [one for one in found if one.spec is not None]
    if len(drawn) < 2:
        return drawn[0] if drawn else found[0]
    spec = side_by_side([one.spec for one in drawn if one.spec is not None])
    spec = replace(spec, words=WORDS[min(len(drawn), len(WORDS)) - 1])
    return Described(drawn[0].key, ", ".join(one.title for one in drawn), spec)
