"""The plausibility checklist: what a learning rule asks for that a brain may not have.

Each point is told from one watched trial (`core/watched_trial.py`), with the rule's own parameters:
what it reads and sends is seen, not claimed. What a rule's card says in words stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from .registry import RULES
from .rule import TEACHING, Phase, Rule
from .watched_trial import Seen, watch

Verdict = Literal["yes", "partly", "no"]  # whether a brain could do it so
Told = tuple[Verdict, str]


@dataclass(frozen=True)
class Point:
    """One line of the checklist: `title` is what a brain would want, `words` what the rule does."""

    key: str
    title: str
    verdict: Verdict
    words: str
    help: str  # why it matters


@dataclass(frozen=True)
class Check:
    """What is asked of every rule, and how it is told from what was seen."""

    key: str
    title: str
    help: str
    tell: Callable[[Seen, type[Rule]], Told]


def checklist(key: str, params: Any = None) -> tuple[Point, ...]:
    """Every point for a registered rule, with its default parameters or these."""
    return _checklist(key, RULES[key].Params() if params is None else params)


def transported(points: tuple[Point, ...]) -> bool:
    """Whether errors go down through the forward weights themselves."""
    return any(point.key == "transport" and point.verdict == "no" for point in points)


@lru_cache(maxsize=64)
def _checklist(key: str, params: Any) -> tuple[Point, ...]:
    seen, rule = watch(key, params), RULES[key]
    return tuple(
        Point(check.key, check.title, *check.tell(seen, rule), check.help) for check in CHECKS
    )


def _scored(seen: Seen) -> bool:
    """Whether hidden weights heard of the target though nothing travelled down to them."""
    return seen.target and seen.hidden_learned and not (seen.transposed or seen.feedback)


def _transport(seen: Seen, _: type[Rule]) -> Told:
    if seen.transposed:
        return "no", "Errors go down through the forward weights themselves, transposed."
    if seen.signs_copied:
        return "partly", "Each feedback weight takes its sign from a forward weight."
    if seen.feedback:
        return "yes", "Feedback has weights of its own."
    return "yes", "Nothing travels down."


def _signs(seen: Seen, _: type[Rule]) -> Told:
    if seen.signed:
        return "no", "What travels down is now above zero and now below."
    if _scored(seen):
        return "partly", "No errors, but one number with a sign."
    if seen.feedback:
        return "yes", "What travels down is never less than nothing."
    return "yes", "No error travels."


def _phases(seen: Seen, _: type[Rule]) -> Told:
    if Phase.MIRROR in seen.phases:
        return "no", "Spells of noise, in which nothing may be seen."
    if TEACHING in seen.modes:
        return "no", "First a prediction, then teaching."
    if not seen.spiking and seen.passes > 1:
        return "no", "The same input twice, with noise and without."
    if (seen.transposed or seen.feedback) and Phase.TICK not in seen.phases:
        return "no", "First activity goes up, then errors come down."
    return "yes", "Activity and learning go on together."


def _teacher(seen: Seen, _: type[Rule]) -> Told:
    if _scored(seen):
        return "partly", "One score for all, as a reward could be."
    if seen.target:
        return "no", "A target for every output unit."
    return "yes", "Nobody says what is right."


def _local(seen: Seen, _: type[Rule]) -> Told:
    if _scored(seen):
        return "partly", "What is at the synapse, and the score that all hear."
    if seen.foreign:
        return "no", "A synapse reads the weights of other units."
    if seen.transposed or seen.feedback:
        return "yes", "What is at its two ends, once the error has arrived."
    return "yes", "What is at its two ends."


def _slope(seen: Seen, rule: type[Rule]) -> Told:
    if seen.slope:
        return "no", "An error is multiplied by the slope of the unit's answer."
    if rule.slope_as:
        return "partly", f"In another guise: {rule.slope_as}."
    return "yes", "No slope of a hidden unit is asked for."


def _online(seen: Seen, _: type[Rule]) -> Told:
    if seen.in_ticks:
        return "yes", "Weights change from tick to tick."
    if Phase.BACKWARD not in seen.phases:
        return "yes", "Weights change with every presentation."
    return "no", "Weights change once a trial, when all of it is over."


def _batch(seen: Seen, _: type[Rule]) -> Told:
    if seen.averaged > 1:
        return "no", f"A step averages over {seen.averaged} patterns of noise."
    return "yes", "One example at a time is enough."


CHECKS = (
    Check(
        "transport",
        "No weight transport",
        "A synapse that carries errors down cannot know how strong another one is that carries "
        "activity up.",
        _transport,
    ),
    Check(
        "signs",
        "No signed errors",
        "A cell sends spikes or none; it cannot send less than nothing.",
        _signs,
    ),
    Check(
        "phases",
        "No separate phases",
        "Nothing is known that stops a brain's activity while errors travel.",
        _phases,
    ),
    Check(
        "teacher",
        "No teacher or score",
        "Somebody must know the right answer, or how good an answer was.",
        _teacher,
    ),
    Check(
        "local",
        "Local",
        "A synapse can know what its two cells do and what arrives there, and little else.",
        _local,
    ),
    Check(
        "slope",
        "No slope of the unit",
        "A cell would have to tell how much its answer changes with its input.",
        _slope,
    ),
    Check(
        "online",
        "Learns while it runs",
        "Brains have no end of a trial at which all synapses change together.",
        _online,
    ),
    Check(
        "batch",
        "No batch",
        "One thing is seen at a time; a mean over many must be kept somewhere.",
        _batch,
    ),
)
