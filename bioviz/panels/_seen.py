"""A drawing as the network sees it: brought into the form of the pictures that it learned from.

MNIST (LeCun, Bottou, Bengio & Haffner 1998, Proc. IEEE 86:2278): the ink is fitted into 20 x 20
pixels keeping its aspect, grey by averaging, and its centre of mass laid on the middle of 28 x 28.

Digits 8 x 8 (Alpaydin & Kaynak 1998, with the programs of Garris et al. 1994, NISTIR 5469): a
32 x 32 bitmap whose ink is fitted into 32 rows and 20 columns and its stroke brought to one
width; then the ink is counted in blocks of 4 x 4. That every picture fills the 32 rows, and with
how much ink, was measured on the data set itself.
"""

from __future__ import annotations

import numpy as np

FAINT = 0.05  # ink below this is the blur at a pen's edge, not part of the drawing
BITMAP, WIDE = 32, 20  # pixels: the digits' bitmap, and how wide its ink may be
INK = 0.306  # of that bitmap is covered in the mean digit (standard deviation 0.033)
STRETCH = 2.5  # at most, in height: else a dash would become a block
FINE = 64  # rows in which a stroke's width is changed, pixel by pixel
CHANGES = 24  # of a stroke's width at most, in half pixels of the bitmap


def seen(drawing: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return (rows, cols) float32 from a drawing (h, w); both run from 0, nothing, to 1, ink."""
    ink = _cut_out(np.asarray(drawing, np.float32))
    if not ink.size:
        return np.zeros(shape, np.float32)
    if shape == (8, 8):
        return resampled(_bitmap(ink), *shape)
    box = [round(side * 20 / 28) for side in shape]
    scale = min(box[0] / ink.shape[0], box[1] / ink.shape[1])
    rows, cols = (max(1, round(side * scale)) for side in ink.shape)
    return _centred(resampled(ink, rows, cols), shape)


def resampled(picture: np.ndarray, rows: int, cols: int) -> np.ndarray:
    """Return (h, w) as (rows, cols), each pixel the mean of the area that it covers."""
    down, right = _shares(picture.shape[0], rows), _shares(picture.shape[1], cols)
    found: np.ndarray = down @ picture.astype(np.float32) @ right.T
    return found


def _shares(count: int, wanted: int) -> np.ndarray:
    """Return (wanted, count): how much each of `count` pixels gives to each of `wanted`."""
    edges = np.linspace(0, count, wanted + 1)
    places = np.arange(count)
    first = np.maximum(edges[:-1, None], places)
    last = np.minimum(edges[1:, None], places + 1)
    shares: np.ndarray = (last - first).clip(0) * (wanted / count)
    return shares.astype(np.float32)


def _cut_out(drawing: np.ndarray) -> np.ndarray:
    """Return the part of a drawing that holds its ink; nothing where there is none."""
    rows, cols = (np.flatnonzero((drawing > FAINT).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return drawing[:0]
    return drawing[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]


def _centred(ink: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Lay a picture's centre of mass on the middle pixel, by whole pixels, cutting nothing off."""
    place = []
    for axis, room in enumerate(shape):
        size, weight = ink.shape[axis], ink.sum(axis=1 - axis)
        centre = float(weight @ np.arange(size)) / float(weight.sum())
        place.append(min(max(0, round(room // 2 - centre)), room - size))
    top, left = place
    picture = np.zeros(shape, np.float32)
    picture[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return picture


# The 32 x 32 bitmap ------------------------------------------------------------------------


def _bitmap(ink: np.ndarray) -> np.ndarray:
    """Return ink (h, w) fitted into the bitmap, its stroke thicker or thinner until it has INK."""
    mask = resampled(ink, FINE, max(1, round(ink.shape[1] * FINE / ink.shape[0]))) > 0.5
    if not mask.any():
        mask = np.ones_like(mask)
    best = _fitted(mask)
    change = _grown if best.mean() < INK else _worn
    for step in range(CHANGES):
        mask = change(mask, square=step % 2 == 1)
        found = _fitted(mask)
        if abs(found.mean() - INK) >= abs(best.mean() - INK):
            break
        best = found
    return best


def _fitted(mask: np.ndarray) -> np.ndarray:
    """Lay a mask's ink into the middle of the bitmap, as high as it is."""
    bitmap = np.zeros((BITMAP, BITMAP), np.float32)
    ink = _cut_out(mask.astype(np.float32))
    if not ink.size:
        return bitmap
    high, wide = ink.shape
    rows = min(BITMAP, max(1, round(high * WIDE / wide * STRETCH)))
    cols = min(WIDE, max(1, round(wide * BITMAP / high)))
    top, left = (BITMAP - rows) // 2, (BITMAP - cols) // 2
    bitmap[top : top + rows, left : left + cols] = resampled(ink, rows, cols)
    return bitmap


def _grown(mask: np.ndarray, *, square: bool) -> np.ndarray:
    """Return a mask with its neighbours, four or eight in turn, so that ends stay round."""
    padded = np.pad(mask, 1)
    tall = padded.copy()
    tall[1:] |= padded[:-1]
    tall[:-1] |= padded[1:]
    source, found = tall if square else padded, tall.copy()
    found[:, 1:] |= source[:, :-1]
    found[:, :-1] |= source[:, 1:]
    return found


def _worn(mask: np.ndarray, *, square: bool) -> np.ndarray:
    """Return a mask without its outermost pixels."""
    return ~_grown(~np.pad(mask, 1), square=square)[1:-1, 1:-1]
