"""Why a description cannot be built or trained, in sentences that say what to change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from . import tempo
from .fault import SpecError
from .parameter import Part
from .registry import RULES, TASKS, UNITS

if TYPE_CHECKING:
    from .spec import ExperimentSpec, LayerSpec

MOST_WEIGHTS = 250_000_000  # 1 GB of float32: above it a run would die of memory, not of science


def problems(spec: ExperimentSpec) -> list[str]:
    """Every reason, a sentence each; empty when all is well."""
    found = [*_unknown(spec), *_too_large(spec), *_wrong_parameters(spec)]
    if found:
        return found
    if spec.taught and not TASKS[spec.task.key].taught:
        return [_no_teacher(spec)]
    loss = _loss_problems(spec) if spec.taught else []
    found = [*_misfits(spec), *_time_problems(spec), *loss]
    of_parts = [*TASKS[spec.task.key].problems(spec), *RULES[spec.rule.key].problems(spec)]
    return [*found, *tempo.problems(spec), *of_parts]


def _unknown(spec: ExperimentSpec) -> list[str]:
    return [UNITS.unknown(layer.unit) for layer in spec.network.layers if layer.unit not in UNITS]


def _too_large(spec: ExperimentSpec) -> list[str]:
    found = []
    count = spec.network.weight_count
    if count > MOST_WEIGHTS:
        found.append(
            f"This network has {count:,} weights; at most {MOST_WEIGHTS:,} fit in memory with "
            "what training needs. Make its layers smaller."
        )
    active = spec.batch * spec.network.active_count
    if active > MOST_WEIGHTS // 4:  # rate, drive, delta and scratch of every unit and example
        found.append(
            f"A batch of {spec.batch:,} examples is too large for the memory that layers of "
            "these sizes need. Make the batch or the layers smaller."
        )
    return found


def _wrong_parameters(spec: ExperimentSpec) -> list[str]:
    """What does not fit in the parameters of rule, task and units."""
    asked: list[Callable[[], Part]] = [
        partial(spec.rule.params, RULES),
        partial(spec.task.params, TASKS),
        *(layer.params for layer in spec.network.layers if layer.unit in UNITS),
    ]
    found = []
    for params in asked:
        try:
            params()
        except SpecError as error:
            found += error.problems
    return found


def _no_teacher(spec: ExperimentSpec) -> str:
    task, title = TASKS[spec.task.key].title, RULES[spec.rule.key].title
    timed = TASKS[spec.task.key].timed
    known = [rule for _, rule in RULES.items() if not rule.teacher]
    fitting = [rule.title for rule in known if rule.spiking or not timed]
    return (
        f"The task '{task}' has no targets, and {title} learns from targets. Choose a rule "
        f"that needs no teacher ({', '.join(fitting)}), or another task."
    )


def _misfits(spec: ExperimentSpec) -> list[str]:
    task, pools = TASKS[spec.task.key], RULES[spec.rule.key].pools
    inputs, outputs = task.shape(spec.task.params(TASKS))
    first, last = spec.network.layers[0], spec.network.layers[-1]
    ends = [] if first.size == inputs else [(first, inputs, "inputs", "")]
    if not spec.answers_with(last.size, outputs):
        ends.append((last, outputs, "outputs", ", or a multiple of it" if pools else ""))
    return [
        f"Layer '{layer.name}' has {layer.size} units, but the task "
        f"'{task.title}' has {need} {word}. Set its size to {need}{rest}."
        for layer, need, word, rest in ends
    ]


def _time_problems(spec: ExperimentSpec) -> list[str]:
    """Whether rule, units and task agree on living in time, or not."""
    rule, task = RULES[spec.rule.key], TASKS[spec.task.key]
    found = [words for layer in spec.network.layers if (words := _unit_problem(spec, layer))]
    found += [] if found else _deaf_ends(spec)
    if task.timed and not rule.spiking:
        found.append(
            f"The task '{task.title}' runs in time, but {rule.title} learns from one answer "
            f"at a time. Choose another task, or a rule for spikes: {_spiking_rules()}."
        )
    if spec.network.lateral and not rule.spiking:
        found.append(
            f"{rule.title} cannot use connections within a layer, which take time. Remove "
            f"them, or choose a rule for spikes: {_spiking_rules()}."
        )
    return found


def _unit_problem(spec: ExperimentSpec, layer: LayerSpec) -> str:
    """Why the rule or the layer's place cannot do with its units; empty where they can."""
    unit, rule = UNITS[layer.unit], RULES[spec.rule.key]
    first, last = layer is spec.network.layers[0], layer is spec.network.layers[-1]
    task = TASKS[spec.task.key]
    title = f"{unit.title} units"
    if unit.spikes and not rule.spiking:
        return (
            f"{rule.title} learns from rates, but layer '{layer.name}' has {title}, which "
            f"spike. Give it rate units, or choose a rule for spikes: {_spiking_rules()}."
        )
    if rule.spiking and not unit.spikes and not first:
        return (
            f"{rule.title} needs units that spike, but layer '{layer.name}' has {title}. "
            f"Give it {UNITS[rule.dress[2 if last else 1]].title} units."
        )
    if first and unit.spikes and not unit.source:
        return (
            f"Layer '{layer.name}' shows the task's numbers, which {title} cannot do. "
            "Give it Poisson source units."
        )
    if first and rule.spiking and layer.unit != (task.input_unit or layer.unit):
        return (
            f"The task '{task.title}' is shown to {UNITS[task.input_unit].title} units, but "
            f"layer '{layer.name}' has {title}. Change them."
        )
    forced = last and task.clamps
    if not first and unit.spikes and not unit.hears and not forced:
        return (
            f"Layer '{layer.name}' has {title}, which hear nothing: they are for input layers. "
            "Give it LIF units."
        )
    return ""


def _deaf_ends(spec: ExperimentSpec) -> list[str]:
    """Layers at either end whose units lack what the task writes into them."""
    task, layers = TASKS[spec.task.key], spec.network.layers
    found = {}
    for address in task.drives:
        end, name = address.split(".")
        layer, suits = (
            (layers[0], task.input_unit) if end == "input" else (layers[-1], task.output_unit)
        )
        if name not in {variable.name for variable in UNITS[layer.unit].variables}:
            found[layer.name] = (
                f"The task '{task.title}' sends currents into layer '{layer.name}', for which "
                f"{UNITS[layer.unit].title} units have no place. Give it {UNITS[suits].title} "
                "units."
            )
    return list(found.values())


def _loss_problems(spec: ExperimentSpec) -> list[str]:
    output = spec.network.layers[-1]
    probable = UNITS[output.unit].probable or RULES[spec.rule.key].probable
    if spec.loss == "cross_entropy" and not probable:
        return [
            f"Cross-entropy needs sigmoid or softmax output units, but layer '{output.name}' "
            f"has {output.unit} units. Change them, or choose half squared error."
        ]
    task = TASKS[spec.task.key]
    if spec.loss == "cross_entropy" and not task.names_classes(spec.task.params(TASKS)):
        return [
            f"Cross-entropy needs targets that name classes, but the task "
            f"'{task.title}' asks for numbers. Choose half squared error."
        ]
    if output.unit == "softmax" and output.size == 1:
        return [
            f"A softmax layer of one unit always answers 1. Give layer '{output.name}' "
            "sigmoid units."
        ]
    return []


def _spiking_rules() -> str:
    return ", ".join(rule.title for _, rule in RULES.items() if rule.spiking)
