"""Editing a network's layers: each function takes a description and returns a changed one.

All raise SpecError with a sentence for the user where the edit makes no sense; nothing is ever
changed in place, so the description before the edit is what undo goes back to.
"""

from __future__ import annotations

from collections.abc import Sequence

from .fault import SpecError
from .parameter import Part
from .registry import TASKS, UNITS
from .spec import ExperimentSpec, LayerSpec, parse

HIDDEN = 20  # units of a hidden layer that has no other to take after
HIDDEN_UNIT = "tanh"


def add_layer(spec: ExperimentSpec, after: str | None = None) -> ExperimentSpec:
    """Put a new hidden layer after `after`, of the size and units of the nearest hidden one.

    Where no layer is named it comes last but one, before the output.
    """
    layers = list(spec.network.layers)
    place = len(layers) - 2 if after is None else _place(spec, after)
    if place == len(layers) - 1:
        raise SpecError([f"Nothing comes after '{after}': it is the output layer."])
    like = _nearest_hidden(layers, place)
    layers.insert(place + 1, like.model_copy(update={"name": free_name(spec)}))
    return _with_layers(spec, layers)


def remove_layer(spec: ExperimentSpec, name: str) -> ExperimentSpec:
    """Take a hidden layer out; its neighbours are then connected to each other."""
    place = _place(spec, name)
    _spare_ends(spec, place, "removed")
    layers = list(spec.network.layers)
    del layers[place]
    return _with_layers(spec, layers)


def rename_layer(spec: ExperimentSpec, name: str, new: str) -> ExperimentSpec:
    """Call a layer `new`: letters, digits and underscores, unlike any other layer's name."""
    new = new.strip()
    if not new:
        raise SpecError([f"Layer '{name}' needs a name."])
    return _changed(spec, name, name=new)


def resize_layer(spec: ExperimentSpec, name: str, size: int) -> ExperimentSpec:
    """Give a layer `size` units; the ends have as many as the task says."""
    place = _place(spec, name)
    need = needed_size(spec, name)
    if need is not None and size != need and not (place and spec.answers_with(size, need)):
        what, ending = ("input", "in") if place == 0 else ("output", "out")
        task = TASKS[spec.task.key].title
        raise SpecError(
            [
                f"The {what} layer has {need} units because each example of '{task}' has {need} "
                f"numbers {ending}. Choose another task to change it."
            ]
        )
    return _changed(spec, name, size=size)


def move_layer(spec: ExperimentSpec, name: str, by: int) -> ExperimentSpec:
    """Carry a hidden layer `by` places towards the output, or the input where it is negative.

    It stops beside the input and the output; the same description comes back if it cannot move.
    """
    place = _place(spec, name)
    _spare_ends(spec, place, "moved")
    layers = list(spec.network.layers)
    goal = min(max(place + by, 1), len(layers) - 2)
    if goal == place:
        return spec
    layers.insert(goal, layers.pop(place))
    return _with_layers(spec, layers)


def set_unit(spec: ExperimentSpec, name: str, unit: str) -> ExperimentSpec:
    """Choose by key how the units of a layer answer; the input's pass on what they are shown.

    The new units have their default parameters.
    """
    if unit not in UNITS:
        raise SpecError([UNITS.unknown(unit)])
    place = _place(spec, name)
    if place == 0 and not UNITS[unit].source:
        raise SpecError(
            [
                "The input layer shows the task's numbers as they are: linear units. "
                "Under a rule for spikes they may be sources of spikes."
            ]
        )
    layers = list(spec.network.layers)
    if layers[place].unit == unit:
        return spec
    layers[place] = layers[place].with_unit(unit)
    return _with_layers(spec, layers)


def set_unit_params(spec: ExperimentSpec, name: str, params: Part) -> ExperimentSpec:
    """Give the units of a layer other parameters."""
    layers, place = list(spec.network.layers), _place(spec, name)
    layers[place] = layers[place].with_params(params)
    return _with_layers(spec, layers)


def free_name(spec: ExperimentSpec) -> str:
    """The first of h1, h2, ... that no layer has."""
    taken = {layer.name for layer in spec.network.layers}
    return next(f"h{i}" for i in range(1, len(taken) + 2) if f"h{i}" not in taken)


def needed_size(spec: ExperimentSpec, name: str) -> int | None:
    """How many units the task asks of this layer, if it asks; see `answers_with` for others."""
    place = _place(spec, name)
    ends = (0, len(spec.network.layers) - 1)
    if place not in ends or spec.task.key not in TASKS:
        return None
    shape = TASKS[spec.task.key].shape(spec.task.params(TASKS))
    return int(shape[0] if place == 0 else shape[1]) or None


def _place(spec: ExperimentSpec, name: str) -> int:
    names = [layer.name for layer in spec.network.layers]
    if name not in names:
        raise SpecError([f"There is no layer called '{name}'. Known: {', '.join(names)}."])
    return names.index(name)


def _spare_ends(spec: ExperimentSpec, place: int, done: str) -> None:
    if place == 0:
        raise SpecError([f"The input layer cannot be {done}: the task is shown to it."])
    if place == len(spec.network.layers) - 1:
        raise SpecError([f"The output layer cannot be {done}: it gives the network's answer."])


def _nearest_hidden(layers: Sequence[LayerSpec], place: int) -> LayerSpec:
    hidden = range(1, len(layers) - 1)
    if not hidden:
        return LayerSpec(name="h1", size=HIDDEN, unit=HIDDEN_UNIT)
    return layers[min(hidden, key=lambda i: abs(i - place))]


def _changed(spec: ExperimentSpec, name: str, /, **update: str | int) -> ExperimentSpec:
    layers = list(spec.network.layers)
    place = _place(spec, name)
    layers[place] = layers[place].model_copy(update=update)
    return _with_layers(spec, layers)


def _with_layers(spec: ExperimentSpec, layers: Sequence[LayerSpec]) -> ExperimentSpec:
    network = spec.network.model_copy(update={"layers": tuple(layers)})
    changed = spec.model_copy(update={"network": network})
    return parse(changed.model_dump(mode="json"))  # copies are not checked by themselves
