"""Axes that panels paint: no two of their numbers touch."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from bioviz.panels._axes import place


@pytest.mark.parametrize("end", [0.5, 2.0, 100.0])
@pytest.mark.parametrize("room", [(232, 110), (330, 190), (700, 500)])
def test_no_two_numbers_of_the_axes_touch_not_even_in_the_corner(
    qapp: QApplication, end: float, room: tuple[int, int]
) -> None:
    metrics = QFontMetrics(qapp.font())
    axes = place(QRectF(0, 0, *room), metrics, (-end, end, -end, end))
    across, up = axes.numbers(metrics)
    written = []
    for box, words in across:
        ink = metrics.horizontalAdvance(words)
        written.append(QRectF(box.center().x() - ink / 2, box.top(), ink, box.height()))
    for box, words in up:
        ink = metrics.horizontalAdvance(words)
        written.append(QRectF(box.right() - ink, box.top(), ink, box.height()))
    assert len(across) >= 3
    assert len(up) >= 3
    assert not any(one.intersects(other) for one, other in combinations(written, 2))
