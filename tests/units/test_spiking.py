"""Integrate-and-fire units do what their equations say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from bioviz.core.registry import UNITS
from bioviz.core.spiking import State, decay

STREAM = np.random.default_rng(1)


class Cell:
    """One cell that lives tick by tick."""

    def __init__(self, key: str, dt: float = 0.1, **params: float) -> None:
        self.unit = UNITS[key](UNITS[key].Params(**params))
        self.dt = dt
        names = [variable.name for variable in self.unit.variables]
        self.state: State = {name: np.zeros((1, 1)) for name in names}
        self.unit.rest(self.state)

    def tick(self, drive: float = 0.0) -> bool:
        self.state["drive"].fill(drive)
        self.unit.advance(self.state, self.dt, STREAM)
        return bool(self.state["spike"][0, 0])

    def __getitem__(self, name: str) -> float:
        return float(self.state[name][0, 0])

    def spikes(self, ms: float) -> list[int]:
        return [k for k in range(round(ms / self.dt)) if self.tick()]


@pytest.mark.parametrize("dt", [0.1, 1.0])
@pytest.mark.parametrize("current", [16.5, 20.0, 40.0, 150.0])
def test_under_a_steady_current_it_spikes_as_often_as_theory_says(
    dt: float, current: float
) -> None:
    cell = Cell("lif", dt, current=current, refractory=2.0)
    found = np.diff(cell.spikes(1000)) * dt
    interval = 2.0 + 20.0 * math.log((current - 10) / (current - 16))
    assert len(found) > 2
    assert found == pytest.approx(interval, abs=dt + 1e-9)


def test_below_the_threshold_it_never_spikes() -> None:
    assert Cell("lif", current=15.99).spikes(1000) == []


def test_the_potential_and_the_synaptic_current_decay_exactly() -> None:
    cell = Cell("lif", 0.5, tau_m=10.0, tau_s=4.0)
    cell.state["v"].fill(-60.0)
    for _ in range(40):
        cell.tick()
    assert cell["v"] + 70 == pytest.approx(10 * math.exp(-20 / 10), rel=1e-12)
    cell = Cell("lif", 0.5, tau_s=4.0)
    cell.tick(3.0)
    assert cell["i"] == 3.0
    for _ in range(40):
        cell.tick()
    assert cell["i"] == pytest.approx(3 * math.exp(-20 / 4), rel=1e-12)


@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_a_spike_brings_the_same_charge_whatever_the_tick(dt: float) -> None:
    cell = Cell("lif", dt, tau_m=20.0, tau_s=5.0)
    cell.tick(1.0)
    area = 0.0
    for _ in range(round(400 / dt)):
        cell.tick()
        area += (cell["v"] + 70) * dt
    assert area == pytest.approx(1.0 * 5.0, rel=0.5 * dt / 20 + 1e-3)


def test_what_arrives_acts_from_the_next_tick_on() -> None:
    cell = Cell("lif", 1.0)
    assert not cell.tick(1e6)
    assert cell["v"] == -70
    assert cell.tick()


def test_while_refractory_it_stays_at_the_reset_and_does_not_spike() -> None:
    cell = Cell("lif", 1.0, current=1000.0, refractory=3.0)
    spiked = [cell.tick() for _ in range(20)]
    assert spiked[:9] == [True, False, False, False] * 2 + [True]
    cell = Cell("lif", 1.0, current=1000.0, refractory=3.0)
    cell.tick()
    for left in (2, 1, 0):
        cell.tick()
        assert (cell["v"], cell["pause"]) == (-60, left)


def test_adaptation_makes_it_spike_less_and_less() -> None:
    plain = Cell("lif", current=30.0).spikes(500)
    adapted = Cell("lif", current=30.0, jump=1.0).spikes(500)
    assert len(adapted) < 0.8 * len(plain)
    intervals = np.diff(adapted)
    assert intervals[0] < intervals[-1]


def test_the_shown_rate_is_the_mean_of_the_spikes() -> None:
    cell = Cell("lif", 1.0, current=40.0, tau_rate=500.0)
    spikes = cell.spikes(5000)
    assert cell["rate"] == pytest.approx(len(spikes) / 5, rel=0.02)


def test_conductances_follow_a_reference_of_much_finer_steps() -> None:
    arrivals = {5.0: 0.4, 12.0: -0.6, 13.0: 0.9, 30.0: 0.2}
    cell = Cell("lif_conductance", 0.1, threshold=100.0, reset=-60.0, tau_m=10.0, rest=-74.0)
    for k in range(600):
        cell.tick(arrivals.get(round(k * 0.1, 6), 0.0))
    fine, v, g_e, g_i = 0.001, -74.0, 0.0, 0.0
    for k in range(60_000):
        v += fine * (-74 - v + g_e * (0 - v) + g_i * (-70 - v)) / 10
        g_e *= math.exp(-fine / 5)
        g_i *= math.exp(-fine / 5)
        w = arrivals.get(round(k * fine - 0.099, 6), 0.0)  # the coarse tick's spikes act at its end
        g_e, g_i = g_e + max(w, 0), g_i + max(-w, 0)
    assert cell["v"] == pytest.approx(v, abs=2e-3)
    assert cell["g_e"] == pytest.approx(g_e, rel=1e-3)


def test_a_poisson_source_spikes_as_often_as_it_is_shown() -> None:
    unit = UNITS["poisson"](UNITS["poisson"].Params(peak=50.0))
    state: State = {v.name: np.zeros((1, 4000), np.float32) for v in unit.variables}
    stream, count = np.random.default_rng(2), 0.0
    for _ in range(500):
        state["drive"].fill(0.4)
        unit.advance(state, 1.0, stream)
        count += state["spike"].sum()
    assert count / 4000 / 0.5 == pytest.approx(20, rel=0.02)


def test_an_integrator_spikes_with_the_probability_that_it_shows() -> None:
    unit = UNITS["spiking_integrator"]()
    state: State = {v.name: np.zeros((1, 5000), np.float32) for v in unit.variables}
    unit.rest(state)
    stream, spikes = np.random.default_rng(2), 0.0
    for k in range(200):
        state["drive"].fill(1.0)
        unit.advance(state, 1.0, stream)
        u = 1 - 0.9 ** (k + 1)
        assert state["rate"][0, 0] == pytest.approx(1 / (1 + math.exp(-u)), rel=1e-5)
        spikes += state["spike"].sum() if k >= 100 else 0
    assert spikes / 500_000 == pytest.approx(1 / (1 + math.exp(-1)), abs=0.003)


def test_a_reset_above_the_threshold_is_refused_in_words() -> None:
    params: dict[str, Any] = {"reset": -50.0, "threshold": -55.0}
    with pytest.raises(ValueError, match="must lie below the threshold"):
        UNITS["lif"].Params(**params)


def test_decay_is_exponential() -> None:
    assert decay(1.0, 20.0) == math.exp(-1 / 20)
    assert decay(1.0, 0.0) == 0
