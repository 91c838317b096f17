"""Attempting an edit: what came of it, or why it cannot be made, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..core.choose import Chosen, refused
from ..core.fault import SpecError
from ..core.spec import ExperimentSpec
from .remark import Remark

Change = Callable[[ExperimentSpec], Chosen]


@dataclass(frozen=True)
class Outcome:
    """The description after an edit, None where it was refused, and what there is to say."""

    spec: ExperimentSpec | None
    words: str

    def tell(self, remark: Remark) -> None:
        """Say below the edited thing what changed along, or why nothing did."""
        remark.say(self.words, "info" if self.spec else "error")


def attempt(before: ExperimentSpec, change: Change) -> Outcome:
    """Change a description; refused where the change would bring a problem that it had not."""
    try:
        after, notes = change(before)
        problems = refused(before, after)
    except SpecError as error:
        return Outcome(None, error.problems[0])
    if problems:
        return Outcome(None, problems[0])
    return Outcome(after, " ".join(notes))
