"""Digits as a person might draw them: polylines in a unit square, y downwards."""

from __future__ import annotations

import numpy as np

Stroke = list[tuple[float, float]]


def _arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> Stroke:
    turn = np.radians(np.linspace(start, end, 24))
    return list(zip(x + wide * np.cos(turn), y + high * np.sin(turn), strict=True))


DIGITS: dict[int, list[Stroke]] = {
    0: [_arc(0.5, 0.5, 0.24, 0.36, -90, 270)],
    1: [[(0.42, 0.26), (0.52, 0.14), (0.52, 0.86)]],
    2: [[*_arc(0.5, 0.32, 0.22, 0.18, -170, 40), (0.30, 0.84), (0.74, 0.84)]],
    3: [_arc(0.48, 0.31, 0.2, 0.17, -150, 90) + _arc(0.48, 0.66, 0.24, 0.19, -90, 150)],
    4: [[(0.58, 0.14), (0.28, 0.58), (0.76, 0.58)], [(0.62, 0.40), (0.62, 0.88)]],
    7: [[(0.28, 0.16), (0.72, 0.16), (0.46, 0.86)]],
}
