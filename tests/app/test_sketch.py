"""Sketches say what a rule does to a network, because the rule itself is asked."""

from __future__ import annotations

import pytest

from bioviz.app.sketch import sketch
from tests.specs import digits_spec


@pytest.mark.parametrize(
    ("rule", "learns", "back"),
    [
        ("backprop", (True, True, True), ("", "Wᵀ", "Wᵀ")),
        ("feedback_alignment", (True, True, True), ("", "B", "B")),
        ("weight_mirror", (True, True, True), ("", "B", "B")),
        ("shallow", (False, False, True), ("", "", "")),
        ("direct_feedback_alignment", (True, True, True), ("", "B", "B")),
        ("node_perturbation", (True, True, True), ("", "", "")),
    ],
)
def test_paths_learn_and_carry_errors_as_the_rule_has_it(rule, learns, back) -> None:
    seen = sketch(digits_spec(rule, hidden_sizes=(30, 12)))
    assert (seen.learns, seen.back) == (learns, back)
    assert seen.noise == (rule in ("weight_mirror", "node_perturbation"))


def test_an_unknown_rule_has_a_picture_too() -> None:
    spec = digits_spec()
    choice = type(spec.rule).model_validate({"key": "hebb_of_2030"})
    seen = sketch(spec.model_copy(update={"rule": choice}))
    assert seen.back == ("", "")
