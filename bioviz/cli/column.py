"""Plain text for a person: aligned columns, numbers that can be read, JSON for machines."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import click


def columns(rows: Sequence[Sequence[str]], indent: int = 0) -> str:
    """Rows of cells as text, each column as wide as its longest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join(" " * indent + line for line in lines)


def number(value: float | None, unit: str = "") -> str:
    """Four significant digits and the unit; a dash for what is undefined."""
    if value is None or math.isnan(value):
        return "-"
    return f"{value:.4g}{unit}" if unit == "°" else f"{value:.4g} {unit}".rstrip()


def size(count: int) -> str:
    """Bytes as a person says them."""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if amount >= 10 or unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def echo_json(data: Any) -> None:
    """Write JSON to stdout, in plain ASCII whatever the terminal speaks."""
    click.echo(json.dumps(data, indent=2, allow_nan=False))
