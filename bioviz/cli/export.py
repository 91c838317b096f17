"""`bioviz export FILE`: draw what panels show, for slides, papers and posters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from .change import build
from .end import BAD_FILE, CODES, DIVERGED, FAULT, INTERRUPTED, OK, USAGE, End
from .interrupt import Interrupt
from .movie import check_movie, film_of
from .movie import movie as movie_of
from .progress import shown, watching
from .report import name_of
from .source import find, read
from .trust import allow

if TYPE_CHECKING:
    from ..core.experiment import Experiment
    from ..core.snapshot import Snapshot
    from ..figures.gather import Described
    from ..figures.movie import Film
    from ..figures.panel import PanelFigure
    from ..figures.preset import Format, Preset
    from ..figures.sheet import Sheet
    from ..session.file import Saved

PRESETS = ("slide", "half-slide", "column", "two-column", "poster")  # as figures.preset has them
HELP = f"""Draw what the panels of FILE show: a session, or a gallery network's name.

\b
  bioviz export run.bioviz --panel loss                      loss of a saved run, on a slide
  bioviz export run.bioviz --panel alignment -o angle.pdf --preset column
  bioviz export fa_digits --epochs 5 --all -o figures        every panel, with its numbers
  bioviz export run.bioviz --panel network --panel loss --together
  bioviz export fa_digits --epochs 5 --panel network --panel loss --movie fa.gif

Presets: slide (16:9), half-slide, column and two-column (of a journal), poster. A figure says in
its metadata what made it. With --all, or several panels, OUT is a folder, and the numbers behind
each figure lie beside it as CSV. A movie has the panels side by side, while they learn: first
the history that FILE holds, if it was saved with one, then the training that is asked for.

{CODES}
"""


@click.command(help=HELP, short_help="Draw what panels show, as PNG, SVG or PDF.")
@click.argument("file")
@click.option("--panel", "panels", multiple=True, metavar="NAME", help="A panel; repeatable.")
@click.option("--all", "every", is_flag=True, help="Every panel that has something to show.")
@click.option("--together", is_flag=True, help="All of them in one figure, side by side.")
@click.option("--preset", type=click.Choice(PRESETS), default="slide", show_default=True)
@click.option("--format", "form", type=click.Choice(["png", "svg", "pdf"]), help="The file format.")
@click.option(
    "--look",
    type=click.Choice(["white", "dark", "transparent"]),
    default="white",
    show_default=True,
    help="The figure's ground.",
)
@click.option("--trials", type=click.IntRange(1), help="Train so many trials first.")
@click.option("--epochs", type=click.IntRange(1), help="Train so many epochs first.")
@click.option("--4k", "fine", is_flag=True, help="A slide's PNG of 3840x2160 pixels.")
@click.option("--outlines", is_flag=True, help="Text as shapes, for programs without the font.")
@click.option("--data", type=click.Path(path_type=Path), help="Where the session's own data lie.")
@click.option("--movie", type=click.Path(path_type=Path), help="A movie of it, .gif or .mp4.")
@click.option("--seconds", type=float, default=8.0, show_default=True, help="How long it lasts.")
@click.option("--fps", type=float, default=12.0, show_default=True, help="Its frames a second.")
@click.option("--size", default="1280x720", show_default=True, help="Its pixels.")
@click.option("--log", is_flag=True, help="Time in it goes ever faster: the beginning is seen.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file, or the folder.")
def export(
    file: str,
    panels: Sequence[str],
    every: bool,
    together: bool,
    preset: str,
    form: str | None,
    look: str,
    trials: int | None,
    epochs: int | None,
    fine: bool,
    outlines: bool,
    data: Path | None,
    movie: Path | None,
    seconds: float,
    fps: float,
    size: str,
    log: bool,
    out: Path | None,
) -> int:
    """Its help text is HELP."""
    from ..figures import gather
    from ..figures.look import LOOKS
    from ..figures.preset import PRESETS as KNOWN
    from ..figures.sheet import Sheet

    if trials is not None and epochs is not None:
        raise End("Give --trials or --epochs, not both.", USAGE)
    keys = _keys(panels, every)
    if movie is not None:
        film = film_of(size, seconds, fps, look)
        return _film(file, keys, trials, epochs, data, movie, film, log=log)
    folder = not together and (every or len(keys) > 1)
    kind = KNOWN[preset]
    chosen = _format(kind, form, None if folder else out)
    sheet = Sheet(kind, chosen, LOOKS[look], outlines=outlines, fine=fine)
    saved = read(file)
    allow(saved, find(file), data)
    experiments = _built(saved)
    described, code = _described(saved, experiments, keys, trials, epochs)
    if not any(one.spec for one in described) and not any(one.trial for one in experiments):
        click.echo("It has not begun: --epochs N or --trials N trains it first.", err=True)
    stem = Path(file).stem
    if folder:
        _write_all(described, out or Path(f"{stem}-figures"), sheet)
    else:
        for one in described if together else ():
            if one.spec is None:
                click.echo(f"{one.title} is left out: {one.why}", err=True)
        name = f"{stem}-{'-'.join(keys) if len(keys) < 5 else 'panels'}.{chosen}"
        _write_one(gather.together(described), out or Path(name), sheet)
    return code


def _film(
    file: str,
    keys: Sequence[str],
    trials: int | None,
    epochs: int | None,
    data: Path | None,
    path: Path,
    film: Film,
    *,
    log: bool,
) -> int:
    """Train as far as asked, and write a movie of it and of the history that there is."""
    check_movie(path)
    saved = read(file)
    only_look = trials is None and epochs is None
    if only_look and not _has_history(saved):
        raise End(
            f"A movie shows training, and '{file}' holds no history: say how long to train, "
            "with --epochs N or --trials N.",
            USAGE,
        )
    allow(saved, find(file), data)
    experiments = _built(saved, only_look=only_look)
    figures = _figures(saved, experiments, keys)
    more = 0 if only_look else trials or (epochs or 1) * experiments[0].epoch_trials
    return movie_of(experiments, figures, more, path, film, log=log)


def _keys(panels: Sequence[str], every: bool) -> list[str]:
    """The panels to draw, each once; ends with code 2 where one is unknown."""
    from ..figures.panel import FIGURES

    unknown = [key for key in panels if key not in FIGURES]
    if unknown:
        raise End(FIGURES.unknown(unknown[0]), USAGE)
    if every:
        return list(FIGURES)
    if not panels:
        known = ", ".join(FIGURES)
        raise End(f"Say what to draw: --all, or --panel with one of {known}.", USAGE)
    return list(dict.fromkeys(panels))


def _format(preset: Preset, form: str | None, out: Path | None) -> Format:
    """The file format: as asked, as the file's name ends, or the preset's own."""
    from ..figures.file import format_of

    try:
        named = format_of(out) if out is not None else None
    except ValueError as error:
        raise End(f"{error} Give -o another name.", USAGE) from error
    if form is not None and named is not None and form != named:
        raise End(f"--format {form} does not fit the name '{out}'.", USAGE)
    chosen = cast("Format", form or named or preset.formats[0])
    if chosen not in preset.formats:
        known = " or ".join(preset.formats)
        raise End(f"{preset.title} comes as {known}, not as {chosen}.", USAGE)
    return chosen


def _has_history(saved: Saved) -> bool:
    """Whether it holds moments before the one at which it was saved."""
    state = saved.states[0] if saved.states else None
    history = state.history if state is not None else None
    return state is not None and any(
        frame.trial < state.meta["trial"] for frame in (history.frames if history else ())
    )


def _built(saved: Saved, *, only_look: bool = False) -> list[Experiment]:
    """The experiments; those that are only looked at may do with the file's excerpt of the data."""
    from ..session.fault import SessionError

    try:
        with shown() as tell:
            if only_look:
                count = len(saved.experiments)
                experiments = [saved.build_to_look(index, tell) for index in range(count)]
            else:
                experiments = build(saved, saved.experiments, tell)
    except SessionError as error:
        raise End(str(error), BAD_FILE) from error
    return experiments


def _described(
    saved: Saved,
    experiments: Sequence[Experiment],
    keys: Sequence[str],
    trials: int | None,
    epochs: int | None,
) -> tuple[list[Described], int]:
    """Train as far as asked, and describe what each panel then shows; the exit code so far."""
    from ..figures.gather import describe

    figures = _figures(saved, experiments, keys)
    code = OK
    if trials is not None or epochs is not None:
        _look(experiments, figures)  # what only those remember who look is noted from here on
        code = _train(experiments, trials, epochs)
    snapshot = _look(experiments, figures)
    return [describe(figure, snapshot) for figure in figures], code


def _figures(
    saved: Saved, experiments: Sequence[Experiment], keys: Sequence[str]
) -> list[PanelFigure]:
    """The figures of some panels, with the options that the session has for them."""
    from ..core.catalogue import Catalogue
    from ..core.earlier import named
    from ..figures.gather import figures_of

    catalogue = Catalogue(0, tuple(experiment.catalogue() for experiment in experiments))
    options = {view.key: view.options for view in saved.session.panels}
    earlier = named(saved.earlier, experiments[0].spec)
    return figures_of(catalogue, keys, options, earlier)


def _look(experiments: Sequence[Experiment], figures: Sequence[PanelFigure]) -> Snapshot:
    from ..core.snapshot import take
    from ..figures.gather import wanted_of

    return take(0, experiments, wanted_of(figures))


def _train(experiments: Sequence[Experiment], trials: int | None, epochs: int | None) -> int:
    """Train, and say where that did not go as asked; the exit code."""
    from ..session.run import Goal
    from ..session.run import run as run_all

    for experiment in experiments:
        if experiment.fault is not None:
            raise End(str(experiment.fault), BAD_FILE)
    with (
        watching([name_of(experiment) for experiment in experiments]) as watch,
        Interrupt() as stop,
    ):
        lanes = run_all(experiments, Goal(trials, epochs), watch=watch, stopped=stop)
    if any(lane.status == "interrupted" for lane in lanes):
        raise End("Interrupted; nothing was drawn.", INTERRUPTED)
    for lane in lanes:
        if lane.message:
            click.echo(f"bioviz: {lane.message}", err=True)
    return DIVERGED if any(lane.status == "diverged" for lane in lanes) else OK


def _write_one(described: Described, path: Path, sheet: Sheet) -> None:
    """Write one figure; ends with code 1 where there is nothing to draw."""
    from ..figures.file import save

    if described.spec is None:
        raise End(_none(described), FAULT)
    if path.is_dir():
        raise End(f"'{path}' is a folder; give -o the name of a file.", USAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(described.spec, path, sheet)
    click.echo(str(path))


def _write_all(all_described: Sequence[Described], folder: Path, sheet: Sheet) -> None:
    """Write every figure that there is, with its numbers; say of the others why there is none."""
    from ..figures.folder import write_folder

    if folder.exists() and not folder.is_dir():
        raise End(f"'{folder}' is a file; give -o the name of a folder.", USAGE)
    for described in all_described:
        if described.spec is None:
            click.echo(_none(described), err=True)
    if not any(described.spec for described in all_described):
        raise End("No panel has anything to show.", FAULT)
    with shown() as tell:
        for path in write_folder(all_described, folder, sheet, tell):
            click.echo(str(path))


def _none(described: Described) -> str:
    return f"{described.title}: {described.why}"
