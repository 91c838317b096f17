"""Panels that are made only once the window is seen: they lie behind others at a first start."""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE = 10  # beats after which they are made although nothing was drawn: behind the start page


@dataclass(frozen=True)
class Late:
    """What a dock says of a panel before there is one; the panel's own words, held by a test.

    One that is not `usual` has nothing to show of most networks: its dock waits hidden.
    """

    title: str
    icon: str
    usual: bool = False


LATE = {
    "weights": Late("Weights", "panel-weights", usual=True),
    "weight_scatter": Late("W against B", "panel-scatter", usual=True),
    "flow_field": Late("Flow field", "panel-flow"),
    "table": Late("Table", "panel-table", usual=True),
    "bcm": Late("BCM", "panel-bcm"),
    "principal_axes": Late("Principal axes", "panel-axes"),
    "raster": Late("Raster and voltages", "panel-raster"),
    "stdp_window": Late("STDP window", "panel-stdp-window"),
    "living_synapse": Late("Living synapse", "panel-synapse"),
    "bursts": Late("Bursts", "panel-bursts"),
}
