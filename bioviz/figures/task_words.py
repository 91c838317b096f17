"""The task as the network sees it, in words: which views there are, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.answer import AnswersReply
from ..core.catalogue import ExperimentEntry
from .word import number

VIEWS = {
    "map": ("Decision map", "What the network answers at every point of the plane"),
    "first": ("Pictures", "The first held-out pictures, and what the network takes them for"),
    "worst": ("Worst mistakes", "The held-out pictures that the network gets most wrong"),
    "scatter": ("Test answers", "Answers against targets, on held-out examples"),
    "confusion": ("Confusion matrix", "How often each class is taken for each, on the test set"),
    "draw": ("Draw a digit", "Draw on a pad, and see what the network takes it for"),
    "shown": ("Shown now", "The training example that is being shown, and the answers to it"),
}


@dataclass(frozen=True)
class Caption:
    """What stands below a picture, whether the answer is right, and what hovering tells."""

    text: str
    right: bool | None
    tip: str = ""
    mark: bool = True  # whether a tick or a cross stands behind the text

    @property
    def words(self) -> str:
        """The text with its mark."""
        mark = {True: " ✓", False: " ✗", None: ""}[self.right]
        return self.text + mark if self.mark else self.text


def views(entry: ExperimentEntry) -> tuple[str, ...]:
    """Return the views that make sense for a task."""
    if not entry.taught:
        return ("first", "shown") if entry.image is not None else ("shown",)
    if not entry.asked:
        return ("shown",)  # all others need answers to held-out examples
    if entry.plane is not None:
        return ("map", "confusion", "shown")
    if entry.image is not None:
        return ("first", "worst", "confusion", "draw", "shown")
    return ("shown", "confusion") if entry.classes else ("scatter", "shown")


def brightness(values: np.ndarray) -> np.ndarray:
    """Return values from 0 to 1 as they are; signed ones so that zero lies half way."""
    if not (values < 0).any():
        return values
    return 0.5 + values / (2 * float(np.abs(values).max()))


def row_names(names: tuple[str, ...], count: int) -> list[str]:
    """What stands beside each of `count` outputs: the classes' names, or its number."""
    if count == len(names):
        return list(names)
    if count == 1 and len(names) == 2:
        return [names[1]]
    return [f"output {i}" for i in range(count)]


def first_words(reply: AnswersReply, *, taught: bool) -> str:
    """Say what the first held-out pictures are, and how many are right."""
    if not taught:
        return "Inputs that are never learned from; answers below."
    right = reply.looked - reply.wrong
    return f"{right} of the first {reply.looked} right; answers below."


def worst_words(reply: AnswersReply) -> str:
    """Say how many held-out examples are answered wrongly."""
    part = reply.wrong / max(1, reply.looked)
    return f"Wrong {reply.wrong} of {reply.looked} test examples ({100 * part:.1f} %)."


def none_wrong(reply: AnswersReply) -> str:
    return f"No mistakes among {reply.looked} test examples."


def error_words(reply: AnswersReply) -> str:
    """Say how far answers are from their targets."""
    error = float(np.square(reply.answers - reply.targets).mean()) ** 0.5
    return f"Typical error {number(error, 3)}, {len(reply.inputs)} held-out examples."


def in_words(reply: AnswersReply, names: tuple[str, ...]) -> str:
    """Say what the example is and what the network takes it for."""
    if not reply.targets.size:
        return "The input that is shown; without a teacher no answer is right or wrong."
    if reply.labels is None or reply.decided is None:
        error = float(np.square(reply.answers[0] - reply.targets[0]).mean()) ** 0.5
        return f"Training example; typical error {number(error, 3)}."
    is_, said = _name(names, int(reply.labels[0])), _name(names, int(reply.decided[0]))
    verdict = f"answered {said} ✓" if is_ == said else f"answered {said} ✗"
    return f"Training example: {is_}; {verdict}."


def _name(names: tuple[str, ...], place: int) -> str:
    return names[place] if place < len(names) else str(place)


def first_caption(reply: AnswersReply, place: int, classes: tuple[str, ...]) -> Caption:
    if not reply.targets.size:
        said = f"{reply.answers[place, 0]:.2f}".replace("-", "−")
        return Caption(said, None, f"the first cell answers {said}")
    if reply.labels is None or reply.decided is None:
        return Caption("", None)
    is_, said = classes[reply.labels[place]], classes[reply.decided[place]]
    return Caption(said, is_ == said, f"{is_}, answered {said}{_certainty(reply, place)}")


def mistake(reply: AnswersReply, place: int, classes: tuple[str, ...]) -> Caption:
    assert reply.labels is not None  # noqa: S101  (only classes can be mistaken)
    assert reply.decided is not None  # noqa: S101
    is_, said = classes[reply.labels[place]], classes[reply.decided[place]]
    words = f"{is_} taken for {said}"
    return Caption(words, False, f"{words}{_certainty(reply, place)}", mark=False)


def _certainty(reply: AnswersReply, place: int) -> str:
    return f" (output {float(reply.answers[place].max()):.2f})"
