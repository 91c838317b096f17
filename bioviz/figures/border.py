"""The line between what is answered one way and what another way, over a plane."""

from __future__ import annotations

import numpy as np


def edge(field: np.ndarray, level: float = 0.5) -> np.ndarray:
    """Return the line at `level` in (rows, cols) as segments (n, 4): x, y, x, y in cells.

    Each square of four neighbours whose corners lie on both sides is crossed from side to side;
    where it is crossed twice, the first two sides are joined, then the last two.
    """
    above = field > level
    corners = (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1])
    mixed = (corners[0] != corners[1]) | (corners[1] != corners[2]) | (corners[2] != corners[3])
    rows, cols = np.nonzero(mixed)  # few of the cells: only they are worked out
    a, b = field[rows, cols], field[rows, cols + 1]
    c, d = field[rows + 1, cols + 1], field[rows + 1, cols]
    x, y = cols.astype(float), rows.astype(float)
    with np.errstate(all="ignore"):
        sides = [
            (a, b, x + (level - a) / (b - a), y),
            (b, c, x + 1, y + (level - b) / (c - b)),
            (d, c, x + (level - d) / (c - d), y + 1),
            (a, d, x, y + (level - a) / (d - a)),
        ]
    crossed = np.stack([(p > level) != (q > level) for p, q, _, _ in sides], axis=-1)
    at = np.stack([np.stack([px, py], axis=-1) for _, _, px, py in sides], axis=-2)
    count = crossed.sum(axis=-1)
    order = np.argsort(~crossed, axis=-1, kind="stable")
    found = []
    for first, need in ((0, 2), (2, 4)):
        cells = np.flatnonzero(count >= need)
        ends = [at[cells, order[cells, i]] for i in (first, first + 1)]
        found.append(np.concatenate(ends, axis=-1))
    return np.concatenate(found)


def borders(field: np.ndarray) -> np.ndarray:
    """Return the lines between cells of different classes, as `edge` does."""
    rows, cols = np.nonzero(field[:, :-1] != field[:, 1:])
    upright = np.stack([cols + 0.5, rows - 0.5, cols + 0.5, rows + 0.5], axis=1)
    rows, cols = np.nonzero(field[:-1] != field[1:])
    level = np.stack([cols - 0.5, rows + 0.5, cols + 0.5, rows + 0.5], axis=1)
    lines = np.concatenate([upright, level])
    return lines.clip(0, np.array(field.shape[::-1] * 2) - 1)
