"""Gaussian of many dimensions: variances that fall from axis to axis, for rules that find them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._renewed import epoch_length, renewed


class GaussianParams(Part):
    """How many dimensions, and how fast variances fall."""

    inputs: int = parameter(8, "Numbers in one input.", rebuild=True, ge=2, le=1000)
    largest: float = parameter(
        3.0, "Variance along the first principal axis.", symbol="λ1", rebuild=True, gt=0, le=100
    )
    ratio: float = parameter(
        0.5,
        "Variance along each principal axis over that along the one before.",
        rebuild=True,
        gt=0,
        le=1,
    )
    presentations: int = epoch_length()


class Gaussian(Task):
    """x ~ N(0, C), C with eigenvalues that fall by one ratio along axes drawn at random."""

    key = "gaussian"
    title = "Gaussian of many dimensions"
    summary = "Noise that is strongest along a few hidden axes; there is no target."
    source = "A common example for Sanger 1989, Neural Netw. 2:459"
    classes = False
    taught = False
    Params = GaussianParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        turned = streams.fresh("data").standard_normal((params.inputs, params.inputs))
        axes = np.linalg.qr(turned)[0]
        values = params.largest * params.ratio ** np.arange(params.inputs)
        root = axes * np.sqrt(values)

        def draw(stream: np.random.Generator, _first: int, count: int) -> Examples:
            x = stream.standard_normal((count, params.inputs)) @ root.T
            return Examples(x.astype(np.float32), 0)

        return renewed(draw, streams, params.presentations, moments=root @ root.T)
