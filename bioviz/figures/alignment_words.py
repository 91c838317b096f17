"""What the alignment panel can plot, and why some rules have nothing to align."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.catalogue import ExperimentEntry

MIRRORED = ("norm_ratio", "feedback_agreement", "sign_agreement", "weight_difference")


@dataclass(frozen=True)
class Quantity:
    """One thing to look at: from which metrics, on what axis, beside which reference."""

    title: str
    metrics: tuple[str, ...]
    axis: str
    unit: str
    reference: tuple[float | None, str]
    help: str
    span: tuple[float, float] | None = None  # the whole axis, where it has ends
    log: bool = False

    @property
    def angular(self) -> bool:
        return self.unit == "°"

    @property
    def compares(self) -> bool:
        """Whether it holds B against the W that it mirrors."""
        return not {"weight_angle", *MIRRORED}.isdisjoint(self.metrics)


_WEIGHT = "Weight angle: between B and W-transposed, read as long vectors."
_UPDATE = "Update angle: between the error that the rule sends to a layer and backprop's."
_CHANCE = "90° is chance, 0° is the same direction."
GUESSED = "gradient"  # what rules that learn from a score have to show
QUANTITIES = {
    "angles": Quantity(
        "Both angles",
        ("update_angle", "weight_angle"),
        "Angle",
        "°",
        (90, "90°"),
        f"{_UPDATE} {_WEIGHT} {_CHANCE}",
    ),
    "update": Quantity(
        "Update angle", ("update_angle",), "Update angle", "°", (90, "90°"), f"{_UPDATE} {_CHANCE}"
    ),
    "weight": Quantity(
        "Weight angle", ("weight_angle",), "Weight angle", "°", (90, "90°"), f"{_WEIGHT} {_CHANCE}"
    ),
    GUESSED: Quantity(
        "Gradient angle",
        ("gradient_angle",),
        "Gradient angle",
        "°",
        (90, "90°"),
        "Gradient angle: between the weight step that a rule guesses from one score and the step "
        f"straight down the loss. {_CHANCE}",
    ),
    "ratio": Quantity(
        "Norm ratio |B| / |W|",
        ("norm_ratio",),
        "|B| / |W|",
        "",
        (1, "1: equally long"),
        "Length of B over length of W. Far from 1, hidden layers learn at another effective rate.",
    ),
    "agreement": Quantity(
        "eᵀWBe",
        ("feedback_agreement",),
        "eᵀWBe",
        "",
        (0, "0: above it, feedback helps"),
        "How far an error e that is sent through B and then W comes back along itself. While it "
        "is positive, what B teaches lowers the loss.",
    ),
    "sign": Quantity(
        "Sign agreement",
        ("sign_agreement",),
        "Same sign",
        "%",
        (50, "chance: 50 %"),
        "Entries of B with the sign of W-transposed, zeros left out. 50 % is chance.",
        span=(0, 100),
    ),
    "difference": Quantity(
        "Difference |W − Bᵀ|",
        ("weight_difference",),
        "|W − Bᵀ|",
        "",
        (None, ""),
        "Length of W minus B-transposed. On this logarithmic axis a straight line down means that "
        "the same fraction of the difference fades at every trial.",
        log=True,
    ),
}

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
    "none": (
        "This rule has no teacher: no error travels back, so there is nothing to align. What its "
        "weights come to is in the learning curves, and in the panels BCM, Principal axes or STDP "
        "window."
    ),
}


UNPAIRED = {
    "backprop": (
        "Backprop sends errors back through W-transposed itself: there is no B to hold against W."
    ),
    "shallow": (
        "Only the last layer learns, so no error is sent back and there is no B to hold against W."
    ),
}
ADVICE = "Choose feedback alignment to see W come to resemble B-transposed."


def why_no_pairs(entry: ExperimentEntry) -> str:
    """Say why no projection has feedback weights that mirror it; "" where one has."""
    if any(path.mirrors for path in entry.projections):
        return ""
    if entry.rule in UNPAIRED:
        return f"{UNPAIRED[entry.rule]} {ADVICE}"
    if entry.rule_group in GROUPS:
        return GROUPS[entry.rule_group].replace("to align", "to hold against W")
    if len(entry.layers) < 3:
        return why_nothing(entry)
    return f"{entry.rule_title} has no B of the shape of W-transposed. {ADVICE}"


def records(entry: ExperimentEntry, quantity: Quantity) -> bool:
    """Whether an experiment records all that a quantity shows."""
    return all(entry.channels_of(metric) for metric in quantity.metrics)


def why_fewer(entry: ExperimentEntry) -> str:
    """Say which feedback weights stand in for no W, as they skip layers; "" where all do."""
    feedback = [path for path in entry.projections if path.role == "feedback"]
    direct = [path.name for path in feedback if path.mirrors is None]
    if not direct:
        return ""
    if len(direct) == 1:
        return f"{direct[0]} skips layers: no W runs against it."
    return f"{' and '.join(direct)} skip layers: no W runs against them."


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
