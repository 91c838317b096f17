"""Epochs: what is shown in each pass over the training set, and in which order."""

from __future__ import annotations

import numpy as np

from .stream import Streams
from .task import Dataset, Examples


class Epochs:
    """The examples of every epoch; they follow from the seed and the epoch alone."""

    def __init__(self, data: Dataset, streams: Streams) -> None:
        self._data = data
        self._streams = streams
        self._epoch = -1
        self._examples = data.train
        self._order = np.empty(0, int)

    def examples(self, epoch: int) -> Examples:
        """The same in all epochs, but where a task renews them."""
        self._turn_to(epoch)
        return self._examples

    def rows(self, epoch: int, position: int, batch: int) -> np.ndarray:
        """Which rows are shown next, at most `batch`, once `position` of the epoch's have been."""
        self._turn_to(epoch)
        return self._order[position : position + batch]

    def _turn_to(self, epoch: int) -> None:
        if epoch == self._epoch:
            return
        data = self._data
        self._examples = data.renew(epoch) if data.renew and epoch else data.train
        self._order = np.arange(len(self._examples))
        if data.shuffle:
            self._streams.fresh(f"order/{epoch}").shuffle(self._order)
        self._epoch = epoch
