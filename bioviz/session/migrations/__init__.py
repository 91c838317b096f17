"""Migrations: one file for each step, `from_1.py` turning schema 1 into schema 2, and so on.

Each offers `migrate(data) -> data`, a pure function from the plain JSON of one schema to that of
the next. They are found by walking this folder; a step that is missing is a fault of the program.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]


def steps() -> dict[int, Step]:
    """Every migration by the schema that it starts from."""
    names = [info.name for info in pkgutil.iter_modules(__path__) if info.name.startswith("from_")]
    return {
        int(name.removeprefix("from_")): importlib.import_module(f"{__name__}.{name}").migrate
        for name in names
    }


def migrate(
    data: dict[str, Any], to: int, known: Mapping[int, Step] | None = None
) -> dict[str, Any]:
    """Bring a session's plain data up to schema `to`, one step at a time."""
    found = steps() if known is None else known
    for schema in range(int(data["schema"]), to):
        data = {**found[schema](data), "schema": schema + 1}
    return data
