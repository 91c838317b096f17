"""Burst pairing: the published protocols, and what burst-dependent plasticity makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.registry import TASKS
from bioviz.core.rule import Phase
from bioviz.core.spec import ExperimentSpec

from ..timed import SOURCE, timed_spec

START = 50.0  # a weight far from its bounds


def pairing(
    probability_before: float, *, rate: float = 5.0, dt: float = 2.0, **task: Any
) -> ExperimentSpec:
    """A protocol under the published constants; ticks of 2 ms, which halve the work."""
    cells = task.get("cells", 1)
    layers = [{"name": name, "size": cells, **SOURCE} for name in ("input", "output")]
    return timed_spec(
        layers, "burst_dependent", {"key": "burst_pairing", "rate": rate, **task}, w=START,
        network={"dt": dt}, learning_rate=0.1, tau_pre=50.0, tau_average=15.0, w_max=100.0,
        start_events=rate if task.get("protocol") is None else 5.0,
        start_probability=probability_before,
    )  # fmt: skip


def change(probability_before: float, **task: Any) -> float:
    """The mean change of a weight over the protocol."""
    experiment = build(pairing(probability_before, **task))
    experiment.advance(1, Phase.EPOCH)
    return float(experiment.net["W1.w"].mean()) - START


@pytest.mark.parametrize("rate", [5.0, 10.0])
def test_the_sign_flips_where_bursts_are_as_probable_as_they_were_whatever_the_rate(
    rate: float,
) -> None:
    low, high = (change(0.2, rate=rate, probability=p, cells=150, duration=12) for p in (0.1, 0.3))
    assert low < 0 < high
    zero = 0.1 + 0.2 * low / (low - high)
    assert zero == pytest.approx(0.2, abs=0.03)


def test_pairs_at_a_low_frequency_depress_and_at_a_high_one_potentiate() -> None:
    low, high = (
        change(0.15, protocol="periodic", rate=f, trains=4, pause=2.0) for f in (10.0, 100.0)
    )
    assert low < -0.05
    assert high > 0.05


def test_random_spikes_cross_over_at_a_higher_rate_where_more_bursts_were_expected() -> None:
    found = {
        (before, rate): change(before, protocol="poisson", rate=rate, cells=60, duration=12)
        for before, rate in ((0.3, 10.0), (0.3, 30.0), (0.5, 30.0))
    }
    assert found[0.3, 10.0] < 0 < found[0.3, 30.0]
    assert found[0.5, 30.0] < 0


def spikes(experiment: Experiment, layer: str, trials: int) -> list[np.ndarray]:
    """The ticks in which each of a layer's cells spikes."""
    rows = []
    for phase in experiment.run():
        if phase is Phase.TICK:
            rows.append(experiment.net[f"{layer}.spike"][0].copy())
        if experiment.trial == trials and phase is Phase.TRIAL:
            break
    return [np.flatnonzero(train) for train in np.array(rows).T]


@pytest.mark.parametrize("layer", ["input", "output"])
def test_events_are_20_ms_from_the_last_spike_and_as_many_of_them_bursts_as_asked(
    layer: str,
) -> None:
    spec = pairing(0.2, rate=10.0, probability=0.4, cells=60, dt=1.0, duration=5)
    trains = spikes(build(spec), layer, 5)
    gaps = np.concatenate([np.diff(train) for train in trains])
    seconds = gaps[gaps <= 16]
    assert (seconds >= 1).all()
    assert (seconds <= 12).all()
    assert gaps[gaps > 16].min() >= 19
    events = sum(map(len, trains)) - len(seconds)
    assert events / (60 * 5) == pytest.approx(10.0, rel=0.1)
    assert len(seconds) / events == pytest.approx(0.4, abs=0.05)
    assert len({train.tobytes() for train in trains}) == 60


def test_both_cells_of_a_pair_in_time_spike_in_the_same_tick_and_then_rest() -> None:
    spec = pairing(0.15, protocol="periodic", rate=20.0, dt=1.0, pause=0.5)
    below, above = (spikes(build(spec), layer, 2)[0] for layer in ("input", "output"))
    expected = [train + 50 * pair for train in (0, 750) for pair in range(5)]
    assert below.tolist() == above.tolist() == expected


def test_a_rate_that_leaves_no_time_between_spikes_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose a rate below 50 Hz"):
        TASKS["burst_pairing"].Params(rate=50.0)
