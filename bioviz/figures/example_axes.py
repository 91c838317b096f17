"""One example as marks: what is shown, and a bar for each output with a line at its target."""

from __future__ import annotations

import numpy as np

from ..core.answer import AnswersReply
from ..core.catalogue import ExperimentEntry
from ..core.decade import round_up
from .spec import Axes, Axis, Bars, Line, Mark, Picture
from .task_words import brightness, row_names

HALF = 0.32  # of a bar's height: the rest is the gap


def example_axes(reply: AnswersReply, entry: ExperimentEntry) -> tuple[Axes, ...]:
    """The picture that is shown, where it is one, and the answers to it."""
    answers = _answers(reply, entry, place=0 if entry.image is None else 1)
    if entry.image is None:
        return (answers,)
    values = brightness(reply.inputs[0]).reshape(entry.image)
    rows, cols = entry.image
    shown = Picture(values, "sequential", (0.0, 1.0), (0, cols, 0, rows))
    none = Axis(ticks=())
    return Axes((shown,), none, none, equal=True, title="Shown"), answers


def _answers(reply: AnswersReply, entry: ExperimentEntry, place: int) -> Axes:
    """Bars from the top down, as a list is read."""
    answers = np.nan_to_num(np.asarray(reply.answers[0], float))
    targets = np.asarray(reply.targets[0], float)
    count = len(answers)
    peak = round_up(max(1.0, float(np.abs(answers).max()), float(np.abs(targets).max(initial=0))))
    signed = entry.layers[-1].signed
    rows = np.arange(count, dtype=float)
    edges = np.stack([rows - HALF, rows + HALF], axis=1).ravel()
    lengths = np.zeros(len(edges) - 1)
    lengths[::2] = answers
    marks: list[Mark] = [Bars(edges, lengths, "answer", 0, lying=True)]
    told = [i for i, target in enumerate(targets) if target or not entry.classes]
    if told:
        x = np.repeat(targets[told], 3)
        y = np.stack([rows[told] - 0.42, rows[told] + 0.42, np.full(len(told), np.nan)], axis=1)
        marks.append(Line(x, y.ravel(), "target", "text", weight=1.6))
    names = row_names(entry.classes, count)
    return Axes(
        tuple(marks),
        Axis("Output", low=-peak if signed else 0.0, high=peak),
        Axis(ticks=tuple(zip(rows.tolist(), names, strict=True)), low=count - 0.5, high=-0.5),
        place=(0, place),
    )
