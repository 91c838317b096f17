"""A lesson in steps: short texts with links that press the program's buttons, and questions.

It is part of what a session says of itself, as plain JSON. A file that has none opens as before. A
link names something of a short table (`session/link.py`) and can do nothing else.
"""

from __future__ import annotations

from typing import Final

from pydantic import Field, model_validator

from ..core.parameter import Part, parameter

MOST_STEPS: Final = 20
LONGEST: Final = 2000  # characters of one text


class Answer(Part):
    """One answer to choose, and what is said of it once it is chosen."""

    text: str = parameter("", "The answer in a few words.", min_length=1, max_length=200)
    right: bool = parameter(False, "Whether it is right.")
    why: str = parameter("", "What is said once it is chosen.", min_length=1, max_length=LONGEST)


class Question(Part):
    """A question with answers to choose from."""

    ask: str = parameter("", "The question.", min_length=1, max_length=LONGEST)
    answers: tuple[Answer, ...] = Field(min_length=2, max_length=5)


class Prediction(Part):
    """What will a channel say after so many trials? The run then shows it beside the guess."""

    ask: str = parameter("", "What is to be foretold.", min_length=1, max_length=LONGEST)
    channel: str = parameter("", "The channel that will tell.", min_length=1, max_length=100)
    trials: int = parameter(1, "The trial at which it is read.", ge=1, le=10**9)
    experiment: int = parameter(1, "Which of the session's experiments.", ge=1, le=4)
    guesses: tuple[float, ...] = Field(min_length=2, max_length=5)
    why: str = parameter("", "What is said once it is known.", max_length=LONGEST)


class Equation(Part):
    """The rule's step for one weight, with the numbers of the sample that is looked at."""

    projection: str = parameter("", "The projection.", min_length=1, max_length=60)
    post: int = parameter(0, "The unit that the weight leads to.", ge=0)
    pre: int = parameter(0, "The unit that it comes from.", ge=0)


class Step(Part):
    """One page of a lesson: text, and at most one thing to do besides reading."""

    text: str = parameter("", "Paragraphs, one a line.", min_length=1, max_length=LONGEST)
    equation: Equation | None = None
    question: Question | None = None
    predict: Prediction | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        if self.question is not None and self.predict is not None:
            raise ValueError("A step asks a question or for a prediction, not both.")
        return self

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that may hold links and live numbers."""
        found = [self.text]
        if self.question is not None:
            found += [self.question.ask, *(answer.why for answer in self.question.answers)]
        if self.predict is not None:
            found += [self.predict.ask, self.predict.why]
        return tuple(found)
