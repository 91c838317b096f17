"""What a run leaves behind: a table of curves, a summary, and a session that can be continued.

metrics.csv      one row a recorded trial, one column a channel, empty where nothing was
                 measured; the last row is measured when the run ends. A session's second
                 experiment has metrics-2.csv, and so on.
summary.json     per experiment: trials and epochs in all, seconds of this run, final values
session.bioviz   the whole state: `bioviz run session.bioviz --epochs 5` goes on from it
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .. import __version__
from ..core.experiment import Experiment
from ..core.probe import table
from ..core.table import table_text
from .atomic import write_text
from .file import Saved, save
from .run import Lane

SESSION, SUMMARY = "session.bioviz", "summary.json"


def final(experiment: Experiment) -> dict[str, float]:
    """Every channel's value at the present trial: the recorded one, else measured now.

    NaN where a quantity is undefined, as an angle with a zero matrix. Records nothing.
    """
    measured = experiment.measure()
    values = {}
    for name, channel in experiment.channels.items():
        x, y = channel.read(max(0, channel.size - 1))
        here = len(x) and x[0] == experiment.trial
        values[name] = float(y[0]) if here else measured[name]
    return values


def summary(lanes: Sequence[Lane], finals: Sequence[dict[str, float]]) -> dict[str, Any]:
    """The run in numbers, ready for JSON; undefined values are null."""
    rows = [_row(lane, values) for lane, values in zip(lanes, finals, strict=True)]
    return {"bioviz": __version__, "experiments": rows}


def write(
    folder: Path, saved: Saved, lanes: Sequence[Lane], finals: Sequence[dict[str, float]]
) -> None:
    """Write every file into `folder`, each all or nothing; SessionError in words."""
    for index, (lane, values) in enumerate(zip(lanes, finals, strict=True), 1):
        name = "metrics.csv" if index == 1 else f"metrics-{index}.csv"
        write_text(folder / name, _csv(lane.experiment, values))
    text = json.dumps(summary(lanes, finals), indent=2, ensure_ascii=False, allow_nan=False)
    write_text(folder / SUMMARY, text + "\n")
    save(folder / SESSION, saved)


def _row(lane: Lane, values: dict[str, float]) -> dict[str, Any]:
    experiment = lane.experiment
    row = {
        "name": experiment.spec.name,
        "rule": experiment.spec.rule.key,
        "task": experiment.spec.task.key,
        "trials": experiment.trial,
        "epochs": experiment.epoch,
        "seed": experiment.spec.seed,
        "seconds": round(lane.seconds, 3),
        "final": {name: value if math.isfinite(value) else None for name, value in values.items()},
        "status": lane.status,
    }
    return {**row, "message": lane.message} if lane.message else row


def _csv(experiment: Experiment, values: dict[str, float]) -> str:
    names, rows = table(experiment.channels.values())
    last = np.array([experiment.trial, *(values[name] for name in names[1:])])
    if not len(rows) or rows[-1, 0] != experiment.trial:
        rows = np.vstack([rows, last])
    rows[-1] = np.where(np.isnan(rows[-1]), last, rows[-1])
    return table_text(names, rows)
