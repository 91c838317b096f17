"""`bioviz [FILE]`: the window, once it is known that there can be one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import click

from ..session.launch import Launch
from .end import End
from .source import find

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
NEEDS_DISPLAY = ("", "xcb", "wayland", "wayland-egl")  # Qt's ways to draw that want a screen
QT = ("PySide6-Essentials", "PySide6")


@click.command("open", short_help="Open the window on FILE; the word `open` may be left out.")
@click.argument("file", required=False)
@click.option(
    "--theme", type=click.Choice(["light", "dark", "system"]), help="Colours to start in."
)
@click.option("--reset-layout", is_flag=True, help="Put every panel back where it belongs.")
@click.pass_context
def open_(ctx: click.Context, file: str | None, theme: str | None, reset_layout: bool) -> int:
    """Open the window, on FILE if it is given: a session, or a gallery network's name."""
    path = None if file is None else str(_find(file))
    problem = no_display(os.environ, sys.platform) or bad_qt(_qt_version(), sys.version_info[:2])
    if problem:
        raise End(problem)
    return int(ctx.obj(path, Launch(theme, reset_layout)))


def _find(file: str) -> Path:
    try:
        return find(file)
    except End as end:
        raise End(f"{end.message} `bioviz --help` lists the commands.", end.code) from end


def no_display(environment: Mapping[str, str], system: str) -> str:
    """Why no window can be shown here, or nothing."""
    way = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    shown = any(environment.get(name) for name in DISPLAYS)
    if not system.startswith("linux") or shown or way not in NEEDS_DISPLAY:
        return ""
    return (
        "There is no display here to open a window on; `bioviz run FILE` trains a network "
        "without one (see `bioviz run --help`)."
    )


def bad_qt(version: str, python: tuple[int, ...]) -> str:
    """Why this Qt must not be used with this Python, or nothing."""
    if not version:
        return "PySide6 is not installed, so there is no window; install bioviz again with pip."
    if version.startswith("6.12.") and python < (3, 12):
        return (
            f"PySide6 {version} crashes on Python {python[0]}.{python[1]} within minutes; install "
            'another with `pip install "PySide6-Essentials<6.12"`, or use Python 3.12 or later.'
        )
    return ""


def _qt_version() -> str:
    """The installed Qt's version, without importing it; empty where there is none."""
    for name in QT:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ""
