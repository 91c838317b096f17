"""Tasks that run in time: each trial is a stretch of it, and nobody says what is right."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from ..core.parameter import parameter
from ..core.task import Dataset, Repeated, Script, Task


class TimedTask(Task):
    """What all of them say of themselves; subclasses give the rest, and a script for `in_time`."""

    classes: ClassVar[bool] = False
    taught: ClassVar[bool] = False
    timed: ClassVar[bool] = True


def period() -> Any:
    """Declare how long a trial with one volley is."""
    return parameter(
        200.0,
        "Time from one volley to the next: the length of a trial.",
        unit="ms",
        gt=0,
        le=100_000,
    )


def volleys(count: int) -> Any:
    """Declare how many volleys make an epoch."""
    return parameter(count, "Volleys in an epoch.", rebuild=True, ge=1, le=1_000_000)


def in_time(x: np.ndarray, outputs: int, script: Script, count: int, **notes: Any) -> Dataset:
    """A data set of `count` trials in which x (n_in,) and what the script adds are shown."""
    shown, silence = x[None].astype(np.float32), np.zeros((1, outputs), np.float32)
    rows = Repeated(shown, outputs, targets=silence, count=count)
    return Dataset(train=rows, test=rows, shuffle=False, script=script, notes=notes)


def driven(outputs: int, script: Script, count: int) -> Dataset:
    """The same, of one input that never spikes, so that its weights tell nothing: outputs do."""
    return in_time(np.zeros(1), outputs, script, count, silent=True)
