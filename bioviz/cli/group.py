"""The command `bioviz`: its first word is a command's name, or a file to open in the window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence

import click

from .. import __version__
from ..core.fault import BiovizError
from ..session.launch import Launch
from .data import data
from .end import CODES, FAULT, INTERRUPTED, OK, End
from .export import export
from .fetch import fetch
from .info import info
from .listing import listing
from .open import open_
from .run import run

Opener = Callable[[str | None, Launch], int]  # shows the window; returns its exit code

HELP = f"""Watch biologically plausible learning rules train layered networks.

\b
  bioviz             opens the window
  bioviz FILE        opens it on a session, or on a gallery network by name
  bioviz run FILE    trains in the terminal, without a window
  bioviz export FILE draws what panels show, for slides and papers

{CODES}
"""


class Words(click.Group):
    """A group whose unknown first word is a file for the window."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {*self.commands, "--help", "-h", "--version"}
        if not args or args[0] not in own:
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[--theme THEME] [--reset-layout] [FILE]")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")


@click.group(cls=Words, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="bioviz %(version)s")
def bioviz() -> None:
    """The root of all commands; its help text is HELP."""


for command in (open_, run, info, export, listing, fetch, data):
    bioviz.add_command(command)


def start(args: Sequence[str], opener: Opener) -> int:
    """Run one command line and return its exit code; faults are said in words on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Greek letters shows ?
    try:
        code = bioviz.main(list(args), "bioviz", standalone_mode=False, obj=opener)
    except End as end:
        end.show()
        return end.code
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except BiovizError as fault:
        End(str(fault)).show()
        return FAULT
    except (click.Abort, KeyboardInterrupt):
        End("Interrupted.").show()
        return INTERRUPTED
    except Exception as fault:
        return _unforeseen(fault)
    return code if isinstance(code, int) else OK


def _unforeseen(fault: Exception) -> int:
    """Say in one sentence that something unforeseen happened, and put the details into the log."""
    name = type(fault).__name__
    try:
        where = f"The details are in {_log(fault)}; please report them."
    except OSError as problem:
        where = f"Its details could not be logged ({problem.strerror})."
    End(f"A fault that bioviz did not foresee ({name}: {fault}). {where}").show()
    return FAULT


def _log(fault: Exception) -> str:
    from ..session.place import log_file

    path = log_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.Logger("bioviz.cli")
    logger.addHandler(handler)
    logger.error("bioviz %s: %s", __version__, sys.argv, exc_info=fault)
    handler.close()
    return str(path)
