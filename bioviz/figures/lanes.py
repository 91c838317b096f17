"""The experiments that are stepped together, as a plot tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.catalogue import Catalogue, ExperimentEntry, told_apart

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo


@dataclass(frozen=True)
class Lane:
    """One experiment: its place, which is also its colour, what there is of it, and its name."""

    index: int
    entry: ExperimentEntry
    name: str

    def has(self, info: ChannelInfo) -> bool:
        """Whether it records this channel of the first experiment's too."""
        return any(own.name == info.name for own in self.entry.channels)


def lanes_of(catalogue: Catalogue) -> tuple[Lane, ...]:
    """The session's experiments, no two by the same name."""
    names = told_apart([entry.name for entry in catalogue.experiments])
    pairs = zip(catalogue.experiments, names, strict=True)
    return tuple(Lane(index, entry, name) for index, (entry, name) in enumerate(pairs))
