"""Several figures on one page: each keeps its rows and columns, and its title stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from math import ceil

from .spec import Axes, FigureSpec

NEAR = 1e-6  # places that are no farther apart are one
Ends = tuple[float, float]


def side_by_side(specs: Sequence[FigureSpec], columns: int = 0, title: str = "") -> FigureSpec:
    """Put figures beside and below each other; 0 columns: as many as suit a wide page.

    The first row has what is over, so that a first figure may have all the width. Axes no longer
    share what they shared: only the lowest of them has numbers, as before.
    """
    cells = _cells(len(specs), columns or ceil(len(specs) ** 0.5 - 0.1))
    pairs = list(zip(cells, specs, strict=True))
    tops = _cuts([_ends(row, 1.0, spec.heights) for (row, _, _), spec in pairs])
    lefts = _cuts([_ends(left, wide, spec.widths) for (_, left, wide), spec in pairs])
    axes: list[Axes] = []
    for (row, left, wide), spec in pairs:
        rows, cols = _ends(row, 1.0, spec.heights), _ends(left, wide, spec.widths)
        axes += [
            _moved(part, spec, _between(rows, part, 0, tops), _between(cols, part, 1, lefts))
            for part in spec.axes
        ]
    return FigureSpec(
        title,
        tuple(axes),
        tuple(b - a for a, b in pairwise(tops)),
        tuple(b - a for a, b in pairwise(lefts)),
        note="  ".join(spec.note for spec in specs if spec.note),
        facts=specs[0].facts if specs else {},
    )


def _cells(count: int, across: int) -> list[tuple[float, float, float]]:
    """Each figure's row, and where it begins and how wide it is of a page 1 wide."""
    rows = ceil(count / across)
    first = count - across * (rows - 1)
    found = []
    for row in range(rows):
        many = first if row == 0 else across
        found += [(float(row), col / many, 1 / many) for col in range(many)]
    return found


def _ends(start: float, size: float, parts: Sequence[float]) -> list[float]:
    """Where rows or columns of one figure begin and end."""
    total = sum(parts)
    return [start, *(start + size * done / total for done in accumulate(parts))]


def _cuts(all_ends: Sequence[Sequence[float]]) -> list[float]:
    """All places at which any figure has a cut, in order."""
    cuts: list[float] = []
    for place in sorted(end for ends in all_ends for end in ends):
        if not cuts or place - cuts[-1] > NEAR:
            cuts.append(place)
    return cuts


def _between(
    ends: Sequence[float], part: Axes, side: int, cuts: Sequence[float]
) -> tuple[int, int]:
    """The first cut of some axes, and how many they span from there."""
    first = _nearest(cuts, ends[part.place[side]])
    return first, _nearest(cuts, ends[part.place[side] + part.span[side]]) - first


def _nearest(cuts: Sequence[float], place: float) -> int:
    return min(range(len(cuts)), key=lambda n: abs(cuts[n] - place))


def _moved(part: Axes, spec: FigureSpec, rows: tuple[int, int], cols: tuple[int, int]) -> Axes:
    """Some axes at their new place; the first of a figure bear its title."""
    lowest = max(other.place[0] for other in spec.axes if other.place[1] == part.place[1])
    across = part.x
    if spec.share_x and part.place[0] < lowest:
        across = replace(part.x, name="", unit="", ticks=())
    title = part.title
    if part is spec.axes[0]:
        title = ": ".join(filter(None, (spec.title, part.title)))
    place, span = (rows[0], cols[0]), (rows[1], cols[1])
    return replace(part, x=across, title=title, place=place, span=span)


def nothing_of(spec: FigureSpec) -> FigureSpec:
    """The same frames without what is drawn in them."""
    return replace(spec, axes=tuple(replace(part, marks=(), events=()) for part in spec.axes))
