"""What can be seen of a run beyond its state: activity, the trial that is shown, the last step."""

from __future__ import annotations

from typing import Any

import numpy as np

from .experiment import Experiment
from .network import Network
from .projection import Projection
from .rule import Phase
from .task import Trial

Facts = dict[str, Any]
Arrays = dict[str, np.ndarray]


def capture_seen(experiment: Experiment) -> tuple[Facts, Arrays]:
    """Plain facts and arrays by name, which are not copied; between two trials.

    What the state holds already, as where activity lives on, is left out.
    """
    net, rule = experiment.net, experiment.rule
    facts: Facts = {
        "phase": experiment.phase.value,
        "sample": experiment.sample,
        "mode": rule.mode,
        "clock": net.clock,
        "batch": net.batch,
        "learns": [name for name, path in net.projections.items() if path.learns],
        "steps": {},
    }
    arrays: Arrays = {} if rule.lasting else {f"activity/{k}": a for k, a in _activity(net)}
    arrays |= {f"rule/{name}": array for name, array in rule.shown().items()}
    arrays |= _shown(experiment)
    for name, path in net.projections.items():
        _capture_step(name, path, net, facts["steps"], arrays)
    return facts, arrays


def restore_seen(experiment: Experiment, facts: Facts, arrays: Arrays) -> None:
    """Put back what `capture_seen` gave; the state must be back already."""
    net, rule = experiment.net, experiment.rule
    if not rule.lasting:
        net.rest(facts["batch"])
        for address, array in _activity(net):
            array[...] = arrays[f"activity/{address}"]
    net.clock = facts["clock"]
    rule.mode = facts["mode"]
    rule.show({k.removeprefix("rule/"): a for k, a in arrays.items() if k.startswith("rule/")})
    experiment.phase, experiment.sample = Phase(facts["phase"]), facts["sample"]
    experiment.shown = _shown_again(experiment, arrays)
    for name, path in net.projections.items():
        path.learns = name in facts["learns"]
        _restore_step(name, path, net, facts["steps"], arrays)


def _activity(net: Network) -> list[tuple[str, np.ndarray]]:
    return [
        (f"{layer.name}.{name}", array)
        for layer in net.chain
        for name, array in layer.state.items()
    ]


def _shown(experiment: Experiment) -> Arrays:
    """The trial that is shown; what the input layer holds as well is not told twice."""
    shown = experiment.shown
    if shown is None:
        return {}
    found = {"shown/t": shown.t, "shown/rows": np.asarray(shown.indices, np.int64)}
    held = experiment.net.input.state.get("rate")
    if held is None or not same_bits(held, shown.x):
        found["shown/x"] = shown.x
    return found


def _shown_again(experiment: Experiment, arrays: Arrays) -> Trial | None:
    if "shown/t" not in arrays:
        return None
    x = arrays.get("shown/x")
    x = experiment.net.input.rate.copy() if x is None else x
    return Trial(x, arrays["shown/t"], arrays["shown/rows"], experiment.trial - 1)


def _capture_step(name: str, path: Projection, net: Network, steps: Facts, arrays: Arrays) -> None:
    dw, before = path.step.watched
    if dw is not None:
        arrays[f"dw/{name}"] = dw
    if before is not None:
        arrays[f"before/{name}"] = before
    if path.step.made is None:
        return
    *ends, rate = path.step.made
    where = [_address(array, net) for array in ends]
    across = [bool(array.flags.f_contiguous and not array.flags.c_contiguous) for array in ends]
    steps[name] = {"rate": float(rate), "where": where, "across": across}
    for end, array, at, turned in zip(ENDS, ends, where, across, strict=True):
        if not at:
            arrays[f"step/{name}/{end}"] = array.T if turned else array


def _restore_step(name: str, path: Projection, net: Network, steps: Facts, arrays: Arrays) -> None:
    dw = arrays.get(f"dw/{name}")
    step = None
    if name in steps:
        told = steps[name]
        ends = [
            net[at] if at else _laid(arrays[f"step/{name}/{end}"], across=turned)
            for end, at, turned in zip(ENDS, told["where"], told["across"], strict=True)
        ]
        step = (ends[0], ends[1], told["rate"])
    path.step.put(step, None if dw is None else dw.copy(), arrays.get(f"before/{name}"))


ENDS = ("post", "pre")


def _laid(array: np.ndarray, *, across: bool) -> np.ndarray:
    """An array as it lay in memory: products of the same numbers laid otherwise round otherwise."""
    return array.T if across else array


def _address(array: np.ndarray, net: Network) -> str:
    """Where a layer holds this very array; "" where none does."""
    return next((address for address, held in _activity(net) if held is array), "")


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays are equal to the last bit, however they lie in memory."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind != "f":
        return bool(np.array_equal(one, other))
    if one.ndim and len(one) > 1 and one[-1].tobytes() != other[-1].tobytes():
        return False  # most of what has changed has changed there as well
    whole = np.dtype(f"i{one.itemsize}")
    return bool(np.array_equal(one.view(whole), other.view(whole)))
