"""An excerpt of a data set: the few examples that views read, for where the whole is not there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .principal import MOST_ROWS
from .registry import TASKS
from .task import Dataset, Examples

if TYPE_CHECKING:
    from .experiment import Experiment

LOOKED_AT = 500  # held-out examples that panels answer
POINTS = 1000  # training examples that are drawn as points of a plane


@dataclass(frozen=True)
class Excerpt(Examples):
    """The first examples of `length`: it answers for those that it has, and for no others."""

    length: int = 0

    def __len__(self) -> int:
        return self.length

    def read(self, rows: np.ndarray | slice, dtype: type) -> tuple[np.ndarray, np.ndarray]:
        asked = np.arange(self.length)[rows]
        if asked.max(initial=0) >= len(self.inputs):
            raise LookupError(
                f"Only the first {len(self.inputs):,} of these {self.length:,} examples are in "
                "the file; the data set itself is not on this machine."
            )
        return super().read(asked, dtype)


def excerpt_of(experiment: Experiment) -> Dataset | None:
    """The excerpt of an experiment's data that views need; None where these come with bioviz."""
    task, data = TASKS[experiment.spec.task.key], experiment.data
    from_files = bool(task.megabytes) or task.by_file
    if not from_files or data.script is not None or data.renew is not None:
        return None
    axes = experiment.principal_axes is not None
    shown = MOST_ROWS if axes else POINTS if data.plane else LOOKED_AT
    return replace(data, train=first_of(data.train, shown), test=first_of(data.test, LOOKED_AT))


def first_of(examples: Examples, count: int) -> Excerpt:
    """The first examples, as an excerpt that knows how many there are in all."""
    parts = (examples.inputs, examples.labels, examples.targets)
    inputs, labels, targets = (None if part is None else part[:count].copy() for part in parts)
    assert inputs is not None  # noqa: S101  (told to the type checker)
    length = len(examples)
    return Excerpt(inputs, examples.outputs, labels, targets, examples.scale, length=length)
