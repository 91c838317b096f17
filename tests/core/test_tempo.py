"""Times and rates that cannot be are told in a sentence, before anything runs."""

from __future__ import annotations

from typing import Any

import pytest

from bioviz.core.experiment import build
from bioviz.core.fault import SpecError

from ..gallery import gallery_spec

COMPETITION, VOLLEYS, CHAIN = "stdp_competition", "latency_falls", "chain_learns"
PAIRING, DIGITS = "stdp_pairing", "spiking_digits"
OUTPUT = "network__layers__output__"

BAD: list[tuple[str, dict[str, Any], str]] = [
    # negative times
    (COMPETITION, {OUTPUT + "tau_m": -5}, "'output.tau_m': should be greater than 0"),
    (COMPETITION, {OUTPUT + "tau_e": 0}, "'output.tau_e': should be greater than 0"),
    (COMPETITION, {"rule__tau_plus": -20}, "'rule.tau_plus': should be greater than 0"),
    (COMPETITION, {"network__delay": -1}, "'network.delay': should be greater than or equal to 0"),
    (DIGITS, {"rule__tau": -3}, "'rule.tau': should be greater than or equal to 1"),
    (DIGITS, {"network__layers__h1__tau": -3}, "'h1.tau': should be greater than or equal to 1"),
    # ticks longer than a time constant
    (COMPETITION, {"network__dt": 8}, "longer than output.tau_e (5 ms) and output.tau_i (5 ms)"),
    (COMPETITION, {"rule__tau_minus": 0.4}, "A tick of 1 ms is longer than rule.tau_minus"),
    (VOLLEYS, {"network__dt": 15}, "A tick of 15 ms is longer than output.tau_m (10 ms), which"),
    (PAIRING, {"rule": {"key": "triplet_stdp"}, "network__dt": 18}, "the rule's shortest trace"),
    # delays beyond the end
    (VOLLEYS, {"network__delay": 300}, "from layer to layer, but a trial is over after 100 ms"),
    (CHAIN, {"network__lateral__0__delay": 300}, "within layer 'output', but a trial is over"),
    (PAIRING, {"task__lag": 1, "task__frequency": 20, "network__delay": 60}, "over after 50 ms"),
    (COMPETITION, {"stop__trials": 1, "network__delay": 600}, "but the run stops after 500 ms"),
    (DIGITS, {"network__delay": 30}, "Spikes take 60 ticks to arrive, but an example is shown for"),
    # rates of more than a spike a tick
    (COMPETITION, {"task__rate": 1500}, "'task.rate': should be less than or equal to 1000"),
    (
        COMPETITION,
        {"task__rate": 600, "network__dt": 2},
        "'task.rate' asks for 600 spikes a second",
    ),
    (COMPETITION, {"network__layers__input__peak": 100}, "'input.peak' asks for 1500 spikes"),
    (PAIRING, {"task__lag": 0, "task__frequency": 300, "network__dt": 5}, "can be 200 at most"),
    (
        COMPETITION,
        {OUTPUT + "inhibitors": 9, OUTPUT + "inhibitor_rate": 900, "network__dt": 2},
        "'output.inhibitor_rate' asks for 900 spikes a second",
    ),
    (COMPETITION, {"task__rate": 300, "task__correlated": 50}, "in 30% of the ticks, but with a"),
]


@pytest.mark.parametrize(("network", "values", "words"), BAD, ids=[words for *_, words in BAD])
def test_times_and_rates_that_cannot_be_are_refused_in_a_sentence(
    network: str, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(SpecError) as refused:
        build(gallery_spec(network, **values))
    [sentence] = refused.value.problems
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("network", "values"),
    [
        (COMPETITION, {"network__dt": 5}),  # just as long as the shortest time constant
        (COMPETITION, {"network__delay": 600}),  # activity lives on from trial to trial
        ("how_neurons_work", {"stop__trials": 1}),  # where a trial is no more than a moment
        (VOLLEYS, {"network__delay": 99}),
        (COMPETITION, {"task__rate": 1000}),
        (COMPETITION, {"network__layers__input__peak": 5, "task__rate": 200}),
        (COMPETITION, {OUTPUT + "inhibitor_rate": 900, "network__dt": 2}),  # there are none
        (COMPETITION, {"task__rate": 200, "task__correlated": 50}),
        ("fa_digits", {"network__dt": 100, "network__delay": 1000}),  # rates know of no time
    ],
)
def test_what_only_just_goes_is_allowed(network: str, values: dict[str, Any]) -> None:
    assert gallery_spec(network, **values).problems() == []
