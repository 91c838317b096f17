"""Parameters are declared once, as fields of frozen models: form, check, file and help follow."""

from __future__ import annotations

from copy import copy
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Part(BaseModel):
    """A frozen, comparable, JSON-ready piece of a description; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def parameter(
    default: Any,
    help: str,  # noqa: A002  (the word the user sees)
    *,
    title: str | None = None,
    symbol: str | None = None,
    unit: str | None = None,
    names: dict[str, str] | None = None,
    rebuild: bool = False,
    advanced: bool = False,
    hidden: bool = False,
    **bounds: Any,
) -> Any:
    """Declare one parameter: its default, bounds, symbol, unit and one line of help.

    `rebuild` marks one that is read only when the network is made; the others may change while
    training runs. `advanced` ones are folded away in a form, `hidden` ones are not shown in it.
    `names` words the choices.
    """
    extra = {
        "symbol": symbol,
        "unit": unit,
        "names": names,
        "rebuild": rebuild,
        "advanced": advanced,
        "hidden": hidden,
    }
    known: dict[str, Any] = {name: value for name, value in extra.items() if value}
    return Field(default, title=title, description=help, json_schema_extra=known, **bounds)


def folded(model: type[Part], name: str) -> Any:
    """The same parameter as another model's, but folded away in a form."""
    field = copy(model.model_fields[name])
    known = field.json_schema_extra
    field.json_schema_extra = {**(known if isinstance(known, dict) else {}), "advanced": True}
    return field


def sentences(error: ValidationError, where: str = "") -> list[str]:
    """Turn pydantic's findings into sentences that name the field and say what it needs."""
    return [_sentence(dict(finding), where) for finding in error.errors(include_url=False)]


def _sentence(finding: dict[str, Any], where: str) -> str:
    kind = finding["type"]
    steps = [str(step) for step in finding["loc"]]
    if kind == "finite_number" and steps[-1] == "float":
        steps.pop()  # pydantic's word for the branch of a union, not a field
    name = ".".join(step for step in (where, *steps) if step)
    if kind in ("model_type", "dict_type"):
        return f"{repr(name) if name else 'A description'} should be a group of named values."
    if kind == "extra_forbidden":
        return f"'{name}' is not known here; remove it or check its spelling."
    if kind == "missing":
        return f"'{name}' is missing."
    message = str(finding["msg"]).removeprefix("Value error, ")
    if kind == "value_error":
        return message
    text = message[0].lower() + message[1:]
    given = finding.get("input")
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) else ""
    return f"'{name}': {text.removeprefix('input ')}{shown}."
