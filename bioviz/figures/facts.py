"""What made a figure: what stands in its file beside the picture, so that it can be made again."""

from __future__ import annotations

from .. import __version__
from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.snapshot import Snapshot


def facts_of(catalogue: Catalogue, snapshot: Snapshot) -> dict[str, str]:
    """Network, rule, data, seed, trial, epoch and version; of each experiment where they differ."""
    entries = catalogue.experiments
    return {
        "network": _each([_layers(entry) for entry in entries]),
        "rule": _each([entry.rule_title for entry in entries]),
        "data": _each([entry.task_title for entry in entries]),
        "seed": _each([str(entry.seed) for entry in entries]),
        "trial": _each([str(place.trial) for place in snapshot.positions]),
        "epoch": _each([str(place.epoch) for place in snapshot.positions]),
        "version": __version__,
    }


def _layers(entry: ExperimentEntry) -> str:
    return "-".join(str(layer.size) for layer in entry.layers)


def _each(values: list[str]) -> str:
    """One value where all are equal, else each in turn."""
    return values[0] if len(set(values)) == 1 else ", ".join(values)
