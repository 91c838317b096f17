"""Timing side by side: what is compared takes turns in one process, so that noise falls on all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

ROUNDS = 7


def seconds(work: Callable[[], None], budget: float) -> float:
    """The mean time of one call over about `budget` seconds."""
    calls, began = 0, time.perf_counter()
    while True:
        work()
        calls += 1
        took = time.perf_counter() - began
        if took >= budget:
            return took / calls


def side_by_side(
    works: Mapping[str, Callable[[], None]], *, rounds: int = ROUNDS, budget: float = 0.12
) -> dict[str, float]:
    """The best round's seconds a call of each; a quiet moment is what a machine can do."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for name in works:
        seconds(works[name], budget / 2)  # warms caches
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(seconds(work, budget))
    return {name: min(times) for name, times in found.items()}
