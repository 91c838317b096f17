"""Confusions in words and in shares of a row."""

from __future__ import annotations

import numpy as np

from .word import number


def shares(counts: np.ndarray) -> np.ndarray:
    """Return counts (classes, classes) as parts of their row, float32; 0 in an empty row."""
    rows = counts.sum(axis=1, keepdims=True)
    found: np.ndarray = (counts / np.maximum(rows, 1)).astype(np.float32)
    return found


def percent(part: float) -> str:
    """Word a part of a whole in percent, without the sign: 97, 6.8, 0.5."""
    return f"{100 * part:.0f}" if part >= 0.0995 else f"{100 * part:.1f}"


def sentence(counts: np.ndarray, true: int, said: int, names: tuple[str, ...]) -> str:
    """Say what one cell means: "7 taken for 2: 14 of 205 (6.8 %)"."""
    return share_in_words(int(counts[true, said]), int(counts[true].sum()), true, said, names)


def share_in_words(count: int, of: int, true: int, said: int, names: tuple[str, ...]) -> str:
    what = f"{names[true]} taken for {names[said]}" if true != said else f"{names[true]} recognised"
    return f"{what}: {number(count)} of {number(of)} ({percent(count / max(1, of))} %)"


def worst(
    counts: np.ndarray, names: tuple[str, ...], *, in_percent: bool = False, named: int = 3
) -> str:
    """Name the worst confusions, by count or by share of their row, and how much is wrong."""
    total, right = int(counts.sum()), int(np.trace(counts))
    if right == total:
        return f"No mistakes among {number(total)} test examples."
    wrong = (shares(counts) if in_percent else counts).copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:named]
    pairs = [divmod(int(place), len(counts)) for place in order if wrong.flat[place] > 0]
    parts = [_pair(wrong[pair], *pair, names, in_percent=in_percent) for pair in pairs]
    wholly = f"{number(total - right)} of {number(total)} wrong ({percent(1 - right / total)} %)."
    return f"Worst: {', '.join(parts)}. {wholly}" if parts else wholly


def _pair(worth: float, true: int, said: int, names: tuple[str, ...], *, in_percent: bool) -> str:
    size = f"{percent(float(worth))} %" if in_percent else number(int(worth))
    return f"{names[true]} for {names[said]} ({size})"


def when(trial: int) -> str:
    """Say when the held-out set will be answered: `trial`, or as soon as the run begins."""
    if trial == 0:
        return "Press play or step: the test examples are answered then, and counted here."
    return f"The test examples are next answered, and counted here, at trial {number(trial, 9)}."
