"""Editing layers: what each edit gives, and the sentence where it makes no sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioviz.core import edit
from bioviz.core.fault import SpecError
from bioviz.core.spec import ExperimentSpec
from tests.specs import digits_spec


def shape(spec: ExperimentSpec) -> list[tuple[str, int, str]]:
    return [(layer.name, layer.size, layer.unit) for layer in spec.network.layers]


def names(spec: ExperimentSpec) -> list[str]:
    return [layer.name for layer in spec.network.layers]


def test_a_new_layer_takes_after_the_nearest_hidden_one_and_the_next_free_name() -> None:
    spec = edit.add_layer(digits_spec(hidden_sizes=(30, 12)), "h2")
    assert shape(spec)[1:4] == [("h1", 30, "tanh"), ("h2", 12, "tanh"), ("h3", 12, "tanh")]


def test_the_first_hidden_layer_is_small_and_tanh() -> None:
    spec = edit.add_layer(digits_spec(hidden_sizes=()), "input")
    assert shape(spec) == [("input", 64, "linear"), ("h1", 20, "tanh"), ("output", 10, "softmax")]


def test_a_layer_added_nowhere_in_particular_comes_before_the_output() -> None:
    assert names(edit.add_layer(digits_spec(hidden_sizes=(5,)))) == ["input", "h1", "h2", "output"]


def test_a_freed_name_is_used_again() -> None:
    spec = edit.remove_layer(digits_spec(hidden_sizes=(5, 6)), "h1")
    assert names(spec) == ["input", "h2", "output"]
    assert names(edit.add_layer(spec, "h2")) == ["input", "h2", "h1", "output"]


def test_nothing_is_added_after_the_output() -> None:
    with pytest.raises(SpecError, match="output layer"):
        edit.add_layer(digits_spec(), "output")


@pytest.mark.parametrize("end", ["input", "output"])
def test_the_ends_are_neither_removed_nor_moved(end: str) -> None:
    with pytest.raises(SpecError, match=f"The {end} layer cannot be removed"):
        edit.remove_layer(digits_spec(), end)
    with pytest.raises(SpecError, match=f"The {end} layer cannot be moved"):
        edit.move_layer(digits_spec(), end, 1)


def test_the_ends_have_the_size_that_the_task_says() -> None:
    with pytest.raises(SpecError, match="input layer has 64 units"):
        edit.resize_layer(digits_spec(), "input", 65)
    with pytest.raises(SpecError, match="output layer has 10 units"):
        edit.resize_layer(digits_spec(), "output", 9)
    assert edit.resize_layer(digits_spec(), "input", 64) == digits_spec()


def test_a_hidden_layer_takes_any_size_in_bounds() -> None:
    assert shape(edit.resize_layer(digits_spec(), "h1", 7))[1] == ("h1", 7, "tanh")
    with pytest.raises(SpecError, match="size"):
        edit.resize_layer(digits_spec(), "h1", 0)


def test_a_name_must_be_speakable_and_its_own() -> None:
    assert names(edit.rename_layer(digits_spec(), "h1", " hidden "))[1] == "hidden"
    for bad, why in (("2x", "letters"), ("output", "Two layers"), ("", "needs a name")):
        with pytest.raises(SpecError, match=why):
            edit.rename_layer(digits_spec(), "h1", bad)


def test_units_are_known_ones_and_the_inputs_stay() -> None:
    assert shape(edit.set_unit(digits_spec(), "h1", "relu"))[1] == ("h1", 30, "relu")
    with pytest.raises(SpecError, match="Did you mean 'tanh'"):
        edit.set_unit(digits_spec(), "h1", "tanhh")
    with pytest.raises(SpecError, match="input layer"):
        edit.set_unit(digits_spec(), "input", "relu")


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(SpecError, match="no layer called 'h9'"):
        edit.remove_layer(digits_spec(), "h9")


@given(start=st.integers(1, 4), by=st.integers(-9, 9))
def test_a_moved_layer_stays_hidden_and_the_others_keep_their_order(start: int, by: int) -> None:
    spec = digits_spec(hidden_sizes=(1, 2, 3, 4))
    moved = edit.move_layer(spec, f"h{start}", by)
    assert names(moved)[0] == "input"
    assert names(moved)[-1] == "output"
    assert names(moved).index(f"h{start}") == min(max(start + by, 1), 4)
    rest = [name for name in names(moved) if name != f"h{start}"]
    assert rest == [name for name in names(spec) if name != f"h{start}"]


def test_edits_leave_the_description_they_began_with_alone() -> None:
    spec = digits_spec()
    before = spec.model_dump_json()
    edit.resize_layer(edit.add_layer(spec, "h1"), "h2", 3)
    assert spec.model_dump_json() == before
