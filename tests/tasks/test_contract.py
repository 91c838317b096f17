"""What every task promises: its data have the shape it says, the same ones for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bioviz.core.fault import DataMissing
from bioviz.core.registry import RULES, TASKS
from bioviz.core.stream import Streams
from bioviz.core.task import Dataset, Examples

from .own import flowers, params_of

tasks = pytest.mark.parametrize("key", list(TASKS))
taught = pytest.mark.parametrize("key", [key for key, task in TASKS.items() if task.taught])
SIGNED = {"natural_patches"}  # pictures less their mean: their pixels are of either sign


@pytest.fixture(autouse=True, scope="module")
def _a_table_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A task that reads a file is given a small one."""
    GIVEN["own_data"] = params_of(flowers(tmp_path_factory.mktemp("own"), 400)).model_dump()


GIVEN: dict[str, dict[str, Any]] = {}


def loaded(key: str, seed: int = 1, **params: Any) -> Dataset:
    kind = TASKS[key]
    try:
        return kind(kind.Params(**{**GIVEN.get(key, {}), **params})).load(Streams(seed))
    except DataMissing:
        pytest.skip(f"{kind.title} is not on this machine; set BIOVIZ_DATA_DIR")


def read(examples: Examples) -> tuple[np.ndarray, np.ndarray]:
    return examples.read(slice(0, 200), np.float32)


@tasks
def test_data_have_the_shape_that_the_task_says(key: str) -> None:
    data = loaded(key)
    inputs, outputs = TASKS[key].shape(TASKS[key].Params(**GIVEN.get(key, {})))
    for examples in (data.train, data.test):
        x, t = read(examples)
        assert x.shape == (min(200, len(examples)), inputs)
        assert t.shape == (len(x), outputs)
        assert x.dtype == t.dtype == np.float32
        assert np.isfinite(x).all()
        assert np.isfinite(t).all()


@tasks
def test_the_same_seed_gives_the_same_data(key: str) -> None:
    one, other = loaded(key), loaded(key)
    for ours, theirs in ((one.train, other.train), (one.test, other.test)):
        for a, b in zip(read(ours), read(theirs), strict=True):
            np.testing.assert_array_equal(a, b)


@tasks
def test_a_task_with_classes_names_them_and_gives_one_target_each(key: str) -> None:
    data = loaded(key)
    kind = TASKS[key]
    assert kind.names_classes(kind.Params(**GIVEN.get(key, {}))) == bool(data.classes)
    if not data.classes:
        return
    t = read(data.test)[1]
    assert set(np.unique(t)) == {0.0, 1.0}
    if t.shape[1] > 1:
        assert len(data.classes) == t.shape[1]
        np.testing.assert_array_equal(t.sum(axis=1), 1)
    else:
        assert len(data.classes) == 2


@taught
def test_training_and_held_out_examples_are_not_the_same(key: str) -> None:
    if not RULES[TASKS[key].rule].asked:
        return  # none is ever held out
    data = loaded(key)
    seen = {row.tobytes() for row in data.train.inputs}
    shared = sum(row.tobytes() in seen for row in data.test.inputs)
    assert shared <= 0.001 * len(data.test)


@tasks
def test_pictures_and_planes_fit_the_inputs(key: str) -> None:
    data = loaded(key)
    inputs, _ = TASKS[key].shape(TASKS[key].Params(**GIVEN.get(key, {})))
    if data.image:
        assert data.image[0] * data.image[1] == inputs
        x = read(data.train)[0]
        if key in SIGNED:
            assert x.min() < 0 < x.max()
        else:
            assert (x.min(), x.max()) == (0, 1)
    if data.plane:
        x0, x1, y0, y1 = data.plane
        x = data.train.inputs
        inside = (x[:, 0] > x0) & (x[:, 0] < x1) & (x[:, 1] > y0) & (x[:, 1] < y1)
        assert inputs == 2
        assert inside.mean() > 0.99


@tasks
def test_a_task_says_what_it_is_and_every_parameter_has_help(key: str) -> None:
    kind = TASKS[key]
    assert kind.title
    assert kind.summary.endswith(".")
    assert kind.source
    for name, field in kind.Params.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


@tasks
def test_every_class_is_about_as_frequent(key: str) -> None:
    data = loaded(key)
    if not data.classes:
        return
    assert data.train.labels is not None
    share = np.bincount(data.train.labels, minlength=len(data.classes)) / len(data.train)
    assert share.min() > 0.6 / len(data.classes)


def test_the_seed_moves_what_is_drawn_but_never_the_digits() -> None:
    assert (loaded("two_moons", 1).train.inputs != loaded("two_moons", 2).train.inputs).any()
    np.testing.assert_array_equal(loaded("digits", 1).test.inputs, loaded("digits", 2).test.inputs)


def test_the_digits_are_all_there() -> None:
    data = loaded("digits")
    assert (len(data.train), len(data.test)) == (1437, 360)
    assert data.train.inputs.max() == 16


def test_the_linear_teacher_is_one_linear_map_for_training_and_test() -> None:
    data = loaded("linear_teacher", inputs=6, outputs=4)
    x, t = data.train.read(slice(None), np.float64)
    teacher, *_ = np.linalg.lstsq(x, t, rcond=None)
    xt, tt = data.test.read(slice(None), np.float64)
    np.testing.assert_allclose(xt @ teacher, tt, atol=1e-5)
    assert np.abs(teacher).max() <= 1
    assert not data.shuffle


def test_xor_is_right_at_its_corners() -> None:
    data = loaded("xor", noise=0.0)
    x, t = data.train.read(slice(None), np.float32)
    np.testing.assert_array_equal(t[:, 0], (x[:, 0] > 0) != (x[:, 1] > 0))
    assert set(np.unique(x)) == {-1, 1}


def test_the_scalar_map_shows_plus_and_minus_one_in_turn() -> None:
    data = loaded("scalar_map", target=-2.0)
    x, t = data.train.read(slice(None), np.float64)
    assert x[:4, 0].tolist() == [1, -1, 1, -1]
    np.testing.assert_array_equal(t, -2 * x)
    assert not data.shuffle
    held_out = data.test.read(slice(None), np.float64)[0]
    assert np.abs(held_out).max() < 2
    assert not np.isin(held_out, (-1, 1)).any()
