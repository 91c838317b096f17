"""Time in a network: the order within a tick, delays, lateral connections, and what lives on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import SpecError
from bioviz.core.intervention import Redraw
from bioviz.core.network import Network
from bioviz.core.request_spikes import MOST_TRACES, Raster, Trace
from bioviz.core.rule import Phase
from bioviz.core.spec import ExperimentSpec, parse
from bioviz.core.spec import _put as put
from bioviz.core.state import State
from bioviz.core.stream import Streams
from bioviz.session.fault import SessionError
from bioviz.session.file import capture_all, load, save
from bioviz.session.state import restore_into

from ..gallery import gallery_spec
from ..session.sample import same_state
from ..specs import digits_spec
from ..timed import competition_spec, pairing_spec, timed_spec

RELAYS = [
    {"name": name, "size": 2, "unit": unit, "tau_s": 0.0, "refractory": 0.0}
    if unit == "lif"
    else {"name": name, "size": 2, "unit": unit}
    for name, unit in (("input", "spike_source"), ("h1", "lif"), ("output", "lif"))
]
ONE, NONE = np.ones((1, 2), np.float32), np.zeros((1, 2), np.float32)
STREAM = np.random.default_rng(1)


def relays(**network: object) -> Network:
    """Cells that pass every spike on, a tick after it has arrived."""
    spec = timed_spec(RELAYS, w=100.0, network=dict(network)).network
    return Network(spec, Streams(1))


def times(net: Network, ticks: int = 30) -> dict[str, list[int]]:
    """The ticks at which each layer spikes after the input has spiked at tick 0."""
    found: dict[str, list[int]] = {name: [] for name in net.layers}
    for k in range(ticks):
        net.tick(NONE if k else ONE, STREAM)
        for name, layer in net.layers.items():
            if layer.state["spike"].any():
                found[name].append(k)
    return found


def test_a_spike_arrives_in_the_tick_in_which_it_is_sent_and_acts_in_the_next() -> None:
    net = relays()
    net.tick(ONE, STREAM)
    assert (net["h1.drive"] == 200).all()
    assert (net["h1.v"] == 130).all()
    assert not net["h1.spike"].any()
    assert times(relays()) == {"input": [0], "h1": [1], "output": [2]}


@pytest.mark.parametrize("delay", [1, 2, 7])
def test_a_delayed_spike_arrives_after_exactly_that_many_ticks(delay: int) -> None:
    found = times(relays(delay=delay * 0.5, dt=0.5))
    assert found == {"input": [0], "h1": [1 + delay], "output": [2 + 2 * delay]}


def test_a_lateral_spike_reaches_the_others_after_its_delay_and_never_its_own_cell() -> None:
    lateral = [{"layer": "h1", "delay": 3.0, "weights": {"distribution": "constant", "scale": 7}}]
    net = relays(lateral=lateral)
    path = net.projections["L1"]
    assert (np.diagonal(path.w) == 0).all()
    net["W1.w"][...] = [[100, 0], [0, 0]]  # only the first hidden cell is woken
    arrived = []
    for k in range(6):
        net.tick(NONE if k else ONE, STREAM)
        arrived.append(net["h1.drive"][0].tolist())
    assert arrived[0] == [100, 0]
    assert arrived[1:4] == [[0, 0]] * 3
    assert arrived[4] == [0, pytest.approx(7 / np.sqrt(2))]  # sent at tick 1
    assert arrived[5] == [0, 0]


def test_a_lateral_spike_takes_a_tick_even_with_no_delay() -> None:
    net = relays(lateral=[{"layer": "h1", "delay": 0.0}])
    assert net.projections["L1"].delay == 1


def test_lateral_connections_drawn_again_still_spare_the_own_cell() -> None:
    experiment = build(competition_spec())
    before = experiment.net["L1.w"].copy()
    Redraw("L1").apply(experiment)
    assert (experiment.net["L1.w"] != before).any()
    assert (np.diagonal(experiment.net["L1.w"]) == 0).all()


def test_forced_spikes_come_from_the_output_alone() -> None:
    net = relays()
    net.tick(NONE, STREAM, forced=np.array([[1, 0]], np.float32))
    assert net["output.spike"].tolist() == [[1, 0]]
    assert not net["h1.spike"].any()
    assert net["output.v"][0, 0] == -60


LIVE = ("h1.line", "input.line", "h1.pause", "h1.g_e", "output.i", "input.pre_trace",
        "output.post_trace", "h1.rate")  # fmt: skip


@pytest.mark.parametrize("rule", ["stdp", "triplet_stdp"])
def test_saving_with_traces_and_spikes_under_way_and_continuing_equals_continuing(
    rule: str, tmp_path: Path
) -> None:
    spec = competition_spec(rule=rule, **({} if rule == "stdp" else {"learning_rate": 0.5}))
    straight = build(spec)
    while straight.trial < 7 or not all(straight.net.activity()[name].any() for name in LIVE):
        straight.advance(1)
        assert straight.trial < 50
    save(tmp_path / "run.bioviz", capture_all([straight]))
    resumed = load(tmp_path / "run.bioviz").build()
    same_state(straight, resumed)
    for experiment in (straight, resumed):
        experiment.advance(30)
    same_state(straight, resumed)
    assert straight.net["W1.w"].std() > 0.001


def test_a_batch_that_lives_on_is_saved_and_taken_back(tmp_path: Path) -> None:
    straight = build(competition_spec(batch=4))
    straight.advance(6)  # the fifth batch of an epoch of 20
    save(tmp_path / "run.bioviz", capture_all([straight]))
    resumed = load(tmp_path / "run.bioviz").build()
    for experiment in (straight, resumed):
        experiment.advance(3)
    same_state(straight, resumed)


def test_activity_that_does_not_fit_is_refused_in_words() -> None:
    experiment = build(competition_spec())
    experiment.advance(1)
    good = experiment.capture()
    for address, change, words in (
        ("h1.v", None, "Its activity h1.v is missing"),
        ("h1.v", np.zeros((1, 5), np.float32), "h1.v has the shape 1 by 5"),
        ("h1.line", np.zeros((2, 3, 6), np.float32), "not that of one batch"),
        ("h1.v", np.zeros((1, 6)), "float64"),
    ):
        arrays = {name: array for name, array in good.arrays.items() if name != address}
        if change is not None:
            arrays[address] = change
        with pytest.raises(SessionError, match=words):
            restore_into(experiment, State(good.meta, arrays, good.channels))


def test_the_same_seed_gives_the_same_spikes_and_another_seed_others() -> None:
    runs = [build(competition_spec(seed=seed)) for seed in (1, 1, 2)]
    for experiment in runs:
        experiment.advance(5)
    rasters = [Raster("input").read(experiment).spikes for experiment in runs]
    np.testing.assert_array_equal(rasters[0], rasters[1])
    assert (rasters[0] != rasters[2]).any()
    same_state(runs[0], runs[1])


def test_ticks_one_by_one_equal_a_run_and_looking_changes_nothing() -> None:
    stepped, run = build(competition_spec()), build(competition_spec())
    phases = stepped.run()
    ticks = 0
    while stepped.trial < 2 or stepped.phase is not Phase.TRIAL:
        ticks += next(phases) is Phase.TICK
        stepped.measure()
        stepped.answer(np.ones((3, 40), np.float32))
        Raster("h1").read(stepped)
        Trace("h1.v", 2).read(stepped)
    run.advance(2)
    assert ticks == 2 * 47
    same_state(stepped, run)


def test_the_raster_and_a_watched_potential_tell_the_last_ticks() -> None:
    experiment = build(pairing_spec(lag=10, frequency=20))
    experiment.advance(1)
    trace = Trace("input.pre_trace", 0, ticks=1000)
    assert len(trace.read(experiment).values) == 1  # watched from now on
    experiment.advance(1)
    raster = Raster("input", ticks=80).read(experiment)
    assert (raster.spikes.shape, raster.end, raster.dt) == ((80, 1), 100, 1.0)
    assert np.flatnonzero(raster.spikes).tolist() == [0, 50]
    assert raster.onsets == (50,)
    told = trace.read(experiment)
    assert len(told.values) == 51
    assert told.values[-1] == experiment.net["input.pre_trace"][0, 0]
    with pytest.raises(ValueError, match="no unit 5"):
        Trace("input.pre_trace", 5).read(experiment)


def test_only_the_traces_asked_for_last_are_watched() -> None:
    experiment = build(competition_spec())
    for unit in range(MOST_TRACES + 2):
        Trace("input.rate", unit).read(experiment)
    experiment.advance(1)
    memory = experiment.spikes
    latest = range(MOST_TRACES + 1, 1, -1)
    known = [len(memory.watch("input.rate", unit, 10)) for unit in latest]
    assert known == [10] * MOST_TRACES
    assert len(memory.watch("input.rate", 0, 10)) == 1  # as it is now


REFUSED = [
    ({"rule.key": "oja"}, "Oja learns from rates, but layer 'input' has"),
    ({"task": {"key": "digits"}}, "has 40 units, but the task 'Digits 8×8' has 64 inputs"),
    ({"network.layers.1": {"name": "h1", "size": 6, "unit": "tanh"}}, "needs units that spike"),
    ({"network.layers.1": {"name": "h1", "size": 6, "unit": "poisson"}}, "which hear nothing"),
    ({"network.layers.h1.tau_m": -1}, "'h1.tau_m': should be greater than 0 (it is -1)."),
    ({"network.layers.h1.tau_q": 1}, "'h1.tau_q' is not known here"),
    ({"network.layers.h1.reset": 0}, "must lie below the threshold"),
    ({"network.layers.0": {"name": "input", "size": 40, "unit": "linear"}}, "is shown to"),
    ({"network.lateral": [{"layer": "input"}]}, "no layer 'input' above the input"),
    ({"network.lateral": [{"layer": "h1"}, {"layer": "h1"}]}, "connected to itself twice"),
    ({"network.delay": 1000, "network.dt": 0.01}, "is more than 10,000 ticks"),
]


@pytest.mark.parametrize(("changes", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_live_in_time_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    data = competition_spec().model_dump(mode="json")
    for path, value in changes.items():
        put(data, path, value)
    with pytest.raises(SpecError) as caught:
        parse(data).checked()
    assert any(words in problem for problem in caught.value.problems), caught.value.problems
    assert all(problem.endswith(".") for problem in caught.value.problems)


@pytest.mark.parametrize("rule", ["backprop", "weight_mirror", "node_perturbation"])
def test_a_rate_rule_refuses_spiking_units_lateral_paths_and_tasks_in_time(rule: str) -> None:
    spec = digits_spec(rule)
    [problem] = spec.with_value("network.layers.h1.unit", "lif").problems()
    assert "learns from rates, but layer 'h1' has LIF units" in problem
    [problem] = spec.with_value("network.lateral", [{"layer": "h1"}]).problems()
    assert "cannot use connections within a layer" in problem


def test_files_of_rate_networks_say_nothing_new_of_their_layers() -> None:
    layer = digits_spec().network.layers[1]
    assert json.loads(layer.model_dump_json()) == {"name": "h1", "size": 30, "unit": "tanh"}


def test_a_units_parameters_survive_json_and_build_another_network() -> None:
    spec = competition_spec()
    again: ExperimentSpec = parse(json.loads(spec.model_dump_json()))
    assert again == spec
    assert again.network.layers[1].params().jump == 0.5  # type: ignore[attr-defined]
    experiment: Experiment = build(spec)
    with pytest.raises(SpecError, match="built again"):
        experiment.change(spec.with_value("network.layers.h1.jump", 0.7))


def test_a_unit_is_not_connected_to_itself_which_is_no_weight_that_was_removed() -> None:
    spec = gallery_spec("chain_learns")
    assert spec.network.weight_count == 10 + 90
    experiment = build(spec)
    path = experiment.net.projections["L1"]
    assert path.removed == 0
    path.mask[0, 1] = 0
    assert path.removed == pytest.approx(1 / 90)
