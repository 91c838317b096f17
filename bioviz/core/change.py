"""Changes of a description: which can be made while a run goes on, and how to word them."""

from __future__ import annotations

from typing import Any

from .parameter import Part
from .registry import RULES
from .spec import Choice, ExperimentSpec

LIVE = ("name", "batch", "record", "stop")  # read anew at every trial


def rebuilds(before: ExperimentSpec, after: ExperimentSpec) -> bool:
    """Whether the network must be made again to go from one description to the other."""
    same = {name: getattr(after, name) for name in (*LIVE, "rule")}
    if before.model_copy(update=same) != after or before.rule.key != after.rule.key:
        return True
    params = after.rule.params(RULES)
    return any(needs_rebuild(params, name) for name in _changed(before.rule, after.rule))


def needs_rebuild(params: Part, name: str) -> bool:
    """Whether a parameter is read only when the network is made."""
    extra = type(params).model_fields[name].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("rebuild"))


def changes(before: ExperimentSpec, after: ExperimentSpec) -> str:
    """What a live change changed, for the marker on the time axes; empty for what shows nowhere."""
    words = []
    if before.rule.key == after.rule.key:
        changed = _changed(before.rule, after.rule)
        words = [f"{name.replace('_', ' ')} = {short(value)}" for name, value in changed.items()]
    if before.batch != after.batch:
        words.append(f"batch = {after.batch}")
    return ", ".join(words)


def short(value: Any) -> str:
    return f"{value:g}".replace("e+0", "e") if isinstance(value, float) else str(value)


def _changed(before: Choice, after: Choice) -> dict[str, Any]:
    old = before.params(RULES)
    return {name: value for name, value in after.params(RULES) if value != getattr(old, name)}
