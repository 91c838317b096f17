"""Natural patches: bits of pictures made like nature's, as the retina would pass them on."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._renewed import epoch_length, renewed

SIDE = 160  # pixels along each side of a picture
SMALLEST, LARGEST = 3.0, 60.0  # radii of the discs of which pictures are made
DISCS = 1500
CENTRE, SURROUND = 1.0, 3.0  # standard deviations of the filter's two bells, in pixels


class NaturalPatchesParams(Part):
    """How large patches are, from how many pictures, and whether they are filtered."""

    side: int = parameter(
        10, "Pixels along each side of a patch.", unit="pixels", rebuild=True, ge=4, le=32
    )
    pictures: int = parameter(
        8, "How many pictures are made for patches to be cut from.", rebuild=True, ge=1, le=50
    )
    filtered: bool = parameter(
        True,
        "Send pictures through a centre-surround filter, as the retina does; else only their mean "
        "is taken away.",
        rebuild=True,
    )
    presentations: int = epoch_length()


class NaturalPatches(Task):
    """Patches of discs that hide one another: their edges and 1/f spectra are like nature's.

    Radii are spread as r^-3, so that no size is special (dead leaves). A difference of two bells
    then takes away what neighbours have in common; patches have a standard deviation of 1.
    Source: Lee, Mumford and Huang (2001), International Journal of Computer Vision 41:35; the
    filter: Law and Cooper (1994), PNAS 91:7797.
    """

    key = "natural_patches"
    title = "Natural patches"
    summary = "Bits of pictures with edges like nature's, filtered; there is no target."
    source = "After Lee, Mumford & Huang 2001, Int. J. Comput. Vis. 41:35; Law & Cooper 1994"
    classes = False
    taught = False
    Params = NaturalPatchesParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.side**2, 0

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params, stream = self.params, streams.fresh("data")
        pictures = np.empty((params.pictures, SIDE, SIDE))
        for place in range(params.pictures):
            progress("Making pictures", place / params.pictures)
            pictures[place] = leaves(stream)
        if params.filtered:
            pictures = _filtered(pictures)
        pictures -= pictures.mean()
        pictures /= pictures.std()
        patches = np.lib.stride_tricks.sliding_window_view(
            pictures.astype(np.float32), (params.side, params.side), axis=(1, 2)
        )

        def draw(stream: np.random.Generator, _first: int, count: int) -> Examples:
            places = [stream.integers(size, size=count) for size in patches.shape[:3]]
            return Examples(patches[tuple(places)].reshape(count, -1), 0)

        return renewed(draw, streams, params.presentations, image=(params.side, params.side))


def leaves(stream: np.random.Generator) -> np.ndarray:
    """A picture (SIDE, SIDE) of discs of one grey each, the later ones before the earlier."""
    picture = np.zeros((SIDE, SIDE))
    share = stream.random(DISCS)
    radii = (SMALLEST**-2 * (1 - share) + LARGEST**-2 * share) ** -0.5  # r^-3 between both ends
    centres = stream.uniform(-LARGEST / 2, SIDE + LARGEST / 2, (DISCS, 2))
    greys = stream.random(DISCS)
    grid = np.arange(SIDE)
    for (x, y), radius, grey in zip(centres, radii, greys, strict=True):
        rows = slice(max(0, int(y - radius)), max(0, int(y + radius) + 2))
        cols = slice(max(0, int(x - radius)), max(0, int(x + radius) + 2))
        inside = (grid[rows, None] - y) ** 2 + (grid[None, cols] - x) ** 2 <= radius**2
        picture[rows, cols][inside] = grey
    return picture


def _filtered(pictures: np.ndarray) -> np.ndarray:
    """Take the surround from the centre, by the pictures' spectra; edges wrap round."""
    rates = np.fft.fftfreq(SIDE)[:, None] ** 2 + np.fft.rfftfreq(SIDE)[None, :] ** 2
    centre, surround = (np.exp(-2 * np.pi**2 * size**2 * rates) for size in (CENTRE, SURROUND))
    spectra = np.fft.rfft2(pictures) * (centre - surround)
    found: np.ndarray = np.fft.irfft2(spectra, s=pictures.shape[1:])
    return found
