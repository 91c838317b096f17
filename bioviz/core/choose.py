"""Choosing what a network learns, and how: whatever no longer fits follows the choice.

Each function takes a description and returns a changed one, with a sentence for each thing that was
changed along. All raise SpecError where a choice makes no sense.
"""

from __future__ import annotations

from typing import Any

from .carry import carry_over
from .edit import set_unit
from .fault import SpecError
from .parameter import Part
from .registry import RULES, TASKS, UNITS
from .spec import LOSSES, Choice, ExperimentSpec, LayerSpec, parse

Chosen = tuple[ExperimentSpec, list[str]]

NO_TARGETS = 0  # outputs of a task without a teacher's answers
PICTURE_RATE = 100.0  # Hz, of a Poisson source that is shown a 1


def choose_task(spec: ExperimentSpec, key: str, params: Part | None = None) -> Chosen:
    """Learn another task, with its default parameters or others; hidden layers stay."""
    if key not in TASKS:
        raise SpecError([TASKS.unknown(key)])
    if key == spec.task.key and params is None:
        return spec, []
    spec, notes = _in_time(spec, key)
    before, timed = _kind(spec) if spec.taught else "", _timed(spec)
    choice = Choice.model_validate({"key": key})
    after = _checked(spec, task=choice if params is None else choice.with_params(params))
    fitted, sizes = fit_sizes(after, exactly=True)
    if timed:
        dressed, more = _dress_units(fitted)
        return dressed, notes + sizes + more
    if not spec.taught or _kind(fitted) == before:
        return mend(after)
    dressed, more = _dress_output(fitted)
    return dressed, sizes + more


def choose_task_params(spec: ExperimentSpec, params: Part) -> Chosen:
    """Give the task other parameters; the input and output layers take the sizes they ask for."""
    return fit_sizes(_checked(spec, task=spec.task.with_params(params)))


def choose_rule(spec: ExperimentSpec, key: str) -> Chosen:
    """Learn by another rule; parameters that both rules have stay as they are.

    But not between a rule with a teacher and one without. Units, biases and loss follow the rule.
    """
    if key not in RULES:
        raise SpecError([RULES.unknown(key)])
    if key == spec.rule.key:
        return spec, []
    kept, lost = carry_over(spec, key)
    choice = {"key": key, **kept.model_dump(mode="json")}
    note = f"Not kept, for {RULES[key].title} has no such settings: {', '.join(lost)}."
    name = RULES[key].title if _goes_by_its_rule(spec) else spec.name
    after = _checked(spec, rule=Choice.model_validate(choice), name=name)
    dressed, notes = _dress_for(after, taught_before=spec.taught)
    return dressed, [*([note] if lost else []), *notes]


def choose_loss(spec: ExperimentSpec, loss: str) -> Chosen:
    """Follow another loss; cross-entropy asks for output units that give probabilities."""
    if loss not in LOSSES:
        raise SpecError([f"There is no loss called '{loss}'. Known: {', '.join(LOSSES)}."])
    output = spec.network.layers[-1]
    after = _checked(spec, loss=loss)
    if loss != "cross_entropy" or _probable(output.unit):
        return after, []
    unit = "sigmoid" if output.size == 1 else "softmax"
    reason = "cross-entropy compares probabilities"
    return set_unit(after, output.name, unit), [_unit_note(output, unit, reason)]


def choose_unit(spec: ExperimentSpec, name: str, unit: str) -> Chosen:
    """Let a layer answer with other units; the loss follows where the output's no longer fit it."""
    output = spec.network.layers[-1]
    if name == output.name and unit == "softmax" and output.size == 1:
        raise SpecError(
            ["A softmax layer of one unit always answers 1: choose sigmoid units instead."]
        )
    after = set_unit(spec, name, unit)
    if name != output.name or _probable(unit) or spec.loss != "cross_entropy":
        return after, []
    note = f"The loss is now half squared error: {_title(unit)} units give no probabilities."
    return _checked(after, loss="squared_error"), [note]


def fit_sizes(spec: ExperimentSpec, *, exactly: bool = False) -> Chosen:
    """Give the input and output layers the sizes that the task asks for.

    An output layer of another size that the rule can do with stays, unless `exactly` is meant.
    """
    task = TASKS[spec.task.key]
    inputs, outputs = task.shape(spec.task.params(TASKS))
    layers, notes = list(spec.network.layers), []
    for place, size, what in ((0, inputs, "input"), (-1, outputs, "output")):
        kept = place and not exactly and spec.answers_with(layers[place].size, size)
        if size not in (layers[place].size, NO_TARGETS) and not kept:
            layers[place] = layers[place].model_copy(update={"size": size})
            notes.append(f"The {what} layer now has {_count(size, _each(spec, what))}.")
    network = spec.network.model_copy(update={"layers": tuple(layers)})
    return _checked(spec, network=network), notes


def mend(spec: ExperimentSpec) -> Chosen:
    """Let sizes, output units and loss follow the task: what most descriptions lack."""
    fitted, notes = fit_sizes(spec)
    if not fitted.problems():
        return fitted, notes
    dress = _dress_units if _timed(fitted) else _dress_output if fitted.taught else _undress_output
    dressed, more = dress(fitted)
    return dressed, notes + more


def refused(before: ExperimentSpec, after: ExperimentSpec) -> list[str]:
    """Why an edit must not be made: the problems that it would bring, none if it brings none."""
    had = before.problems()
    return [problem for problem in after.problems() if problem not in had]


def _in_time(spec: ExperimentSpec, task: str) -> Chosen:
    """Learn by a rule for spikes where the task that is chosen runs in time."""
    if not TASKS[task].timed or _timed(spec):
        return spec, []
    rule = TASKS[task].rule
    note = f"The rule is now {RULES[rule].title}: the task runs in time."
    return choose_rule(spec, rule)[0], [note]


def _dress_for(spec: ExperimentSpec, *, taught_before: bool) -> Chosen:
    """Let units, biases and loss follow a rule that spikes or not, and has a teacher or not."""
    spec, alone = _one_at_a_time(spec)
    spec, notes = _dress_units(spec)
    notes = alone + notes
    if _timed(spec):
        return spec, notes
    if not spec.taught:
        undressed, more = _undress_output(spec)
        return undressed, notes + more
    if taught_before or not TASKS[spec.task.key].taught:
        followed, more = _follow_loss(spec)
        return followed, notes + more  # as it was, or a problem that has a sentence of its own
    mended, more = mend(spec)
    return mended, notes + more


def _one_at_a_time(spec: ExperimentSpec) -> Chosen:
    """Show one example at a time where the rule follows one stretch of time."""
    rule = RULES[spec.rule.key]
    if not rule.single or spec.batch == 1:
        return spec, []
    return _checked(spec, batch=1), [f"The batch is now 1: {rule.title} follows one at a time."]


def _dress_units(spec: ExperimentSpec) -> Chosen:
    """Give layers units that the rule and the task can do with, where they have others."""
    layers, notes = list(spec.network.layers), []
    for place, layer in enumerate(layers):
        unit = _suiting(spec, place)
        if unit != layer.unit:
            layers[place] = layer.with_unit(unit, _as_shown(spec, unit))
            notes.append(_unit_note(layer, unit, f"{RULES[spec.rule.key].title} needs them"))
    if not notes:
        return spec, []
    dressed = _checked(spec, network=spec.network.model_copy(update={"layers": tuple(layers)}))
    if _timed(dressed) or not dressed.taught or not dressed.problems():
        return dressed, notes
    again, more = _dress_output(dressed)
    return again, notes + more


def _as_shown(spec: ExperimentSpec, unit: str) -> Part | None:
    """Parameters of an input's units; where numbers are shown, 1 means PICTURE_RATE."""
    if unit != "poisson" or TASKS[spec.task.key].timed:
        return None
    params: Part = UNITS[unit].Params(peak=PICTURE_RATE)
    return params


def _suiting(spec: ExperimentSpec, place: int) -> str:
    """A layer's units if they can stay, else others, by key."""
    rule, task, layers = RULES[spec.rule.key], TASKS[spec.task.key], spec.network.layers
    end, unit = place == len(layers) - 1, layers[place].unit
    proposed: str = rule.dress[0 if place == 0 else 2 if end else 1]
    if unit not in UNITS:
        return unit
    known = UNITS[unit]
    if rule.spiking and rule.trains:
        return unit if unit in rule.trains else proposed
    if not rule.spiking:
        deaf = place > 0 and bool(rule.trains) and unit not in rule.trains
        return proposed if known.spikes or deaf else unit
    if place == 0:
        stays = unit in (proposed, "poisson") and not task.input_unit
        return unit if stays else task.input_unit or proposed
    if end and task.output_unit:
        given: str = task.output_unit
        return given
    chance = unit == "spiking_integrator"
    hears = known.hears or (end and task.clamps)
    suits = known.spikes and hears and chance == (proposed == "spiking_integrator")
    return unit if suits else proposed


def _timed(spec: ExperimentSpec) -> bool:
    return spec.rule.key in RULES and RULES[spec.rule.key].spiking


def _dress_output(spec: ExperimentSpec) -> Chosen:
    """Give the output layer the units, and the run the loss, that suit targets and rule."""
    unit, loss, why = {
        "regression": ("linear", "squared_error", "the targets are numbers of any size"),
        "one": ("sigmoid", "cross_entropy", "one unit tells two classes apart"),
        "classes": ("softmax", "cross_entropy", "there are classes to tell apart"),
    }[_kind(spec)]
    rule = RULES[spec.rule.key]
    if rule.trains and unit not in rule.trains:
        unit, why = rule.dress[2], f"{rule.title} needs them"
    output, notes = spec.network.layers[-1], []
    if output.unit != unit:
        notes.append(_unit_note(output, unit, why))
    dressed, more = _follow_loss(set_unit(spec, output.name, unit), loss)
    return dressed, notes + more


def _follow_loss(spec: ExperimentSpec, wish: str = "") -> Chosen:
    """Let the run follow this loss, or the one that it has, if its rule can; else one it can."""
    loss, lowers = wish or spec.loss, RULES[spec.rule.key].lowers
    if lowers and loss not in lowers:
        loss = lowers[0]
    if loss == spec.loss:
        return spec, []
    return _checked(spec, loss=loss), [f"The loss is now {LOSSES[loss].lower()}."]


def _undress_output(spec: ExperimentSpec) -> Chosen:
    """Give the output layer units that a rule without a teacher can use, and leave out biases."""
    output, notes = spec.network.layers[-1], []
    fitting: tuple[str, ...] = getattr(RULES[spec.rule.key], "units", (output.unit,))
    if output.unit not in fitting:
        why = "the rule is about activity without a ceiling"
        notes.append(_unit_note(output, fitting[0], why))
        spec = set_unit(spec, output.name, fitting[0])
    if spec.network.biases:
        notes.append("Biases are left out: without an input they would have nothing to learn from.")
        network = spec.network.model_copy(update={"biases": False})
        spec = _checked(spec, network=network)
    return spec, notes


def _kind(spec: ExperimentSpec) -> str:
    if spec.task.key not in TASKS or not _classified(spec):
        return "regression"
    return "one" if spec.network.layers[-1].size == 1 else "classes"


def _classified(spec: ExperimentSpec) -> bool:
    return bool(TASKS[spec.task.key].names_classes(spec.task.params(TASKS)))


def _goes_by_its_rule(spec: ExperimentSpec) -> bool:
    return spec.rule.key in RULES and spec.name == RULES[spec.rule.key].title


def _unit_note(layer: LayerSpec, unit: str, why: str) -> str:
    return f"Layer '{layer.name}' now has {_title(unit)} units: {why}."


def _probable(unit: str) -> bool:
    return unit in UNITS and UNITS[unit].probable


def _title(unit: str) -> str:
    title: str = UNITS[unit].title
    name = any(letter.isupper() for letter in title[1:]) or title.startswith("Poisson")
    return title if name else title.lower()


def _each(spec: ExperimentSpec, what: str) -> str:
    if what == "input":
        return "number of an example"
    return "class" if _classified(spec) else "number of a target"


def _count(size: int, each: str) -> str:
    if size == 1:
        return "1 unit" + (", the probability of the second class" if each == "class" else "")
    return f"{size:,} units, one for each {each}"


def _checked(spec: ExperimentSpec, **update: Any) -> ExperimentSpec:
    """A changed copy, checked as a whole: pydantic's copies are not checked by themselves."""
    return parse(spec.model_copy(update=update).model_dump(mode="json"))
