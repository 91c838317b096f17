"""The experiments that are stepped together, as a plot tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.catalogue import Catalogue, ExperimentEntry

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
    names = [entry.name for entry in catalogue.experiments]
    return tuple(
        Lane(
            index,
            entry,
            f"{entry.name} ({index + 1})" if names.count(entry.name) > 1 else entry.name,
        )
        for index, entry in enumerate(catalogue.experiments)
    )
