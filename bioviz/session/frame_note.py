"""What a file tells of a kept moment, beside its arrays: checked before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..core.parameter import Part
from ..core.spec import ExperimentSpec
from .state import Count, Meta

Name = Annotated[str, Field(max_length=200)]
Tick = Annotated[int, Field(ge=-1, le=2**53)]
Placed = tuple[
    Literal["<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "|b1"],
    Annotated[tuple[Count, ...], Field(max_length=8)],
    Count,
    Count,
]  # type, shape, in which moment's bytes it lies, and from where on


Stride = Annotated[int, Field(ge=1, le=2**53)]


class Step(Part):
    """The last weight step of a projection: where both ends' activity is, and how it lay."""

    rate: float
    where: tuple[Name, Name]
    across: tuple[bool, bool]


class Seen(Part):
    """What is shown beyond the state."""

    phase: Name
    sample: Count
    mode: Name
    clock: Count
    batch: Annotated[int, Field(ge=1, le=2**31)]
    learns: tuple[Name, ...]
    steps: dict[str, Step]


class PairsHeld(Part):
    """The pairs of spikes that were watched."""

    path: Name
    asked: Count
    count: Count
    lower_first: bool


class SpikesHeld(Part):
    """What is remembered of spikes and of units that were watched."""

    count: Count
    watched: Annotated[tuple[tuple[Name, Count, Count, Count], ...], Field(max_length=16)]
    synapse: (
        tuple[Annotated[tuple[tuple[Name, Count, Count], ...], Field(max_length=16)], Count, Count]
        | None
    )
    pairs: PairsHeld | None
    apart: dict[str, Annotated[int, Field(ge=1, le=2**53)]]


class BurstsHeld(Part):
    """How far events and bursts were counted."""

    end: Tick
    until: Tick
    noted: Count
    taught: Count


class FrameMeta(Part):
    """Everything of a moment that is no array."""

    state: Meta
    rows: dict[str, Count]
    seen: Seen
    spikes: SpikesHeld
    bursts: BurstsHeld


class FrameNote(Part):
    """One kept moment: its description, its bookmark if it has one, and where its arrays are."""

    spec: ExperimentSpec
    name: Annotated[str, Field(max_length=60)] = ""
    meta: FrameMeta
    arrays: dict[str, Placed]
    # told with the last moment: the stride, how wide the grid is, whether decades may go
    grain: tuple[Stride, Annotated[int, Field(ge=0, le=64)], bool] | None = None


class ExamplesNote(Part):
    """Examples of an excerpt: how many there are in all, and how they are read."""

    length: Annotated[int, Field(ge=1, le=2**40)]
    outputs: Annotated[int, Field(ge=0, le=2**31)]
    scale: float


class ExcerptNote(Part):
    """What an excerpt of a data set looks like."""

    train: ExamplesNote
    test: ExamplesNote
    shuffle: bool
    classes: Annotated[tuple[Name, ...], Field(max_length=10_000)]
    image: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] | None
    plane: tuple[float, float, float, float] | None
    parts: tuple[tuple[Name, Count], ...]
