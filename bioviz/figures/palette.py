"""The colours of a GIF: one palette for all of it, so that nothing flickers."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

MOST_COLOURS = 256


class Palette:
    """The colours of a whole GIF, chosen from a few of its frames.

    The ground is the colour in the last corner of the first of them.
    """

    def __init__(self, samples: Sequence[np.ndarray]) -> None:
        together = Image.fromarray(np.concatenate([sample[::2, ::2] for sample in samples]))
        method, plain = Image.Quantize.MEDIANCUT, Image.Dither.NONE
        self._image = together.quantize(MOST_COLOURS - 1, method=method, dither=plain)
        found = (self._image.getpalette() or [])[: 3 * (MOST_COLOURS - 1)]
        self._ground = samples[0][-1, -1]
        spare = [0] * (3 * (MOST_COLOURS - 1) - len(found))
        self._colours = [*found, *spare, *self._ground.tolist()]

    def indexed(self, picture: np.ndarray) -> Image.Image:
        """A frame in these colours; its ground, whose colour is in the corner, is exactly itself.

        Pillow takes what is near, and white would not be white.
        """
        near = Image.fromarray(picture).quantize(palette=self._image, dither=Image.Dither.NONE)
        places = np.array(near)
        places[(picture == self._ground).all(axis=-1)] = MOST_COLOURS - 1
        image = Image.fromarray(places)
        image.putpalette(self._colours)
        return image


def as_png(picture: np.ndarray) -> bytes:
    """A picture, (height, width, 3) of uint8, as a PNG with all its colours."""
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "PNG")
    return stream.getvalue()
