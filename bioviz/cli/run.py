"""`bioviz run FILE`: train without a window."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .change import build, changed
from .end import BAD_FILE, CODES, DIVERGED, INTERRUPTED, OK, USAGE, End
from .interrupt import Interrupt
from .progress import shown, watching
from .report import SESSION, kept_of, name_of, report
from .source import find, read
from .trust import allow

if TYPE_CHECKING:
    from ..core.experiment import Experiment
    from ..core.spec import ExperimentSpec
    from ..core.task import Progress
    from ..session.file import Saved
    from ..session.run import Goal, Lane

CHECKPOINT_EVERY = 120.0  # seconds; what a crash or a power cut can cost at most

HELP = f"""Train FILE here, without a window: a session, a gallery network's name, or a JSON file.

\b
  bioviz run fa_digits                              to its stop condition
  bioviz run fa_digits --epochs 5 --out results     and keep the results
  bioviz run results/session.bioviz --epochs 5      five epochs more
  bioviz run fa_digits --epochs 5 --out results --history   and what can be looked back at
  bioviz run fa_digits --set rule.learning_rate=0.05 --seed 7

With --out it writes metrics.csv (all curves; metrics-2.csv for a second experiment),
summary.json (final values) and session.bioviz (which can be continued).

{CODES}
"""


@click.command(help=HELP, short_help="Train FILE here, without a window.")
@click.argument("file")
@click.option("--trials", type=click.IntRange(1), help="Run this many trials (more).")
@click.option("--epochs", type=click.IntRange(1), help="Run this many epochs (more).")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), help="Another seed for every experiment."
)
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a value: rule.learning_rate=0.05, network.layers.h1.size=50; "
    "experiments.1.rule... changes the second experiment's alone. May be repeated.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Read the session's own data from here; needed where they lie outside its folder.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write results here.")
@click.option(
    "--history", is_flag=True, help="Keep moments of the run in session.bioviz, to look back at."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
def run(
    file: str,
    trials: int | None,
    epochs: int | None,
    seed: int | None,
    sets: Sequence[str],
    data: Path | None,
    out: Path | None,
    history: bool,
    as_json: bool,
) -> int:
    """Its help text is HELP."""
    from ..session.run import Goal

    if trials is not None and epochs is not None:
        raise End("Give --trials or --epochs, not both.", USAGE)
    if history and out is None:
        raise End("--history keeps moments in session.bioviz: say where, with --out DIR.", USAGE)
    goal = Goal(trials, epochs)
    saved = read(file)
    allow(saved, find(file), data)
    specs = changed(saved, seed, sets)
    _make_folder(out)
    with shown() as tell:
        experiments = _built(saved, specs, tell)
    _remember(saved, experiments, history)
    _check_end(experiments, goal)
    lanes = _trained(experiments, goal, _Checkpoint(saved, experiments, out))
    report(file, saved, lanes, out, as_json)
    states = {lane.status for lane in lanes}
    return INTERRUPTED if "interrupted" in states else DIVERGED if "diverged" in states else OK


class _Checkpoint:
    """Saves the run into its folder every two minutes, while it goes on."""

    def __init__(self, saved: Saved, experiments: Sequence[Experiment], out: Path | None) -> None:
        self._saved = saved
        self._experiments = experiments
        self._out = out
        self._due = time.monotonic() + CHECKPOINT_EVERY

    def __call__(self) -> None:
        if self._out is not None and time.monotonic() >= self._due:
            from ..session.file import save

            save(self._out / SESSION, kept_of(self._saved, self._experiments))
            self._due = time.monotonic() + CHECKPOINT_EVERY


def _make_folder(out: Path | None) -> None:
    """Make the results' folder before an hour of training, not after it."""
    if out is None:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f".~bioviz.{uuid.uuid4().hex[:12]}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise End(f"'{out}' cannot be written to ({error.strerror}); choose another.") from error


def _built(saved: Saved, specs: list[ExperimentSpec], tell: Progress) -> list[Experiment]:
    from ..session.fault import SessionError

    try:
        experiments = build(saved, specs, tell)
    except SessionError as error:
        raise End(str(error), BAD_FILE) from error
    for experiment in experiments:
        if experiment.fault is not None:
            raise End(str(experiment.fault), BAD_FILE)
    return experiments


def _remember(saved: Saved, experiments: Sequence[Experiment], wished: bool) -> None:
    """Have the run keep its history where that is wished, or FILE already holds one."""
    from ..core.history import keep_histories

    if wished:
        saved.session = saved.session.model_copy(update={"history": True})
    if saved.session.history:
        keep_histories(experiments)


def _check_end(experiments: Sequence[Experiment], goal: Goal) -> None:
    """Refuse a run that would never end."""
    from ..session.run import endless

    if any(endless(experiment, goal) for experiment in experiments):
        raise End(
            "This session has no stop condition: say how far to run, with --epochs N or "
            "--trials N.",
            USAGE,
        )


def _trained(
    experiments: Sequence[Experiment], goal: Goal, checkpoint: Callable[[], None]
) -> list[Lane]:
    from ..session.run import run as run_all

    with watching([name_of(experiment) for experiment in experiments]) as show:

        def watch(lanes: Sequence[Lane]) -> None:
            show(lanes)
            checkpoint()

        with Interrupt() as interrupt:
            return run_all(experiments, goal, watch=watch, stopped=interrupt)
