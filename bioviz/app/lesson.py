"""What a session's lesson tells of, and whether what is being worked on is still that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.registry import RULES, TASKS
from ..core.spec import Choice, ExperimentSpec
from ..session import gallery
from ..session.session import About, Session

NO_WORDS = About()


@dataclass(frozen=True)
class Lesson:
    """A session's own words, and the description that they were written for."""

    about: About = NO_WORDS
    spec: ExperimentSpec | None = None
    beside: tuple[ExperimentSpec, ...] = ()  # the other descriptions that they were written for
    key: str = ""  # of the gallery network that it came with

    @property
    def there(self) -> bool:
        return bool(self.about.lesson or self.about.question)

    def strayed(self, spec: ExperimentSpec, *beside: ExperimentSpec) -> str:
        """Say that `spec` has another rule or other data than the lesson; "" where it has not.

        It has not, as long as one of those `beside` it is what the lesson tells of.
        Rates, sizes and seeds may change: they are what a lesson asks to be played with.
        """
        if not self.there or self.spec is None:
            return ""
        rule, data = _rule(self.spec), _data(self.spec.task)
        rule_now, data_now = _rule(spec), _data(spec.task)
        told = {(_rule(one), _data(one.task)) for one in (self.spec, *self.beside)}
        if any((_rule(now), _data(now.task)) in told for now in (spec, *beside)):
            return ""
        if data == data_now:
            return f"This lesson tells of {rule}; the rule is {rule_now} now."
        if rule == rule_now:
            return f"This lesson tells of {data}; the data are {data_now} now."
        return f"This lesson tells of {rule} on {data}; rule and data are others now."


def lesson_of(session: Session, entries: Sequence[gallery.Entry]) -> Lesson:
    """The lesson of a session; a gallery network's own, also where it was changed and saved."""
    for entry in entries:
        if entry.session.about == session.about:
            first, *beside = entry.session.experiments
            return Lesson(session.about, first, tuple(beside), entry.key)
    first, *beside = session.experiments
    return Lesson(session.about, first, tuple(beside))


def _rule(spec: ExperimentSpec) -> str:
    key = spec.rule.key
    return RULES[key].title if key in RULES else key


def _data(choice: Choice) -> str:
    if choice.key not in TASKS:
        return choice.key
    task = TASKS[choice.key]
    file = Path(str(choice.values.get("path", ""))).name if task.by_file else ""
    return file or task.title
