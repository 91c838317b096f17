"""The grain of a history: which trials are kept, by their numbers alone, and how coarse that is."""

from __future__ import annotations

from math import ceil, log

from .probe import decades

APART = 1.05  # of trials on the logarithmic grid, before it is widened
FIRST_STRIDE = 4
COARSEST = 12  # after so many widenings the grid has no places left


class Grain:
    """What is wanted: 0, 1, 2, 5, 10, 20, ...; places of a logarithmic grid; multiples of a stride.

    Histories of experiments that run side by side share one, so that the same trials are kept of
    all. It only ever grows coarser: what is wanted later was wanted before.
    """

    def __init__(self) -> None:
        self.stride = FIRST_STRIDE  # multiples of it are wanted
        self.widened = 0  # how often the logarithmic grid was made twice as wide
        self.sparse = False  # whether 0, 1, 2, 5, 10, ... may go as well
        self.changes = 0

    def coarsen(self, stride: int, widened: int) -> None:
        """Be at least as coarse as this."""
        self.stride, self.widened = max(self.stride, stride), max(self.widened, widened)
        self.changes += 1

    @property
    def plain(self) -> tuple[int, int, bool]:
        """How coarse it is, ready for JSON."""
        return self.stride, self.widened, self.sparse

    def follow(self, stride: int = FIRST_STRIDE, widened: int = 0, sparse: bool = False) -> None:
        """Be at least as coarse as another, which told how coarse it is."""
        self.coarsen(stride, widened)
        self.sparse = self.sparse or sparse

    def drop_decades(self) -> None:
        """Want no trial for being 1, 2 or 5 times a power of ten."""
        self.sparse = True
        self.changes += 1

    def wanted(self, trial: int) -> bool:
        if trial % self.stride == 0 or (decades(trial) and not self.sparse):
            return True
        return self.on_grid(trial)

    def on_grid(self, trial: int) -> bool:
        """Whether a trial lies on the logarithmic grid."""
        if self.widened >= COARSEST or trial <= 0:
            return False
        return _grid((_place(trial) >> self.widened) << self.widened) == trial

    def next(self, trial: int) -> float:
        """The next trial that is wanted after one."""
        if trial < 0:
            return 0
        found = [(trial // self.stride + 1) * self.stride]
        if self.widened < COARSEST:
            found.append(_grid(((_place(trial) >> self.widened) + 1) << self.widened))
        if not self.sparse:
            decade = 10 ** len(str(trial))
            found += [part for part in (decade, decade // 2, decade // 5) if part > trial]
        return min(found)


def _place(trial: int) -> int:
    """The last place of the logarithmic grid that is not after a trial."""
    return int(log(trial) / log(APART)) if trial > 0 else -1


def _grid(place: int) -> int:
    """The trial at a place of the logarithmic grid."""
    return ceil(APART**place)
