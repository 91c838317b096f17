"""A drawing as the network sees it: like the pictures of the data sets."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.panels._seen import INK, resampled, seen

SHAPES = [(28, 28), (8, 8), (16, 12)]


def blob(high: int, wide: int, top: int = 60, left: int = 50) -> np.ndarray:
    """An L of ink, so that it is its own mirror image nowhere."""
    drawing = np.zeros((280, 280), np.float32)
    drawing[top : top + high, left : left + wide // 3] = 1
    drawing[top + high - high // 4 : top + high, left : left + wide] = 1
    return drawing


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_drawing_is_seen_as_nothing(shape):
    picture = seen(np.zeros((280, 280), np.float32), shape)
    assert picture.shape == shape
    assert not picture.any()


@pytest.mark.parametrize("shape", SHAPES)
def test_where_on_the_pad_it_is_drawn_does_not_matter(shape):
    assert np.array_equal(seen(blob(120, 90), shape), seen(blob(120, 90, top=150, left=171), shape))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [(1, 1), (280, 1), (1, 280), (280, 280), (3, 200)])
def test_whatever_is_drawn_the_picture_is_sound(shape, size):
    drawing = np.zeros((280, 280), np.float32)
    drawing[: size[0], : size[1]] = 1
    picture = seen(drawing, shape)
    assert picture.dtype == np.float32
    assert picture.shape == shape
    assert picture.min() >= 0
    assert 0.1 < picture.max() <= 1 + 1e-6


@pytest.mark.parametrize("shape", [(28, 28), (16, 16)])
def test_the_centre_of_mass_lies_on_the_middle(shape):
    picture = seen(blob(150, 100), shape)
    for axis in (0, 1):
        weight = picture.sum(axis=1 - axis)
        centre = weight @ np.arange(shape[axis]) / weight.sum()
        assert abs(centre - shape[axis] // 2) <= 0.5


def test_for_mnist_the_ink_is_twenty_pixels_long_and_keeps_its_aspect():
    for high, wide in ((200, 100), (100, 200), (60, 30)):
        picture = seen(blob(high, wide), (28, 28))
        rows, cols = (int((picture > 0.01).any(axis=axis).sum()) for axis in (1, 0))
        assert max(rows, cols) == 20
        assert rows / cols == pytest.approx(high / wide)


def test_for_mnist_grey_is_the_part_of_a_pixel_that_is_covered():
    drawing = np.zeros((280, 280), np.float32)
    drawing[40:240, 100:115] = 1  # 200 high, 15 wide: 20 by 1.5, so 20 by 2 pixels when fitted
    picture = seen(drawing, (28, 28))
    assert picture.sum() == pytest.approx(40)
    assert resampled(drawing[40:240, 95:115], 20, 2).sum() == pytest.approx(30)


def test_for_the_small_digits_the_ink_fills_all_rows_and_at_most_five_columns():
    picture = seen(blob(100, 100), (8, 8))
    assert (picture.max(axis=1) > 0).all()
    assert (picture.max(axis=0) > 0).sum() <= 6
    upright = seen(blob(200, 20), (8, 8))
    assert (upright.max(axis=0) > 0).sum() <= 4


@pytest.mark.parametrize("pen", [8, 16, 24, 32])
def test_for_the_small_digits_thick_and_thin_pens_leave_the_same_ink(pen):
    drawing = np.zeros((280, 280), np.float32)
    drawing[40:240, 80 : 80 + pen] = drawing[40 : 40 + pen, 80:180] = 1
    drawing[240 - pen : 240, 80:180] = drawing[40:240, 180 - pen : 180] = 1
    assert seen(drawing, (8, 8)).mean() == pytest.approx(INK, abs=0.04)


def test_blocks_are_counts_of_ink():
    bitmap = np.random.default_rng(0).integers(0, 2, (32, 32)).astype(np.float32)
    counts = bitmap.reshape(8, 4, 8, 4).sum(axis=(1, 3))
    assert resampled(bitmap, 8, 8) * 16 == pytest.approx(counts)


@pytest.mark.mnist
def test_a_picture_of_mnist_that_is_drawn_again_is_seen_as_itself():
    from bioviz.core.registry import TASKS
    from bioviz.core.stream import Streams

    task = TASKS["mnist"]
    data = task(task.Params(part="small")).load(Streams(0))
    pictures = data.test.read(slice(0, 50), np.float32)[0].reshape(-1, 28, 28)
    again = [seen(resampled(picture, 280, 280), (28, 28)) for picture in pictures]
    same = [np.abs(a - b).max() < 1e-4 for a, b in zip(pictures, again, strict=True)]
    assert sum(same) >= 45  # some of its pictures are smaller than 20 pixels
