"""Networks, projections and what lies under them: addresses, saved arrays, streams, registries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bioviz.core.blas import add_scaled
from bioviz.core.experiment import build
from bioviz.core.fault import AddressError, BiovizError, SpecError
from bioviz.core.product import Product
from bioviz.core.registry import METRICS, RULES, TASKS, UNITS
from bioviz.core.stream import Streams

from ..specs import digits_spec

ROOT = Path(__file__).resolve().parents[2]


def test_everything_visible_has_an_address() -> None:
    net = build(digits_spec()).net
    assert net.addresses() == [
        *(f"{layer}.{name}" for layer in net.layers for name in ("rate", "drive", "delta")),
        "W1.w", "W1.bias", "W1.dw", "W2.w", "W2.bias", "W2.dw", "B2.w", "B2.dw",
    ]  # fmt: skip
    for address in net.addresses():
        assert address in net
        assert isinstance(net[address], np.ndarray)


@pytest.mark.parametrize(
    "address", ["W9.w", "h1", "", "h1.voltage", "W2.learn", "W2.mask", "B2.bias"]
)
def test_an_unknown_address_is_told_with_the_known_ones(address: str) -> None:
    net = build(digits_spec()).net
    with pytest.raises(AddressError, match=r"There is nothing at .* Known: input\.rate"):
        net[address]


def test_weights_change_in_place_so_that_addresses_stay_bound() -> None:
    experiment = build(digits_spec(momentum=0.5))
    held = {name: experiment.net[name] for name in ("W1.w", "W1.bias", "W2.w", "B2.w")}
    state = experiment.capture()
    experiment.advance(20)
    experiment.restore(state)
    for name, array in held.items():
        assert experiment.net[name] is array


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("W2.w", (1, 1)),
        ("W2.w", (30, 10)),
        ("W7.w", (3, 3)),
        ("W2.learn", (10, 30)),
        ("B2.bias", (30,)),
        ("B2.bias_velocity", (30,)),
        ("nothing", (1,)),
        ("h1.rate", (1, 30)),
    ],
)
def test_a_saved_array_that_does_not_fit_is_refused_in_words(
    address: str, shape: tuple[int, ...]
) -> None:
    net = build(digits_spec()).net
    with pytest.raises(BiovizError, match="does not fit this network"):
        net.put({address: np.zeros(shape, np.float32)})


def test_the_first_weights_are_drawn_as_described() -> None:
    net = build(digits_spec(hidden_sizes=(500,))).net
    assert net["W1.w"].std() == pytest.approx(1 / 8, rel=0.02)
    uniform = {"distribution": "uniform", "scale": 0.2, "relative": False}
    net = build(digits_spec(hidden_sizes=(500,), weights=uniform)).net
    assert np.abs(net["W1.w"]).max() == pytest.approx(0.2, rel=0.01)
    assert not net["W1.bias"].any()


def test_constant_weights_are_all_the_scale() -> None:
    constant = {"distribution": "constant", "scale": 0.2, "relative": False}
    feedback = {"feedback_distribution": "constant", "feedback_scale": 2.0}
    net = build(digits_spec(weights=constant, **feedback)).net
    assert (net["W1.w"] == np.float32(0.2)).all()
    assert net["B2.w"] == pytest.approx(2 / np.sqrt(10))
    sparse = build(digits_spec(weights=constant | {"sparsity": 0.5})).net["W1.w"]
    assert set(np.unique(sparse)) == {np.float32(0), np.float32(0.2)}


def test_alternating_weights_change_their_sign_from_unit_to_unit_on_both_sides() -> None:
    feedback = {"feedback_distribution": "alternating", "feedback_scale": 2.0}
    b = build(digits_spec(feedback_relative=False, **feedback)).net["B2.w"]
    assert (b[::2, ::2] == 2).all()
    assert (b[:-1] == -b[1:]).all()
    assert (b[:, :-1] == -b[:, 1:]).all()


def test_a_network_without_biases_has_none() -> None:
    net = build(digits_spec(biases=False)).net
    assert "W1.bias" not in net
    assert [name for name in net.weights() if "bias" in name] == []


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(20, 30, 7), (300, 200, 1), (1, 5, 3)])
def test_products_in_place_equal_plain_ones(dtype: type, shape: tuple[int, int, int]) -> None:
    n_post, n_pre, batch = shape
    stream = np.random.default_rng(1)
    w, post, pre = (
        stream.standard_normal(size).astype(dtype)
        for size in ((n_post, n_pre), (batch, n_post), (batch, n_pre))
    )
    kept = w.copy()
    Product(w, post.T, pre)(0.3, 0.9)
    np.testing.assert_allclose(w, 0.9 * kept + 0.3 * post.T @ pre, rtol=1e-4, atol=1e-5)
    add_scaled(w, kept, -0.5)
    expected = 0.9 * kept + 0.3 * post.T @ pre - 0.5 * kept
    np.testing.assert_allclose(w, expected, rtol=1e-4, atol=1e-5)


def test_an_update_that_would_be_lost_is_refused() -> None:
    w = np.zeros((4, 6), np.float32)[:, ::2]
    with pytest.raises(BiovizError, match="not contiguous"):
        Product(w, np.ones((4, 1), np.float32), np.ones((1, 3), np.float32))


@pytest.mark.parametrize("size", [10, 400])
def test_large_and_small_layers_send_the_same_sums(size: int) -> None:
    experiment = build(digits_spec(hidden_sizes=(size,)))
    x, _ = experiment.recorder.probe_examples()
    projection = experiment.net.projections["W1"]
    expected = x.astype(float) @ projection.w.T.astype(float)
    sent = projection.send(x, np.empty((len(x), size), np.float32))
    np.testing.assert_allclose(sent, expected, atol=1e-5)


def test_both_blas_libraries_run_on_one_thread() -> None:
    code = (
        "from tests.specs import moons_spec; from bioviz.core.experiment import build;"
        "build(moons_spec()).advance(2);"
        "from threadpoolctl import threadpool_info as i;"
        "print([p['num_threads'] for p in i() if p['user_api'] == 'blas'])"
    )
    free = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=free, cwd=ROOT
    )
    assert set(json.loads(said.stdout)) == {1}


def test_streams_are_independent_by_name_and_repeat_by_seed() -> None:
    one, other = Streams(1), Streams(1)
    one["b"].random(5)
    np.testing.assert_array_equal(one["a"].random(3), other["a"].random(3))
    assert (Streams(1)["a"].random(3) != Streams(2)["a"].random(3)).any()
    assert (one.fresh("a").random(3) != one.fresh("b").random(3)).any()


def test_streams_continue_after_a_trip_through_json() -> None:
    streams = Streams(3)
    streams["noise"].standard_normal(7)
    saved = json.loads(json.dumps(streams.capture()))
    expected = streams["noise"].standard_normal(4)
    again = Streams(3)
    again.restore(saved)
    np.testing.assert_array_equal(again["noise"].standard_normal(4), expected)


def test_registries_find_every_file_and_suggest_near_names() -> None:
    assert {"linear", "tanh", "sigmoid", "relu", "softmax"} <= set(UNITS)
    assert {"backprop", "shallow", "feedback_alignment", "weight_mirror"} <= set(RULES)
    assert {"two_moons", "xor", "linear_teacher", "digits", "mnist"} <= set(TASKS)
    assert {"loss", "error", "weight_angle", "update_angle", "norm_ratio"} <= set(METRICS)
    with pytest.raises(SpecError, match="Did you mean 'sigmoid'"):
        UNITS["sigmod"]


@pytest.mark.parametrize("registry", [UNITS, RULES, TASKS, METRICS])
def test_a_key_is_its_files_name(registry: object) -> None:
    for key, thing in registry.items():  # type: ignore[attr-defined]
        assert thing.key == key == thing.__module__.rsplit(".", 1)[-1]


def test_activity_survives_measuring_with_any_batch() -> None:
    experiment = build(digits_spec())
    experiment.advance(3)
    before = experiment.net["h1.rate"].copy()
    for count in (1, 20, 333):
        experiment.answer(np.zeros((count, 64), np.float32))
    np.testing.assert_array_equal(experiment.net["h1.rate"], before)
