"""`bioviz fetch mnist`: download a data set into bioviz's cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from .end import USAGE, End

Download = Callable[[Callable[[str, float], None]], Path]


@click.command(short_help="Download a data set, as `bioviz fetch mnist`.")
@click.argument("task")
def fetch(task: str) -> None:
    """Download the data set of TASK (mnist, fashion_mnist, kmnist) once; all find it then."""
    from .progress import shown

    download = _downloader(task)
    with shown() as tell:
        where = download(tell)
    click.echo(f"{task} is in {where}.")


def _downloader(key: str) -> Download:
    import pooch

    from ..core.registry import TASKS

    pooch.get_logger().setLevel("ERROR")  # our own progress and sentences say it
    known: dict[str, Download] = {
        name: task.download for name, task in TASKS.items() if task.megabytes
    }
    if key not in known:
        raise End(
            f"There is nothing to fetch for '{key}'. Known: {', '.join(known)}; "
            "the other tasks need no download.",
            USAGE,
        )
    return known[key]
