"""Tables of numbers as text: CSV for a file, the same with tabs for the clipboard."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@")  # a spreadsheet takes text that begins so for something to carry out


def table_text(names: Sequence[str], rows: Iterable[Iterable[float]], delimiter: str = ",") -> str:
    """A line of names and a line a row, every number to its last bit and NaN as an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    if names:
        writer.writerow([harmless(name) for name in names])
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()


def cell(value: float) -> str:
    """A number as its shortest exact text; whole ones without a point."""
    return "" if math.isnan(value) else repr(float(value)).removesuffix(".0")


def harmless(text: str) -> str:
    """Text that no spreadsheet carries out as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
