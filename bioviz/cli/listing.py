"""`bioviz list rules|units|tasks|metrics|panels|networks`: what there is to choose from."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .column import columns, echo_json

PANELS = Path(__file__).parent.parent / "panels"  # read as text: importing them would import Qt


@click.command("list", short_help="List rules, units, tasks, metrics, panels or networks.")
@click.argument(
    "kind", type=click.Choice(["rules", "units", "tasks", "metrics", "panels", "networks"])
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, each with a key.")
def listing(kind: str, as_json: bool) -> None:
    """List what there is to choose from, by the key that files and commands use."""
    rows = KINDS[kind]()
    if as_json:
        echo_json(rows)
    else:
        cells = [[row["key"], row["title"], row["summary"]] for row in rows]
        click.echo(columns([["key", "title", "summary"], *cells]))


def _rules() -> list[dict[str, Any]]:
    from ..core.registry import RULES

    return [
        {
            **_row(key, rule, rule.summary),
            "group": rule.group,
            "parameters": _params(rule),
            "plausibility": _plausibility(key),
        }
        for key, rule in RULES.items()
    ]


def _plausibility(key: str) -> list[dict[str, str]]:
    """What a brain could do of it: "yes", "partly" or "no", seen in one trial."""
    from ..core.plausibility import checklist

    told = ("key", "title", "verdict", "words")
    return [{name: getattr(point, name) for name in told} for point in checklist(key)]


def _units() -> list[dict[str, Any]]:
    from ..core.registry import UNITS

    return [_row(key, unit, unit.help) for key, unit in UNITS.items()]


def _tasks() -> list[dict[str, Any]]:
    from ..core.registry import TASKS

    return [
        {**_row(key, task, task.summary), "source": task.source, "parameters": _params(task)}
        for key, task in TASKS.items()
    ]


def _metrics() -> list[dict[str, Any]]:
    from ..core.registry import METRICS

    return [
        {**_row(key, metric, metric.help), "unit": metric.unit} for key, metric in METRICS.items()
    ]


def _panels() -> list[dict[str, Any]]:
    """Panels by their file's first line, `Title: what it shows.`"""
    files = sorted(path for path in PANELS.glob("*.py") if not path.name.startswith("_"))
    return [_panel(path) for path in files]


def _panel(path: Path) -> dict[str, Any]:
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or path.stem
    title, _, summary = told.splitlines()[0].partition(": ")
    return {"key": path.stem, "title": title, "summary": summary[:1].upper() + summary[1:]}


def _networks() -> list[dict[str, Any]]:
    from ..session.gallery import entries

    return [
        {
            "key": entry.key,
            "title": entry.session.about.title,
            "summary": entry.session.about.question,
            "rules": [spec.rule.key for spec in entry.session.experiments],
            "tasks": [spec.task.key for spec in entry.session.experiments],
            "path": str(entry.path),
        }
        for entry in entries()
    ]


def _row(key: str, thing: Any, summary: str) -> dict[str, Any]:
    return {"key": key, "title": thing.title, "summary": summary}


def _params(thing: Any) -> list[dict[str, Any]]:
    """What `--set rule.<name>=...` can set, with defaults and help."""
    known = thing.Params.model_json_schema().get("properties", {})
    return [
        {"name": name, "default": told.get("default"), "help": told.get("description", "")}
        for name, told in known.items()
    ]


KINDS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "rules": _rules,
    "units": _units,
    "tasks": _tasks,
    "metrics": _metrics,
    "panels": _panels,
    "networks": _networks,
}
