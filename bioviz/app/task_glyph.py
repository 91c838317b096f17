"""Small drawings that say at a glance what a task is: two moons, a digit, a matrix."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin, tanh

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from ..core.registry import TASKS
from ..core.stream import Streams
from ..ui import icon, theme
from ..ui.colour import lookup

Dots = list[tuple[float, float, int]]  # x and y from -1 to 1, and the class


def draw_task(painter: QPainter, key: str, area: QRectF) -> None:
    """Draw the task `key` into a square; one without a drawing gets the task's icon."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    GLYPHS.get(key, _icon)(painter, area)
    painter.restore()


def _moons(painter: QPainter, area: QRectF) -> None:
    dots: Dots = []
    for step in range(9):
        angle = pi * step / 8
        x, y = 0.6 * cos(angle), 0.62 * sin(angle)
        dots += [(x - 0.3, y - 0.18, 0), (-x + 0.3, -y + 0.18, 1)]
    _dots(painter, area, dots, 0.075)


def _corners(painter: QPainter, area: QRectF) -> None:
    _dots(painter, area, [(x, y, int(x * y < 0)) for x in (-0.6, 0.6) for y in (-0.6, 0.6)], 0.17)


def _dots(painter: QPainter, area: QRectF, dots: Dots, size: float) -> None:
    """Full dots for one class, rings for the other, so that colour is not the only cue."""
    look = theme.current()
    half = area.width() / 2
    for x, y, kind in dots:
        colour = QColor(look.series[kind])
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(QColor(look.base) if kind else colour)
        centre = area.center() + QPointF(x * half, -y * half)
        painter.drawEllipse(centre, size * half, size * half)


def _digit(painter: QPainter, area: QRectF) -> None:
    _pixels(painter, area, smooth=False)


def _smooth_digit(painter: QPainter, area: QRectF) -> None:
    _pixels(painter, area, smooth=True)


def _pixels(painter: QPainter, area: QRectF, *, smooth: bool) -> None:
    look, pixels = theme.current(), _two()
    paper, ink = QColor(look.base), QColor(look.text)
    picture = QImage(8, 8, QImage.Format.Format_ARGB32)
    for row in range(8):
        for col in range(8):
            ink.setAlphaF(float(pixels[row, col]))
            picture.setPixelColor(col, row, ink)
    if smooth:
        picture = picture.scaled(28, 28, mode=Qt.TransformationMode.SmoothTransformation)
    frame = area.adjusted(2, 2, -2, -2)
    painter.fillRect(frame, paper)
    painter.drawImage(frame, picture)
    painter.setPen(QPen(QColor(look.outline), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)


@lru_cache(maxsize=1)
def _two() -> np.ndarray:
    """One of the digits that travel with the program: a two, (8, 8), 0 to 1."""
    task = TASKS["digits"]
    examples = task(task.Params()).load(Streams(0)).train
    at = int(np.flatnonzero(examples.labels == 2)[11])
    pixels: np.ndarray = examples.inputs[at].reshape(8, 8) / 16
    return pixels


def _matrix(painter: QPainter, area: QRectF) -> None:
    """A matrix of signed numbers: the map that is to be copied."""
    table = lookup("diverging")
    stream = np.random.default_rng(3)
    values = stream.choice([45, 70, 95, 160, 185, 210], (5, 5))
    cell = area.width() * 0.9 / 5
    left, top = area.left() + area.width() * 0.05, area.top() + area.height() * 0.05
    for row in range(5):
        for col in range(5):
            red, green, blue, _ = (int(part) for part in table[values[row, col]])
            box = QRectF(left + col * cell, top + row * cell, cell - 1, cell - 1)
            painter.fillRect(box, QColor(red, green, blue))


def _line(painter: QPainter, area: QRectF) -> None:
    """The line y = x between two axes, with both inputs that are shown on it."""
    look, half, middle = theme.current(), area.width() / 2, area.center()
    painter.setPen(QPen(QColor(look.outline), 1))
    painter.drawLine(middle - QPointF(0.8 * half, 0), middle + QPointF(0.8 * half, 0))
    painter.drawLine(middle - QPointF(0, 0.8 * half), middle + QPointF(0, 0.8 * half))
    painter.setPen(QPen(QColor(look.series[0]), 1.4))
    painter.drawLine(middle + QPointF(-0.75, 0.75) * half, middle + QPointF(0.75, -0.75) * half)
    _dots(painter, area, [(-0.45, -0.45, 0), (0.45, 0.45, 0)], 0.13)


def _bends(painter: QPainter, area: QRectF) -> None:
    """A curve of two bends between axes: the function of the teacher, which no line comes near."""
    look, half, middle = theme.current(), area.width() / 2, area.center()
    painter.setPen(QPen(QColor(look.outline), 1))
    painter.drawLine(middle - QPointF(0.8 * half, 0), middle + QPointF(0.8 * half, 0))
    painter.drawLine(middle - QPointF(0, 0.8 * half), middle + QPointF(0, 0.8 * half))
    places = [(step - 20) / 20 for step in range(41)]
    bent = [(0.75 * x, 1.1 * tanh(4 * x) - 0.8 * tanh(1.8 * x) - 0.5 * x) for x in places]
    painter.setPen(QPen(QColor(look.series[0]), 1.6))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, -1.6 * y) * half for x, y in bent]))
    shown = [bent[step] for step in (4, 16, 24, 36)]
    _dots(painter, area, [(x, 1.6 * y, 0) for x, y in shown], 0.1)


def _pulse(painter: QPainter, area: QRectF) -> None:
    """A spike: the potential rises to the threshold, shoots up, falls below rest and comes back."""
    look, half, middle = theme.current(), area.width() / 2, area.center()
    painter.setPen(QPen(QColor(look.outline), 1, Qt.PenStyle.DashLine))
    painter.drawLine(middle + QPointF(-0.8, 0.1) * half, middle + QPointF(0.8, 0.1) * half)
    places = [(-0.8, 0.55), (-0.45, 0.55), (-0.15, 0.1), (-0.05, -0.75), (0.08, 0.8)]
    places += [(0.25, 0.68), (0.45, 0.58), (0.8, 0.55)]
    painter.setPen(QPen(QColor(look.series[0]), 1.6))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) * half for x, y in places]))


def _pair(painter: QPainter, area: QRectF) -> None:
    _raster(painter, area, [(-0.2, -0.4), (0.2, 0.4)])


def _two_volleys(painter: QPainter, area: QRectF) -> None:
    """One cell before the other, and again."""
    _raster(painter, area, [(-0.7, -0.4), (-0.45, 0.4), (0.25, -0.4), (0.5, 0.4)])


def _stairs(painter: QPainter, area: QRectF) -> None:
    _raster(painter, area, [(-0.7 + 0.28 * step, -0.7 + 0.28 * step) for step in range(6)])


def _latencies(painter: QPainter, area: QRectF) -> None:
    """Early inputs close together, late ones far apart."""
    times = (-0.8, -0.72, -0.5, -0.35, 0.05, 0.3, 0.75)
    _raster(painter, area, [(x, -0.72 + 0.24 * row) for row, x in enumerate(times)])


def _rain(painter: QPainter, area: QRectF) -> None:
    stream = np.random.default_rng(5)
    rows = (-0.72, -0.36, 0.0, 0.36, 0.72)
    _raster(painter, area, [(x, y) for y in rows for x in stream.uniform(-0.85, 0.85, 4)])


def _bursts(painter: QPainter, area: QRectF) -> None:
    """Two cells' events, some of them bursts."""
    above = (-0.7, -0.15, -0.02, 0.11, 0.6)
    below = (-0.5, -0.37, 0.2, 0.72)
    _raster(painter, area, [(x, -0.4) for x in above] + [(x, 0.4) for x in below])


def _soma_and_dendrite(painter: QPainter, area: QRectF) -> None:
    """A cell with its dendrite above."""
    look, half, middle = theme.current(), area.width() / 2, area.center()
    painter.setPen(QPen(QColor(look.series[0]), 1.8))
    for x in (-0.35, 0.0, 0.35):
        painter.drawLine(middle + QPointF(0, -0.25) * half, middle + QPointF(x, -0.75) * half)
    painter.drawLine(middle + QPointF(0, -0.25) * half, middle + QPointF(0, 0.2) * half)
    painter.setBrush(QColor(look.series[0]))
    painter.drawEllipse(middle + QPointF(0, 0.42) * half, 0.22 * half, 0.22 * half)


def _two_sines(painter: QPainter, area: QRectF) -> None:
    x = np.linspace(-0.8, 0.8, 60)
    for place, cycles, colour in ((-0.4, 3.0, 0), (0.4, 1.3, 1)):
        y = place - 0.22 * np.sin(np.pi * cycles * (x + 0.8) / 0.8)
        _stroke(painter, area, x, y, colour)


def _steps(painter: QPainter, area: QRectF) -> None:
    """A drive that is stronger for a while, and then weaker."""
    levels = np.repeat((0.0, -0.5, 0.0, 0.5, 0.0), 2)
    x = np.repeat(np.linspace(-0.8, 0.8, 6), 2)[1:-1]
    _stroke(painter, area, x, levels, 0)


def _stroke(painter: QPainter, area: QRectF, x: np.ndarray, y: np.ndarray, colour: int) -> None:
    """A line through points, both coordinates from -1 to 1, y downwards."""
    half, middle = area.width() / 2, area.center()
    points = [middle + QPointF(*point) * half for point in zip(x, y, strict=True)]
    painter.setPen(QPen(QColor(theme.current().series[colour]), 1.8))
    painter.drawPolyline(QPolygonF(points))


def _raster(painter: QPainter, area: QRectF, spikes: list[tuple[float, float]]) -> None:
    """Spikes as strokes: time to the right and a row a unit, both from -1 to 1."""
    look, half, middle = theme.current(), area.width() / 2, area.center()
    painter.setPen(QPen(QColor(look.outline), 1))
    for y in sorted({y for _, y in spikes}):
        painter.drawLine(middle + QPointF(-half, y * half), middle + QPointF(half, y * half))
    painter.setPen(QPen(QColor(look.series[0]), 1.8))
    high = QPointF(0, 0.11 * half)
    for x, y in spikes:
        at = middle + QPointF(x, y) * half
        painter.drawLine(at - high, at + high)


def _icon(painter: QPainter, area: QRectF) -> None:
    size = int(area.width() * 0.7)
    picture = icon.pixmap("task", size, theme.current().muted, painter.device().devicePixelRatio())
    corner = area.center() - QPointF(size / 2, size / 2)
    painter.drawPixmap(corner, picture)


GLYPHS: dict[str, Callable[[QPainter, QRectF], None]] = {
    "two_moons": _moons,
    "xor": _corners,
    "xor_pools": _corners,
    "digits": _digit,
    "mnist": _smooth_digit,
    "linear_teacher": _matrix,
    "nonlinear_teacher": _bends,
    "scalar_map": _line,
    "free_firing": _pulse,
    "pairing": _pair,
    "two_cells": _two_volleys,
    "chain": _stairs,
    "latency": _latencies,
    "poisson_groups": _rain,
    "burst_pairing": _bursts,
    "soma_and_dendrite": _soma_and_dendrite,
    "multiplexing": _two_sines,
    "steering": _steps,
}
