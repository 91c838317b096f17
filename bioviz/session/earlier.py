"""Earlier runs in a session file: their descriptions as text, their curves as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..core.earlier import EarlierRun, thinned
from .fault import SessionError
from .session import EarlierNote
from .state import check_rows

Tables = Mapping[str, np.ndarray]  # (n, 2) by channel


def notes_of(runs: Sequence[EarlierRun]) -> tuple[EarlierNote, ...]:
    """What the readable part of a file says of earlier runs."""
    return tuple(
        EarlierNote(experiment=run.spec, epoch_trials=run.epoch_trials, changed=run.changed)
        for run in runs
    )


def runs_of(notes: Sequence[EarlierNote], tables: Mapping[int, Tables]) -> list[EarlierRun]:
    """Earlier runs from both parts of a file, by index; SessionError where they do not agree."""
    if any(index >= len(notes) for index in tables):
        raise SessionError("It holds curves of an earlier run that it does not describe.")
    return [_run(note, tables.get(index, {})) for index, note in enumerate(notes)]


def _run(note: EarlierNote, tables: Tables) -> EarlierRun:
    if not tables:
        raise SessionError("It describes an earlier run whose curves are missing.")
    for name, rows in tables.items():
        check_rows(name, rows)
    channels = {name: (rows[:, 0], rows[:, 1]) for name, rows in tables.items()}
    return EarlierRun(note.experiment, note.epoch_trials, thinned(channels), note.changed)
