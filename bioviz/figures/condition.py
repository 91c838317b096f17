"""The condition of a projection in words: frozen, pruned."""

from __future__ import annotations

from ..core.request import Condition

WHOLE = Condition()


def condition_words(condition: Condition) -> list[str]:
    """What was done to a projection: "frozen", "30 % removed"."""
    words = ["frozen"] * condition.frozen
    return [*words, f"{share(condition)} removed"] if condition.removed else words


def share(condition: Condition) -> str:
    """How much of a projection is missing; never none or all where that is not so."""
    percent = 100 * condition.removed
    if percent < 1 or 99 < percent < 100:
        return "< 1 %" if percent < 1 else "> 99 %"
    return f"{percent:.0f} %"


def explained(condition: Condition) -> str:
    """The condition in sentences, for a tooltip."""
    frozen = ["Frozen: learning changes neither its weights nor its biases."] * condition.frozen
    missing = f"{share(condition)} of its weights are removed and stay zero."
    return "\n".join([*frozen, missing] if condition.removed else frozen)
