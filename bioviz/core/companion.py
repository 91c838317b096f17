"""Companions: experiments beside the first, which follow its changes so as to stay comparable."""

from __future__ import annotations

from collections.abc import Sequence

from .spec import ExperimentSpec, NetworkSpec

OWN = ("name", "rule", "seed", "network")  # what is followed otherwise, or not at all
MOST_SEED = 2**63 - 1


def follow(
    before: ExperimentSpec, after: ExperimentSpec, companion: ExperimentSpec
) -> ExperimentSpec:
    """A companion after the first experiment went from `before` to `after`.

    What both had in common stays in common: layers, weights, task, loss, batch, measuring and
    stopping. The rule stays the companion's own. Seeds move together, by as much.
    """
    common = {
        name: getattr(after, name)
        for name in ExperimentSpec.model_fields
        if name not in OWN and getattr(companion, name) == getattr(before, name)
    }
    seed = min(max(0, companion.seed + after.seed - before.seed), MOST_SEED)
    network = _network(before.network, after.network, companion.network)
    return companion.model_copy(update={**common, "seed": seed, "network": network})


def problems(experiments: Sequence[ExperimentSpec]) -> list[str]:
    """Why these cannot be trained side by side, a sentence each; companions are named."""
    first, *companions = experiments
    found = first.problems()
    for companion in companions:
        name = companion.name or companion.rule.key
        found += [f"Beside it, {name}: {words}" for words in companion.problems()]
    return found


def _network(before: NetworkSpec, after: NetworkSpec, own: NetworkSpec) -> NetworkSpec:
    common = {
        name: getattr(after, name)
        for name in NetworkSpec.model_fields
        if getattr(own, name) == getattr(before, name)
    }
    return own.model_copy(update=common)
