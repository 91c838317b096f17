"""A folder of pictures: one sub-folder a class, every picture made grey and of one size."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..core.fault import DataMissing
from ..core.task import Progress
from ._table import Table, check_size, refused

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm",
)  # fmt: skip
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
MOST_PICTURES = 200_000
MOST_CLASSES = 1000
MOST_FILE = 64 * 2**20  # bytes of one picture's file
MOST_PIXELS = 50_000_000
TOO_LARGE = "a picture of more than 50 million pixels"
UNREADABLE = "a picture that cannot be read"
DEEP = "a picture of 16 bits a pixel"


class _Unusable(Exception):  # noqa: N818  (it is the reason)
    """Why a picture is skipped."""


def read_image_folder(path: Path, side: int, progress: Progress) -> Table:
    """Read every picture below `path` as `side` by `side` pixels of grey.

    Its sub-folders are the classes; pictures that cannot be read are skipped and counted. Raises
    DataMissing in words.
    """
    classes = _classes(path)
    files = [(code, file) for code, name in enumerate(classes) for file in _pictures(path / name)]
    if len(files) > MOST_PICTURES:
        raise refused(path, f"it holds more than {MOST_PICTURES:,} pictures.")
    check_size(path, len(files), side * side)
    pixels = np.empty((len(files), side * side), np.uint8)
    codes: list[int] = []
    skipped, digest = Counter[str](), hashlib.sha256()
    for place, (code, file) in enumerate(files):
        progress(f"Reading {file.parent.name}/{file.name}", place / len(files))
        try:
            content = _content(file)
            digest.update(f"{classes[code]}/{file.name}\0{len(content)}\0".encode())
            digest.update(content)
            pixels[len(codes)] = _grey(content, side)
        except _Unusable as reason:
            skipped[str(reason)] += 1
            continue
        codes.append(code)
    return Table(
        "images",
        pixels[: len(codes)],
        digest.hexdigest(),
        words=tuple(classes),
        codes=np.array(codes, np.intp),
        label="the sub-folders",
        image=(side, side),
        skipped=dict(skipped),
    )


def _classes(path: Path) -> list[str]:
    if not path.is_dir():
        raise DataMissing(
            f"The folder '{path.name}' is not in {path.parent} any more. "
            "Put it back, or choose another one.",
            path=str(path),
        )
    try:
        folders = sorted(child for child in path.iterdir() if child.is_dir())
        names = [child.name for child in folders if not child.name.startswith((".", "_"))]
    except OSError as error:
        raise refused(path, f"{error.strerror or error}.") from error
    names = [name for name in names if _pictures(path / name)]
    if not names:
        raise refused(path, "it needs one sub-folder for each class, with pictures in it.")
    if len(names) > MOST_CLASSES:
        raise refused(path, f"it has {len(names):,} sub-folders; at most {MOST_CLASSES:,} can be.")
    return names


def _pictures(folder: Path) -> list[Path]:
    try:
        return sorted(
            file
            for file in folder.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
        )
    except OSError as error:
        raise refused(folder, f"{error.strerror or error}.") from error


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_FILE + 1)
    except OSError as error:
        raise _Unusable(UNREADABLE) from error
    if len(content) > MOST_FILE:
        raise _Unusable(TOO_LARGE)
    return content


def _grey(content: bytes, side: int) -> np.ndarray:
    """A picture's pixels (side * side,), 0 to 255."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise _Unusable(TOO_LARGE)
        plain = _on_white(picture).resize((side, side), Image.Resampling.BOX)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _Unusable(TOO_LARGE) from error
    except _Unusable:
        raise
    except Exception as error:  # Pillow's decoders raise anything at all on broken bytes
        raise _Unusable(UNREADABLE) from error
    return np.asarray(plain, np.uint8).reshape(-1)


def _on_white(picture: Image) -> Image:
    """A picture in shades of grey; what is transparent becomes white."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        raise _Unusable(DEEP)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return picture.convert("L")
