"""`bioviz info FILE`: what a session holds, without training it or reading its data set."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .column import columns, echo_json, number, size
from .source import find, read

if TYPE_CHECKING:
    from ..core.earlier import EarlierRun
    from ..core.spec import ExperimentSpec
    from ..core.state import State
    from ..session.file import Saved


WIDTH = 84  # characters of a line of running text


@click.command(short_help="Say what FILE holds.")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(file: str, as_json: bool) -> None:
    """Say what FILE holds: networks, rules, tasks, how far they ran, last values, earlier runs."""
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
        "earlier": _earlier(saved),
        "warnings": saved.warnings,
    }


def _experiment(spec: ExperimentSpec, state: State | None) -> dict[str, Any]:
    return {
        **_described(spec),
        "trial": state.meta["trial"] if state else 0,
        "epoch": state.meta["epoch"] if state else 0,
        "arrays": {name: list(array.shape) for name, array in state.arrays.items()}
        if state
        else {},
        "last": _last(state) if state else {},
        "history": _history(state) if state else {},
    }


def _history(state: State) -> dict[str, Any]:
    """How many moments of the run can be looked back at, their room and their bookmarks."""
    kept = state.history
    if kept is None:
        return {}
    marks = {str(trial): name for trial, name in kept.bookmarks.items()}
    return {"moments": len(kept.frames), "bytes": kept.bytes, "bookmarks": marks}


def _described(spec: ExperimentSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "layers": [layer.model_dump() for layer in spec.network.layers],
        "weights": spec.network.weight_count,
        "rule": spec.rule.model_dump(),
        "task": spec.task.model_dump(),
        "loss": spec.loss,
        "batch": spec.batch,
        "seed": spec.seed,
    }


def _earlier(saved: Saved) -> list[dict[str, Any]]:
    """The runs that ended before, oldest first, called as the window calls them."""
    from ..core.earlier import named

    return [_ended(run) for run in named(saved.earlier, saved.experiments[0])]


def _ended(run: EarlierRun) -> dict[str, Any]:
    ends = {name: float(values[-1]) for name, (_, values) in run.channels.items() if len(values)}
    return {
        **_described(run.spec),
        "name": run.name,
        "changed": run.changed,
        "trial": int(run.last),
        "epoch": int(run.last) // run.epoch_trials,
        "last": _finite(ends),
    }


def _last(state: State) -> dict[str, float | None]:
    return _finite({k: float(rows[-1, 1]) for k, rows in state.channels.items() if len(rows)})


def _finite(ends: dict[str, float]) -> dict[str, float | None]:
    """Every channel's last value; null where it is undefined."""
    import math

    return {name: value if math.isfinite(value) else None for name, value in ends.items()}


def _text(facts: dict[str, Any]) -> str:
    lines = [facts["title"] or Path(facts["path"]).name]
    told = ((word, facts[word]) for word in ("question", "lesson", "see", "source") if facts[word])
    rows = [row for word, text in told for row in _wrapped(word, text)]
    rows.append(["file", _file(facts)])
    parts = ["\n".join(lines), columns(rows, 2)]
    parts += [_experiment_text(one) for one in facts["experiments"]]
    if facts["earlier"]:
        parts.append(_earlier_text(facts["earlier"]))
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
    if one["history"]:
        rows.append(["history", _moments(one["history"])])
    if one["arrays"]:
        shapes = (f"{name} {' × '.join(map(str, s))}" for name, s in one["arrays"].items())
        rows += _wrapped("arrays", ", ".join(shapes))
    rows += [[name, number(value, _unit(name))] for name, value in one["last"].items()]
    heading = one["name"] or one["rule"]["key"]
    return f"  {heading}\n{columns(rows, 4)}"


def _moments(history: dict[str, Any]) -> str:
    count, marks = history["moments"], history["bookmarks"].items()
    named = "".join(f", {name} at trial {int(trial):,}" for trial, name in marks)
    return f"{count:,} moment{'s' * (count != 1)}, {size(history['bytes'])}{named}"


def _earlier_text(runs: list[dict[str, Any]]) -> str:
    shown = ("test_error", "test_nse", "train_loss")  # the first that a run has recorded
    rows = []
    for run in runs:
        name = next((name for name in shown if name in run["last"]), "")
        worth = f"{name} {number(run['last'][name])}" if name else ""
        rows.append([run["name"], f"trial {run['trial']:,}, epoch {run['epoch']:,}", worth])
    return f"  earlier runs\n{columns(rows, 4)}"


def _run(one: dict[str, Any]) -> str:
    if not one["arrays"]:
        return "not begun"
    return f"trial {one['trial']:,}, epoch {one['epoch']:,}"


def _choice(choice: dict[str, Any]) -> str:
    values = ", ".join(f"{name} {value}" for name, value in choice.items() if name != "key")
    return f"{choice['key']} ({values})" if values else str(choice["key"])
