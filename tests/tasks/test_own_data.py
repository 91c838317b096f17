"""Your own data: what is read, how it is split and scaled, and that a changed file is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.choose import choose_task, choose_task_params
from bioviz.core.experiment import build
from bioviz.core.fault import DataMissing, SpecError
from bioviz.core.registry import TASKS
from bioviz.core.spec import Choice, parse
from bioviz.core.stream import Streams
from bioviz.core.task import Dataset
from bioviz.tasks._account import account_of
from bioviz.tasks.own_data import OwnData, OwnDataParams, read_table

from ..specs import digits_spec, moons_spec
from .own import flower_rows, flowers, params_of, reason, write


def loaded(params: OwnDataParams, seed: int = 1) -> Dataset:
    return OwnData(params).load(Streams(seed))


def said(path: Path, **wish: Any) -> str:
    params = params_of(path, **wish)
    table = read_table(path, label=params.label, side=params.side)
    return " ".join(account_of(table, params).sentences())


def numbers(folder: Path) -> Path:
    """Three inputs and a target that is a number, between two semicolons."""
    stream = np.random.default_rng(4)
    rows = [
        ";".join(f"{value:.3f}".replace(".", ",") for value in stream.normal(5, 3, 4))
        for _ in range(50)
    ]
    return write(folder / "numbers.csv", "a;b;c;price", *rows)


def test_a_table_becomes_a_task_that_fits_the_network(tmp_path: Path) -> None:
    params = params_of(flowers(tmp_path))
    spec, notes = choose_task(digits_spec(), "own_data", params)
    assert spec.problems() == []
    assert [layer.size for layer in spec.network.layers] == [2, 30, 2]
    assert any("input layer now has 2 units" in note for note in notes)
    experiment = build(spec)
    experiment.advance(3 * experiment.epoch_trials)
    assert experiment.data.classes == ("rose", "tulip")
    assert experiment.data.plane is not None


def test_numbers_to_be_met_bring_linear_units_and_squared_error(tmp_path: Path) -> None:
    params = params_of(numbers(tmp_path))
    assert (params.target, params.inputs, params.outputs) == ("numbers", 3, 1)
    spec, notes = choose_task(moons_spec(), "own_data", params)
    assert (spec.network.layers[-1].unit, spec.loss) == ("linear", "squared_error")
    assert notes
    data = build(spec).data
    assert data.classes == ()
    assert data.train.targets is not None
    assert abs(float(data.train.targets.mean())) < 1e-5, "targets are scaled as inputs are"


def test_going_from_numbers_to_classes_changes_units_and_loss_along(tmp_path: Path) -> None:
    spec, _ = choose_task(moons_spec(), "own_data", params_of(numbers(tmp_path)))
    again, notes = choose_task(spec, "own_data", params_of(flowers(tmp_path)))
    assert again.problems() == []
    assert (again.network.layers[-1].unit, again.loss) == ("softmax", "cross_entropy")
    assert notes


def test_cross_entropy_with_numbers_is_a_problem_in_words(tmp_path: Path) -> None:
    spec, _ = choose_task(moons_spec(), "own_data", params_of(numbers(tmp_path)))
    wrong = spec.model_copy(update={"loss": "cross_entropy"})
    assert any("half squared error" in problem for problem in wrong.problems())


def test_the_description_survives_json_and_needs_no_file(tmp_path: Path) -> None:
    path = flowers(tmp_path)
    spec, _ = choose_task(moons_spec(), "own_data", params_of(path))
    path.unlink()
    again = parse(spec.model_dump(mode="json"))
    assert again == spec
    assert again.problems() == []


def test_the_split_is_the_same_whatever_the_networks_seed(tmp_path: Path) -> None:
    params = params_of(flowers(tmp_path))
    one, other = loaded(params, 1), loaded(params, 99)
    np.testing.assert_array_equal(one.test.inputs, other.test.inputs)
    moved = loaded(params.model_copy(update={"split_seed": 5}))
    assert (moved.test.inputs != one.test.inputs).any()


def test_of_every_class_the_same_fraction_is_held_out(tmp_path: Path) -> None:
    rows = flower_rows(60)
    rare = [row for row in rows if row.endswith("rose")][:10]
    common = [row for row in rows if row.endswith("tulip")]
    params = params_of(write(tmp_path / "uneven.csv", *rare, *common), test=0.3)
    data = loaded(params)
    assert data.test.labels is not None
    assert np.bincount(data.test.labels).tolist() == [3, 9]
    assert (len(data.train), len(data.test)) == (28, 12)


def test_scaling_is_measured_on_the_training_examples_alone(tmp_path: Path) -> None:
    path = flowers(tmp_path)
    standard = loaded(params_of(path)).train.inputs
    np.testing.assert_allclose(standard.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(standard.std(axis=0), 1, atol=1e-5)
    ranged = loaded(params_of(path, scaling="range")).train.inputs
    assert (ranged.min(), ranged.max()) == (0, 1)
    plain = loaded(params_of(path, scaling="none")).train.inputs
    assert plain.min() < -1


def test_a_constant_column_becomes_zero_and_nothing_else_breaks(tmp_path: Path) -> None:
    rows = [f"7,{place % 2},{place % 2}" for place in range(20)]
    data = loaded(params_of(write(tmp_path / "constant.csv", *rows)))
    assert set(np.unique(data.train.inputs[:, 0])) == {0.0}


def test_a_changed_file_is_noticed_and_what_changed_is_said(tmp_path: Path) -> None:
    path = flowers(tmp_path, 40)
    spec, _ = choose_task(moons_spec(), "own_data", params_of(path))
    build(spec)
    flowers(tmp_path, 44)
    with pytest.raises(DataMissing, match="44 examples instead of 40") as caught:
        build(spec)
    assert caught.value.path == str(path)
    assert "Read it anew" in str(caught.value)
    write(path, "length,width,kind", *reversed(flower_rows(40)))
    with pytest.raises(DataMissing, match="other values"):
        build(spec)


def test_a_file_that_moved_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = flowers(tmp_path)
    spec, _ = choose_task(moons_spec(), "own_data", params_of(path))
    path.unlink()
    with pytest.raises(DataMissing, match="choose another file") as caught:
        build(spec)
    assert caught.value.path == str(path)


def test_no_file_yet_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="No data have been chosen"):
        loaded(OwnDataParams())


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": ["a", "b"], "outputs": 3},
        {"image": [5, 5], "inputs": 24, "scaling": "range"},
        {"inputs": 10**9},
        {"sha256": "x"},
        {"path": "x" * 5000},
    ],
    ids=["classes", "image", "inputs", "sha256", "path"],
)
def test_a_description_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    choice = Choice.model_validate({"key": "own_data", **wrong})
    with pytest.raises(SpecError):
        choice.params(TASKS)


def test_rows_of_a_square_number_of_grey_values_are_pictures(tmp_path: Path) -> None:
    stream = np.random.default_rng(0)
    rows = [
        ",".join(str(value) for value in (*stream.integers(0, 17, 64), place % 2))
        for place in range(30)
    ]
    path = write(tmp_path / "digits.csv", *rows)
    data = loaded(params_of(path))
    assert data.image == (8, 8)
    assert (data.train.inputs.min(), data.train.inputs.max()) == (0, 1)
    assert loaded(params_of(path, pictures=False)).image is None


def test_pixels_cannot_be_scaled_in_another_way(tmp_path: Path) -> None:
    stream = np.random.default_rng(0)
    rows = [",".join(map(str, (*stream.integers(0, 9, 49), i % 2))) for i in range(20)]
    spec, _ = choose_task(
        moons_spec(), "own_data", params_of(write(tmp_path / "pixels.csv", *rows))
    )
    params = spec.task.params(TASKS)
    with pytest.raises(ValueError, match="always scaled"):
        type(params).model_validate({**params.model_dump(), "scaling": "none"})


def test_another_test_fraction_needs_no_new_description(tmp_path: Path) -> None:
    params = params_of(flowers(tmp_path))
    spec, _ = choose_task(moons_spec(), "own_data", params)
    more, _ = choose_task_params(spec, params.model_copy(update={"test": 0.5}))
    assert len(build(more).data.test) == 20


def test_the_account_says_what_was_read_in_short_sentences(tmp_path: Path) -> None:
    rows = flower_rows(30)
    rows[3] = "1.0,,rose"
    rows[9] = "1.0,many,tulip"
    rows[12] = "1.0,2.0"
    rows[15] = "1.0,2.0,"
    account = said(write(tmp_path / "mixed.csv", "length,width,kind", *rows))
    assert "'mixed.csv' is a table with 26 usable examples." in account
    assert "Skipped 1: a missing value (row 5)." in account
    assert "Skipped 1: a cell that is no number (row 11)." in account
    assert "Skipped 1: another number of cells (row 14)." in account
    assert "Skipped 1: no label (row 17)." in account
    assert "Each has 2 inputs, values from" in account
    assert "The label (kind) names 2 classes: rose (14), tulip (12)." in account
    assert "21 are for training and 5 are held out" in account
    assert "whatever the network's seed" in account


def test_the_account_of_numbers_says_that_they_are_scaled(tmp_path: Path) -> None:
    account = said(numbers(tmp_path))
    assert "The target is a number (price)." in account
    assert "Targets are scaled in the same way." in account


def test_labels_that_are_words_cannot_be_numbers(tmp_path: Path) -> None:
    assert "words" in reason(flowers(tmp_path), target="numbers")
