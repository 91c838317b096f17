"""How a command ends: the exit codes, and the sentence for a fault that somebody can act on."""

from __future__ import annotations

from typing import IO, Any

import click

OK, FAULT, USAGE, DIVERGED, BAD_FILE, INTERRUPTED = 0, 1, 2, 3, 4, 130

CODES = """\b
Exit codes:
  0    done
  1    a fault, said in words
  2    the command was not understood
  3    training diverged; the last healthy state is kept
  4    the file cannot be opened or trained
  130  interrupted; the state was saved
"""


class End(click.ClickException):
    """Ends a command with a sentence on stderr and an exit code."""

    def __init__(self, message: str, code: int = FAULT) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"bioviz: {self.message}", file=file, err=file is None)
