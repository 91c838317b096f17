"""Tasks without targets, whose inputs are drawn anew for every epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.parameter import parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples

HELD_OUT = 400  # inputs that are never learned from

Draw = Callable[[np.random.Generator, int, int], Examples]  # stream, first presentation, how many


def epoch_length(count: int = 1000) -> Any:
    """Declare how many presentations make an epoch."""
    return parameter(
        count,
        "Presentations in one epoch; each epoch's are drawn anew.",
        title="Presentations",
        rebuild=True,
        ge=10,
        le=1_000_000,
    )


def renewed(draw: Draw, streams: Streams, count: int, **about: Any) -> Dataset:
    """A data set of `count` presentations an epoch, each epoch from a fresh stream of its own.

    What is shown follows from the seed and the epoch alone, so that nothing of it need be saved.
    """

    def renew(epoch: int) -> Examples:
        return draw(streams.fresh(f"presentations/{epoch}"), epoch * count, count)

    held_out = draw(streams.fresh("held out"), 0, HELD_OUT)
    return Dataset(train=renew(0), test=held_out, shuffle=False, renew=renew, **about)
