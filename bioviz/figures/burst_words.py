"""What the bursts panel and its figure draw, in words: each quantity, its axis and its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..core.catalogue import ExperimentEntry
from ..core.request import HistogramReply
from .spec import Stroke

UNFIT = (
    "This panel shows bursts, which Burstprop sends down while single events go up. Choose it or "
    "Spiking burstprop among the rules that send errors back; the gallery (Ctrl+G) has networks."
)
ALL, SPREAD = "all", "spread"
ZONE = (0.34, 0.66)  # where the sigmoid of a dendrite is nearly straight; both are ends of bins
BINS = 50  # of burst probabilities
WINDOW, TURN = 40, 10  # s that are seen, and by how many the axis goes on at once
EVERY = "every"  # the choice of all layers above the input
METRICS = ("burst_probability", "burst_expectation")  # by which a network with bursts is known


@dataclass(frozen=True)
class Quantity:
    """One plot: its title, its axis, which metrics it draws by which stroke, and what it means."""

    title: str
    axis: str
    strokes: dict[str, Stroke]
    help: str


QUANTITIES = {
    "event": Quantity(
        "Event rate", "Event rate", {"event_rate": "solid"},
        "Events, single spikes or whole bursts: what goes up. 1 is the most.",
    ),
    "probability": Quantity(
        "Burst probability", "P, P̄", {"burst_probability": "solid", "burst_expectation": "dash"},
        "Part of the events that are bursts: P with the teacher, dashed P̄, as expected without.",
    ),
    "burst": Quantity(
        "Burst rate", "Burst rate", {"burst_rate": "solid"},
        "Event rate times burst probability: what goes down to the dendrites below.",
    ),
    "difference": Quantity(
        "What the teacher changes", "|P − P̄|", {"burst_difference": "solid"},
        "Mean |P − P̄|, up or down. Of P and P̄ themselves the means nearly agree.",
    ),
    "distance": Quantity(
        "Distance from linear", "|P̄ − 1/2|", {"linear_distance": "solid"},
        "Mean |P̄ − 1/2| of hidden layers. At 0 the dendrites' sigmoid is straight; at 0.5 it is "
        "flat, and credit is lost.",
    ),
}  # fmt: skip
TOGETHER = ("event", "probability", "burst")  # what is seen at once where there is room
MARKS = {"burst_probability": " P", "burst_expectation": " P̄"}  # behind the layer's name


TIMED = {
    "event": Quantity(
        "Event rate", "Events (Hz)", {},
        "Events a second of an average cell, single spikes or whole bursts: what goes up.",
    ),
    "probability": Quantity(
        "Burst probability", "P, P̄", {},
        "Part of the events that become bursts: P as it is, dashed P̄, as it has been of late.",
    ),
    "burst": Quantity(
        "Burst rate", "Bursts (Hz)", {},
        "Bursts a second of an average cell: what goes down to the dendrites below.",
    ),
    "teacher": Quantity(
        "Dendrites' current", "Current (pA)", {},
        "Mean current into the dendrites of the output's cells: from the teacher, or the task.",
    ),
}  # fmt: skip


def has_bursts(entry: ExperimentEntry) -> bool:
    """Whether an experiment records burst probabilities."""
    return all(entry.channels_of(metric) for metric in METRICS)


def bursting(entry: ExperimentEntry) -> list[str]:
    """The layers whose events and bursts are seen in time; none in networks of rates."""
    return [
        layer.name
        for layer in entry.layers
        if layer.spikes and {"event", "burst"} <= {variable.name for variable in layer.variables}
    ]


def inside(counts: np.ndarray, edges: np.ndarray) -> float:
    """The part of what was counted that lies in the zone."""
    middles = (edges[:-1] + edges[1:]) / 2
    within = (middles > ZONE[0]) & (middles < ZONE[1])
    return float(np.sum(counts[within]) / np.sum(counts))


def say_spread(counted: Mapping[str, HistogramReply]) -> str:
    """What part lies in the shaded zone, in words."""
    if not counted:
        return ""
    parts = ", ".join(
        f"{name} {100 * inside(reply.counts, reply.edges):.0f} %" for name, reply in counted.items()
    )
    return f"{parts} lie in the shaded zone, where the sigmoid is nearly straight"
