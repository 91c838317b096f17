"""Recorded numbers as a table words them: heads of columns, and numbers below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .word import humanise, number

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

DIGITS = 5


def in_column(value: float) -> str:
    """Word a number with as many digits as those above and below it; nothing for no value."""
    if value != value:
        return ""
    plain = value == 0 or 1e-4 <= abs(value) < 10**DIGITS
    text = f"{value:#.{DIGITS}g}".rstrip(".").replace("-", "−") if plain and value else ""
    return text or number(value, DIGITS)


def head(info: ChannelInfo) -> str:
    """Two short lines: the quantity, and which layer or matrix in which unit."""
    metric, _, about = info.name.partition(".")
    words = humanise(metric) if about else info.label[:1].upper() + info.label[1:]
    shown = "%" if info.part else info.unit
    unit = f"({shown})" if shown else ""
    return f"{words}\n{about.replace('_', ' ')} {unit}".rstrip(" ")


def explain(info: ChannelInfo) -> str:
    return f"{info.name}\n{info.label}: {info.help}"
