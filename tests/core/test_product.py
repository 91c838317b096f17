"""Products in pieces: the same bits on any number of threads, and never in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pytest

from bioviz.core.blas import add_scaled
from bioviz.core.crew import available, foreman
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import BiovizError
from bioviz.core.product import Product

from ..specs import make_spec

LARGE = (784, 640, 10)  # with a batch of 64 its first product is cut in two, with 256 in four


@pytest.fixture(autouse=True)
def threads() -> Iterator[None]:
    yield
    foreman.use(available())


def trained(
    threads: int, batch: int, rule: str = "feedback_alignment", sizes: tuple[int, ...] = LARGE
) -> Experiment:
    foreman.use(threads)
    task = {"key": "linear_teacher", "inputs": LARGE[0], "examples": 600}
    spec = make_spec(
        sizes, rule, task, output="linear", loss="squared_error", batch=batch, learning_rate=1e-3
    )
    experiment = build(spec)
    experiment.advance(5)
    return experiment


@pytest.mark.parametrize("batch", [64, 256])
def test_any_number_of_threads_gives_the_same_bits(batch: int) -> None:
    alone = trained(1, batch).net.weights()
    for threads in (2, 3):
        shared = trained(threads, batch).net.weights()
        for address, values in alone.items():
            np.testing.assert_array_equal(shared[address], values, err_msg=address)


def test_steps_that_threads_carry_out_together_give_the_same_bits() -> None:
    deep = (LARGE[0], 640, 640, LARGE[-1])
    alone = trained(1, 64, sizes=deep).net.weights()
    shared = trained(2, 64, sizes=deep).net.weights()
    for address, values in alone.items():
        np.testing.assert_array_equal(shared[address], values, err_msg=address)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("orders", ["CC", "CF", "FC", "FF"])
@pytest.mark.parametrize("batch", [1, 7, 64])
@pytest.mark.parametrize("lies", ["C", "F"])
def test_an_outer_product_is_added_in_place(
    dtype: type, orders: str, batch: int, lies: Literal["C", "F"]
) -> None:
    stream = np.random.default_rng(1)
    w = np.array(stream.standard_normal((640, 300)), dtype, order=lies)
    post, pre = (
        np.array(stream.standard_normal((batch, n)), dtype, order=order)  # type: ignore[call-overload]
        for n, order in zip((640, 300), orders, strict=True)
    )
    before = w.copy()
    Product(w, post.T, pre)(0.5, 0.9)
    near = 1e-4 if dtype is np.float32 else 1e-12
    np.testing.assert_allclose(w, 0.9 * before + 0.5 * post.T @ pre, rtol=near, atol=near)


def test_columns_that_are_silent_are_left_as_they_are_and_the_others_are_not() -> None:
    stream = np.random.default_rng(1)
    w = stream.standard_normal((50, 40)).astype(np.float32)
    post = stream.standard_normal((8, 50)).astype(np.float32)
    pre = np.zeros((8, 40), np.float32)
    pre[:, 10:25] = stream.standard_normal((8, 15))
    whole, part = w.copy(), w.copy()
    Product(whole, post.T, pre)(0.1, 1.0)
    product = Product(part, post.T, pre)
    product.look_across((10, 25))
    product(0.1, 1.0)
    np.testing.assert_allclose(part, whole, rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(part[:, :10], w[:, :10])
    product.look_across(None)
    product(0.0, 0.5)
    np.testing.assert_allclose(part, 0.5 * whole, rtol=1e-6, atol=1e-6)  # all of it fades


@pytest.mark.parametrize("batch", [7, 640])
def test_inputs_that_are_silent_need_not_be_looked_at(batch: int) -> None:
    stream = np.random.default_rng(1)
    w = stream.standard_normal((300, 40)).astype(np.float32)
    x = np.zeros((batch, 40), np.float32)
    x[:, 10:25] = stream.standard_normal((batch, 15))
    out = np.full((300, batch), 2, np.float32)
    product = Product(out, w, x.T)
    product.look_along((10, 25))
    product(1.0, 0.5)
    np.testing.assert_allclose(out, 1 + w @ x.T, rtol=1e-4, atol=1e-4)
    w[:, 25] = np.nan  # not looked at
    product(1.0, 0.0)
    np.testing.assert_allclose(out, w[:, 10:25] @ x.T[10:25], rtol=1e-4, atol=1e-4)


def test_a_network_looks_only_at_the_inputs_that_are_awake() -> None:
    net = build(make_spec((64, 2000, 10), "backprop", "digits", learning_rate=0.1)).net
    x = np.zeros((5, 64), np.float32)
    x[:, 9:40] = np.random.default_rng(1).random((5, 31))
    net.step(x)
    assert net.input.awake == (9, 40)
    expected = x @ net["W1.w"].T + net["W1.bias"]
    np.testing.assert_allclose(net["h1.drive"], expected, rtol=1e-4, atol=1e-5)
    with net.aside(3):
        net.step(np.ones((3, 64), np.float32))
        assert net.input.awake == (0, 64)
    assert net.input.awake == (9, 40), "what was seen aside is forgotten"


def test_a_wrong_type_shape_or_layout_is_refused_before_anything_is_written() -> None:
    w = np.zeros((4, 3), np.float32)
    post, pre = np.ones((2, 4), np.float32), np.ones((2, 3), np.float32)
    for wrong in (
        (w, post.astype(np.float64), pre),
        (w, post[:, :3], pre),
        (w[:, ::2], post, pre[:, ::2]),
        (np.zeros((8, 3), np.float32)[::2], post, pre),
    ):
        with pytest.raises(BiovizError, match="product"):
            Product(wrong[0], wrong[1].T, wrong[2])
    with pytest.raises(BiovizError, match="weight update"):
        add_scaled(w, np.ones((3, 4), np.float32), 1.0)
    assert not w.any()


def test_a_transposed_product_is_cut_without_copies() -> None:
    stream = np.random.default_rng(1)
    w, b = (stream.standard_normal(shape).astype(np.float32) for shape in ((900, 500), (900, 64)))
    out = np.ones((500, 64), np.float32)
    product = Product(out, w.T, b)
    assert product.large
    product(1.0, 1.0)
    np.testing.assert_allclose(out, w.T @ b + 1, rtol=1e-3, atol=1e-3)
