"""The request for what has been recorded, as rows of a table that grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .probe import table
from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class RowsReply:
    """`values` (n, 1 + channels): the trial, then each channel in the catalogue's order.

    `edition` names the history that the rows belong to; it is another once a run went back.
    """

    edition: int
    fresh: bool  # whether these rows are the first, and any held before belong to a past history
    values: np.ndarray


@dataclass(frozen=True)
class Rows(Request):
    """The next `most` rows later than the trial `after`; all from the first on where the history
    is no longer that of `edition`. A row is complete once it is there."""

    after: float = -np.inf
    edition: int = -1
    most: int = 2000
    index: int = 0

    def read(self, experiment: Experiment) -> RowsReply:
        channels = experiment.channels.values()
        edition = sum(channel.edition for channel in channels)
        fresh = edition != self.edition
        _, values = table(channels, -np.inf if fresh else self.after, self.most)
        return RowsReply(edition, fresh, values)
