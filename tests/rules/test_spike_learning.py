"""What STDP makes of volleys, sequences and random inputs, held to the published results."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.rule import Phase
from bioviz.core.spec import ExperimentSpec

from ..gallery import gallery_spec


def at(experiment: Experiment, channel: str) -> dict[int, float]:
    trials, values = experiment.channels[channel].read()
    return dict(zip(trials.astype(int).tolist(), values.tolist(), strict=True))


def fractions(experiment: Experiment) -> np.ndarray:
    """The input weights, of the largest."""
    found: np.ndarray = experiment.net["W1.w"][0] / experiment.rule.params.w_max
    return found


def test_a_cell_comes_to_answer_a_volley_by_its_beginning_even_where_spikes_are_inexact() -> None:
    experiment = build(gallery_spec("latency_falls", task__jitter=1.0, network__dt=1.0))
    experiment.advance(400)
    latency, u = experiment.data.notes["latencies"], fractions(experiment)
    first = at(experiment, "first_spike.output")
    assert 18 < first[1] < 30
    assert first[1] > first[50] > first[100] > first[400]
    assert first[400] < 8
    assert u[latency < 8].mean() > 0.7
    assert u[latency > 25].mean() < 0.05
    assert u[(latency > 10) & (latency < 25)].mean() < 0.05


def test_what_comes_first_is_taken_for_the_cause_and_the_other_way_round_when_turned() -> None:
    spec = gallery_spec("who_causes_whom", task__turn_after=0)
    experiment = build(spec)
    experiment.advance(20)
    there, back = experiment.net["L1.w"][1, 0], experiment.net["L1.w"][0, 1]
    assert there > 4
    assert back < 2
    experiment.change(spec.with_value("task.order", "b_first"))
    experiment.advance(40)
    assert experiment.net["L1.w"][1, 0] < there - 2
    assert experiment.net["L1.w"][0, 1] > back + 2


def replay(experiment: Experiment) -> list[int]:
    """The first cell alone: the ms in which each cell spikes first, -1 for those that do not."""
    experiment.change(experiment.spec.with_value("task.stimulate", "first"))
    rows = []
    for phase in experiment.run():
        if phase is Phase.TICK:
            rows.append(experiment.net["output.spike"][0].copy())
        if phase is Phase.TRIAL:
            break
    spikes = np.array(rows)
    return np.where(spikes.any(axis=0), spikes.argmax(axis=0), -1).tolist()  # type: ignore[no-any-return]


def test_a_chain_keeps_its_forward_links_alone_and_the_first_cell_sets_off_the_rest() -> None:
    experiment = build(gallery_spec("chain_learns", task__test_every=0))
    experiment.advance(120)
    u = experiment.net["L1.w"] / 20
    assert np.diag(u, -1).min() > 0.95
    assert (u - np.diag(np.diag(u, -1), -1)).max() < 0.05
    assert replay(experiment) == [5 * cell for cell in range(10)]


def test_a_chain_whose_own_spikes_come_too_soon_never_plays_to_its_end() -> None:
    lateral = gallery_spec("chain_learns").network.lateral[0].model_dump()
    experiment = build(gallery_spec("chain_learns", network__lateral=[lateral | {"delay": 1.0}]))
    experiment.advance(120)
    assert replay(experiment)[-1] == -1


def test_before_learning_the_first_cell_of_a_chain_remains_alone() -> None:
    assert replay(build(gallery_spec("chain_learns"))) == [0, *[-1] * 9]


def test_where_steps_shrink_towards_the_bounds_weights_stay_in_one_heap() -> None:
    multiplicative = {"rule__dependence": "rubin", "rule__learning_rate": 0.05}
    experiment = build(gallery_spec("stdp_competition", task__length=1000, **multiplicative))
    experiment.advance(10)
    u = fractions(experiment)
    assert ((u > 0.2) & (u < 0.8)).mean() > 0.9
    assert u.mean() == pytest.approx(0.5, abs=0.05)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_cell_whose_inputs_double_their_rate_races_and_comes_back() -> None:
    spec = gallery_spec("stdp_competition")
    experiment = build(spec)
    experiment.advance(200)
    experiment.change(spec.with_value("task.rate", 30.0))
    experiment.advance(120)
    rate = at(experiment, "firing_rate.output")
    assert 12 < rate[200] < 28
    assert rate[210] > 100
    assert np.mean([rate[trial] for trial in range(290, 321, 10)]) < 45


def song(rate: float) -> ExperimentSpec:
    """Song, Miller and Abbott's cell: 1,000 inputs that learn, 200 inhibitory ones that do not."""
    cell: dict[str, Any] = {"name": "output", "size": 1, "unit": "lif_conductance"}
    cell |= {"tau_m": 20, "rest": -70, "refractory": 0, "inhibitors": 200}
    full = {"distribution": "constant", "scale": 0.015, "relative": False}
    return gallery_spec(
        "stdp_competition", network__layers__1=cell, network__weights=full,
        rule__w_max=0.015, rule__learning_rate=0.005, task__rate=rate, task__length=1000,
        record__every=10,
    )  # fmt: skip


# input rate in Hz, then as fractions of the largest weight: below 0.2, above 0.8, mean
SONG = ((10, 0.30, 0.42, 0.55), (20, 0.68, 0.20, 0.28), (40, 0.87, 0.09, 0.14))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_cell_finds_its_rate_whatever_that_of_its_inputs() -> None:
    """1,000 s at a tick of 1 ms: about four minutes for the three rates."""
    ends = []
    for rate, low, high, mean in SONG:
        began = time.process_time()
        experiment = build(song(rate))
        experiment.advance(1000)
        pace = 1000 / (time.process_time() - began)
        fast, u = at(experiment, "firing_rate.output"), fractions(experiment)
        ends.append(fast[1000])  # over the last 10 s
        tenths = np.histogram(u, bins=10, range=(0, 1))[0] / len(u)
        found = [float((u < 0.2).mean()), float((u > 0.8).mean()), float(u.mean())]
        print(
            f"\ninputs {rate} Hz: {fast[10]:.0f} -> {fast[1000]:.1f} Hz; below 0.2, above 0.8, "
            f"mean {np.round(found, 2)}; {pace:.1f} x real time"
        )
        np.testing.assert_allclose(found, [low, high, mean], atol=0.08)
        assert tenths[3:7].max() < min(tenths[0], tenths[-1]), "two heaps"
        assert fast[10] > 5 * ends[-1]
        assert 5 < ends[-1] < 25
        assert pace > 1
    assert max(ends) < 2 * min(ends)  # while their inputs differ fourfold
