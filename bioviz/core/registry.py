"""Keyed registries, filled by walking a folder: one file per rule, unit, task and metric."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from .fault import SpecError

T = TypeVar("T")


class Registry(Generic[T]):
    """All things of one kind by key, found in the modules of `package` on first use.

    A module offers its thing by giving it a `key` equal to the module's name. The core names
    packages as text, so that it never imports what lies above it.
    """

    def __init__(self, noun: str, package: str) -> None:
        self.noun = noun
        self.package = package
        self._found: dict[str, type[T]] | None = None

    def __getitem__(self, key: str) -> type[T]:
        found = self._entries()
        if key not in found:
            raise SpecError([self.unknown(key)])
        return found[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries()

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries())

    def items(self) -> list[tuple[str, type[T]]]:
        return list(self._entries().items())

    def names(self) -> list[str]:
        """Every key, in order, without importing anything but the package."""
        package = importlib.import_module(self.package)
        found = (info.name for info in pkgutil.iter_modules(package.__path__))
        return sorted(name for name in found if not name.startswith("_"))

    def only(self, key: str) -> type[T]:
        """The thing of a key that `names` gave, importing no other."""
        thing: type[T] = _offered(importlib.import_module(f"{self.package}.{key}"), key)
        return thing

    def unknown(self, key: str) -> str:
        """Say that `key` is unknown, with the nearest known one."""
        near = difflib.get_close_matches(key, self._entries(), n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        known = ", ".join(self._entries())
        return f"There is no {self.noun} called '{key}'.{hint} Known: {known}."

    def _entries(self) -> dict[str, type[T]]:
        if self._found is None:
            self._found = dict(self._discover())
        return self._found

    def _discover(self) -> Iterator[tuple[str, type[T]]]:
        for name in self.names():
            yield name, self.only(name)


def _offered(module: Any, key: str) -> Any:
    for value in vars(module).values():
        if isinstance(value, type) and vars(value).get("key") == key:
            return value
    raise ImportError(f"{module.__name__} offers no class with key = '{key}'.")


UNITS: Registry[Any] = Registry("unit", "bioviz.units")
RULES: Registry[Any] = Registry("learning rule", "bioviz.rules")
TASKS: Registry[Any] = Registry("task", "bioviz.tasks")
METRICS: Registry[Any] = Registry("metric", "bioviz.metrics")
