"""Text as rows of cells: how it is coded, what separates cells, and which of them are numbers."""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ._table import refused

MOST_TEXT = 512 * 2**20
MOST_LINE = 4 * 2**20  # characters: a line with 20,000 numbers is shorter
MOST_NAME = 200  # characters of a column's name
SEPARATORS = (",", ";", "\t", "|", " ")


def decoded(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in a file's bytes, gzipped or not, and what there is to say about it."""
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(path, content)
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    remarks: tuple[str, ...] = ()
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        text = content.decode("latin-1")
        remarks = ("It is not UTF-8 and was read as Latin-1.",)
    if "\0" in text:
        raise refused(path, "it is no text. CSV, NPZ, IDX and folders of pictures can be read.")
    return text, remarks


def _unpacked(path: Path, content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            text = stream.read(MOST_TEXT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(path, "its compression is broken or cut short.") from error
    if len(text) > MOST_TEXT:
        raise refused(path, f"it is larger than {MOST_TEXT // 2**20} MiB when unpacked.")
    return text


def separator_of(text: str) -> str:
    """The separator that gives the most columns in most of the first lines."""
    lines = [line for line in text[: 2**20].splitlines()[:40] if line.strip()]

    def score(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        width, rows = max(widths.items(), key=lambda found: (found[1], found[0]), default=(1, 0))
        return (rows if width > 1 else 0, width)

    try:
        return max(SEPARATORS, key=score)
    except csv.Error:
        return ","  # the reading will say in which row it breaks


def first_rows(path: Path, text: str, separator: str, most: int) -> list[list[str]]:
    """The first rows, at most `most` of them."""
    found = []
    for _, row in numbered(path, io.StringIO(text, newline=None), separator):
        found.append(row)
        if len(found) == most:
            break
    return found


def numbered(path: Path, stream: io.StringIO, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their line, empty ones left out."""
    reader = csv.reader(
        _lines(path, stream), delimiter=separator, skipinitialspace=separator != "\t", strict=False
    )
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                while separator == " " and row and not row[-1]:
                    row.pop()  # blanks at the end of a line separate nothing
                yield reader.line_num, row
    except csv.Error as error:
        raise refused(path, f"row {reader.line_num:,} is broken ({error}).") from error


def _lines(path: Path, stream: io.StringIO) -> Iterator[str]:
    while line := stream.readline(MOST_LINE + 1):
        if len(line) > MOST_LINE:
            raise refused(path, f"it has a line of more than {MOST_LINE // 2**20} MiB.")
        yield line


def header_of(rows: list[list[str]], separator: str) -> tuple[str, ...]:
    """The columns' names where the first row holds them, else nothing."""
    first, rest = rows[0], rows[1:]
    words = [bool(cell.strip()) and math.isnan(number(cell, separator)) for cell in first]
    below = [_share(rest, place, separator) > 0.5 for place in range(len(first))]
    named = any(word and numeric for word, numeric in zip(words, below, strict=True))
    if not named and not (all(words) and rest):
        return ()
    names: list[str] = []
    for place, cell in enumerate(first, 1):
        name = cell.strip()[:MOST_NAME] or f"column {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return tuple(names)


def _share(rows: Sequence[Sequence[str]], place: int, separator: str) -> float:
    cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
    numbers = sum(not math.isnan(number(cell, separator)) for cell in cells)
    return numbers / len(cells) if cells else 0.0


def is_numeric(rows: Sequence[Sequence[str]], place: int, separator: str) -> bool:
    """Whether at least half of a column's cells are numbers."""
    return _share(rows, place, separator) >= 0.5


def number(cell: str, separator: str) -> float:
    """A cell as a number, NaN where it is none; with semicolons between, commas are points."""
    text = cell.strip()
    if separator == ";":
        text = text.replace(",", ".")
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan
