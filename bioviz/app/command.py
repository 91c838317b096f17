"""What the command palette offers, and which of it fits what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .fuzzy import match

RECENT = 6.0  # how much better a command fits that was chosen lately
BLOCKED = 4.0  # how much worse one that cannot be chosen now
MOST = 60  # that are shown


@dataclass(frozen=True)
class Command:
    """One thing that can be asked for, where else it is found, and why not now."""

    name: str  # unique, by which it is remembered: "action play", "network fa_digits"
    text: str
    place: str  # its menu, or what kind of thing it is
    run: Callable[[], object]
    tip: str = ""
    keys: str = ""  # a portable key sequence
    icon: str = ""
    why_not: str = ""  # a sentence, where it cannot be chosen now
    prompt: str = ""  # what to write into the field instead of running it: a value is to follow
    typed: bool = False  # made of what was typed; never remembered

    @property
    def spoken(self) -> str:
        """All of it in words, for screen readers."""
        parts = (self.text.rstrip("…"), self.place, self.keys, self.why_not or self.tip)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Found:
    """A command, and which of its letters were typed."""

    command: Command
    places: tuple[int, ...] = ()
    recent: bool = False


def search(query: str, commands: Iterable[Command], recent: Sequence[str] = ()) -> list[Found]:
    """Return the commands that fit `query`, the best first; without one, the recent ones first."""
    ranks = {name: len(recent) - place for place, name in enumerate(recent)}
    scored: list[tuple[float, Found]] = []
    for command in commands:
        score = 2.0 * ranks.get(command.name, 0)
        places: tuple[int, ...] = ()
        if query.strip():
            fit = match(query, f"{command.text} {command.place}")
            if fit is None:
                continue
            places = tuple(place for place in fit.places if place < len(command.text))
            score = fit.score + (RECENT if command.name in ranks else 0.0)
            score -= BLOCKED if command.why_not else 0.0
        scored.append((score, Found(command, places, command.name in ranks)))
    scored.sort(key=lambda pair: -pair[0])  # a stable sort: equals stay in the order of menus
    return [found for _, found in scored[:MOST]]
