"""What `bioviz run` says and keeps at its end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .column import columns, echo_json, number
from .trust import option

if TYPE_CHECKING:
    from ..core.experiment import Experiment
    from ..session.file import Saved
    from ..session.run import Lane

SESSION = "session.bioviz"  # as bioviz.session.result names it


def report(file: str, saved: Saved, lanes: Sequence[Lane], out: Path | None, as_json: bool) -> None:
    """Write the files, then say how it went: numbers to stdout, what happened to stderr."""
    from ..session.result import final, summary, write

    finals = [final(lane.experiment) for lane in lanes]
    kept = kept_of(saved, [lane.experiment for lane in lanes])
    if out is not None:
        write(out, kept, lanes, finals)
    if as_json:
        echo_json(summary(lanes, finals))
    else:
        title = saved.session.about.title
        click.echo(f"{title}\n\n{_table(lanes, finals)}\n" if title else _table(lanes, finals))
    for lane in lanes:
        if lane.message:
            click.echo(f"bioviz: {lane.message}", err=True)
    click.echo(_farewell(file, kept, lanes, out), err=True)


def _farewell(file: str, kept: Saved, lanes: Sequence[Lane], out: Path | None) -> str:
    """One line that says where things are, and how to go on."""
    states = {lane.status for lane in lanes}
    if out is None and "interrupted" not in states:
        if all(lane.experiment.trial == lane.start and not lane.message for lane in lanes):
            return "It had reached its stop condition before; --epochs N runs it further."
        return "Nothing was written; --out DIR keeps the curves, the numbers and the weights."
    place = out / SESSION if out is not None else _save_beside(file, kept)
    go_on = f"`bioviz run {place}{option(kept.experiments, place)} --epochs N`"
    if "interrupted" in states:
        return f"Interrupted; all is saved. Continue with {go_on}."
    if "diverged" in states:
        return f"The last healthy state is kept: {go_on} with --set rule.learning_rate=..."
    return f"Continue with {go_on}."


def _save_beside(file: str, kept: Saved) -> Path:
    """Save an interrupted run under a free name in the present folder."""
    from ..session.file import save

    stem = Path(file).stem
    names = (f"{stem}-interrupted{number}.bioviz" for number in ("", *range(2, 1000)))
    place = next(Path(name) for name in names if not Path(name).exists())
    save(place, kept)
    return place


def kept_of(saved: Saved, experiments: Sequence[Experiment]) -> Saved:
    from ..session.file import capture_all

    kept = capture_all(experiments, saved.session)
    kept.earlier = saved.earlier
    return kept


def name_of(experiment: Experiment) -> str:
    return experiment.spec.name or experiment.spec.rule.key


def _table(lanes: Sequence[Lane], finals: Sequence[dict[str, float]]) -> str:
    """One column an experiment; one row a fact or a channel."""
    rows = [
        ["", *(name_of(lane.experiment) for lane in lanes)],
        ["status", *(lane.status for lane in lanes)],
        ["trials", *(f"{lane.experiment.trial:,}" for lane in lanes)],
        ["epochs", *(f"{lane.experiment.epoch:,}" for lane in lanes)],
        ["seconds", *(f"{lane.seconds:.1f}" for lane in lanes)],
    ]
    channels = {
        name: channel.info.unit
        for lane in lanes
        for name, channel in lane.experiment.channels.items()
    }
    for name, unit in channels.items():
        rows.append([name, *(number(values.get(name), unit) for values in finals)])
    return columns(rows)
