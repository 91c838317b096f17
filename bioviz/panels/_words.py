"""Why there is nothing to align: sentences for rules that have no feedback weights of their own."""

from __future__ import annotations

from ..core.catalogue import ExperimentEntry

RULES = {
    "backprop": (
        "Backprop sends errors back through W-transposed itself, so its weight angle and its "
        "update angle are 0° by definition. Choose feedback alignment or the weight mirror to "
        "see random feedback come into line."
    ),
    "shallow": (
        "Only the last layer learns: no error is sent to the hidden layers, so there is no "
        "feedback to align and no update to compare with backprop's."
    ),
}
GROUPS = {
    "score": (
        "This rule learns from one global score: no error travels back, so there is no feedback "
        "matrix to align."
    ),
    "none": "This rule has no teacher: no error travels back, so there is nothing to align.",
}


def why_nothing(entry: ExperimentEntry) -> str:
    """Say why this experiment has no angles to show; "" where it may have some."""
    if entry.rule in RULES:
        return RULES[entry.rule]
    if entry.rule_group in GROUPS:
        return GROUPS[entry.rule_group]
    if len(entry.layers) < 3:
        return (
            "This network has no hidden layer, so no error has to travel back. Add a hidden "
            "layer to see feedback align."
        )
    return ""
