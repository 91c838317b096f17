"""What there is to look at in a built session: plain data that panels choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .plausibility import Point, checklist, transported
from .probe import ChannelInfo
from .projection import Role, why_derived, why_not_drawn
from .registry import TASKS
from .rule import Card
from .spike_plasticity import SpikePlasticity
from .unit import Variable

if TYPE_CHECKING:
    from .experiment import Experiment


@dataclass(frozen=True)
class LayerEntry:
    """One layer: `variables` have the addresses `name.variable`."""

    name: str
    size: int
    unit: str
    unit_title: str
    signed: bool  # whether its rate can be negative
    variables: tuple[Variable, ...]
    spikes: bool = False  # whether it lives in time: then it has a raster
    threshold: float | None = None  # mV, of units with a potential `v` that spike at one


@dataclass(frozen=True)
class ProjectionEntry:
    """One projection from layer `pre` to layer `post`; `shape` is (post, pre)."""

    name: str
    pre: str
    post: str
    role: Role
    mirrors: str | None
    shape: tuple[int, int]
    biased: bool
    derived: bool = False  # made from the forward weights at every trial: no use in editing it

    @property
    def why_fixed(self) -> str:
        """Why it cannot be changed by hand, in a sentence; "" where it can."""
        return why_derived(self.name, self.mirrors) if self.derived else ""

    @property
    def why_not_frozen(self) -> str:
        """Why holding it still makes no sense, in a sentence; "" where it does."""
        still = self.role is Role.INHIBITORY
        return f"{self.name} never learns, so it is as good as frozen." if still else ""

    @property
    def why_not_drawn(self) -> str:
        """Why drawing it again makes no sense, in a sentence; "" where it does."""
        return why_not_drawn(self.name) if self.role is Role.INHIBITORY else ""


@dataclass(frozen=True)
class ExperimentEntry:
    """All that can be shown of one experiment."""

    name: str
    rule: str
    rule_title: str
    rule_group: str
    card: Card
    task: str
    task_title: str
    loss: str
    taught: bool  # whether the rule has a teacher, so that answers are right or wrong
    asked: bool  # whether held-out examples are answered
    classes: tuple[str, ...]
    image: tuple[int, int] | None
    plane: tuple[float, float, float, float] | None
    layers: tuple[LayerEntry, ...]
    projections: tuple[ProjectionEntry, ...]
    channels: tuple[ChannelInfo, ...]
    batch: int
    epoch_trials: int
    train_size: int
    test_size: int
    dt: float = 1.0  # ms per tick, of layers that live in time
    timing: bool = False  # whether the rule goes by the lag between two spikes
    plausibility: tuple[Point, ...] = ()  # what the rule asks of a brain

    @property
    def transposes(self) -> bool:
        """Whether errors go down through the forward weights themselves."""
        return transported(self.plausibility)

    seed: int = 0

    def layer(self, name: str) -> LayerEntry | None:
        return next((layer for layer in self.layers if layer.name == name), None)

    def projection(self, name: str) -> ProjectionEntry | None:
        return next((path for path in self.projections if path.name == name), None)

    def feedback_of(self, name: str) -> ProjectionEntry | None:
        return next((path for path in self.projections if path.mirrors == name), None)

    def channels_of(self, metric: str) -> tuple[ChannelInfo, ...]:
        return tuple(info for info in self.channels if info.metric == metric)


@dataclass(frozen=True)
class Catalogue:
    """Everything visible in the session's experiments, and which build of them it describes."""

    build: int
    experiments: tuple[ExperimentEntry, ...]

    @classmethod
    def of(cls, build: int, experiments: Sequence[ExperimentEntry]) -> Catalogue:
        """The catalogue of a build, in which no two experiments have the same name."""
        names = told_apart([entry.name for entry in experiments])
        pairs = zip(experiments, names, strict=True)
        return cls(build, tuple(replace(entry, name=name) for entry, name in pairs))

    @property
    def first(self) -> ExperimentEntry:
        return self.experiments[0]


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """The same names, with their place behind those that are not the only one of their kind."""
    return tuple(
        f"{name} ({place})" if list(names).count(name) > 1 else name
        for place, name in enumerate(names, 1)
    )


def describe(experiment: Experiment) -> ExperimentEntry:
    """List what can be shown of a live experiment."""
    spec, rule, data = experiment.spec, experiment.rule, experiment.data
    return ExperimentEntry(
        name=spec.name or rule.title,
        rule=rule.key,
        rule_title=rule.title,
        rule_group=rule.group,
        card=rule.card,
        task=spec.task.key,
        task_title=TASKS[spec.task.key].title,
        loss=spec.loss,
        taught=rule.teacher,
        asked=rule.asked,
        classes=experiment.classes,
        image=data.image,
        plane=data.plane,
        layers=_layers(experiment),
        projections=_projections(experiment),
        channels=tuple(channel.info for channel in experiment.channels.values()),
        batch=spec.batch,
        epoch_trials=experiment.epoch_trials,
        train_size=len(data.train),
        test_size=len(data.test),
        dt=spec.network.dt,
        timing=isinstance(rule, SpikePlasticity),
        plausibility=checklist(rule.key, rule.params),
        seed=spec.seed,
    )


def _layers(experiment: Experiment) -> tuple[LayerEntry, ...]:
    return tuple(
        LayerEntry(
            layer.name,
            layer.size,
            layer.unit.key,
            layer.unit.title,
            layer.unit.signed,
            layer.variables,
            layer.unit.spikes,
            getattr(layer.unit.params, "threshold", None) if layer.unit.spikes else None,
        )
        for layer in experiment.net.chain
    )


def _projections(experiment: Experiment) -> tuple[ProjectionEntry, ...]:
    return tuple(
        ProjectionEntry(
            path.name,
            path.pre.name,
            path.post.name,
            path.role,
            path.mirrors,
            (path.post.size, path.pre.size),
            path.bias is not None,
            path.derived,
        )
        for path in experiment.net.projections.values()
    )
