"""Times that the tick is too coarse for, or that a trial is over before, in sentences.

Only rules for spikes live in time; of all others nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

from .parameter import Part
from .registry import RULES, TASKS, UNITS

if TYPE_CHECKING:
    from .spec import ExperimentSpec

SLACK = 1 + 1e-9  # for what should be equal but for rounding
Named = tuple[str, float]  # as `output.tau_m`, and its value


def problems(spec: ExperimentSpec) -> list[str]:
    """Every reason, a sentence each; parts of the description must be sound one by one."""
    if not RULES[spec.rule.key].spiking:
        return []
    return [*_too_coarse(spec), *_too_fast(spec), *_too_late(spec)]


def _too_coarse(spec: ExperimentSpec) -> list[str]:
    """Time constants that are over within a tick."""
    dt = spec.network.dt
    parts: list[tuple[str, Part]] = [(layer.name, layer.params()) for layer in spec.network.layers]
    parts.append(("rule", spec.rule.params(RULES)))
    short = [
        f"{name} ({tau:g} ms)"
        for name, tau in _values(parts, "ms")
        if name.rpartition(".")[2].startswith("tau") and 0 < tau < dt
    ]
    if not short:
        return []
    return [
        f"A tick of {dt:g} ms is longer than {_listed(short)}, which it cannot follow. Make the "
        f"tick shorter, or {'that time constant' if len(short) == 1 else 'those times'} longer."
    ]


def _too_fast(spec: ExperimentSpec) -> list[str]:
    """Rates of more than one spike a tick."""
    task, dt = spec.task.params(TASKS), spec.network.dt
    most = 1000 / dt
    fast = [(name, hz) for name, hz in _values([("task", task)], "Hz") if hz > most * SLACK]
    if not fast:
        shown = TASKS[spec.task.key].largest(task)
        fast = [
            (f"{layer.name}.{name}", hz)
            for layer in spec.network.layers
            for name, hz in UNITS[layer.unit].rates(layer.params(), shown).items()
            if hz > most * SLACK
        ]
    return [
        f"'{name}' asks for {hz:g} spikes a second, but with a tick of {dt:g} ms there can be "
        f"{most:g} at most, one a tick. Lower it, or make the tick shorter."
        for name, hz in fast
    ]


def _too_late(spec: ExperimentSpec) -> list[str]:
    """Delays after which a spike would arrive when all is over."""
    rule, net = RULES[spec.rule.key], spec.network
    if not rule.lasting:
        return []  # its examples have ticks of their own, of which it speaks itself
    length, end, cure = _room(spec)
    delays = [("from layer to layer", net.delay)]
    delays += [(f"within layer '{lateral.layer}'", lateral.delay) for lateral in net.lateral]
    return [
        f"A spike takes {delay:g} ms {where}, but {end} {length:g} ms, too soon for it to arrive. "
        f"Make the delay shorter, or {cure}."
        for where, delay in delays
        if delay >= length
    ]


def _room(spec: ExperimentSpec) -> tuple[float, str, str]:
    """How long a spike has to arrive, in ms, and words for what ends then and how to extend it."""
    task = TASKS[spec.task.key]
    if not task.timed:
        shown = RULES[spec.rule.key].shows_for(spec.rule.params(RULES))
        return shown, "an example is shown for", "show examples for longer"
    length = task.trial_length(spec.task.params(TASKS))
    if task.apart:
        return length, "a trial is over after", "trials longer"
    run = inf if spec.stop.trials is None else length * spec.stop.trials
    return run, "the run stops after", "let it stop later"


def _values(parts: list[tuple[str, Part]], unit: str) -> Iterator[Named]:
    """Every parameter that is told in a unit."""
    for where, params in parts:
        for name, field in type(params).model_fields.items():
            extra = field.json_schema_extra
            if isinstance(extra, dict) and extra.get("unit") == unit:
                yield f"{where}.{name}", float(getattr(params, name))


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
