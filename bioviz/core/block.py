"""Arrays that lie side by side in one, so that a compiled loop can be handed all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def in_one_block(state: dict[str, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """The arrays (batch, n) of a layer's state under `names`, as one (names, batch, n).

    Where they are not parts of one array yet, they are from now on: `state` holds those parts.
    """
    owner = state[names[0]].base
    if (
        owner is None
        or len(owner) != len(names)
        or any(state[name].base is not owner for name in names)
    ):
        return _gathered(state, names)
    by_rows = state[names[0]].flags.c_contiguous
    batch, n = state[names[0]].shape
    return owner.reshape(len(names), batch, n) if by_rows else owner.transpose(0, 2, 1)


def _gathered(state: dict[str, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """One array of them all; each example's values lie together, or each unit's, as they did."""
    first = state[names[0]]
    batch, n = first.shape
    by_rows = first.flags.c_contiguous
    owner = np.empty((len(names), *((batch, n) if by_rows else (n, batch))), first.dtype)
    block = owner if by_rows else owner.transpose(0, 2, 1)
    for part, name in zip(block, names, strict=True):
        part[...] = state[name]
        state[name] = part
    return block
