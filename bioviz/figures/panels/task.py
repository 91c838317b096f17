"""The task as a figure: decisions over a plane, pictures, confusions or answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...core.answer import Answers, AnswersReply, DecisionMap, DecisionReply, Points, PointsReply
from ...core.catalogue import ExperimentEntry
from ...core.confusion import ConfusionReply, Confusions
from ...core.decade import round_up
from ...core.request import Request
from ...core.snapshot import Snapshot, Wanted
from ..confusion_axes import confusion_axes
from ..confusion_words import when, worst
from ..decision_axes import decision_axes
from ..example_axes import example_axes
from ..facts import facts_of
from ..panel import PanelFigure
from ..spec import Axes, Axis, Dots, FigureSpec, Line, Tiles
from ..task_words import (
    VIEWS,
    Caption,
    brightness,
    error_words,
    first_caption,
    first_words,
    in_words,
    mistake,
    none_wrong,
    views,
    worst_words,
)

REQUESTS: dict[str, tuple[Request, ...]] = {
    "map": (DecisionMap(160), Points()),
    "first": (Answers("first", 40, look=40),),
    "worst": (Answers("worst", 40, look=500),),
    "scatter": (Answers("first", 40, look=40),),
    "confusion": (Confusions(),),
    "shown": (Answers("shown", 1),),
}
NONE_YET = "No example is being shown yet: play, step or train first."
TONES = {True: "good", False: "danger", None: "text"}


class TaskFigure(PanelFigure):
    """What is to be learned, and what the network makes of it."""

    key = "task"
    title = "Task"

    def why_not(self) -> str:
        entry = self.catalogue.first
        if entry.taught or not entry.layers[0].spikes:
            return ""
        return "Spikes without a teacher have no answers to be looked at."

    def wanted(self) -> Wanted:
        return frozenset(REQUESTS[self._view])

    def figure(self, snapshot: Snapshot) -> FigureSpec:
        view, entry = self._view, self.catalogue.first
        replies = [snapshot.get(request) for request in REQUESTS[view]]
        if replies[0] is None:
            raise ValueError(self.why_not() or NONE_YET)
        parts, note = self._draw(view, replies, entry)
        return FigureSpec(
            f"{entry.task_title}: {VIEWS[view][0].lower()}",
            parts,
            widths=(0.62, 1.0) if len(parts) > 1 else (1.0,),
            note=note,
            facts=facts_of(self.catalogue, snapshot),
        )

    @property
    def _view(self) -> str:
        """The chosen view, or the first that fits; a drawing pad is no figure."""
        offered = [view for view in views(self.catalogue.first) if view in REQUESTS]
        wish = self.options.get("view")
        return wish if isinstance(wish, str) and wish in offered else offered[0]

    def _draw(
        self, view: str, replies: list[Any], entry: ExperimentEntry
    ) -> tuple[tuple[Axes, ...], str]:
        """The axes of a view, and what is said below them."""
        match view:
            case "map":
                field: DecisionReply = replies[0]
                points: PointsReply | None = replies[1]
                return (decision_axes(field, points, entry.classes),), ""
            case "first":
                captions = [first_caption(replies[0], i, entry.classes) for i in _each(replies[0])]
                return (_pictures(replies[0], captions, entry),), first_words(
                    replies[0], taught=entry.taught
                )
            case "worst":
                return self._worst(replies[0], entry)
            case "confusion":
                return self._confusion(replies[0], entry)
            case "scatter":
                return (_scatter(replies[0]),), error_words(replies[0])
        return example_axes(replies[0], entry), in_words(replies[0], entry.classes)

    def _worst(self, reply: AnswersReply, entry: ExperimentEntry) -> tuple[tuple[Axes, ...], str]:
        if not reply.wrong:
            raise ValueError(none_wrong(reply))
        captions = [mistake(reply, place, entry.classes) for place in _each(reply)]
        return (_pictures(reply, captions, entry),), worst_words(reply)

    def _confusion(
        self, reply: ConfusionReply, entry: ExperimentEntry
    ) -> tuple[tuple[Axes, ...], str]:
        if reply.counts is None:
            raise ValueError(when(reply.trial))
        percent = self.options.get("percent") is True
        part = confusion_axes(reply.counts, reply.trial, entry.classes, in_percent=percent)
        return (part,), worst(reply.counts, entry.classes, in_percent=percent)


def _each(reply: AnswersReply) -> range:
    return range(len(reply.inputs))


def _pictures(reply: AnswersReply, captions: list[Caption], entry: ExperimentEntry) -> Axes:
    assert entry.image is not None  # noqa: S101  (views looked)
    tiles = Tiles(
        brightness(reply.inputs).reshape(-1, *entry.image),
        tuple(caption.words for caption in captions),
        tuple(TONES[caption.right] for caption in captions),
        kind="sequential",
        limits=(0.0, 1.0),
    )
    return Axes((tiles,), bare=True)


def _scatter(reply: AnswersReply) -> Axes:
    """Targets across, answers up; the targets choose the scale."""
    end = round_up(float(np.abs(reply.targets).max()) or 1.0)
    ends = np.array([-end, end])
    return Axes(
        (
            Line(ends, ends, "exactly right", "muted", "dash", 0.6),
            Dots(reply.targets.ravel(), reply.answers.ravel(), size=0.32),
        ),
        Axis("Target", low=-end, high=end),
        Axis("Answer", low=-end, high=end),
        equal=True,
    )
