"""Descriptions: what is accepted, and the sentence that each impossible one gets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioviz.core.experiment import build
from bioviz.core.fault import SpecError
from bioviz.core.spec import ExperimentSpec, parse, parse_value

from ..specs import digits_spec, linear_spec, make_spec, moons_spec

LAYERS = "network.layers"
IMPOSSIBLE = [
    ({LAYERS: []}, "at least two layers"),
    ({f"{LAYERS}.h1.name": "input"}, "Two layers are called 'input'"),
    ({f"{LAYERS}.h1.name": "my layer"}, "'my layer' cannot name a layer"),
    ({f"{LAYERS}.h1.size": 0}, "greater than or equal to 1 (it is 0)"),
    ({f"{LAYERS}.h1.size": 2.5}, "(it is 2.5)"),
    ({f"{LAYERS}.h1.size": "many"}, "(it is 'many')"),
    ({f"{LAYERS}.h1.unit": "tahn"}, "Did you mean 'tanh'?"),
    ({f"{LAYERS}.input.size": 65}, "has 64 inputs. Set its size to 64."),
    ({f"{LAYERS}.output.size": 9}, "has 10 outputs. Set its size to 10."),
    ({f"{LAYERS}.output.unit": "linear"}, "Cross-entropy needs sigmoid or softmax output units"),
    ({"network.weights.sparsity": 1.0}, "less than or equal to 0.99"),
    ({"network.weights.scale": float("nan")}, "finite number"),
    ({"network": 5}, "'network' should be a group of named values."),
    ({"rule.key": "backprob"}, "Did you mean 'backprop'?"),
    ({"rule.learning_rate": -1}, "'rule.learning_rate': should be greater than 0 (it is -1)."),
    ({"rule.learning_rate": float("nan")}, "'rule.learning_rate': should be a finite number"),
    ({"rule.learnin_rate": 1}, "'rule.learnin_rate' is not known here"),
    ({"rule": "backprop"}, "'rule' should be a group of named values."),
    ({"task.key": "digit"}, "Did you mean 'digits'?"),
    ({"task.size": 3}, "'task.size' is not known here"),
    ({"loss": "hinge"}, "'squared_error' or 'cross_entropy'"),
    ({"batch": 0}, "'batch'"),
    ({"seed": -1}, "'seed'"),
    ({"record.probe": 0}, "'record.probe'"),
    ({"stop.epochs": 0}, "'stop.epochs'"),
    ({"colour": "red"}, "'colour' is not known here"),
    ({"network.layers.h7.size": 3}, "'h7' is not known there"),
    ({"nothing.at": 3}, "There is nothing at 'nothing.at' to set"),
]


@pytest.mark.parametrize(("changes", "words"), IMPOSSIBLE, ids=[words for _, words in IMPOSSIBLE])
def test_an_impossible_network_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    [(path, value)] = changes.items()
    with pytest.raises(SpecError) as caught:
        digits_spec().with_value(path, value).checked()
    [problem] = caught.value.problems
    assert words in problem
    assert problem.endswith(".")
    assert "instance of" not in problem


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_description_at_all_is_refused_in_words(data: Any) -> None:
    with pytest.raises(SpecError, match=r"A description should be a group of named values\."):
        parse(data)


def test_missing_parts_are_named_all_at_once() -> None:
    with pytest.raises(SpecError) as caught:
        parse({})
    assert caught.value.problems == [
        f"'{name}' is missing." for name in ("network", "rule", "task")
    ]


def test_every_reason_is_given_at_once() -> None:
    spec = (
        digits_spec().with_value(f"{LAYERS}.input.size", 1).with_value(f"{LAYERS}.output.size", 1)
    )
    assert len(spec.problems()) == 3  # both ends, and a softmax of one unit


def test_a_network_too_large_for_memory_is_refused_before_anything_is_allocated() -> None:
    [problem] = digits_spec(hidden_sizes=(100_000, 100_000)).problems()
    assert "10,007,400,000 weights" in problem


def test_cross_entropy_is_refused_where_targets_are_numbers() -> None:
    spec = linear_spec().with_value(f"{LAYERS}.output.unit", "sigmoid")
    [problem] = spec.with_value("loss", "cross_entropy").problems()
    assert "Choose half squared error" in problem


def test_a_softmax_of_one_unit_is_refused() -> None:
    [problem] = make_spec((2, 3, 1), "backprop", "xor").problems()
    assert "always answers 1" in problem


def test_building_an_impossible_network_raises_its_reasons() -> None:
    with pytest.raises(SpecError, match="Set its size to 64"):
        build(digits_spec().with_value(f"{LAYERS}.input.size", 65))


@pytest.mark.parametrize("spec", [digits_spec(), moons_spec("weight_mirror"), linear_spec()])
def test_a_description_survives_json(spec: ExperimentSpec) -> None:
    assert parse(json.loads(spec.model_dump_json())) == spec
    assert spec.problems() == []


def test_descriptions_compare_by_value_and_cannot_be_changed() -> None:
    assert digits_spec() == digits_spec()
    assert digits_spec() != digits_spec(seed=2)
    with pytest.raises(ValueError, match="frozen"):
        digits_spec().seed = 3  # type: ignore[misc]


def test_values_are_set_by_path_and_by_layer_name() -> None:
    spec = digits_spec().with_value("network.layers.h1.size", 12).with_value("rule.momentum", 0.5)
    assert spec.network.layers[1].size == 12
    assert spec.rule.values["momentum"] == 0.5
    assert spec.with_value("network.layers.0.unit", "tanh").network.layers[0].unit == "tanh"


@pytest.mark.parametrize(
    ("text", "value"), [("0.1", 0.1), ("1e6", 1e6), ("true", True), ("tanh", "tanh"), ("[1", "[1")]
)
def test_command_line_values_are_json_or_text(text: str, value: Any) -> None:
    assert parse_value(text) == value


FIELDS = st.sampled_from(["network", "rule", "task", "key", "layers", "name", "size"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_no_data_whatever_gives_anything_but_sentences(data: Any) -> None:
    try:
        problems = parse(data).problems()
    except SpecError as error:
        problems = error.problems
    assert all(problem[-1] in ".?" for problem in problems)
