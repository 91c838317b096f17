"""What a session holds: experiments, what is said about them, and how they are looked at."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field, JsonValue

from ..core.earlier import MOST
from ..core.parameter import Part, parameter
from ..core.spec import ExperimentSpec
from .lesson import MOST_STEPS, Step

SCHEMA: Final = 1


class About(Part):
    """What a session says of itself; a gallery network fills all of it."""

    title: str = parameter("", "The session's title.")
    question: str = parameter("", "The one question that it asks.")
    lesson: str = parameter("", "What is to be learned from it, in a few sentences.")
    source: str = parameter("", "Author, year, journal.")
    see: str = parameter("", "What the class should see.")
    steps: tuple[Step, ...] = Field(default=(), max_length=MOST_STEPS)
    next: tuple[str, ...] = parameter(
        (), "Gallery networks to go on with, by their keys.", max_length=4
    )


class Expectation(Part):
    """A measured outcome that the run should come near: a channel's value once it has run."""

    channel: str
    experiment: int = Field(1, ge=1, le=4)  # which of the session's, counted from 1
    epochs: int | None = None
    trials: int | None = None
    value: float
    within: float = Field(gt=0)


class PanelView(Part):
    """One open panel and its options, both as the panel itself wrote them."""

    key: str
    options: dict[str, JsonValue] = Field(default_factory=dict)


class EarlierNote(Part):
    """An earlier run: its description and its epoch's length; its curves are arrays of the file."""

    experiment: ExperimentSpec
    epoch_trials: int = Field(ge=1)
    changed: str = Field(default="", max_length=200)


class Session(Part):
    """One or more experiments (stepped together), what is said of them, and the open panels."""

    version: Literal[1] = Field(SCHEMA, alias="schema")
    about: About = About()
    experiments: tuple[ExperimentSpec, ...] = Field(min_length=1, max_length=4)
    panels: tuple[PanelView, ...] = ()
    speed: float | None = parameter(
        None, "Samples a second at which the window plays it; none is as fast as it goes.", gt=0
    )
    history: bool = parameter(
        False, "Whether the moments that can be looked back at are kept in the file."
    )
    earlier: tuple[EarlierNote, ...] = Field(default=(), max_length=MOST)
    expected: tuple[Expectation, ...] = ()
    provenance: dict[str, JsonValue] = Field(default_factory=dict)
