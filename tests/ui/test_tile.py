"""Tiles: which is which, and none at all."""

from __future__ import annotations

import numpy as np

from bioviz.ui.tile import TileView


def test_tiles_know_which_is_which(qtbot):
    tiles = TileView()
    qtbot.addWidget(tiles)
    stack = np.arange(5, dtype=np.float32)[:, None, None] * np.ones((5, 3, 2), np.float32)
    tiles.show_tiles(stack, columns=3, captions=list("abcde"))
    assert [tiles.tile_at(row, 0) for row in (0, 2, 3)] == [0, 0, 3]
    assert tiles.tile_at(3, 4) is None  # beside the last
    tiles.canvas.pointed.emit(4, 3)
    assert tiles._readout.text() == "tile 4 (e), row 1, column 1: 4"


def test_nothing_to_tile_is_an_empty_picture(qtbot):
    tiles = TileView()
    qtbot.addWidget(tiles)
    tiles.show_tiles(np.ones((2, 3, 3), np.float32))
    tiles.show_tiles(np.ones((0, 3, 3), np.float32))
    tiles.grab()
