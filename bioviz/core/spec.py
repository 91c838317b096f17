"""The description of an experiment: frozen, validated, comparable and JSON-ready.

A description is edited, saved, compared and undone; `bioviz.core.experiment.build` makes a live
experiment of it. Nothing here allocates weights or reads data.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import ConfigDict, JsonValue, ValidationError, field_validator, model_validator

from .fault import SpecError
from .parameter import Part, parameter, sentences
from .registry import RULES, TASKS, UNITS, Registry

MOST_WEIGHTS = 250_000_000  # 1 GB of float32: above it a run would die of memory, not of science

MOST_LAYERS = 100

LOSSES = {"squared_error": "Half squared error", "cross_entropy": "Cross-entropy"}


class Draw(Part):
    """How the entries of a weight matrix are drawn before learning."""

    distribution: Literal["normal", "uniform", "constant"] = parameter(
        "normal",
        "What each weight is drawn from, centred on zero; constant: all equal the scale.",
        rebuild=True,
        names={"normal": "Normal", "uniform": "Uniform", "constant": "Constant"},
    )
    scale: float = parameter(
        1.0,
        "Standard deviation (normal), half-width (uniform) or value (constant) of the weights.",
        rebuild=True,
        ge=0,
        le=100,
    )
    relative: bool = parameter(
        True,
        "Divide the scale by the square root of the number of inputs, so that width matters less.",
        title="Relative to fan-in",
        rebuild=True,
    )
    sparsity: float = parameter(
        0.0,
        "Fraction of the weights removed at random; they stay zero.",
        rebuild=True,
        ge=0,
        le=0.99,
        advanced=True,
    )


class LayerSpec(Part):
    """One layer: its name, its number of units and how they answer."""

    name: str = parameter("", "The layer's name; addresses such as h1.rate use it.")
    size: int = parameter(10, "Number of units in the layer.", ge=1, le=100_000)
    unit: str = parameter("tanh", "How a unit turns its input into its activity.")

    @field_validator("name")
    @classmethod
    def _speakable(cls, name: str) -> str:
        if not name.isidentifier():
            raise ValueError(
                f"'{name}' cannot name a layer: use letters, digits and underscores, "
                "starting with a letter."
            )
        return name


class NetworkSpec(Part):
    """Layers from input to output, each fully connected to the next."""

    layers: tuple[LayerSpec, ...]
    biases: bool = parameter(True, "Give every unit above the input a bias.", rebuild=True)
    weights: Draw = Draw()

    @field_validator("layers", mode="before")
    @classmethod
    def _countable(cls, layers: Any) -> Any:
        if isinstance(layers, list | tuple) and len(layers) > MOST_LAYERS:
            raise ValueError(f"A network can have at most {MOST_LAYERS} layers.")
        return layers

    @model_validator(mode="after")
    def _sound(self) -> NetworkSpec:
        if len(self.layers) < 2:
            raise ValueError("A network needs at least two layers: an input and an output.")
        names = [layer.name for layer in self.layers]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"Two layers are called '{name}'; give each its own name.")
        return self

    @property
    def weight_count(self) -> int:
        pairs = zip(self.layers, self.layers[1:], strict=False)
        return sum(pre.size * post.size for pre, post in pairs)


class Choice(Part):
    """A registered thing by key, with its own parameters beside it; an unknown key is kept."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
    __pydantic_extra__: dict[str, JsonValue]

    key: str

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.__pydantic_extra__ or {})

    def params(self, registry: Registry[Any]) -> Part:
        """Return the chosen thing's parameters, checked; SpecError says what does not fit."""
        model: type[Part] = registry[self.key].Params
        try:
            return model(**self.values)
        except ValidationError as error:
            raise SpecError(sentences(error, registry.noun.split()[-1])) from None

    def with_params(self, params: Part) -> Choice:
        return Choice(key=self.key, **params.model_dump(mode="json"))


class Record(Part):
    """How often the run measures itself; 0 leaves it to bioviz (measuring costs about a tenth)."""

    every: int = parameter(
        0,
        "Trials between two points of the training curves and angles; 0 chooses.",
        title="Measure every",
        unit="trials",
        ge=0,
    )
    test_every: int = parameter(
        0,
        "Trials between two passes over the held-out test set; 0 chooses.",
        title="Test every",
        unit="trials",
        ge=0,
    )
    probe: int = parameter(
        100,
        "Number of held-out examples on which angles are measured.",
        title="Probe examples",
        ge=1,
        le=10_000,
    )


NEVER = {"": "never"}  # how a form words None


class Stop(Part):
    """When a run ends by itself: whichever of these comes first; none set means never."""

    epochs: int | None = parameter(None, "End after this many epochs.", names=NEVER, ge=1)
    trials: int | None = parameter(None, "End after this many trials.", names=NEVER, ge=1)
    test_error: float | None = parameter(
        None, "End when the test error falls to this fraction.", names=NEVER, ge=0, le=1
    )


class ExperimentSpec(Part):
    """A network, a learning rule, a task, what is measured, and a seed."""

    name: str = parameter("", "What this experiment is called beside others.")
    network: NetworkSpec
    rule: Choice
    task: Choice
    loss: Literal["squared_error", "cross_entropy"] = parameter(
        "cross_entropy", "What the output layer's error is the gradient of.", names=LOSSES
    )
    batch: int = parameter(
        20, "Examples in one trial; the weights change once a trial.", ge=1, le=10_000
    )
    seed: int = parameter(1, "Every random number of the run follows from it.", ge=0, le=2**63 - 1)
    record: Record = Record()
    stop: Stop = Stop()

    def checked(self) -> ExperimentSpec:
        """Return this description if it can be built; else raise SpecError with every reason."""
        problems = self.problems()
        if problems:
            raise SpecError(problems)
        return self

    @property
    def taught(self) -> bool:
        """Whether the rule has a teacher; for one without, targets and loss count for nothing."""
        return self.rule.key not in RULES or RULES[self.rule.key].teacher

    def problems(self) -> list[str]:
        """Why this cannot be built or trained, a sentence each; empty when all is well."""
        found = [*self._unknown(), *self._too_large()]
        for choice, registry in ((self.rule, RULES), (self.task, TASKS)):
            found += _param_problems(choice, registry)
        if found:
            return found
        if self.taught and not TASKS[self.task.key].taught:
            return [self._no_teacher()]
        loss = self._loss_problems() if self.taught else []
        return [*self._misfits(), *loss, *RULES[self.rule.key].problems(self)]

    def with_value(self, path: str, value: Any) -> ExperimentSpec:
        """Return a copy with the value at a dotted path replaced, as `rule.learning_rate`."""
        data = self.model_dump(mode="json")
        _put(data, path, value)
        return parse(data)

    def _unknown(self) -> list[str]:
        return [
            UNITS.unknown(layer.unit) for layer in self.network.layers if layer.unit not in UNITS
        ]

    def _too_large(self) -> list[str]:
        found = []
        count = self.network.weight_count
        if count > MOST_WEIGHTS:
            found.append(
                f"This network has {count:,} weights; at most {MOST_WEIGHTS:,} fit in memory with "
                "what training needs. Make its layers smaller."
            )
        active = self.batch * sum(layer.size for layer in self.network.layers)
        if active > MOST_WEIGHTS // 4:  # rate, drive, delta and scratch of every unit and example
            found.append(
                f"A batch of {self.batch:,} examples is too large for the memory that layers of "
                "these sizes need. Make the batch or the layers smaller."
            )
        return found

    def _no_teacher(self) -> str:
        task, rule = TASKS[self.task.key].title, RULES[self.rule.key].title
        fitting = [known.title for _, known in RULES.items() if not known.teacher]
        return (
            f"The task '{task}' has no targets, and {rule} learns from targets. Choose a rule "
            f"that needs no teacher ({', '.join(fitting)}), or another task."
        )

    def _misfits(self) -> list[str]:
        task = TASKS[self.task.key]
        inputs, outputs = task.shape(self.task.params(TASKS))
        ends = [(self.network.layers[0], inputs, "inputs")]
        if self.taught:
            ends.append((self.network.layers[-1], outputs, "outputs"))
        return [
            f"Layer '{layer.name}' has {layer.size} units, but the task "
            f"'{task.title}' has {need} {word}. Set its size to {need}."
            for layer, need, word in ends
            if layer.size != need
        ]

    def _loss_problems(self) -> list[str]:
        output = self.network.layers[-1]
        if self.loss == "cross_entropy" and output.unit not in ("sigmoid", "softmax"):
            return [
                f"Cross-entropy needs sigmoid or softmax output units, but layer '{output.name}' "
                f"has {output.unit} units. Change them, or choose half squared error."
            ]
        task = TASKS[self.task.key]
        if self.loss == "cross_entropy" and not task.names_classes(self.task.params(TASKS)):
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


def parse(data: Any) -> ExperimentSpec:
    """Read a description from plain JSON data; SpecError says in sentences what is wrong."""
    try:
        return ExperimentSpec.model_validate(data)
    except ValidationError as error:
        raise SpecError(sentences(error)) from None


def parse_value(text: str) -> Any:
    """Read a command-line value: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _param_problems(choice: Choice, registry: Registry[Any]) -> list[str]:
    try:
        choice.params(registry)
    except SpecError as error:
        return error.problems
    return []


def _put(data: Any, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    for step in steps:
        data = _into(data, step, path)
    if isinstance(data, dict):
        data[last] = value
    elif isinstance(data, list) and last.isdigit() and int(last) < len(data):
        data[int(last)] = value
    else:
        raise SpecError([f"There is nothing at '{path}' to set."])


def _into(data: Any, step: str, path: str) -> Any:
    if isinstance(data, dict) and step in data:
        return data[step]
    if isinstance(data, list):
        named = [item for item in data if isinstance(item, dict) and item.get("name") == step]
        if named:
            return named[0]
        if step.isdigit() and int(step) < len(data):
            return data[int(step)]
    raise SpecError([f"There is nothing at '{path}' to set: '{step}' is not known there."])
