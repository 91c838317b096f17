"""Which recorded numbers the curves over time may show, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

METRICS = ("loss", "error", "normalised_error", "example_answer")  # of rules with a teacher
OWN = (  # of rules without one, and whatever has a curve for each of several things
    "example_answer",
    "response", "selectivity", "threshold", "weight_value", "mean_weight", "weight_extremes",
    "firing_rate", "first_spike", "spike_irregularity", "weight_norm", "principal_angle",
)  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """One thing to look at: what it is called, its unit, its factor and what it means."""

    title: str
    unit: str
    scale: float
    help: str


QUANTITIES = {
    "error": Quantity("Error", "%", 100, "Part of the answers that are wrong."),
    "accuracy": Quantity("Accuracy", "%", 100, "Part of the answers that are right."),
    "loss": Quantity("Loss", "", 1, "What learning lowers, mean per example."),
    "nse": Quantity(
        "Normalised error",
        "",
        1,
        "Squared error over the variance of the targets, on held-out examples.",
    ),
    "example_answer": Quantity(
        "Answer by example", "Hz", 1, "What the output sent when each example was last predicted."
    ),
    "response": Quantity("Response", "", 1, "What the first cell answers to each pattern, y."),
    "selectivity": Quantity(
        "Selectivity", "", 1, "(max − mean) / max of the answers to the patterns."
    ),
    "threshold": Quantity(
        "Threshold θ", "", 1, "Above it synapses grow, below it they weaken; it follows ⟨y²⟩."
    ),
    "weight_value": Quantity("Weights", "", 1, "Every weight, where there are only a few."),
    "mean_weight": Quantity(
        "Mean weight", "%", 100, "The mean of the weights, in per cent of the largest allowed."
    ),
    "weight_extremes": Quantity(
        "At the bounds",
        "%",
        100,
        "Part of the weights below 0.2 and above 0.8 of the largest allowed.",
    ),
    "firing_rate": Quantity("Firing rate", "Hz", 1, "Spikes a second, the mean over a layer."),
    "first_spike": Quantity(
        "First spike", "ms", 1, "Time from the start of a volley to the layer's first spike."
    ),
    "spike_irregularity": Quantity(
        "Irregularity", "", 1, "0 for a clock, 1 at random: the CV of the intervals."
    ),
    "weight_norm": Quantity("Weight length |w|", "", 1, "How long the weight vectors are."),
    "principal_angle": Quantity(
        "Principal angle",
        "°",
        1,
        "Between the weights and the axis of the inputs that the rule looks for.",
    ),
}


def quantity_of(info: ChannelInfo) -> str:
    """Which of them a channel is."""
    if info.metric in OWN:
        return info.metric
    return info.name.partition("_")[2]
