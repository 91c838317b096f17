"""`bioviz info FILE`: what a session holds, without training it or reading its data set."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .column import columns, echo_json, number, size
from .source import find, read

if TYPE_CHECKING:
    from ..core.spec import ExperimentSpec
    from ..core.state import State
    from ..session.file import Saved


WIDTH = 84  # characters of a line of running text


@click.command(short_help="Say what FILE holds.")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(file: str, as_json: bool) -> None:
    """Say what FILE holds: networks, rules, tasks, how far they have run, last values."""
    path = find(file)
    saved = read(file)
    facts = _facts(path, saved)
    if as_json:
        echo_json(facts)
    else:
        click.echo(_text(facts))


def _facts(path: Path, saved: Saved) -> dict[str, Any]:
    session = saved.session
    pairs = zip(saved.experiments, saved.states, strict=True)
    return {
        "path": str(path),
        "bytes": path.stat().st_size,
        **session.about.model_dump(),
        "provenance": session.provenance,
        "panels": [panel.key for panel in session.panels],
        "experiments": [_experiment(spec, state) for spec, state in pairs],
        "warnings": saved.warnings,
    }


def _experiment(spec: ExperimentSpec, state: State | None) -> dict[str, Any]:
    return {
        "name": spec.name,
        "layers": [layer.model_dump() for layer in spec.network.layers],
        "weights": spec.network.weight_count,
        "rule": spec.rule.model_dump(),
        "task": spec.task.model_dump(),
        "loss": spec.loss,
        "batch": spec.batch,
        "seed": spec.seed,
        "trial": state.meta["trial"] if state else 0,
        "epoch": state.meta["epoch"] if state else 0,
        "arrays": {name: list(array.shape) for name, array in state.arrays.items()}
        if state
        else {},
        "last": _last(state) if state else {},
    }


def _last(state: State) -> dict[str, float | None]:
    """Every channel's last value; null where it is undefined."""
    import math

    ends = {name: float(rows[-1, 1]) for name, rows in state.channels.items() if len(rows)}
    return {name: value if math.isfinite(value) else None for name, value in ends.items()}


def _text(facts: dict[str, Any]) -> str:
    lines = [facts["title"] or Path(facts["path"]).name]
    told = ((word, facts[word]) for word in ("question", "lesson", "see", "source") if facts[word])
    rows = [row for word, text in told for row in _wrapped(word, text)]
    rows.append(["file", _file(facts)])
    parts = ["\n".join(lines), columns(rows, 2)]
    parts += [_experiment_text(one) for one in facts["experiments"]]
    parts += [f"  warning: {warning}" for warning in facts["warnings"]]
    return "\n\n".join(parts)


def _unit(channel: str) -> str:
    """The unit of a channel's metric, where that is known here."""
    from ..core.registry import METRICS

    key = channel.partition(".")[0]
    return str(METRICS[key].unit) if key in METRICS else ""


def _wrapped(word: str, text: str) -> list[list[str]]:
    """A long text as rows that fit a terminal, the word before the first."""
    lines = textwrap.wrap(text, WIDTH)
    return [[word if index == 0 else "", line] for index, line in enumerate(lines)]


def _file(facts: dict[str, Any]) -> str:
    told = facts["provenance"]
    by = f", saved {told['saved']} by bioviz {told.get('bioviz')}" if told.get("saved") else ""
    return f"{facts['path']}, {size(facts['bytes'])}{by}"


def _experiment_text(one: dict[str, Any]) -> str:
    rows = [
        ["layers", " > ".join(f"{x['name']} {x['size']} ({x['unit']})" for x in one["layers"])],
        ["weights", f"{one['weights']:,}"],
        ["rule", _choice(one["rule"])],
        ["task", _choice(one["task"])],
        ["loss", f"{one['loss']}, batch {one['batch']}, seed {one['seed']}"],
        ["run", _run(one)],
    ]
    if one["arrays"]:
        shapes = (f"{name} {' × '.join(map(str, s))}" for name, s in one["arrays"].items())
        rows += _wrapped("arrays", ", ".join(shapes))
    rows += [[name, number(value, _unit(name))] for name, value in one["last"].items()]
    heading = one["name"] or one["rule"]["key"]
    return f"  {heading}\n{columns(rows, 4)}"


def _run(one: dict[str, Any]) -> str:
    if not one["arrays"]:
        return "not begun"
    return f"trial {one['trial']:,}, epoch {one['epoch']:,}"


def _choice(choice: dict[str, Any]) -> str:
    values = ", ".join(f"{name} {value}" for name, value in choice.items() if name != "key")
    return f"{choice['key']} ({values})" if values else str(choice["key"])
