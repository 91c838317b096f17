"""What of one learning rule's parameters another takes over."""

from __future__ import annotations

from typing import Any

from .change import short
from .parameter import Part
from .registry import RULES
from .spec import ExperimentSpec


def carry_over(spec: ExperimentSpec, key: str) -> tuple[Part, list[str]]:
    """The new rule's parameters with what both have kept, and what was chosen but is lost."""
    model: type[Part] = RULES[key].Params
    if spec.rule.key not in RULES or RULES[key].teacher != spec.taught:
        return model(), []  # a step size means another thing where no error is sent
    old = spec.rule.params(RULES)
    shared = {name: value for name, value in old if _kept(name, value, type(old), model)}
    lost = [
        f"{_named(old, name)} {short(value)}"
        for name, value in old
        if name not in model.model_fields and value != type(old).model_fields[name].default
    ]
    return _valid(model, shared), lost


def _kept(name: str, value: Any, old: type[Part], new: type[Part]) -> bool:
    """Whether the new rule takes over a value; what nobody chose is not held against its own."""
    return name in new.model_fields and value != old.model_fields[name].default


def _valid(model: type[Part], values: dict[str, Any]) -> Part:
    """`values` as far as the other rule's bounds allow them, one by one."""
    made = model()
    for name, value in values.items():
        try:
            made = model.model_validate({**made.model_dump(), name: value})
        except ValueError:
            continue  # that one keeps the new rule's default
    return made


def _named(params: Part, name: str) -> str:
    title = type(params).model_fields[name].title or name.replace("_", " ")
    return title[:1].lower() + title[1:]
