"""Choosing tasks, rules, losses and units keeps a description sound."""

from __future__ import annotations

import pytest

from bioviz.core.choose import (
    choose_loss,
    choose_rule,
    choose_task,
    choose_task_params,
    choose_unit,
    mend,
    refused,
)
from bioviz.core.edit import resize_layer
from bioviz.core.fault import SpecError
from bioviz.core.registry import RULES, TASKS
from bioviz.core.spec import ExperimentSpec
from bioviz.tasks.linear_teacher import LinearTeacherParams
from tests.specs import digits_spec, linear_spec, make_spec, moons_spec, untaught_spec


def ends(spec: ExperimentSpec) -> tuple[int, int]:
    return spec.network.layers[0].size, spec.network.layers[-1].size


TAUGHT = [key for key, task in TASKS.items() if task.taught]
UNTAUGHT = [key for key, task in TASKS.items() if not (task.taught or task.timed)]


@pytest.mark.parametrize("task", TAUGHT)
@pytest.mark.parametrize("start", [digits_spec, moons_spec, linear_spec])
def test_any_task_can_be_chosen_from_any_other(start, task: str) -> None:
    spec, _ = choose_task(start(), task)
    assert spec.problems() == []
    assert ends(spec) == TASKS[task].shape(spec.task.params(TASKS))


@pytest.mark.parametrize("rule", list(RULES))
@pytest.mark.parametrize("start", list(RULES))
def test_any_rule_can_be_chosen_from_any_other(start: str, rule: str) -> None:
    spec, _ = choose_rule(digits_spec(start), rule)
    assert spec.problems() == []
    assert spec.rule.key == rule


@pytest.mark.parametrize("task", UNTAUGHT)
def test_a_task_without_targets_is_refused_with_the_names_of_rules_that_fit(task: str) -> None:
    spec, _ = choose_task(digits_spec("backprop"), task)
    [words] = refused(digits_spec("backprop"), spec)
    assert "has no targets, and Backprop learns from targets" in words
    assert "Hebb" in words
    assert "BCM" in words


@pytest.mark.parametrize("task", [key for key, task in TASKS.items() if not task.timed])
def test_a_rule_without_a_teacher_takes_any_task_and_keeps_its_output_layer(task: str) -> None:
    start = untaught_spec("oja", "gaussian", size=3)
    spec, _ = choose_task(start, task)
    assert spec.problems() == []
    assert ends(spec) == (TASKS[task].shape(spec.task.params(TASKS))[0], 3)


def test_choosing_a_rule_without_a_teacher_changes_the_output_layer_and_says_so() -> None:
    spec, notes = choose_rule(digits_spec("backprop", learning_rate=0.3), "oja")
    assert spec.network.layers[-1].unit == "linear"
    assert not spec.network.biases
    assert spec.rule.params(RULES).learning_rate == 0.005  # no error, so another step
    assert any("linear units" in note for note in notes)
    assert any("Biases" in note for note in notes)


def test_choosing_a_teacher_again_brings_back_the_output_that_the_task_asks_for() -> None:
    spec, _ = choose_rule(digits_spec("backprop"), "bcm")
    spec = resize_layer(spec, "output", 3)
    back, notes = choose_rule(spec, "backprop")
    assert back.problems() == []
    assert ends(back) == (64, 10)
    assert back.network.layers[-1].unit == "softmax"
    assert len(notes) >= 2


def test_an_experiment_that_goes_by_its_rule_takes_the_name_of_the_next() -> None:
    spec = digits_spec().model_copy(update={"name": "Feedback alignment"})
    assert choose_rule(spec, "backprop")[0].name == "Backprop"
    own = spec.model_copy(update={"name": "Tuesday"})
    assert choose_rule(own, "backprop")[0].name == "Tuesday"


def test_sizes_follow_the_task_and_are_told() -> None:
    spec, notes = choose_task(moons_spec(), "digits")
    assert ends(spec) == (64, 10)
    assert notes == [
        "The input layer now has 64 units, one for each number of an example.",
        "The output layer now has 10 units, one for each class.",
    ]


def test_hidden_layers_stay_when_the_task_changes() -> None:
    before = digits_spec(hidden_sizes=(30, 12))
    after, _ = choose_task(before, "linear_teacher")
    assert after.network.layers[1:-1] == before.network.layers[1:-1]


def test_one_output_gets_a_sigmoid_unit() -> None:
    spec, notes = choose_task(moons_spec(), "xor")
    assert spec.network.layers[-1].unit == "sigmoid"
    assert "Layer 'output' now has sigmoid units: one unit tells two classes apart." in notes


def test_regression_gets_linear_units_and_squared_error_and_back() -> None:
    spec, notes = choose_task(digits_spec(), "linear_teacher")
    assert (spec.network.layers[-1].unit, spec.loss) == ("linear", "squared_error")
    assert "The loss is now half squared error." in notes
    back, _ = choose_task(spec, "digits")
    assert (back.network.layers[-1].unit, back.loss) == ("softmax", "cross_entropy")


def test_an_output_that_still_fits_is_left_alone() -> None:
    before = digits_spec(output="sigmoid", loss="squared_error")
    after, _ = choose_task(before, "two_moons")
    assert (after.network.layers[-1].unit, after.loss) == ("sigmoid", "squared_error")


def test_the_same_task_changes_nothing() -> None:
    spec = moons_spec()
    assert choose_task(spec, "two_moons") == (spec, [])


def test_task_parameters_change_the_sizes() -> None:
    spec, notes = choose_task_params(linear_spec(), LinearTeacherParams(inputs=7, outputs=3))
    assert ends(spec) == (7, 3)
    assert notes[-1] == "The output layer now has 3 units, one for each number of a target."


def test_shared_parameters_are_kept_by_another_rule() -> None:
    spec, notes = choose_rule(digits_spec(learning_rate=0.7, momentum=0.5), "backprop")
    assert (spec.rule.values["learning_rate"], spec.rule.values["momentum"]) == (0.7, 0.5)
    assert notes == []


def test_what_nobody_chose_gives_way_to_the_other_rules_own_default() -> None:
    spec, _ = choose_rule(digits_spec("feedback_alignment", feedback_scale=0.3), "burstprop")
    params = spec.rule.params(RULES)
    assert (params.momentum, params.feedback_relative) == (0.8, False)
    assert params.feedback_scale == 0.3


def test_a_rule_for_some_units_and_one_loss_brings_them_along_and_says_so() -> None:
    spec, notes = choose_rule(digits_spec("backprop", (20, 15)), "burstprop")
    assert [layer.unit for layer in spec.network.layers] == ["linear", *["sigmoid"] * 3]
    assert spec.loss == "squared_error"
    assert notes == [
        "Layer 'h1' now has sigmoid units: Burstprop needs them.",
        "Layer 'h2' now has sigmoid units: Burstprop needs them.",
        "Layer 'output' now has sigmoid units: Burstprop needs them.",
        "The loss is now half squared error.",
    ]
    units = {"hidden": "sigmoid", "output": "sigmoid"}
    spec, notes = choose_rule(digits_spec("backprop", **units), "burstprop")
    assert (spec.loss, notes) == ("squared_error", ["The loss is now half squared error."])


def test_under_such_a_rule_another_task_keeps_its_units_and_its_loss() -> None:
    spec, _ = choose_task(digits_spec("burstprop"), "xor")
    assert spec.problems() == []
    back, _ = choose_task(spec, "digits")
    assert back.problems() == []
    assert (back.network.layers[-1].unit, back.loss) == ("sigmoid", "squared_error")
    numbers, _ = choose_task(spec, "linear_teacher")
    [words] = refused(spec, numbers)
    assert "targets from 0 to 1" in words


@pytest.mark.parametrize("unit", ["tanh", "softmax"])
def test_under_such_a_rule_other_units_and_losses_are_refused_in_a_sentence(unit: str) -> None:
    start = digits_spec("burstprop")
    [words] = refused(start, choose_unit(start, "output", unit)[0])
    assert "Give it Sigmoid units" in words
    [words] = refused(start, choose_loss(start, "cross_entropy")[0])
    assert "half squared error" in words


def test_what_another_rule_lacks_is_told_where_it_had_been_chosen() -> None:
    _, notes = choose_rule(digits_spec(feedback_scale=2.5), "backprop")
    assert notes == ["Not kept, for Backprop has no such settings: feedback scale 2.5."]


def test_cross_entropy_changes_output_units_that_give_no_probabilities() -> None:
    before = digits_spec(output="tanh", loss="squared_error")
    spec, notes = choose_loss(before, "cross_entropy")
    assert spec.network.layers[-1].unit == "softmax"
    assert notes == ["Layer 'output' now has softmax units: cross-entropy compares probabilities."]


def test_the_loss_follows_output_units_that_do_not_fit_it() -> None:
    spec, notes = choose_unit(digits_spec(), "output", "relu")
    assert spec.loss == "squared_error"
    assert notes == ["The loss is now half squared error: ReLU units give no probabilities."]


def test_hidden_units_leave_the_loss_alone() -> None:
    spec, notes = choose_unit(digits_spec(), "h1", "relu")
    assert (spec.network.layers[1].unit, spec.loss, notes) == ("relu", "cross_entropy", [])


def test_one_softmax_unit_is_refused() -> None:
    spec = make_spec((2, 4, 1), "backprop", "xor", output="sigmoid")
    with pytest.raises(SpecError, match="always answers 1"):
        choose_unit(spec, "output", "softmax")


@pytest.mark.parametrize("choose", [choose_task, choose_rule, choose_loss])
def test_an_unknown_key_is_refused_in_a_sentence(choose) -> None:
    with pytest.raises(SpecError, match=r"There is no .* called 'nonsense'"):
        choose(digits_spec(), "nonsense")


def test_an_edit_is_refused_for_the_problems_it_brings_only() -> None:
    broken = digits_spec().with_value("network.layers.output.size", 3)
    assert refused(digits_spec(), broken)
    assert refused(broken, broken.with_value("seed", 5)) == []


def test_a_broken_description_is_mended_with_as_little_as_it_takes() -> None:
    wrong_size = digits_spec(output="sigmoid").with_value("network.layers.output.size", 3)
    mended, notes = mend(wrong_size)
    assert mended == digits_spec(output="sigmoid")
    assert len(notes) == 1
    assert mend(digits_spec(output="tanh"))[0] == digits_spec()
