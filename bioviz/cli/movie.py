"""`bioviz export FILE --movie OUT`: a movie of what panels show while FILE is trained.

It begins with the history that FILE holds, if it holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .end import BAD_FILE, DIVERGED, FAULT, INTERRUPTED, OK, USAGE, End
from .interrupt import Interrupt
from .progress import shown

if TYPE_CHECKING:
    from ..core.experiment import Experiment
    from ..core.snapshot import Snapshot
    from ..figures.movie import Film
    from ..figures.panel import PanelFigure
    from ..session.run import Lane


def film_of(size: str, seconds: float, fps: float, look: str) -> Film:
    """A film as the options have it; ends with code 2 in words where they make no sense."""
    from ..figures.look import LOOKS
    from ..figures.movie import Film

    sides = size.lower().split("x")
    if len(sides) != 2 or not all(side.isdecimal() for side in sides):
        raise End(f"--size '{size}' needs the form WIDTHxHEIGHT, as 1280x720.", USAGE)
    try:
        return Film((int(sides[0]), int(sides[1])), seconds, fps, LOOKS[look])
    except ValueError as error:
        raise End(str(error), USAGE) from error


def check_movie(path: Path) -> None:
    """Refuse a movie that could not be written before hours of training, not after them."""
    from ..figures.encoder import NONE, encoder
    from ..figures.movie import ENDINGS

    if path.suffix.lower() not in ENDINGS:
        raise End(f"--movie '{path}' must end in .gif or .mp4.", USAGE)
    if path.suffix.lower() == ".mp4" and encoder() is None:
        raise End(NONE, FAULT)
    if path.is_dir():
        raise End(f"'{path}' is a folder; give --movie the name of a file.", USAGE)


def movie(
    experiments: Sequence[Experiment],
    figures: Sequence[PanelFigure],
    trials: int,
    path: Path,
    film: Film,
    *,
    log: bool = False,
) -> int:
    """Train so many trials more (0: none) and write the movie; the exit code."""
    from ..figures.movie import Cancelled, write_movie

    fitting = [figure for figure in figures if not figure.why_not()]
    for figure in figures:
        if figure not in fitting:
            click.echo(f"{figure.title}: {figure.why_not()}", err=True)
    if not fitting:
        raise End("None of these panels has anything to show.", FAULT)
    with Interrupt() as stop, shown() as tell:
        frames, code = _recorded(experiments, fitting, trials, film.frames, log, stop, tell)
        if stop():
            raise End("Interrupted; no movie was written.", INTERRUPTED)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_movie(path, fitting, frames, film, progress=tell, cancelled=stop)
        except ValueError as error:
            raise End(str(error), FAULT) from error
        except Cancelled as error:
            raise End("Interrupted; no movie was written.", INTERRUPTED) from error
    click.echo(str(path))
    return code


def _recorded(
    experiments: Sequence[Experiment],
    figures: Sequence[PanelFigure],
    trials: int,
    count: int,
    log: bool,
    stop: Callable[[], bool],
    tell: Callable[[str, float], None],
) -> tuple[list[Callable[[], Snapshot]], int]:
    """What figures want to see at as many moments as there are frames.

    First come the moments of the history that there is, then those of the training, if any.
    """
    from ..core.snapshot import take
    from ..figures.footage import Footage
    from ..figures.gather import wanted_of
    from ..figures.movie import pick

    first = experiments[0]
    if trials and first.fault is not None:
        raise End(str(first.fault), BAD_FILE)
    start, wanted = first.trial, wanted_of(figures)
    frames: dict[int, Callable[[], Snapshot]] = {
        moment.trial: partial(moment.take, wanted)
        for moment in Footage.of(experiments).moments
        if moment.trial < start
    }
    take(0, experiments, wanted)  # what only those remember who look is noted from here on
    line = [*frames, *range(start, start + trials + 1)]
    planned = {line[place] for place in pick(line, count, log=log)}
    code = OK
    for trial in sorted(trial for trial in planned if trial >= start):
        code = _train(experiments, trial - first.trial, stop)
        frames[first.trial] = partial(_same, take(0, experiments, wanted))
        tell("Training", (trial - start) / max(1, trials))
        if code != OK or stop():
            break
    known = sorted(frames)
    return [frames[known[place]] for place in pick(known, count, log=log)], code


def _train(experiments: Sequence[Experiment], trials: int, stop: Callable[[], bool]) -> int:
    from ..session.run import Goal, run

    if trials < 1:
        return OK
    lanes: list[Lane] = run(experiments, Goal(trials), stopped=stop)
    for lane in lanes:
        if lane.message:
            click.echo(f"bioviz: {lane.message}", err=True)
    return DIVERGED if any(lane.status == "diverged" for lane in lanes) else OK


def _same(snapshot: Snapshot) -> Snapshot:
    return snapshot
