"""Panel sets: which panels stand where, for a purpose, as one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]

ROOMY, TIGHT, TINY = "roomy", "tight", "tiny"  # how much room a window has for panels
ROOMIEST = (900, 540)  # pixels at 100 % from which a window is roomy
TIGHTEST = 750  # pixels that a window with two panels side by side is wide at least
MOST_ON_STAGE = 4


@dataclass(frozen=True)
class PanelSet:
    """Panels in rows between the build column and the inspector; the others are hidden.

    `behind` names panels that lie behind one of those, as tabs; `all` shows every panel that has
    something to show, those that are not named behind the last of the first row.
    """

    key: str
    title: str
    tip: str
    rows: Rows
    behind: tuple[tuple[str, str], ...] = ()  # a panel, and the one that it lies behind
    all: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The panels that can be seen in it."""
        rows = (key for row in self.rows for key in row)
        return (*rows, *(key for key, _ in self.behind))


FOLLOW = PanelSet(
    "follow",
    "Follow the rule",
    "Every panel that has something to show of this network, those that fit its rule in front.",
    (("network", "task"), ("loss", "alignment")),
    (("raster", "loss"), ("stdp_window", "alignment")),
    all=True,
)

SETS = (
    FOLLOW,
    PanelSet(
        "alignment",
        "Alignment",
        "Angles between B and W transposed, and between the rule's update and backprop's.",
        (("network", "alignment"), ("loss", "weight_scatter")),
        (("weights", "weight_scatter"), ("task", "loss")),
    ),
    PanelSet(
        "bursts",
        "Bursts",
        "Events, burst probability and what they do to the weights.",
        (("network", "bursts"), ("raster", "loss")),
        (("living_synapse", "bursts"),),
    ),
    PanelSet(
        "stdp",
        "STDP",
        "Spikes, the timing window with the run's own pairs, and one synapse.",
        (("network", "stdp_window"), ("raster", "living_synapse")),
        (("weights", "living_synapse"),),
    ),
    PanelSet(
        "bcm",
        "BCM",
        "The moving threshold, the weights and what they come to answer to.",
        (("network", "bcm"), ("loss", "weights")),
        (("principal_axes", "weights"),),
    ),
    PanelSet(
        "compare",
        "Compare",
        "Curves and numbers side by side, for two rules or two runs.",
        (("loss", "alignment"), ("network", "table")),
    ),
    PanelSet(
        "presentation",
        "Presentation",
        "What presentation mode shows: the network, its task, and how far it has come.",
        (("network", "task"), ("loss", "alignment")),
    ),
)

SET_OF = {one.key: one for one in SETS}

# What else goes on stage where a network has no task or nothing to align, the first first.
INSTEAD = ("stdp_window", "living_synapse", "bursts", "bcm", "raster", "weights", "flow_field")
TELLING = ("flow_field", "bursts", "bcm", "stdp_window", "living_synapse", "principal_axes")


def density(width: float, height: float) -> str:
    """Say how much room a window of so many pixels at 100 % has."""
    if width >= ROOMIEST[0] and height >= ROOMIEST[1]:
        return ROOMY
    return TIGHT if width >= TIGHTEST else TINY


def on_stage(fitting: Mapping[str, bool], named: Sequence[str] = ()) -> tuple[str, ...]:
    """Choose at most four panels that have something to show, the most telling first.

    A panel that a session names comes first where it is one that tells of a rule of its own.
    """
    special = [key for key in named if key in TELLING][:1]
    usual = ("network", *special, "task", "alignment", "loss", *INSTEAD)
    there = [key for key in dict.fromkeys(usual) if fitting.get(key, False)]
    return tuple(there[:MOST_ON_STAGE])
