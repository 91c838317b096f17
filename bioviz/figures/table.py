"""The numbers behind a figure as CSV: curves as columns, pictures as matrices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from ..core.table import cell, harmless
from .spec import (
    Arrows,
    Axes,
    Axis,
    Bars,
    Dots,
    Events,
    FigureSpec,
    Line,
    Picture,
    Table,
    Tiles,
    Words,
)

Column: TypeAlias = tuple[str, Sequence[float] | np.ndarray]
Rows: TypeAlias = list[list[str]]


def figure_csv(spec: FigureSpec) -> str:
    """Everything that is drawn, to its last bit: one block after another, each with its names."""
    blocks: list[Rows] = [[[key, value] for key, value in spec.facts.items()]]
    for place, axes in enumerate(spec.axes):
        several = f"axes {place + 1}" if len(spec.axes) > 1 else ""
        blocks += _axes_blocks(axes, several)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for block in (block for block in blocks if block):
        if stream.tell():
            writer.writerow([])
        writer.writerows([[_safe(text) for text in row] for row in block])
    return stream.getvalue()


def _safe(text: str) -> str:
    """A cell that no spreadsheet carries out; numbers, of which some begin with a minus, stay."""
    try:
        float(text)
    except ValueError:
        return harmless(text)
    return text


def _axes_blocks(axes: Axes, several: str) -> Iterator[Rows]:
    """A heading where there are several axes, their curves side by side, then their pictures."""
    heading = ": ".join(words for words in (several, axes.title) if words)
    if heading:
        yield [[heading]]
    columns = [column for mark in axes.marks for column in _columns(axes, mark)]
    if columns:
        yield _side_by_side(columns)
    for mark in axes.marks:
        if isinstance(mark, Picture):
            yield _matrix(mark.values, axes.bar.name if axes.bar else "values")
        elif isinstance(mark, Table):
            yield [list(row) for row in (mark.heads, *(mark.exact or mark.rows))]
        elif isinstance(mark, Tiles):
            for place, picture in enumerate(mark.pictures):
                caption = mark.captions[place] if place < len(mark.captions) else ""
                yield _matrix(picture, f"picture {place + 1} {caption}".strip())
    words = [mark for mark in axes.marks if isinstance(mark, Words)]
    if words:
        yield _words(words)
    if axes.events:
        yield [[_name(axes.x, "x"), "event"], *([cell(at), text] for at, text in axes.events)]


def _columns(axes: Axes, mark: object) -> list[Column]:
    x, y = _name(axes.x, "x"), _name(axes.y, "y")
    if isinstance(mark, Line | Dots | Events):
        of = f" of {mark.label}" if mark.label else ""
        return [(f"{x}{of}", mark.x), (mark.label or y, mark.y)]
    if isinstance(mark, Bars):
        name = mark.label or "count"
        return [(f"{name} from", mark.edges[:-1]), (f"{name} to", mark.edges[1:]),
                (name, mark.counts)]  # fmt: skip
    if isinstance(mark, Arrows):
        strength = [] if mark.strength is None else [("strength", mark.strength)]
        return [(x, mark.x), (y, mark.y), (f"change of {x}", mark.u), (f"change of {y}", mark.v),
                *strength]  # fmt: skip
    return []


def _name(axis: Axis, otherwise: str) -> str:
    return axis.label or otherwise


def _side_by_side(columns: Sequence[Column]) -> Rows:
    """Columns, of which those that follow an equal x share it; shorter ones end in empty cells."""
    kept: list[Column] = []
    seen: list[tuple[str, bytes]] = []
    for name, values in columns:
        key = (name.partition(" of ")[0], np.asarray(values, float).tobytes())
        if " of " in name and key in seen:
            continue
        if " of " in name:
            first = not any(part == key[0] for part, _ in seen)
            seen.append(key)
            name = key[0] if first else name
        kept.append((name, values))
    longest = max(len(values) for _, values in kept)
    rows = [
        [cell(float(values[row])) if row < len(values) else "" for _, values in kept]
        for row in range(longest)
    ]
    return [[name for name, _ in kept], *rows]


def _matrix(values: np.ndarray, name: str) -> Rows:
    return [[name], *([cell(float(value)) for value in row] for row in np.asarray(values))]


def _words(words: Sequence[Words]) -> Rows:
    """Texts row by row, as they are read: those of a height are side by side."""
    heights = sorted({mark.y for mark in words}, reverse=True)
    return [
        [mark.text for mark in sorted(words, key=lambda mark: mark.x) if mark.y == height]
        for height in heights
    ]
