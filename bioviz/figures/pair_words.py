"""How weights go with their feedback weights, in words."""

from __future__ import annotations

from math import isfinite

from ..core.pair import PairsReply
from .word import number


def relation(reply: PairsReply) -> tuple[str, ...]:
    """Say how the weights go with the feedback weights, in wordings, the longest first."""
    shown = len(reply.w)
    if shown == 1:
        w, b = number(float(reply.w[0]), 3), number(float(reply.b[0]), 3)
        return (f"One pair: W = {w}, B = {b}.", f"W = {w}, B = {b}")
    count = f"{shown:,} of {reply.total:,} pairs" if shown < reply.total else f"{shown:,} pairs"
    if not isfinite(reply.r):
        why = "No correlation: all entries of one matrix are equal"
        return (f"{why}; {count}.", f"{why}.", "No correlation.")
    r = f"r = {reply.r:.2f}".replace("-", "−")
    slope = f"{r}, {_strength(reply.r)}; slope {number(reply.slope, 2)}"
    return (f"{slope}; {count}.", f"{slope}.", f"{r}, {_strength(reply.r)}.", r)


def _strength(r: float) -> str:
    size = abs(r)
    if size < 0.1:
        return "unrelated"
    words = "closely" if size > 0.9 else "clearly" if size > 0.5 else "somewhat"
    return f"{words} {'alike' if r > 0 else 'opposed'}"
