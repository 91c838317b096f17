"""Tables as text: comma-separated values, with a header or without, and any usual separator."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from ..core.task import Progress
from ._cells import (
    MOST_TEXT,
    decoded,
    first_rows,
    header_of,
    is_numeric,
    number,
    numbered,
    separator_of,
)
from ._table import Table, check_size, content_of, refused

LABELS = ("label", "class", "target", "y")  # columns that are taken as the label by their name
SAMPLE = 200  # rows that are looked at to tell words from numbers
BLOCK = 1_000_000  # cells turned into numbers at a time, so that memory stays small
MOST_TOLD = 3  # rows that are named for a reason to skip
MOST_WORD = 200  # characters of a label
MOST_VALUE = 1e30  # beyond it float32 soon ends
WORDS = "a cell that is no number"
MISSING = "a missing value"
MISSING_WORDS = ("nan", "na", "n/a", "null", "none", "?", "-")
RAGGED = "another number of cells"
NO_LABEL = "no label"


@dataclass
class _Skipped:
    """How many rows were skipped and why; the first ones are named."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, reason: str, row: int) -> None:
        self.counts[reason] += 1
        told = self.rows.setdefault(reason, [])
        if len(told) < MOST_TOLD:
            told.append(row)

    def told(self) -> dict[str, int]:
        found = {}
        for reason, count in self.counts.items():
            rows = ", ".join(f"{row:,}" for row in self.rows[reason])
            more = " ..." if count > MOST_TOLD else ""
            found[f"{reason} (row{'s' if count > 1 else ''} {rows}{more})"] = count
        return found


def read_csv(path: Path, label: str, progress: Progress) -> Table:
    """Read a table of numbers with one column of labels or targets.

    The label is the column of that name or number (from 1); without one, a column called label,
    class, target or y, else the last. Raises DataMissing in words.
    """
    content = content_of(path, progress, MOST_TEXT)
    digest = hashlib.sha256(content).hexdigest()
    text, remarks = decoded(path, content)
    del content
    separator = separator_of(text)
    head = first_rows(path, text, separator, SAMPLE)
    if not head:
        raise refused(path, "it holds no rows.")
    names = header_of(head, separator)
    columns = names or tuple(f"column {place + 1}" for place in range(len(head[0])))
    if len(columns) < 2:
        raise refused(path, "it has one column; it needs inputs and a label in each row.")
    place = _label_place(path, columns, label)
    sample = head[1:] if names else head
    kept = [i for i in range(len(columns)) if i != place and is_numeric(sample, i, separator)]
    if not kept:
        raise refused(path, "no column besides the label holds numbers.")
    check_size(path, 1, len(kept))
    lost = [columns[i] for i in range(len(columns)) if i != place and i not in kept]
    if lost:
        remarks = (*remarks, f"Left out, for they hold words: {_listed(lost)}.")
    reading = _Reading(path, len(columns), kept, place, separator)
    inputs, labels = reading.read(text, bool(names), progress)
    numbers = _as_numbers(labels, separator)
    words, codes = ((), None) if numbers is not None else _as_words(path, labels)
    return Table(
        "csv",
        inputs,
        digest,
        words=words,
        codes=codes,
        numbers=numbers,
        label=columns[place],
        columns=columns,
        names=tuple(columns[i] for i in kept),
        skipped=reading.skipped.told(),
        remarks=remarks,
    )


class _Reading:
    """Goes through all rows, block by block; those that cannot be used are counted."""

    def __init__(
        self, path: Path, width: int, kept: Sequence[int], label: int, separator: str
    ) -> None:
        self.skipped = _Skipped()
        self._path, self._width, self._separator = path, width, separator
        self._kept, self._label = kept, label
        self._blocks: list[np.ndarray] = []
        self._labels: list[str] = []
        self._known: dict[str, str] = {}  # equal labels are kept once
        self._quick: Callable[[str], float] = float

    def read(self, text: str, header: bool, progress: Progress) -> tuple[np.ndarray, list[str]]:
        block: list[tuple[int, list[str]]] = []
        rows = max(BLOCK // self._width, 1)
        stream = io.StringIO(text, newline=None)
        if "_" in text:  # Python takes 2024_05 for a number, and people do not
            self._quick = partial(number, separator=self._separator)
        for count, row in numbered(self._path, stream, self._separator):
            if header:
                header = False
                continue
            block.append((count, row))
            if len(block) == rows:
                self._take(block)
                block = []
                progress(f"Reading {self._path.name}", 0.5 + 0.5 * stream.tell() / len(text))
                check_size(self._path, len(self._labels), len(self._kept))
        self._take(block)
        inputs = np.concatenate(self._blocks) if self._blocks else np.empty((0, len(self._kept)))
        return inputs.astype(np.float32, copy=False), self._labels

    def _take(self, block: list[tuple[int, list[str]]]) -> None:
        cells, labels = [], []
        for count, row in block:
            if len(row) != self._width:
                self.skipped.add(RAGGED, count)
            elif not row[self._label].strip():
                self.skipped.add(NO_LABEL, count)
            else:
                cells.append((count, [row[i] for i in self._kept]))
                labels.append(row[self._label].strip())
        self._convert(cells, labels)

    def _convert(self, cells: list[tuple[int, list[str]]], labels: list[str]) -> None:
        """All at once where every cell is a number as Python writes them, else cell by cell."""
        if not cells:
            return
        every = chain.from_iterable(row for _, row in cells)
        try:
            block = np.fromiter(map(self._quick, every), np.float64)
        except ValueError:
            every = chain.from_iterable(row for _, row in cells)
            block = np.fromiter((number(cell, self._separator) for cell in every), np.float64)
        block = block.reshape(len(cells), -1)
        good = np.asarray((np.abs(block) < MOST_VALUE).all(axis=1))  # false for NaN as well
        for place in np.flatnonzero(~good):
            count, row = cells[place]
            empty = any(not cell.strip() or cell.strip().lower() in MISSING_WORDS for cell in row)
            self.skipped.add(MISSING if empty else WORDS, count)
        self._blocks.append(block[good].astype(np.float32))
        self._labels += [
            self._known.setdefault(label, label)
            for label, fine in zip(labels, good, strict=True)
            if fine
        ]


def _label_place(path: Path, columns: Sequence[str], label: str) -> int:
    if label in columns:
        return columns.index(label)
    if label.isdecimal() and 1 <= int(label) <= len(columns):
        return int(label) - 1
    if label:
        raise refused(path, f"it has no column '{label}'. Known: {_listed(columns)}.")
    named = [i for i, name in enumerate(columns) if name.strip().lower() in LABELS]
    return named[0] if named else len(columns) - 1


def _as_numbers(labels: list[str], separator: str) -> np.ndarray | None:
    """Targets (n, 1) where every label is a number."""
    numbers = np.array([number(label, separator) for label in labels])
    return numbers[:, None] if np.isfinite(numbers).all() else None


def _as_words(path: Path, labels: list[str]) -> tuple[tuple[str, ...], np.ndarray]:
    words = sorted(set(labels))
    if any(len(word) > MOST_WORD for word in words):
        raise refused(path, "its labels are long texts; choose another column as the label.")
    places = {word: place for place, word in enumerate(words)}
    return tuple(words), np.array([places[label] for label in labels], np.intp)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6:,} more"
