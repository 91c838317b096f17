"""What a lesson's link will do, in words: its tooltip, and what a screen reader says."""

from __future__ import annotations

from functools import lru_cache

from ..core.registry import RULES, TASKS
from ..session import gallery
from ..session.fault import SessionError
from ..session.link import DEEDS, SIGHTS, Link, read_link
from ..ui.word import humanise, in_sentence

BACK = "Ctrl+Z takes it back."


@lru_cache(maxsize=256)  # it is asked for with every snapshot, and titles lie in files
def tip_of(text: str) -> str:
    """One sentence for a link as it is written; a refused one says why."""
    try:
        link = read_link(text)
    except SessionError as fault:
        return str(fault)
    return _TIPS[link.verb](link)


def setting_title(path: str) -> str:
    """What a `set` link changes, amid a sentence: the learning rate of the rule."""
    if path in ("rule.key", "task.key"):
        return f"the {path.partition('.')[0]}"
    return in_sentence(humanise(path.rpartition(".")[2]))


def _do(link: Link) -> str:
    return f"{DEEDS[link.target]}."


def _until(link: Link) -> str:
    return f"Run until trial {int(link.target):,}, then pause."


def _set(link: Link) -> str:
    path, value = link.setting
    registry = {"rule.key": RULES, "task.key": TASKS}.get(path)
    if registry is not None and value in registry:
        return f"Choose {registry[value].title}. {BACK}"
    return f"Set {setting_title(path)} to {value}. {BACK}"


def _show(link: Link) -> str:
    if link.target in SIGHTS:
        return f"{SIGHTS[link.target]}."
    panel, _, variable = link.target.partition("/")
    of = f" with {in_sentence(humanise(variable))}" if variable else ""
    return f"Bring the panel {humanise(panel)}{of} to the front."


def _pick(link: Link) -> str:
    kind, name, *unit = link.target.split("/")
    words = f"unit {unit[0]} of {name}" if unit else f"{kind} {name}"
    return f"Show {words} in the inspector; Back returns to the lesson."


def _flip(link: Link) -> str:
    return f"Turn every weight of {link.target} to its negative. {BACK}"


def _open(link: Link) -> str:
    title = gallery.title_of(link.target)
    if not title:
        return f"There is no gallery network called '{link.target}'."
    number = gallery.lesson_number(link.target)
    return f"Open “{title}”" + (f", {in_sentence(number)}." if number else ".")


_TIPS = {
    "do": _do,
    "until": _until,
    "set": _set,
    "show": _show,
    "pick": _pick,
    "flip": _flip,
    "open": _open,
}
