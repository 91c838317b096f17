"""What can stand beside an experiment: the same network and task, learned by another rule."""

from __future__ import annotations

import pytest

from bioviz.core.beside import MOST, baseline, beside, why_no_baseline, why_not_beside
from bioviz.core.fault import SpecError
from bioviz.core.registry import RULES
from bioviz.session import gallery

from ..specs import moons_spec

FA = moons_spec("feedback_alignment", learning_rate=0.3)


@pytest.mark.parametrize("rule", [key for key, _ in RULES.items()])
def test_a_rule_that_is_offered_needs_nothing_changed_and_can_train(rule: str) -> None:
    if why := why_not_beside(FA, rule):
        assert why.endswith(".")
        return
    other = beside(FA, rule)
    same = FA.model_copy(update={"rule": other.rule, "name": other.name})
    assert other == same
    assert other.problems() == []


def test_the_step_that_was_chosen_is_taken_over() -> None:
    assert beside(FA, "backprop").rule.params(RULES).learning_rate == 0.3  # type: ignore[attr-defined]


def test_a_name_of_its_own_is_not_lent_to_another_rule() -> None:
    named = FA.model_copy(update={"name": "Mine"})
    assert beside(named, "backprop").name == ""
    assert beside(named, "feedback_alignment").name == "Mine"


def test_a_rule_that_needs_other_units_is_refused_with_the_reason() -> None:
    with pytest.raises(SpecError, match="Burstprop needs other units or biases"):
        beside(FA, "burstprop")
    assert "has a teacher and" in why_not_beside(FA, "hebb")


def test_backprop_is_no_baseline_of_itself_nor_twice() -> None:
    backprop = beside(FA, "backprop")
    assert "backprop already" in why_no_baseline((backprop,), 0)
    assert "beside it already" in why_no_baseline((FA, backprop), 0)
    assert why_no_baseline((FA, beside(FA, "shallow")), 1) == ""


def test_without_a_teacher_or_with_spikes_the_reason_is_told() -> None:
    hebb = gallery.session_of("hebb_and_oja").experiments
    assert "learns without one" in why_no_baseline(hebb, 0)
    spikes = gallery.session_of("xor_in_spikes").experiments
    assert "they spike" in why_no_baseline(spikes, 0)


def test_spiking_feedback_alignment_has_backprops_weights_as_its_baseline() -> None:
    spiking, transposed, _ = gallery.session_of("spiking_digits").experiments
    made = baseline((spiking,), 0)
    assert made.rule.params(RULES) == transposed.rule.params(RULES)
    assert made.network == spiking.network
    assert "already" in why_no_baseline((spiking, transposed), 0)


def test_no_more_than_four_stand_side_by_side() -> None:
    assert "at most 4" in why_no_baseline((FA,) * MOST, 0)
