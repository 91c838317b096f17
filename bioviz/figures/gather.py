"""Figures of several panels at once: what they want to see, and which have something to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.catalogue import Catalogue
from ..core.snapshot import Snapshot, Wanted
from .panel import FIGURES, PanelFigure
from .spec import FigureSpec

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
