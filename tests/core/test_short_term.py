"""Short-term plasticity: what synapses pass on of single spikes and of bursts."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.rule import Phase
from bioviz.core.short_term import KINDS, VARIABLES

from ..timed import timed_spec


def passed(kind: str, spikes: list[int], ticks: int = 200) -> list[float]:
    """What a cell's synapses pass on of spikes in these ticks, of 1 ms each."""
    state = {v.name: np.zeros((1, 1)) for v in VARIABLES} | {"spike": np.zeros((1, 1))}
    KINDS[kind].rest(state)
    found = []
    for k in range(ticks):
        state["spike"].fill(k in spikes)
        KINDS[kind].follow(state, 1.0)
        found.append(float(state["release"][0, 0]))
    return [found[k] for k in spikes]


def test_depressing_synapses_pass_on_little_of_a_burst_but_its_first_spike() -> None:
    first, second, third = passed("depressing", [10, 20, 30])
    u = 0.9 + 0.1 * 0.1 * np.exp(-10 / 1000)
    assert first == pytest.approx(0.9)
    assert second == pytest.approx(u * (1 - 0.9 * np.exp(-10 / 20)))
    assert third < second < 0.5 * first


def test_depressing_synapses_have_all_but_recovered_when_the_next_event_comes() -> None:
    first, second = passed("depressing", [10, 110])
    assert second == pytest.approx(first, rel=0.02)


def test_facilitating_synapses_pass_on_ever_more_of_a_burst_and_next_to_nothing_of_one() -> None:
    first, second, third = passed("facilitating", [10, 20, 30])
    assert first == pytest.approx(0.02)
    assert second == pytest.approx((0.02 + 0.098 * np.exp(-0.1)) * (1 - 0.02 * np.exp(-0.1)))
    assert third > second > 4 * first
    assert passed("facilitating", [10, 1000], 1001)[1] == pytest.approx(0.02, rel=0.01)


def test_nothing_is_passed_on_between_spikes() -> None:
    state = {v.name: np.ones((1, 3)) for v in VARIABLES} | {"spike": np.zeros((1, 3))}
    KINDS["depressing"].follow(state, 0.1)
    assert not state["release"].any()


def test_a_cell_hears_what_synapses_below_pass_on_instead_of_whole_events() -> None:
    cell = {"unit": "pyramidal", "soma_current": 700.0}
    layers = [
        {"name": "input", "size": 3, "synapses": "depressing", **cell},
        {"name": "output", "size": 3, **cell},
    ]
    spec = timed_spec(
        layers, "burst_dependent", {"key": "multiplexing", "cells": 3}, w=0.5, learning_rate=0.0
    )
    experiment = build(spec)
    net, heard = experiment.net, 0.0
    for phase in experiment.run():
        if phase is Phase.TICK:
            expected = net["input.release"] @ net["W1.w"].T
            np.testing.assert_allclose(net["output.drive"], expected, rtol=1e-5)
            heard += float(expected.sum())
        if experiment.trial == 3:
            break
    assert heard > 0
