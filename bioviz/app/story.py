"""What a presentation steps through, press by press of a clicker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..core.status import Mode
from .controller import Controller
from .lesson import Lesson
from .looking_back import LookingBack


class Story(Protocol):
    """Places to go to, in order: bookmarks of a run, or the steps of a lesson."""

    def names(self) -> Sequence[str]:
        """What each place is called; one sentence at most."""
        ...

    def go(self, place: int) -> None:
        """Show the place of that number, from 0."""
        ...


class BookmarkStory:
    """The moments of the run that somebody gave a name, from the first to the last."""

    def __init__(self, looking: LookingBack) -> None:
        self._looking = looking

    def names(self) -> Sequence[str]:
        return tuple(self._looking.history.bookmarks.values())

    def go(self, place: int) -> None:
        self._looking.look(tuple(self._looking.history.bookmarks)[place])


class LessonStory:
    """A lesson's question, then the run, then what there is to see, at a standstill."""

    def __init__(self, controller: Controller, lesson: Lesson) -> None:
        self._controller = controller
        about = lesson.about
        self._names = (
            about.question or about.title or "Before training",
            "Training",
            about.see or "What it has learned",
        )

    def names(self) -> Sequence[str]:
        return self._names

    def go(self, place: int) -> None:
        playing = self._controller.status.mode is Mode.PLAYING
        if playing != (place == 1):
            self._controller.toggle()
