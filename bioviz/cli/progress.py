"""Progress on stderr: bars on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from ..session.run import Lane, Watch

PLAIN_EVERY = 10.0  # seconds between two plain lines


@contextmanager
def shown() -> Iterator[Callable[[str, float], None]]:
    """Inside, what it gives shows one thing's progress: a text, and a fraction from 0 to 1."""
    if not sys.stderr.isatty():
        yield _Changed()
        return
    from rich.progress import Progress

    with Progress(console=_console(), transient=True) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda text, fraction: progress.update(task, description=text, completed=fraction)


@contextmanager
def watching(names: Sequence[str]) -> Iterator[Watch]:
    """Inside, what it gives shows how far each experiment has come."""
    if not sys.stderr.isatty():
        yield _Lines(names)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
        console=_console(),
        transient=True,
    )
    with bars:
        yield _Bars(bars, [bars.add_task(name, total=None, told="") for name in names])


class _Changed:
    """A plain line whenever the text changes."""

    def __init__(self) -> None:
        self._text = ""

    def __call__(self, text: str, _fraction: float) -> None:
        if text != self._text:
            self._text = text
            click.echo(text, err=True)


class _Lines:
    """A plain line for each experiment every ten seconds."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._due = time.monotonic() + PLAIN_EVERY

    def __call__(self, lanes: Sequence[Lane]) -> None:
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + PLAIN_EVERY
        for name, lane in zip(self._names, lanes, strict=True):
            click.echo(f"{name}: {_told(lane)}", err=True)


class _Bars:
    """A bar for each experiment."""

    def __init__(self, bars: Progress, tasks: Sequence[TaskID]) -> None:
        self._bars = bars
        self._tasks = tasks

    def __call__(self, lanes: Sequence[Lane]) -> None:
        for task, lane in zip(self._tasks, lanes, strict=True):
            total = None if lane.target is None else lane.target - lane.start
            done = lane.experiment.trial - lane.start
            self._bars.update(task, total=total, completed=done, told=_told(lane))


def _told(lane: Lane) -> str:
    experiment = lane.experiment
    of = "" if lane.target is None else f" of {lane.target:,}"
    text = f"trial {experiment.trial:,}{of}"
    error = experiment.channels.get("test_error")
    return f"{text}, test error {error.last:.2%}" if error is not None and error.size else text


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)
