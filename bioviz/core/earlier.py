"""Earlier runs: the recorded curves of runs that have ended, to be seen behind present ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .change import short
from .fault import SpecError
from .parameter import Part
from .probe import Marker, thin
from .registry import RULES
from .spec import Choice, ExperimentSpec, NetworkSpec

if TYPE_CHECKING:
    from .experiment import Experiment

MOST = 6  # runs; more cannot be told apart
POINTS = 1000  # of a channel; more cannot be told apart at a panel's width
MOST_POINTS = 30_000  # of a run in all: half a megabyte
ALWAYS = ("rule", "rule.learning_rate", "seed")  # what a run is called by where nothing differs
LONGEST = 60  # letters of what was done to a run

Rows = tuple[np.ndarray, np.ndarray]  # trials (n,) and values (n,), both float64
Facts = dict[str, str]


@dataclass(frozen=True, eq=False)
class EarlierRun:
    """A run that has ended: how it was described, and what it recorded, by channel.

    `changed` says what was done to it, if anything: then it does not follow from its description
    alone. `number` tells it from the others held, and stays; `name` and `label` are its
    words, in full and as short as tells it apart.
    """

    spec: ExperimentSpec
    epoch_trials: int
    channels: Mapping[str, Rows]
    changed: str = ""
    number: int = 0
    name: str = ""
    label: str = ""

    @property
    def last(self) -> float:
        """The last trial of which anything was recorded."""
        ends = (float(trials[-1]) for trials, _ in self.channels.values() if len(trials))
        return max(ends, default=0.0)


def ended(experiment: Experiment) -> EarlierRun | None:
    """What a run leaves behind, thinned; None where it recorded nothing after trial 0.

    Of a run that has failed only what was recorded up to its last healthy state is kept.
    """
    kept = experiment.guard.kept
    failed = experiment.fault is not None and kept is not None
    until = kept.meta["trial"] if failed and kept is not None else np.inf
    read = {name: channel.read() for name, channel in experiment.channels.items()}
    cut = {name: (x[x <= until], y[x <= until]) for name, (x, y) in read.items()}
    changed = _done(experiment.markers)
    run = EarlierRun(experiment.spec, experiment.epoch_trials, thinned(cut), changed)
    return run if run.last > 0 else None


def thinned(channels: Mapping[str, Rows]) -> dict[str, Rows]:
    """Channels with so few points that a run takes at most about half a megabyte."""
    points = min(POINTS, max(20, MOST_POINTS // max(1, len(channels))))
    return {name: thin(*rows, points) for name, rows in channels.items() if len(rows[0])}


def comparable(one: ExperimentSpec, other: ExperimentSpec) -> bool:
    """Whether curves of both mean the same: they learn the same task, by the same loss."""
    return one.task == other.task and one.loss == other.loss


def same_run(one: EarlierRun, other: EarlierRun) -> bool:
    """Whether one continues the other: wherever both recorded something, it is the same bits."""
    if one.channels.keys() != other.channels.keys():
        return False
    shared = 0.0
    for name, (trials, values) in one.channels.items():
        common, mine, theirs = np.intersect1d(
            trials, other.channels[name][0], assume_unique=True, return_indices=True
        )
        if not np.array_equal(values[mine], other.channels[name][1][theirs], equal_nan=True):
            return False
        shared = max(shared, float(common.max(initial=0.0)))
    return shared > 0


def gather(held: Sequence[EarlierRun], new: Sequence[EarlierRun]) -> list[EarlierRun]:
    """Runs held so far and new ones, at most MOST, the latest last; of the same run the longer."""
    found = list(held)
    for run in new:
        same = next((old for old in found if same_run(old, run)), None)
        found = [old for old in found if old is not same][-(MOST - 1) :]
        taken = {old.number for old in found}
        number = run.number if same is None else same.number
        if number in taken:
            number = next(free for free in range(MOST) if free not in taken)
        longer = run if same is None or run.last >= same.last else same
        found.append(replace(longer, number=number))
    return found


def named(runs: Sequence[EarlierRun], present: ExperimentSpec) -> list[EarlierRun]:
    """The same runs with names that begin with what tells them apart, and from the present."""
    described = [
        facts_of(run.spec) | ({"": f"with {run.changed}"} if run.changed else {}) for run in runs
    ]
    every = [*described, facts_of(present)]
    told, taken = [], set[str]()
    for run, facts in zip(runs, described, strict=True):
        apart = [key for key in facts if key == "" or _differs(key, every)]
        usual = [key for key in ALWAYS if key in facts and key not in apart]
        name = _own(", ".join(facts[key] for key in [*apart, *usual]), taken)
        label = ", ".join(facts[key] for key in apart)
        told.append(replace(run, name=name, label=label or name))
    return told


def facts_of(spec: ExperimentSpec) -> Facts:
    """What can differ between two runs of one task, each in a few words, by its path."""
    facts = {"rule": RULES[spec.rule.key].title if spec.rule.key in RULES else spec.rule.key}
    facts |= {f"rule.{name}": words for name, words in _rule_facts(spec.rule)}
    facts |= _network_facts(spec.network)
    return facts | {"batch": f"batch {spec.batch}", "seed": f"seed {spec.seed}"}


def _done(markers: Sequence[Marker]) -> str:
    """What was done to a run, in a few words."""
    if not markers:
        return ""
    first = markers[0].text[:LONGEST]
    more = len(markers) - 1
    return f"{first} and {more} more change{'s' * (more > 1)}" if more else first


def _rule_facts(rule: Choice) -> Iterator[tuple[str, str]]:
    try:
        params = rule.params(RULES) if rule.key in RULES else None
    except SpecError:
        params = None
    if params is None:  # of a rule that is unknown here
        yield from ((name, f"{name} {value}") for name, value in rule.values.items())
        return
    for name, value in params:
        yield name, f"{_title(params, name)} {_word(params, name, value)}"


def _network_facts(network: NetworkSpec) -> Facts:
    units = dict.fromkeys(layer.unit for layer in network.layers[1:-1])
    facts = {
        "layers": "-".join(str(layer.size) for layer in network.layers),
        "units": " and ".join(units) or "no hidden units",
        "output": f"{network.layers[-1].unit} output",
        "biases": "biases" if network.biases else "no biases",
    }
    draw = network.weights
    for name, value in draw:
        facts[f"weights.{name}"] = f"weights' {_title(draw, name)} {_word(draw, name, value)}"
    return facts


def _title(part: Part, name: str) -> str:
    """A parameter's name inside a name: the learning rate goes by its symbol, η."""
    if name == "learning_rate":
        return "η"
    title = type(part).model_fields[name].title or name.replace("_", " ")
    return title[:1].lower() + title[1:]


def _word(part: Part, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    extra = type(part).model_fields[name].json_schema_extra
    names = extra.get("names") if isinstance(extra, dict) else None
    return str(names[value]).lower() if isinstance(names, dict) and value in names else short(value)


def _differs(key: str, every: Sequence[Facts]) -> bool:
    """Whether those that have this fact at all have it in different words."""
    return len({facts[key] for facts in every if key in facts}) > 1


def _own(name: str, taken: set[str]) -> str:
    """A name that no other has."""
    own, count = name, 1
    while own in taken:
        count += 1
        own = f"{name} ({count})"
    taken.add(own)
    return own
