"""Arrays survive `.npy` exactly, whatever their plain type, shape and layout."""

from __future__ import annotations

import io

import numpy as np
import pytest

from bioviz.core.array import TYPES, read_array
from bioviz.core.fault import FileError

from ..session.sample import npy


def back(array: np.ndarray) -> np.ndarray:
    content = npy(array)
    return read_array(io.BytesIO(content), len(content), "a")


@pytest.mark.parametrize("kind", sorted(TYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (0, 4), (2, 0, 3), (1, 1, 1, 5)])
def test_every_plain_type_and_shape_survives(kind: str, shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(1).integers(0, 2, shape).astype(kind)
    again = back(array)
    assert again.dtype == array.dtype
    assert again.shape == shape
    assert again.tobytes() == array.tobytes()
    assert again.flags.writeable


def test_numpy_reads_what_is_written() -> None:
    array = np.arange(6.0).reshape(2, 3)
    stream = io.BytesIO(npy(array))
    assert np.array_equal(np.lib.format.read_array(stream, allow_pickle=False), array)


def test_what_numpy_writes_is_read() -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, allow_pickle=False)
    content = stream.getvalue()
    assert np.array_equal(read_array(io.BytesIO(content), len(content), "a"), array)


def test_layout_and_byte_order_do_not_matter() -> None:
    array = np.arange(6.0).reshape(2, 3)
    for odd in (array.T, array[:, ::2], array.astype(">f8"), np.asfortranarray(array)):
        assert np.array_equal(back(odd), odd)


def test_not_a_number_and_infinity_survive() -> None:
    array = np.array([np.nan, np.inf, -np.inf, -0.0], np.float32)
    assert back(array).tobytes() == array.tobytes()


def test_other_types_are_refused() -> None:
    for odd in (np.array([object()]), np.array(["a"]), np.zeros(1, complex), np.zeros(1, "f2")):
        with pytest.raises(FileError, match="cannot be saved"):
            npy(odd)


def test_what_others_write_is_read_only_where_it_is_asked_for() -> None:
    array = np.asfortranarray(np.arange(6, dtype=np.uint16).reshape(2, 3))
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, allow_pickle=False)
    content = stream.getvalue()
    back = read_array(io.BytesIO(content), len(content), "a", foreign=True)
    assert np.array_equal(back, array)
    with pytest.raises(FileError):
        read_array(io.BytesIO(content), len(content), "a")
