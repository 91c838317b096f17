"""Changes of a description: which can be made while a run goes on, and how to word them."""

from __future__ import annotations

from typing import Any

from .parameter import Part
from .registry import RULES, TASKS, Registry
from .spec import Choice, ExperimentSpec

LIVE = ("name", "batch", "record", "stop")  # read anew at every trial


def rebuilds(before: ExperimentSpec, after: ExperimentSpec) -> bool:
    """Whether the network must be made again to go from one description to the other."""
    if before.task != after.task and not (
        before.task.key in TASKS and TASKS[before.task.key].timed
    ):
        return True
    same = {name: getattr(after, name) for name in (*LIVE, "rule", "task")}
    if before.model_copy(update=same) != after:
        return True
    return any(
        old.key != new.key
        or any(needs_rebuild(new.params(kind), name) for name in _changed(old, new, kind))
        for old, new, kind in _choices(before, after)
    )


def needs_rebuild(params: Part, name: str) -> bool:
    """Whether a parameter is read only when the network is made."""
    extra = type(params).model_fields[name].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("rebuild"))


def changes(before: ExperimentSpec, after: ExperimentSpec) -> str:
    """What a live change changed, for the marker on the time axes; empty for what shows nowhere."""
    words = []
    for old, new, kind in _choices(before, after):
        if old != new and old.key == new.key:
            changed = _changed(old, new, kind)
            words += [f"{_plain(name)} = {short(value)}" for name, value in changed.items()]
    if before.batch != after.batch:
        words.append(f"batch = {after.batch}")
    return ", ".join(words)


def short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}".replace("e+0", "e")
    return _plain(value) if isinstance(value, str) else str(value)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _choices(
    before: ExperimentSpec, after: ExperimentSpec
) -> tuple[tuple[Choice, Choice, Registry[Any]], ...]:
    """The rule's choice and the task's, before and after, and where each is registered."""
    return (before.rule, after.rule, RULES), (before.task, after.task, TASKS)


def _changed(before: Choice, after: Choice, kind: Registry[Any]) -> dict[str, Any]:
    if before == after:
        return {}
    old = before.params(kind)
    return {name: value for name, value in after.params(kind) if value != getattr(old, name)}
