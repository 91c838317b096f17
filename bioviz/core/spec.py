"""The description of an experiment: frozen, validated, comparable and JSON-ready.

A description is edited, saved, compared and undone; `bioviz.core.experiment.build` makes a live
experiment of it. Nothing here allocates weights or reads data.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import ConfigDict, Field, JsonValue, ValidationError, field_validator, model_validator

from . import misfit
from .fault import SpecError
from .parameter import Part, parameter, sentences
from .registry import RULES, TASKS, UNITS, Registry

MOST_LAYERS = 100

LOSSES = {"squared_error": "Half squared error", "cross_entropy": "Cross-entropy"}


Distribution = Literal["normal", "uniform", "constant", "alternating"]
DISTRIBUTIONS = {
    "normal": "Normal",
    "uniform": "Uniform",
    "constant": "Constant",
    "alternating": "Alternating signs",
}


class Draw(Part):
    """How the entries of a weight matrix are drawn before learning."""

    distribution: Distribution = parameter(
        "normal",
        "What each weight is drawn from, centred on zero; constant: all equal the scale, "
        "alternating: plus and minus the scale in turn.",
        rebuild=True,
        names=DISTRIBUTIONS,
    )
    scale: float = parameter(
        1.0,
        "Standard deviation (normal), half-width (uniform) or size (constant, alternating) of the "
        "weights.",
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
    """One layer: its name, its number of units and how they answer.

    The units' own parameters stand beside that as values, as `tau_m` of an integrate-and-fire unit.
    """

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
    __pydantic_extra__: dict[str, JsonValue] = Field(init=False)

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

    @property
    def values(self) -> dict[str, Any]:
        """What is said of its units' own parameters."""
        return dict(self.__pydantic_extra__ or {})

    def params(self) -> Part:
        """Return its units' parameters, checked; SpecError says what does not fit."""
        model: type[Part] = UNITS[self.unit].Params
        try:
            return model(**self.values)
        except ValidationError as error:
            raise SpecError(sentences(error, self.name)) from None

    def with_params(self, params: Part) -> LayerSpec:
        return self.with_unit(self.unit, params)

    def with_unit(self, unit: str, params: Part | None = None) -> LayerSpec:
        """The same layer of other units, with their default parameters or these."""
        values = {} if params is None else params.model_dump(mode="json")
        return LayerSpec(name=self.name, size=self.size, unit=unit, **values)


class LateralSpec(Part):
    """Connections within a layer, from every unit to every other one."""

    layer: str = parameter("", "The layer that is connected to itself.")
    weights: Draw = Draw()
    delay: float = parameter(
        1.0, "Time that a spike takes; at least one tick.", unit="ms", rebuild=True, ge=0, le=1000
    )


MOST_DELAY = 10_000  # ticks; what is under way takes memory


class NetworkSpec(Part):
    """Layers from input to output, each fully connected to the next, and some to themselves."""

    layers: tuple[LayerSpec, ...]
    biases: bool = parameter(True, "Give every unit above the input a bias.", rebuild=True)
    weights: Draw = Draw()
    dt: float = parameter(
        1.0,
        "Length of a tick, for units that live in time.",
        title="Tick",
        unit="ms",
        rebuild=True,
        advanced=True,
        ge=0.01,
        le=100,
    )
    delay: float = parameter(
        0.0,
        "Time that a spike takes from layer to layer.",
        title="Delay",
        unit="ms",
        rebuild=True,
        advanced=True,
        ge=0,
        le=1000,
    )
    lateral: tuple[LateralSpec, ...] = parameter(
        (), "Connections within layers.", rebuild=True, hidden=True
    )

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
        self._check_lateral(names)
        return self

    def _check_lateral(self, names: list[str]) -> None:
        joined = [lateral.layer for lateral in self.lateral]
        for name in joined:
            if name not in names[1:]:
                raise ValueError(
                    f"There is no layer '{name}' above the input to connect to itself. "
                    f"Known: {', '.join(names[1:])}."
                )
            if joined.count(name) > 1:
                raise ValueError(f"Layer '{name}' is connected to itself twice; once is enough.")
        longest = max([self.delay, *(lateral.delay for lateral in self.lateral)])
        if longest > MOST_DELAY * self.dt:
            raise ValueError(
                f"A delay of {longest:g} ms is more than {MOST_DELAY:,} ticks of {self.dt:g} ms. "
                "Make it shorter, or the tick longer."
            )

    @property
    def weight_count(self) -> int:
        pairs = zip(self.layers, self.layers[1:], strict=False)
        sizes = {layer.name: layer.size for layer in self.layers}
        within = sum(n * (n - 1) for n in (sizes[lateral.layer] for lateral in self.lateral))
        return within + sum(pre.size * post.size for pre, post in pairs)

    @property
    def active_count(self) -> int:
        """Numbers that the activity of one example takes, in units: one each, and delay lines."""
        steps = {layer.name: 0.0 for layer in self.layers}
        for layer in self.layers[:-1]:
            steps[layer.name] = self.delay / self.dt
        for lateral in self.lateral:
            steps[lateral.layer] = max(steps[lateral.layer], lateral.delay / self.dt)
        return sum(round(layer.size * (1 + steps[layer.name] / 4)) for layer in self.layers)


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
        return misfit.problems(self)

    def with_value(self, path: str, value: Any) -> ExperimentSpec:
        """Return a copy with the value at a dotted path replaced, as `rule.learning_rate`."""
        data = self.model_dump(mode="json")
        _put(data, path, value)
        return parse(data)

    def answers_with(self, size: int, outputs: int) -> bool:
        """Whether the rule can do with an output layer of `size` units for `outputs` outputs."""
        if size == outputs or self.rule.key not in RULES:
            return size == outputs
        if self.task.key in TASKS and TASKS[self.task.key].clamps and outputs > 1:
            return False  # each is made to spike at a time of its own
        rule = RULES[self.rule.key]
        return not rule.teacher or bool(rule.pools and outputs and size % outputs == 0)


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
