"""The rule's parameters as commands: 'learning rate 0.5' sets it, undoably, if it is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ..core.fault import SpecError
from ..core.parameter import Part
from ..core.registry import RULES
from ..core.spec import ExperimentSpec
from ..ui.editor import extra
from ..ui.word import humanise, in_sentence, typed
from .command import Command

VALUE = re.compile(r"^(?P<words>.*?)[\s=]+(?P<value>[-+]?[\d.][\d.eE+-]*|on|off|true|false)$")
SWITCHES = {"on": True, "true": True, "off": False, "false": False}

Change = Callable[[Part], None]


def parameter_commands(spec: ExperimentSpec, query: str, change: Change) -> list[Command]:
    """Return a command for each parameter of the rule; where `query` ends in a value, to set it."""
    try:
        params = spec.rule.params(RULES)
    except SpecError:
        return []  # the description's problems say why
    found = VALUE.match(query.strip()) if query else None
    if query and found is None:
        return []
    value = found["value"] if found else None
    return [
        _command(params, name, info, value, change)
        for name, info in type(params).model_fields.items()
        if not extra(info).get("hidden") and _plain(getattr(params, name))
    ]


def words_of(query: str) -> str:
    """Return what was typed before the value."""
    found = VALUE.match(query.strip())
    return found["words"] if found else query


def _plain(value: object) -> bool:
    return isinstance(value, bool | int | float) and not isinstance(value, BaseModel)


def _command(
    params: Part, name: str, info: FieldInfo, value: str | None, change: Change
) -> Command:
    title, now = info.title or humanise(name), getattr(params, name)
    shown = ("on" if now else "off") if isinstance(now, bool) else typed(now)
    place, help_ = "Parameter", info.description or ""
    if value is None:
        return Command(
            f"parameter {name}", f"{title} = {shown}", place, _nothing, help_, icon="settings",
            prompt=f"{in_sentence(title)} ",
        )  # fmt: skip
    text = f"{title} = {value}"
    try:
        after = type(params).model_validate({**dict(params), name: _read(value)})
    except ValidationError as error:
        first = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        why_not = f"{first[:1].upper()}{first[1:].rstrip('.')}."
        return Command(
            f"set {name}",
            text,
            place,
            _nothing,
            help_,
            icon="settings",
            why_not=why_not,
            typed=True,
        )
    why_not = "It has that value already." if after == params else ""
    return Command(
        f"set {name}", text, place, partial(change, after), f"Now {shown}. {help_}",
        icon="settings", why_not=why_not, typed=True,
    )  # fmt: skip


def _read(value: str) -> object:
    if value in SWITCHES:
        return SWITCHES[value]
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value  # the model says that it is no number


def _nothing() -> None:
    """Nothing to do yet: a value is to follow, or was refused."""
