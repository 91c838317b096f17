"""Arrays that are gathered in one, for a compiled loop."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.block import in_one_block

NAMES = ["v", "w", "spike"]


def state_of(batch: int, n: int, *, by_rows: bool) -> dict[str, np.ndarray]:
    """Three arrays of different numbers, and one that is not asked for."""
    numbers = np.random.default_rng(3).random((4, batch, n))
    order = "C" if by_rows else "F"
    names = [*NAMES, "x"]
    return {name: np.array(row, order=order) for name, row in zip(names, numbers, strict=True)}


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize(("batch", "n"), [(1, 5), (3, 5), (5, 5), (5, 1)])
def test_a_block_holds_the_same_numbers_and_shares_them(batch: int, n: int, by_rows: bool) -> None:
    state = state_of(batch, n, by_rows=by_rows)
    before = {name: array.copy(order="K") for name, array in state.items()}
    block = in_one_block(state, NAMES)
    assert block.shape == (3, batch, n)
    for part, name in zip(block, NAMES, strict=True):
        assert (part == before[name]).all()
        assert (state[name] == before[name]).all()
        assert state[name].flags.c_contiguous == before[name].flags.c_contiguous
        part[batch - 1, n - 1] = 7
        assert state[name][batch - 1, n - 1] == 7
    assert (state["x"] == before["x"]).all()


@pytest.mark.parametrize("by_rows", [True, False])
@pytest.mark.parametrize(("batch", "n"), [(1, 5), (3, 5), (5, 5), (5, 1)])
def test_arrays_in_a_block_stay_where_they_are(batch: int, n: int, by_rows: bool) -> None:
    state = state_of(batch, n, by_rows=by_rows)
    first = in_one_block(state, NAMES)
    arrays = dict(state)
    again = in_one_block(state, NAMES)
    assert all(state[name] is array for name, array in arrays.items())
    assert again.shape == first.shape
    assert (again == first).all()
    assert np.shares_memory(again, first)


def test_an_array_that_was_replaced_is_gathered_again() -> None:
    state = state_of(2, 3, by_rows=False)
    in_one_block(state, NAMES)
    state["w"] = np.full((2, 3), 9.0)
    assert (in_one_block(state, NAMES)[1] == 9).all()
