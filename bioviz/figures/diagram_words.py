"""What the network diagram says in words: what is under the mouse, and which sample is seen."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np

from ..core.request import Condition, Statistics
from ..core.snapshot import Position
from .condition import WHOLE, condition_words
from .diagram import Edge, Node
from .word import number

VARIABLES = {
    "rate": "Activity",
    "delta": "Error δ",
    "drive": "Input drive",
    "spike": "Spikes",
    "v": "Potential v",
    "u": "Leaky sum u",
    "i": "Current i",
    "a": "Adaptation a",
    "g_e": "Excitation g_e",
    "g_i": "Inhibition g_i",
    "pause": "Refractory",
}
HINT = "Point at a unit or an arrow for exact values"
PHASES = {
    "forward": ("forward", "Activity has gone up through the layers."),
    "backward": ("backward", "Every layer has its error signal δ; the weights have yet to change."),
    "mirror": ("mirror", "Eyes closed: noise has taught the feedback weights."),
    "update": ("weights changed", "The weights have taken their step."),
    "tick": ("tick", "One tick has gone by: spikes have been sent, and traces may have moved."),
    "test": ("testing", "The held-out test set is being answered; the sample waits."),
    "trial": ("trial done", "The trial is over: the weights have changed for this batch."),
    "epoch": ("epoch done", "The whole training set has been shown once more."),
}


def variable_title(name: str) -> str:
    """A variable's name for people: "Error δ" for delta, "Burst prob" for burst_prob."""
    return VARIABLES.get(name) or name.replace("_", " ").capitalize()


def say_sample(position: Position | None, phase: str = "") -> tuple[str, str]:
    """Which sample is looked at and what has just happened, short and in a sentence."""
    if position is None or not position.batch:
        return "No sample yet", "Press play or step: the network then sees its first sample."
    word, sentence = PHASES.get(phase, (phase, ""))
    seen = f"Sample {min(position.sample, position.batch - 1) + 1} of {position.batch}"
    return f"{seen}, {word}" if word else seen, f"{seen} in the present batch. {sentence}"


def say_layer(node: Node) -> str:
    """A layer in one line."""
    words = f"{node.name}: {count(node.size, 'unit')}, {node.title}"
    if not node.live:
        return f"{words} (not built yet)"
    return words


def say_unit(node: Node, block: int, unit: int, rows: Mapping[str, np.ndarray]) -> str:
    """A unit and the exact values that it has now; a mean where `block` units share a cell."""
    last = min(unit + block, node.size)
    if block > 1:
        name = f"{node.name}, units {unit} to {last - 1}, means"
    elif node.image:
        name = f"{node.name}, pixel row {unit // node.image[1]}, column {unit % node.image[1]}"
    else:
        name = f"{node.name}, unit {unit}"
    if not node.live:
        return f"{name}: not built yet"
    parts = [
        f"{variable_title(variable).lower()} {number(float(row[unit:last].mean()), 3)}"
        for variable, row in rows.items()
        if len(row) == node.size
    ]
    return f"{name}: {', '.join(parts)}" if parts else name


def say_projection(edge: Edge, size: Statistics | None, condition: Condition = WHOLE) -> str:
    """A projection: where it runs, its shape, what was done to it, how large its weights are."""
    post, pre = edge.shape
    words = f"{edge.name}, {edge.role}, {edge.pre} to {edge.post}: {post} × {pre}"
    if size is None or not edge.live:
        return words if edge.live else f"{words} (not built yet)"
    words = ", ".join([words, *condition_words(condition)])
    return (
        f"{words}, RMS {number(size.rms, 3)}, from {number(size.low, 3)} to {number(size.high, 3)}"
    )


def say_weight(edge: Edge, post: int, pre: int, value: float) -> str:
    """One weight, exactly."""
    ends = f"{edge.pre} unit {pre} to {edge.post} unit {post}"
    return f"{edge.name}, {ends}: weight {number(value, 4)}"


def count(size: int, noun: str) -> str:
    return f"{size:,} {noun}{'' if size == 1 else 's'}".replace(",", "\u2009")


def tip(text: str) -> str:
    """A tooltip that wraps."""
    return f"<p>{escape(text)}</p>"
