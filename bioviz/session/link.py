"""Links in a lesson: what a file may ask the program to do, as one short table.

A link is `verb:target`, as `do:play`. Whatever is not in the table is refused in a sentence: a file
never chooses what code runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fault import SessionError

NAME = r"[A-Za-z][A-Za-z0-9_]{0,59}"
DEEDS = {  # what `do:` may press, and what its button says
    "play": "Play",
    "pause": "Pause",
    "step": "Take a step",
    "step_epoch": "Run one epoch",
    "restart": "Restart from the same weights",
    "new_weights": "Begin again with other weights",
    "undo": "Take back the last change",
}
SIGHTS = {  # what `show:` may bring to the front beside the panels
    "transport": "Show in the diagram the way that errors take",
    "rule": "Show the rule's card",
    "plausibility": "Compare the plausibility of all rules",
}


@dataclass(frozen=True)
class Verb:
    """One thing that a link can ask for: what its target looks like, and an example."""

    pattern: str
    example: str


VERBS = {
    "do": Verb("|".join(DEEDS), "do:play"),
    "until": Verb(r"[1-9][0-9]{0,8}", "until:400"),
    "set": Verb(
        r"(?:rule|task|network)(?:\.[A-Za-z0-9_]{1,60}){1,4}=[^\s=]{1,60}"
        r"|(?:batch|seed|loss)=[A-Za-z0-9_]{1,20}",
        "set:rule.learning_rate=0.5",
    ),
    "show": Verb(rf"{NAME}(?:/{NAME})?", "show:alignment"),
    "pick": Verb(rf"(?:layer|projection)/{NAME}|unit/{NAME}/[0-9]{{1,6}}", "pick:projection/W2"),
    "flip": Verb(NAME, "flip:B2"),
    "open": Verb(r"[a-z0-9][a-z0-9_]{0,59}", "open:fa_digits"),
}


@dataclass(frozen=True)
class Link:
    """A checked link: `verb` is of the table and `target` looks as it must."""

    verb: str
    target: str

    def __str__(self) -> str:
        return f"{self.verb}:{self.target}"

    @property
    def setting(self) -> tuple[str, str]:
        """Of `set`: the path and the value, as text."""
        path, _, value = self.target.partition("=")
        return path, value


def read_link(text: str) -> Link:
    """Check a link; SessionError says in a sentence why it is refused."""
    verb, _, target = text.partition(":")
    known = VERBS.get(verb)
    if known is None:
        raise SessionError(
            f"A lesson's link asks for '{_short(text)}', which no lesson can do. "
            f"It can: {', '.join(VERBS)}."
        )
    if not re.fullmatch(known.pattern, target):
        raise SessionError(
            f"A lesson's link asks for '{_short(text)}', which makes no sense. "
            f"It should look like '{known.example}'."
        )
    return Link(verb, target)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
