"""Snapshots: what was asked of a run, answered together between two phases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .request import Request

if TYPE_CHECKING:
    from .experiment import Experiment

Wanted = frozenset[Request]  # a set, so that what two panels both want is read once
NOTHING: Wanted = frozenset()


@dataclass(frozen=True)
class Position:
    """Where one experiment stands."""

    trial: int
    epoch: int
    sample: int  # which example of the present batch is looked at
    batch: int  # examples in the present batch
    seen: int  # examples shown since the start
    phase: str
    mode: str  # what the rule is doing, where it has modes
    condition: str = ""  # what the world is like, where the task changes it
    clock: int = 0  # ticks lived through, which tell that a long trial goes on


@dataclass(frozen=True)
class Snapshot:
    """Replies by request, all of one moment, and where each experiment then stood.

    A request that could not be answered is in `failures` with the reason, never silently missing.
    """

    build: int
    positions: tuple[Position, ...]
    replies: dict[Request, Any] = field(default_factory=dict)
    failures: dict[Request, str] = field(default_factory=dict)

    def __getitem__(self, request: Request) -> Any:
        return self.replies[request]

    def get(self, request: Request) -> Any:
        """The reply, or None where there is none (yet)."""
        return self.replies.get(request)

    @property
    def position(self) -> Position:
        return self.positions[0]


def locate(experiment: Experiment) -> Position:
    """Where an experiment stands now."""
    train = len(experiment.data.train)
    return Position(
        trial=experiment.trial,
        epoch=experiment.epoch,
        sample=experiment.sample,
        batch=len(experiment.shown.x) if experiment.shown else 0,
        seen=experiment.epoch * train + experiment.position,
        phase=experiment.phase.value,
        mode=experiment.rule.mode,
        condition=_condition(experiment),
        clock=experiment.net.clock,
    )


def _condition(experiment: Experiment) -> str:
    """What the world is like now, where the task says so."""
    data = experiment.data
    if data.condition is None:
        return ""
    return data.condition(experiment.epoch * len(data.train) + experiment.position)


def take(build: int, experiments: Sequence[Experiment], wanted: Iterable[Request]) -> Snapshot:
    """Answer every request now; call it only in the thread that trains, between two phases."""
    snapshot = Snapshot(build, tuple(locate(experiment) for experiment in experiments))
    for request in wanted:
        try:
            snapshot.replies[request] = request.answer(experiments)
        except (LookupError, ValueError) as error:
            snapshot.failures[request] = str(error)
    return snapshot
