"""Another experiment beside one that is there: the same network and task, another rule."""

from __future__ import annotations

from collections.abc import Sequence

from .choose import choose_rule
from .companion import title_of
from .fault import SpecError
from .registry import RULES
from .spec import ExperimentSpec

MOST = 4  # experiments in a session: more curves cannot be told apart
BASELINE = "backprop"
SPIKING = "spiking_feedback_alignment"  # its errors may travel as backprop's do
SHARED = {  # what must stay the same, and what a rule needs that would change it
    "network": "other units or biases",
    "task": "another task",
    "loss": "another loss",
    "batch": "batches of another size",
}

FULL = f"A session holds at most {MOST} experiments. Remove one first."


def beside(spec: ExperimentSpec, key: str) -> ExperimentSpec:
    """The same experiment by another rule, or by its own once more; named after the rule.

    Raises SpecError where the rule would need another network, or cannot learn this at all.
    """
    after, _ = choose_rule(spec, key)
    if after.taught != spec.taught:
        raise SpecError([_teachers(spec, key)])
    needs = [words for name, words in SHARED.items() if getattr(after, name) != getattr(spec, name)]
    if needs:
        why = "and what is compared must be the same but for the rule."
        raise SpecError([f"{RULES[key].title} needs {' and '.join(needs)}, {why}"])
    if problems := after.problems():
        raise SpecError(problems)
    name = spec.name if key == spec.rule.key else ""
    return after.model_copy(update={"name": name})


def why_not_beside(spec: ExperimentSpec, key: str) -> str:
    """Why that rule cannot stand beside, in a sentence; "" where it can."""
    try:
        beside(spec, key)
    except SpecError as error:
        return error.problems[0]
    return ""


def baseline(experiments: Sequence[ExperimentSpec], active: int) -> ExperimentSpec:
    """Backprop beside the active experiment.

    For spikes that is their own rule, with errors sent through W-transposed. Raises SpecError
    with the reason where there is none.
    """
    if len(experiments) >= MOST:
        raise SpecError([FULL])
    spec = experiments[active]
    made = _transposed(spec) if spec.rule.key == SPIKING else _by_backprop(spec)
    if _same_rule(spec, made):
        raise SpecError(["It is backprop already. Add another rule beside it instead."])
    if any(_same_rule(other, made) for other in experiments):
        raise SpecError(["Backprop is beside it already."])
    return made


def why_no_baseline(experiments: Sequence[ExperimentSpec], active: int) -> str:
    """Why backprop cannot be compared with, in a sentence; "" where it can."""
    try:
        baseline(experiments, active)
    except SpecError as error:
        return error.problems[0]
    return ""


def _by_backprop(spec: ExperimentSpec) -> ExperimentSpec:
    if spec.rule.key not in RULES:
        raise SpecError([RULES.unknown(spec.rule.key)])
    rule = RULES[spec.rule.key]
    if not rule.teacher:
        raise SpecError(
            [f"Backprop needs a teacher, and {title_of(spec)} learns without one: nothing is right "
             "or wrong here. Add another rule without a teacher beside it instead."]
        )  # fmt: skip
    if rule.spiking:
        raise SpecError(
            [f"Backprop needs units with a slope, and in {rule.title} they spike. Only spiking "
             "feedback alignment has a baseline of its own, with errors sent through W-transposed."]
        )  # fmt: skip
    return beside(spec, BASELINE)


def _transposed(spec: ExperimentSpec) -> ExperimentSpec:
    """Spiking units whose errors come back through W-transposed: backprop's weights."""
    rule = spec.rule.with_params(spec.rule.params(RULES).model_copy(update={"route": "transposed"}))
    return spec.model_copy(update={"rule": rule, "name": "Backprop's weights"})


def _same_rule(one: ExperimentSpec, other: ExperimentSpec) -> bool:
    """Whether errors travel the same way in both, whatever their rates."""
    ways = [spec.rule.params(RULES) for spec in (one, other)] if one.rule.key == SPIKING else []
    routes = {getattr(params, "route", "") for params in ways}
    return one.rule.key == other.rule.key and len(routes) < 2


def _teachers(spec: ExperimentSpec, key: str) -> str:
    with_it, without = (RULES[key].title, title_of(spec))
    if spec.taught:
        with_it, without = without, with_it
    return f"{with_it} has a teacher and {without} has none: they have no curve in common."
