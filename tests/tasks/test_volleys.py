"""Volleys, electrodes and pairings: who spikes when, and what may change while a run goes on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.change import rebuilds
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import SpecError
from bioviz.core.registry import TASKS
from bioviz.core.rule import Phase

from ..gallery import gallery_spec
from ..specs import digits_spec


def spikes_of(experiment: Experiment, layer: str) -> np.ndarray:
    """The next trial's spikes of a layer, (ticks, batch, n)."""
    rows = []
    for phase in experiment.run():
        if phase is Phase.TICK:
            rows.append(experiment.net[f"{layer}.spike"].copy())
        if phase is Phase.TRIAL:
            return np.array(rows)
    raise AssertionError


def moments(experiment: Experiment, layer: str = "output") -> list[float]:
    """When each unit spikes in the next trial, in ms; -1 where it does not. It may only once."""
    spikes = spikes_of(experiment, layer)[:, 0]
    assert spikes.sum(axis=0).max() <= 1
    times = spikes.argmax(axis=0) * experiment.spec.network.dt
    return [float(t) if fired else -1.0 for t, fired in zip(times, spikes.any(axis=0), strict=True)]


def test_every_input_spikes_once_a_volley_and_always_at_its_latency() -> None:
    experiment = build(gallery_spec("latency_falls"))
    latencies = experiment.data.notes["latencies"]
    assert (np.diff(latencies) >= 0).all()
    assert 0 <= latencies.min() < 2
    assert 38 < latencies.max() <= 40
    first, second = moments(experiment, "input"), moments(experiment, "input")
    assert first == second
    np.testing.assert_allclose(first, latencies, atol=0.25)


def test_with_jitter_spikes_scatter_about_their_latency_and_each_example_has_its_own() -> None:
    experiment = build(gallery_spec("latency_falls", task__jitter=2.0, batch=20))
    latencies = experiment.data.notes["latencies"]
    times = spikes_of(experiment, "input").argmax(axis=0) * 0.5  # (batch, n)
    late = (times - latencies)[:, latencies > 10]  # none of these is cut off at the beginning
    assert late.mean() == pytest.approx(0, abs=0.15)
    assert late.std() == pytest.approx(2, abs=0.15)
    assert (times[0] != times[1]).any()


def test_cell_a_spikes_before_b_until_the_order_turns() -> None:
    experiment = build(gallery_spec("who_causes_whom", task__turn_after=2, task__volleys=4))
    lags = []
    for _ in range(5):
        a, b = moments(experiment)
        lags.append(b - a)
    assert lags == [8, 8, -8, -8, 8]


def test_the_order_can_be_turned_by_hand_while_the_run_goes_on() -> None:
    spec = gallery_spec("who_causes_whom", task__turn_after=0)
    experiment = build(spec)
    experiment.advance(3)
    learned = experiment.net["L1.w"].copy()
    turned = spec.with_value("task.order", "b_first")
    assert not rebuilds(spec, turned)
    experiment.change(turned)
    assert [(marker.trial, marker.text) for marker in experiment.markers] == [
        (3, "order = b first")
    ]
    np.testing.assert_array_equal(experiment.net["L1.w"], learned)
    a, b = moments(experiment)
    assert b - a == -8


def test_a_change_by_hand_is_what_a_run_goes_on_from_after_saving() -> None:
    spec = gallery_spec("stdp_competition", task__length=50)
    changed = spec.with_value("task.rate", 40.0)
    one = build(spec)
    one.advance(4)
    one.change(changed)
    one.advance(2)
    other = build(changed)
    other.restore(one.capture())
    one.advance(4)
    other.advance(4)
    for address, array in one.kept_arrays().items():
        np.testing.assert_array_equal(array, other.kept_arrays()[address], err_msg=address)


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("latency_falls", "inputs", 100),
        ("who_causes_whom", "volleys", 10),
        ("chain_learns", "cells", 9),
        ("stdp_competition", "trials", 5),
        ("stdp_pairing", "pairings", 5),
    ],
)
def test_what_a_network_or_an_epoch_is_made_from_is_not_changed_live(
    key: str, name: str, value: int
) -> None:
    spec = gallery_spec(key)
    assert rebuilds(spec, spec.with_value(f"task.{name}", value))


def test_tasks_that_do_not_run_in_time_are_always_read_anew() -> None:
    spec = digits_spec()
    assert rebuilds(spec, spec.with_value("task", {"key": "two_moons"}))
    timed = gallery_spec("chain_learns")
    assert rebuilds(timed, timed.with_value("task", {"key": "two_cells"}))


def test_the_chain_is_played_in_turn_and_every_third_volley_the_first_cell_is_alone() -> None:
    experiment = build(gallery_spec("chain_learns", task__test_every=3))
    whole = [5.0 * cell for cell in range(10)]
    alone = [0.0] + [-1.0] * 9
    assert [moments(experiment) for _ in range(4)] == [whole, whole, alone, whole]
    experiment.change(experiment.spec.with_value("task.stimulate", "first"))
    assert moments(experiment) == alone


def test_the_second_half_of_the_pairings_goes_at_a_frequency_of_its_own() -> None:
    experiment = build(gallery_spec("pair_and_triplet", task__pairings=6, task__later=25))
    ticks = [len(spikes_of(experiment, "output")) for _ in range(7)]
    assert ticks == [200, 200, 200, 80, 80, 80, 200]  # of 0.5 ms
    experiment.change(experiment.spec.with_value("task.frequency", 20))
    assert len(spikes_of(experiment, "output")) == 100


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("latency", {"spread": 200}, "Choose a smaller spread or a longer period"),
        ("two_cells", {"lag": 150}, "Choose a shorter lag or a longer period"),
        ("chain", {"cells": 100}, "Choose a longer period, or fewer or faster cells"),
        ("pairing", {"lag": 30, "later": 40}, "Choose a shorter lag or a lower frequency"),
    ],
)
def test_times_that_do_not_fit_are_refused_with_what_to_do(
    key: str, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        TASKS[key].Params(**values)


def test_electrodes_need_as_many_cells_as_they_have_tips() -> None:
    spec = gallery_spec("who_causes_whom", network__layers__output__size=3)
    with pytest.raises(SpecError, match=r"has 2 outputs\. Set its size to 2"):
        build(spec)
