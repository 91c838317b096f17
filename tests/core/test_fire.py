"""Firing by hand: spikes come at exactly the tick, are kept, and teach by the formula."""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import BiovizError
from bioviz.core.fire import Cease, Fire, Pulse, protocol
from bioviz.core.rule import Phase
from bioviz.core.snapshot import take
from bioviz.core.synapse import Synapse, SynapseReply
from bioviz.session.file import load
from bioviz.session.gallery import path_of
from bioviz.session.state import checked_meta, restore_into

from ..specs import two_cells

PRE, POST = Fire((Pulse("pre"),)), Fire((Pulse("post"),))


def cells(**options: Any) -> Experiment:
    experiment = build(two_cells(**options))
    look(experiment)  # the potential and the weight are followed from now on
    return experiment


def look(experiment: Experiment) -> SynapseReply:
    return take(1, [experiment], {Synapse()})[Synapse()]  # type: ignore[no-any-return]


def weight(experiment: Experiment) -> float:
    return float(experiment.net["W1.w"][0, 0])


def live(experiment: Experiment, ms: float) -> None:
    experiment.advance(round(ms / experiment.spec.network.dt), Phase.TICK)


def test_nothing_happens_by_itself() -> None:
    experiment = cells()
    live(experiment, 200)
    seen = look(experiment)
    assert (seen.pre, seen.post, seen.w, seen.change) == ((), (), 40.0, None)
    assert (seen.v == seen.rest).all()


@pytest.mark.parametrize("moment", [0.25, 10.0])
def test_a_spike_that_is_fired_comes_in_the_very_next_tick_also_amid_a_trial(moment: float) -> None:
    experiment = cells(moment=moment)
    live(experiment, 3.25)
    PRE.apply(experiment)
    live(experiment, 0.25)
    assert experiment.net["input.spike"][0, 0] == 1
    live(experiment, 2.5)
    POST.apply(experiment)
    live(experiment, 0.25)
    assert experiment.net["output.spike"][0, 0] == 1
    seen = look(experiment)
    assert (seen.pre, seen.post) == ((3.25,), (6.0,))


def test_the_upper_cell_fires_at_rest_and_while_it_is_refractory() -> None:
    experiment = cells()
    for _ in range(2):
        POST.apply(experiment)
        live(experiment, 0.5)
    assert look(experiment).post == (0.0, 0.5)


def test_pairs_of_pre_then_post_grow_the_weight_by_the_formula() -> None:
    experiment, lag, period = cells(), 8.0, 500.0  # so far apart that each pair is alone
    protocol(lag, 4, period, "pairs").apply(experiment)
    live(experiment, 3 * period + 100)
    rule = experiment.spec.rule.values
    each = rule["learning_rate"] * rule["w_max"] * exp(-lag / rule["tau_plus"])
    assert weight(experiment) == pytest.approx(40 + 4 * each, abs=1e-3)
    assert look(experiment).change.step == pytest.approx(each, abs=1e-4)  # type: ignore[union-attr]


def test_pairs_of_post_then_pre_shrink_it_by_the_formula() -> None:
    experiment, lag, period = cells(), -8.0, 500.0
    protocol(lag, 4, period, "pairs").apply(experiment)
    live(experiment, 3 * period + 100)
    rule = experiment.spec.rule.values
    each = rule["learning_rate"] * rule["balance"] * rule["w_max"] * exp(lag / rule["tau_minus"])
    assert weight(experiment) == pytest.approx(40 - 4 * each, abs=1e-3)
    change = look(experiment).change
    assert change is not None
    assert (change.lag, change.step) == (-8.0, pytest.approx(-each, abs=1e-4))


def test_one_or_two_spikes_do_not_reach_the_threshold_and_three_in_time_do() -> None:
    counts = {}
    for spikes, gap in ((1, 5), (2, 5), (3, 5), (3, 25)):
        experiment = cells()
        Fire(tuple(Pulse("pre", gap * k) for k in range(spikes))).apply(experiment)
        live(experiment, 120)
        counts[spikes, gap] = len(look(experiment).post)
    assert counts == {(1, 5): 0, (2, 5): 0, (3, 5): 1, (3, 25): 0}


def test_the_potential_rises_only_once_the_spike_has_travelled() -> None:
    experiment = cells()
    PRE.apply(experiment)
    live(experiment, 40)
    seen = look(experiment)
    risen = np.flatnonzero(seen.v > seen.rest + 1e-4)[0] * seen.dt
    assert risen == pytest.approx(seen.delay + seen.dt)
    assert seen.v.max() - seen.rest == pytest.approx(6.3, abs=0.02)


def test_a_run_can_be_repeated_from_the_record_of_what_was_fired() -> None:
    experiment = cells()
    for wait, order in ((3.0, PRE), (7.25, POST), (11.0, POST), (2.5, PRE)):
        live(experiment, wait)
        order.apply(experiment)
    live(experiment, 50)
    again = cells()
    again.electrodes.restore(experiment.electrodes.capture())  # type: ignore[arg-type]
    live(again, 73.75)
    assert experiment.electrodes.capture() == {
        "input": [(12, 0), (95, 0)], "output": [(41, 0), (85, 0)],
    }  # fmt: skip
    for address, array in experiment.kept_arrays().items():
        assert array.tobytes() == again.kept_arrays()[address].tobytes(), address


def test_saving_amid_a_protocol_and_continuing_equals_continuing() -> None:
    experiment, other = cells(), cells()
    protocol(10.0, 5, 40.0, "pairs").apply(experiment)
    live(experiment, 95.0)
    state = experiment.capture()
    state.meta = checked_meta(state.meta)
    restore_into(other, state)
    for one in (experiment, other):
        live(one, 150)
    assert look(experiment).pending == 0
    assert weight(other) == weight(experiment) > 42
    assert other.capture().meta == experiment.capture().meta


def test_a_protocol_leaves_one_marker_and_single_spikes_none() -> None:
    experiment = cells()
    PRE.apply(experiment)
    protocol(10.0, 60, 100.0, "pre 10 ms before post, 60 times").apply(experiment)
    assert [marker.text for marker in experiment.markers] == ["pre 10 ms before post, 60 times"]


def test_a_protocol_can_be_stopped_and_what_came_stays() -> None:
    experiment = cells()
    protocol(10.0, 60, 100.0, "pairs").apply(experiment)
    live(experiment, 150)
    assert look(experiment).pending == 2 * 58
    Cease().apply(experiment)
    grown = weight(experiment)
    live(experiment, 300)
    assert look(experiment).pending == 0
    assert weight(experiment) == grown > 40
    assert sum(map(len, experiment.electrodes.capture().values())) == 4


def test_what_cannot_be_fired_says_why_and_changes_nothing(moons_spec: Any) -> None:
    with pytest.raises(BiovizError, match="Choose the task 'Free firing'"):
        PRE.apply(build(moons_spec()))
    experiment = cells()
    for pulses, words in (
        ((Pulse("post"), Pulse("pre", unit=3)), "no unit 3"),
        ((Pulse("pre", -1.0),), "from now"),
        ((Pulse("pre", float("nan")),), "from now"),
    ):
        with pytest.raises(BiovizError, match=words):
            Fire(pulses).apply(experiment)
    assert experiment.electrodes.capture() == {"input": [], "output": []}


def test_other_networks_are_no_synapse_and_say_so(moons_spec: Any) -> None:
    snapshot = take(1, [build(moons_spec())], {Synapse()})
    assert snapshot.failures[Synapse()] == "This network is not two cells and one synapse."


def test_the_latest_pair_is_told_with_the_nearest_spike_of_the_other_side() -> None:
    experiment = cells()
    Fire((Pulse("post"), Pulse("pre", 10.0), Pulse("post", 13.0))).apply(experiment)
    live(experiment, 11)
    first = look(experiment).change
    live(experiment, 5)
    second = look(experiment).change
    assert first is not None
    assert second is not None
    assert (first.lag, second.lag) == (-10.0, 3.0)
    assert first.step < 0 < second.step
    assert second.at == 13.0


def test_spikes_of_one_tick_are_no_pair() -> None:
    experiment = cells()
    Fire((Pulse("pre"), Pulse("post"))).apply(experiment)
    live(experiment, 20)
    assert look(experiment).change is None
    assert weight(experiment) == 40


def test_where_spikes_of_one_tick_count_the_pair_is_told_with_no_time_between() -> None:
    experiment = cells(coincident="pre_first")
    Fire((Pulse("pre", 2.0), Pulse("post", 2.0))).apply(experiment)
    live(experiment, 20)
    change = look(experiment).change
    assert change is not None
    assert change.lag == 0
    assert change.step > 0


def test_the_gallery_network_is_what_is_tested_here() -> None:
    shown, tested = load(path_of("how_neurons_work")).session.experiments[0], two_cells()
    assert (shown.network, shown.task) == (tested.network, tested.task)
    assert set(shown.rule.values.items()) == set(tested.rule.values.items())
