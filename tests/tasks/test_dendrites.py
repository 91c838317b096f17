"""Tasks that send currents into dendrites: what is sent when, and what comes of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import SpecError
from bioviz.core.rule import Phase
from bioviz.core.spec import parse

from ..gallery import gallery_spec
from ..timed import timed_spec

CELL = {"unit": "pyramidal"}


def quick(task: str, cells: int = 2, **params: Any) -> Experiment:
    """Few cells, and ticks of 5 ms: only what is sent matters."""
    layers = [{"name": name, "size": cells, **CELL} for name in ("input", "output")]
    given = {"key": task, "cells": cells, **params}
    return build(timed_spec(layers, "burst_dependent", given, network={"dt": 5.0}))


def sent(experiment: Experiment, address: str, trials: int) -> np.ndarray:
    """What stands at an address in every tick, (ticks,)."""
    found = []
    for phase in experiment.run():
        if phase is Phase.TICK:
            values = experiment.net[address]
            assert np.ptp(values) == 0
            found.append(float(values[0, 0]))
        if phase is Phase.TRIAL and experiment.trial == trials:
            return np.array(found)
    raise AssertionError


def test_steering_drives_the_dendrites_above_more_then_less_and_at_last_those_below() -> None:
    plan = {"burn_in": 1, "stretch": 1, "drive": 40.0, "below": 30.0}
    above = sent(quick("steering", **plan), "output.injected", 7).reshape(7, -1)
    below = sent(quick("steering", **plan), "input.injected", 7).reshape(7, -1)
    np.testing.assert_allclose(above.T, np.tile([0, 0, 20, 0, -18, 0, 0], (200, 1)), atol=1e-5)
    np.testing.assert_allclose(below.T, np.tile([0, 0, 0, 0, 0, 0, 30], (200, 1)))


def test_steering_leaves_a_marker_where_the_drive_changes() -> None:
    experiment = quick("steering", burn_in=1, stretch=1)
    experiment.advance(6)
    marked = {marker.trial: marker.text for marker in experiment.markers}
    assert marked[2] == "Drive × 1.5"
    assert marked[4] == "Drive × 0.55"
    assert marked[6] == "Below +40 pA"


def test_the_two_sines_go_on_from_trial_to_trial_once_all_has_settled() -> None:
    plan = {"settling": 100.0, "somatic_mean": 10.0}
    somatic = sent(quick("multiplexing", **plan), "input.current", 12)
    dendritic = sent(quick("multiplexing", **plan), "output.injected", 12)
    at = 5.0 * np.arange(120) - 100
    on = at > 0
    expected = 10 + 200 * np.sin(2 * np.pi * at / 500) * on
    np.testing.assert_allclose(somatic, expected, atol=1e-3)
    np.testing.assert_allclose(dendritic, 100 + 100 * np.sin(2 * np.pi * at / 1118) * on, atol=1e-3)


def test_currents_go_into_the_soma_into_the_dendrite_and_into_both() -> None:
    layers = [{"name": "input", "size": 2, **CELL}, {"name": "output", "size": 1, "unit": "lif"}]
    task = {"key": "soma_and_dendrite", "cells": 2, "quarter": 10.0}
    spec = timed_spec(layers, "burst_dependent", task, network={"dt": 5.0})
    assert sent(build(spec), "input.current", 1).tolist() == [0, 0, 600, 600, 0, 0, 600, 600]
    assert sent(build(spec), "input.injected", 1).tolist() == [0, 0, 0, 0, 200, 200, 200, 200]


def test_what_has_no_dendrite_is_refused_with_what_to_do() -> None:
    layers = [{"name": "input", "size": 2, **CELL}, {"name": "output", "size": 2, "unit": "lif"}]
    task = {"key": "steering", "cells": 2}
    with pytest.raises(SpecError, match=r"'output', for which .* no place\. Give it Pyramidal"):
        build(timed_spec(layers, "burst_dependent", task))


def test_a_run_with_currents_that_is_saved_and_continued_is_the_same_run() -> None:
    straight, saved = (quick("steering", 5, burn_in=1, stretch=1) for _ in range(2))
    straight.advance(5)
    saved.advance(3)
    resumed = quick("steering", 5, burn_in=1, stretch=1)
    resumed.restore(saved.capture())
    resumed.advance(2)
    for address, values in straight.kept_arrays().items():
        np.testing.assert_array_equal(values, resumed.kept_arrays()[address], err_msg=address)


def test_one_train_of_spikes_tells_of_what_is_below_and_of_what_is_above() -> None:
    """500 cells and 2.4 s at the published currents, in bins of 50 ms without any lag."""
    experiment = build(gallery_spec("multiplexing", task__settling=400.0, record__every=1000))
    net, rows = experiment.net, []
    for trial in range(56):
        row = np.zeros(4)
        while experiment.trial == trial:
            if experiment.proceed() is Phase.TICK:
                row += [
                    net[f"{layer}.{name}"].sum()
                    for layer in ("input", "output")
                    for name in ("event", "burst")
                ]
        rows.append(row)
    below, _, above, bursts = np.array(rows[8:]).T
    into = np.sin(2 * np.pi * (50 * np.arange(48) + 25) / 1118)
    probability = bursts / above

    def correlation(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.corrcoef(one, other)[0, 1])

    assert correlation(below, above) > 0.8
    assert correlation(into, probability) > 0.8
    assert abs(correlation(into, above)) < 0.35
    assert abs(correlation(below, probability)) < 0.45
    assert abs(correlation(above, probability)) < 0.3


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [1, 2])
def test_dendrites_steer_weights_at_the_published_pace(seed: int, record_property: Any) -> None:
    """170 s of 1,000 cells a side, an in-degree of 200, a tick of 0.2 ms: two minutes a seed."""
    small = gallery_spec(
        "steering", task__burn_in=20, task__stretch=25, rule__warm_up=20.0, seed=seed,
        rule__learning_rate=0.0035, rule__tau_average=5.0, network__dt=0.2, record__every=10,
    )  # fmt: skip
    plain = small.model_dump(mode="json", by_alias=True)
    for layer in plain["network"]["layers"]:
        layer["size"] = 1000
    plain["network"]["weights"]["sparsity"] = 0.8
    plain["task"]["cells"] = 1000
    spec = parse(plain)
    experiment = build(spec)
    experiment.advance(20)
    weights = []
    for _ in range(6):
        experiment.advance(25)
        weights.append(experiment.net["W1.w"].sum() / experiment.net["W1.w"].astype(bool).sum())
    record_property("weights", [float(w) for w in weights])
    usual, strong, _, weak, back, last = weights
    assert strong > usual * 1.005
    assert weak < weights[2] * 0.995
    assert abs(last - back) < 0.5 * min(strong - usual, weights[2] - weak)
