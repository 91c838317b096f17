"""The checklist says what a rule was seen to do, for every rule that there is."""

from __future__ import annotations

import pytest

from bioviz.core.catalogue import describe
from bioviz.core.experiment import build
from bioviz.core.plausibility import CHECKS, checklist, transported
from bioviz.core.registry import RULES
from bioviz.core.watched_trial import watch
from tests.specs import moons_spec


def verdicts(key: str, **params: object) -> dict[str, str]:
    chosen = RULES[key].Params(**params)
    return {point.key: point.verdict for point in checklist(key, chosen)}


@pytest.mark.parametrize("key", list(RULES))
def test_every_rule_has_a_checklist_of_a_trial_in_which_it_learned(key: str) -> None:
    points = checklist(key)
    assert [point.key for point in points] == [check.key for check in CHECKS]
    assert all(point.words.endswith(".") and point.help.endswith(".") for point in points)
    assert watch(key).learned, "else nothing could be told"


def test_backprop_needs_nearly_everything_that_a_brain_lacks() -> None:
    found = verdicts("backprop")
    lacking = ("transport", "signs", "phases", "teacher", "slope", "online")
    assert all(found[key] == "no" for key in lacking)
    assert found["local"] == found["batch"] == "yes"


def test_feedback_alignment_is_rid_of_weight_transport_and_of_nothing_else() -> None:
    with_transport, without = verdicts("backprop"), verdicts("feedback_alignment")
    assert without == with_transport | {"transport": "yes"}
    assert verdicts("kolen_pollack") == verdicts("direct_feedback_alignment") == without


def test_signs_alone_are_half_a_transport() -> None:
    assert verdicts("sign_symmetric")["transport"] == "partly"


def test_a_weight_mirror_wants_spells_of_noise_and_a_mean_over_them() -> None:
    points = {point.key: point for point in checklist("weight_mirror")}
    assert points["transport"].verdict == "yes"
    assert points["batch"].verdict == "no"
    assert "64" in points["batch"].words
    assert "noise" in points["phases"].words


@pytest.mark.parametrize("key", ["node_perturbation", "weight_perturbation"])
def test_perturbation_sends_no_error_but_one_score(key: str) -> None:
    found = verdicts(key)
    assert found["transport"] == "yes"
    assert found["teacher"] == found["local"] == found["signs"] == "partly"
    assert found["phases"] == "no"


@pytest.mark.parametrize("key", ["stdp", "triplet_stdp", "hebb", "oja", "bcm"])
def test_rules_without_a_teacher_ask_for_nothing_that_a_brain_lacks(key: str) -> None:
    assert set(verdicts(key).values()) == {"yes"}


def test_only_sanger_reads_the_weights_of_other_units() -> None:
    assert [key for key in RULES if verdicts(key)["local"] == "no"] == ["sanger"]


def test_bursts_are_never_less_than_nothing() -> None:
    assert verdicts("burstprop")["signs"] == verdicts("spiking_burstprop")["signs"] == "yes"
    assert verdicts("spiking_burstprop")["phases"] == "no"


def test_the_checklist_follows_the_rule_s_parameters() -> None:
    spiking = "spiking_feedback_alignment"
    assert verdicts(spiking)["transport"] == "yes"
    assert verdicts(spiking, route="transposed")["transport"] == "no"
    assert verdicts(spiking, route="none")["signs"] == "yes"
    assert transported(checklist(spiking, RULES[spiking].Params(route="transposed")))


def test_the_catalogue_says_whether_errors_go_down_through_the_forward_weights() -> None:
    assert describe(build(moons_spec("backprop"))).transposes
    assert not describe(build(moons_spec("feedback_alignment"))).transposes
