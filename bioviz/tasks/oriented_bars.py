"""Oriented bars: small pictures of one bar at one of several angles; nothing is to be said."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Patterns, Progress, Task, silent
from ._renewed import epoch_length, renewed

FAINT = 0.02  # of the bar's brightness: what is fainter is dark


class OrientedBarsParams(Part):
    """The pictures' size, the bars' angles and how far they stray."""

    side: int = parameter(
        10, "Pixels along each side of a picture.", unit="pixels", rebuild=True, ge=4, le=64
    )
    angles: int = parameter(
        8, "How many angles there are, spread evenly over 180 degrees.", rebuild=True, ge=2, le=36
    )
    width: float = parameter(
        0.8,
        "Half-width of a bar: the standard deviation of its profile.",
        unit="pixels",
        rebuild=True,
        gt=0,
        le=10,
    )
    jitter: float = parameter(
        0.0,
        "Standard deviation of how far bars lie beside the middle.",
        unit="pixels",
        rebuild=True,
        ge=0,
        le=10,
    )
    presentations: int = epoch_length()


class OrientedBars(Task):
    """Bars through the middle of a round window, bright (up to 1) on dark (0)."""

    key = "oriented_bars"
    title = "Oriented bars"
    summary = "Pictures of one bar at one of several angles; there is no target."
    source = "After Hubel & Wiesel 1959, J. Physiol. 148:574"
    classes = False
    taught = False
    Params = OrientedBarsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.side**2, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        turns = np.arange(params.angles) * np.pi / params.angles

        def draw(stream: np.random.Generator, _first: int, count: int) -> Examples:
            labels = stream.integers(params.angles, size=count)
            beside = params.jitter * stream.standard_normal(count)
            return Examples(self._bars(turns[labels], beside), 0, labels=labels)

        names = tuple(f"{180 * i / params.angles:.4g}°" for i in range(params.angles))
        return renewed(
            draw,
            streams,
            params.presentations,
            image=(params.side, params.side),
            patterns=Patterns(self._bars(turns, np.zeros(len(turns))), names),
        )

    def _bars(self, turns: np.ndarray, beside: np.ndarray) -> np.ndarray:
        """Pictures (n, side * side) of bars at these angles, anticlockwise from level."""
        side, width = self.params.side, self.params.width
        half = (side - 1) / 2
        across, up = np.meshgrid(np.arange(side) - half, half - np.arange(side))
        off = up.ravel() * np.cos(turns)[:, None] - across.ravel() * np.sin(turns)[:, None]
        bright = np.exp(-0.5 * ((off - beside[:, None]) / width) ** 2)
        bright *= np.hypot(across, up).ravel() <= side / 2
        bright[bright < FAINT] = 0
        pictures: np.ndarray = bright.astype(np.float32)
        return pictures
