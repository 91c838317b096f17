"""Users' own files that a session would read: a stranger's session must not choose them alone."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.registry import TASKS
from ..core.spec import ExperimentSpec


def file_of(spec: ExperimentSpec) -> str:
    """The path of the user's own data that a description would read; "" where there is none."""
    if spec.task.key not in TASKS or not TASKS[spec.task.key].by_file:
        return ""
    path = spec.task.values.get("path")
    return path if isinstance(path, str) else ""


def files_of(specs: Iterable[ExperimentSpec]) -> list[str]:
    """Every path that descriptions would read, each once."""
    return list(dict.fromkeys(path for spec in specs if (path := file_of(spec))))


def with_file(spec: ExperimentSpec, path: str) -> ExperimentSpec:
    """The description with its own data read from another place; others stay as they are."""
    if not file_of(spec):
        return spec
    task = spec.task.model_copy(deep=True, update={"path": path})
    return spec.model_copy(update={"task": task})


def same_but_place(one: ExperimentSpec, other: ExperimentSpec) -> bool:
    """Whether two descriptions differ at most in where the same data lie."""
    path = file_of(other)
    return one == other or (bool(path) and with_file(one, path) == other)
