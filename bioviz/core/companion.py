"""Companions: experiments side by side, which follow each other's changes to stay comparable."""

from __future__ import annotations

from collections.abc import Sequence

from .registry import RULES
from .spec import ExperimentSpec, NetworkSpec

OWN = ("name", "rule", "network")  # what is followed otherwise, or not at all
MOST_SEED = 2**63 - 1

Experiments = tuple[ExperimentSpec, ...]


def follow(
    before: ExperimentSpec, after: ExperimentSpec, companion: ExperimentSpec
) -> ExperimentSpec:
    """A companion after the experiment that is edited went from `before` to `after`.

    What both had in common stays in common: layers, weights, task, loss, batch, seed, measuring
    and stopping. The rule and the name stay the companion's own, and so does what differed.
    """
    common = {
        name: getattr(after, name)
        for name in ExperimentSpec.model_fields
        if name not in OWN and getattr(companion, name) == getattr(before, name)
    }
    network = _network(before.network, after.network, companion.network)
    return companion.model_copy(update={**common, "network": network})


def followed(experiments: Experiments, active: int, after: ExperimentSpec) -> Experiments:
    """All experiments once the `active` one was edited; the others are told apart by identity."""
    before = experiments[active]
    return tuple(
        after if place == active else _followed(before, after, other)
        for place, other in enumerate(experiments)
    )


def _followed(
    before: ExperimentSpec, after: ExperimentSpec, other: ExperimentSpec
) -> ExperimentSpec:
    changed = follow(before, after, other)
    return other if changed == other else changed


def reseeded(experiments: Experiments) -> Experiments:
    """All experiments with the seed after their own."""
    return tuple(
        spec.model_copy(update={"seed": min(spec.seed + 1, MOST_SEED)}) for spec in experiments
    )


def problems(experiments: Sequence[ExperimentSpec], active: int = 0) -> list[str]:
    """Why these cannot be trained side by side, a sentence each.

    The one that is edited speaks for itself; the others are named.
    """
    found = experiments[active].problems()
    for place, companion in enumerate(experiments):
        if place != active:
            words = f"Beside it, {title_of(companion)}: "
            found += [f"{words}{problem}" for problem in companion.problems()]
    return found


def title_of(spec: ExperimentSpec) -> str:
    """What an experiment is called: its own name, or its rule's."""
    return spec.name or (RULES[spec.rule.key].title if spec.rule.key in RULES else spec.rule.key)


def _network(before: NetworkSpec, after: NetworkSpec, own: NetworkSpec) -> NetworkSpec:
    common = {
        name: getattr(after, name)
        for name in NetworkSpec.model_fields
        if getattr(own, name) == getattr(before, name)
    }
    return own.model_copy(update=common)
