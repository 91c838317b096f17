"""Somebody's own IDX files: pictures and their labels, paired by MNIST's way of naming them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from ..core.task import Progress
from ._idx import NotIdx, decode_idx
from ._table import MOST_NUMBERS, Table, content_of, finite, flattened, refused

MOST_LISTED = 200  # files that are offered as labels


def read_idx_pair(path: Path, label: str, progress: Progress) -> Table:
    """Read inputs and the labels beside them; t10k files beside train files are the test set.

    `label` is the name of the labels' file, in the same folder; without it the file is found by
    its name. Raises DataMissing in words.
    """
    images = _images_of(path)
    labels = _labels_of(path, images, label)
    pairs = [(images, labels), *_test_pair(images, labels)]
    digest = hashlib.sha256()
    inputs, numbers = [], []
    for place, (one, other) in enumerate(pairs):
        progress(f"Reading {one.name}", place / len(pairs))
        inputs.append(_array(one, digest, progress))
        numbers.append(_array(other, digest, progress))
        _check_pair(one, inputs[-1], other, numbers[-1])
    if len(pairs) == 2 and inputs[0].shape[1:] != inputs[1].shape[1:]:
        raise refused(pairs[1][0], f"its pictures are of another size than those of {path.name}.")
    flat, image, remark = flattened(images, np.concatenate(inputs))
    targets = np.concatenate(numbers).astype(np.float64)[:, None]
    good = finite(flat, targets)
    held_out = len(inputs[1]) if len(pairs) == 2 else 0
    return Table(
        "idx",
        flat[good],
        digest.hexdigest(),
        numbers=targets[good],
        held_out=int(good[len(good) - held_out :].sum()) if held_out else 0,
        label=labels.name,
        columns=_candidates(images),
        image=image,
        skipped={} if good.all() else {"a value that is not finite": int((~good).sum())},
        remarks=(remark,) if remark else (),
    )


def _array(path: Path, digest: hashlib._Hash, progress: Progress) -> np.ndarray:
    content = content_of(path, progress)
    digest.update(content)
    try:
        return decode_idx(content, 4 * MOST_NUMBERS)
    except NotIdx as error:
        raise refused(path, f"it {error}.") from error


def _check_pair(one: Path, inputs: np.ndarray, other: Path, labels: np.ndarray) -> None:
    if labels.ndim != 1:
        raise refused(other, f"labels have one dimension, and it has {labels.ndim}.")
    if len(inputs) != len(labels):
        raise refused(one, f"it has {len(inputs):,} examples but {other.name} {len(labels):,}.")


def _images_of(path: Path) -> Path:
    """The inputs' file: that path, or the pictures that belong to the labels that were chosen."""
    if "labels" in path.name and "images" not in path.name:
        found = _first_there(path, path.name.replace("labels", "images"), "idx1", "idx3")
        return found or path
    return path


def _labels_of(path: Path, images: Path, label: str) -> Path:
    if label:
        if Path(label).name != label:  # only the folder that was chosen is read
            raise refused(images, "its labels must lie in the same folder.")
        return images.with_name(label)
    name = images.name.replace("images", "labels")
    found = _first_there(images, name, "idx3", "idx1") if name != images.name else None
    if found is None:
        raise refused(
            path,
            "no labels were found beside it. Call the two files as MNIST's are "
            "(train-images-idx3-ubyte, train-labels-idx1-ubyte), or choose the labels' file.",
        )
    return found


def _test_pair(images: Path, labels: Path) -> list[tuple[Path, Path]]:
    for test in ("t10k", "test"):
        pair = [
            _first_there(file, file.name.replace("train", test), "", "")
            for file in (images, labels)
            if "train" in file.name
        ]
        if len(pair) == 2 and pair[0] is not None and pair[1] is not None:
            return [(pair[0], pair[1])]
    return []


def _first_there(like: Path, name: str, dimension: str, other: str) -> Path | None:
    """A file of that name beside `like`, gzipped or not, with the other mark of dimensions."""
    plain = name.removesuffix(".gz").replace(dimension, other) if dimension else name
    for choice in (name, plain.removesuffix(".gz"), f"{plain.removesuffix('.gz')}.gz"):
        found = like.with_name(choice)
        if found != like and found.is_file():
            return found
    return None


def _candidates(images: Path) -> tuple[str, ...]:
    """Files beside the pictures that could hold their labels."""
    files = sorted(file.name for file in images.parent.iterdir() if file != images)
    likely = [name for name in files if "label" in name.lower() or "idx1" in name.lower()]
    return tuple(likely[:MOST_LISTED])
