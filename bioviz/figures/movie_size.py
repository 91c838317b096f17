"""About how large a movie's file will be, told from two of its frames."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .palette import Palette

GROWTH = 0.7  # bytes grow by this power of the pixels: edges grow, and plain ground costs nothing
FILMED = 0.1  # of what a GIF takes for one more picture, an MP4 takes so much


@dataclass(frozen=True)
class Sample:
    """What two frames of a movie take as a GIF: pixels of each, bytes of one, and of the other."""

    pixels: int
    first: int
    more: int

    def gif(self, size: tuple[int, int], pictures: int) -> float:
        """Bytes of a GIF of this size, with so many pictures that differ."""
        return self._grown(size) * (self.first + self.more * max(0, pictures - 1))

    def mp4(self, size: tuple[int, int], pictures: int) -> float:
        """Bytes of an MP4 of this size, with so many pictures that differ."""
        return self._grown(size) * (self.first + FILMED * self.more * max(0, pictures - 1))

    def _grown(self, size: tuple[int, int]) -> float:
        return float((size[0] * size[1] / self.pixels) ** GROWTH)


def weigh(before: np.ndarray, after: np.ndarray) -> Sample:
    """Try two frames that follow each other, (height, width, 3) of uint8 each, as a GIF."""
    colours = Palette([before, after])
    one, two = colours.indexed(before), colours.indexed(after)
    first = _bytes(one, [])
    return Sample(before.shape[0] * before.shape[1], first, max(0, _bytes(one, [two]) - first))


def _bytes(first: Image.Image, others: Sequence[Image.Image]) -> int:
    stream = io.BytesIO()
    first.save(stream, "GIF", save_all=True, append_images=list(others), optimize=False)
    return stream.tell()
