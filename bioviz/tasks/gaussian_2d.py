"""Gaussian cloud: points in the plane with a given covariance, for rules that find its axes."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from pydantic import model_validator

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._renewed import epoch_length, renewed

WIDE = 4.0  # standard deviations that the plane shows, either way


class Gaussian2DParams(Part):
    """The covariance."""

    variance_1: float = parameter(
        3.0, "Variance of the first input.", symbol="C11", rebuild=True, gt=0, le=100
    )
    variance_2: float = parameter(
        1.0, "Variance of the second input.", symbol="C22", rebuild=True, gt=0, le=100
    )
    covariance: float = parameter(
        1.0, "Covariance of both inputs.", symbol="C12", rebuild=True, ge=-100, le=100
    )
    presentations: int = epoch_length()

    @model_validator(mode="after")
    def _sound(self) -> Gaussian2DParams:
        most = sqrt(self.variance_1 * self.variance_2)
        if abs(self.covariance) > most:
            raise ValueError(
                f"With these variances the covariance lies between −{most:.3g} and {most:.3g}."
            )
        return self


class Gaussian2D(Task):
    """x ~ N(0, C) with C = [[3, 1], [1, 1]]: eigenvalues 3.41 and 0.59."""

    key = "gaussian_2d"
    title = "Gaussian cloud"
    summary = "Points of a tilted cloud in the plane; there is no target."
    source = "A common example for Oja 1982, J. Math. Biol. 15:267"
    classes = False
    taught = False
    Params = Gaussian2DParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 2, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        spread = np.array(
            [[params.variance_1, params.covariance], [params.covariance, params.variance_2]]
        )
        values, axes = np.linalg.eigh(spread)
        root = axes * np.sqrt(np.maximum(values, 0))

        def draw(stream: np.random.Generator, _first: int, count: int) -> Examples:
            return Examples((stream.standard_normal((count, 2)) @ root.T).astype(np.float32), 0)

        limit = WIDE * sqrt(max(params.variance_1, params.variance_2))
        return renewed(
            draw,
            streams,
            params.presentations,
            moments=spread,
            plane=(-limit, limit, -limit, limit),
        )
