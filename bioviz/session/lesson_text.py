"""A lesson's text: words, links and live numbers, read from one line of plain text.

[Press play](do:play)   a link: words, and what they do (see `session/link.py`)
{update_angle.h1}       a live number: a channel, `trial`, `epoch`, a parameter or a weight
{test_error@2}          the same of the second experiment
*word*                  in italics
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .fault import SessionError
from .lesson import Step
from .link import Link, read_link

MARK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\((?P<link>[^()\s]+)\)"
    r"|\{(?P<live>[A-Za-z][\w.]*(?:\[\d+,\d+\])?)(?:@(?P<which>[1-4]))?\}"
    r"|\*(?P<stress>[^*\s][^*]*)\*"
)


@dataclass(frozen=True)
class Words:
    """Plain words."""

    text: str
    stress: bool = False


@dataclass(frozen=True)
class Linked:
    """Words that can be pressed. `link` is as written: it is checked when it is followed."""

    text: str
    link: str


@dataclass(frozen=True)
class Live:
    """A number that is always that of the run: its name, and of which experiment (from 0)."""

    name: str
    index: int = 0


Piece = Words | Linked | Live


def paragraphs(text: str) -> list[list[Piece]]:
    """Every line of a text as its pieces; empty lines count for nothing."""
    return [pieces(line) for line in text.splitlines() if line.strip()]


def pieces(line: str) -> list[Piece]:
    """One line as words, links and live numbers, in order."""
    found: list[Piece] = []
    end = 0
    for match in MARK.finditer(line):
        if match.start() > end:
            found.append(Words(line[end : match.start()]))
        found.append(_piece(match))
        end = match.end()
    if end < len(line):
        found.append(Words(line[end:]))
    return found


def links(steps: Sequence[Step]) -> Iterator[str]:
    """Every link of a lesson, as written."""
    for piece in _all(steps):
        if isinstance(piece, Linked):
            yield piece.link


def live(steps: Sequence[Step]) -> Iterator[Live]:
    """Every live number of a lesson."""
    for piece in _all(steps):
        if isinstance(piece, Live):
            yield piece


def link_faults(steps: Sequence[Step]) -> list[str]:
    """A sentence for every link of a lesson that will be refused."""
    found = []
    for link in dict.fromkeys(links(steps)):
        try:
            read_link(link)
        except SessionError as fault:
            found.append(f"{fault} The link does nothing.")
    return found


def checked(steps: Sequence[Step]) -> list[Link]:
    """Every link of a lesson; SessionError where one is refused."""
    return [read_link(link) for link in links(steps)]


def _all(steps: Sequence[Step]) -> Iterator[Piece]:
    for step in steps:
        for text in step.texts:
            for line in paragraphs(text):
                yield from line


def _piece(match: re.Match[str]) -> Piece:
    if match["words"]:
        return Linked(match["words"], match["link"])
    if match["live"]:
        return Live(match["live"], int(match["which"] or 1) - 1)
    return Words(match["stress"], stress=True)
