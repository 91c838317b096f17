"""Excerpts in a session file: what views need of data sets that do not come with bioviz.

excerpt/1/about.json          an ExcerptNote of the first experiment's data
excerpt/1/train.inputs.npy    the first examples; labels, targets, and those of the test set
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..core.excerpt import Excerpt
from ..core.parameter import sentences
from ..core.task import Dataset, Examples
from .fault import SessionError
from .frame_note import ExamplesNote, ExcerptNote

SETS = ("train", "test")
PARTS = ("inputs", "labels", "targets")


def members_of_excerpt(data: Dataset, number: int) -> Iterator[tuple[str, bytes | np.ndarray]]:
    note = ExcerptNote(
        train=_told(data.train),
        test=_told(data.test),
        shuffle=data.shuffle,
        classes=data.classes,
        image=data.image,
        plane=data.plane,
        parts=data.parts,
    )
    yield f"excerpt/{number}/about.json", note.model_dump_json().encode()
    for name in SETS:
        for part in PARTS:
            array = getattr(getattr(data, name), part)
            if array is not None:
                yield f"excerpt/{number}/{name}.{part}.npy", array


def excerpt_from(content: bytes, arrays: Mapping[str, np.ndarray]) -> Dataset:
    """The excerpt that a file's members tell of; SessionError where they do not agree."""
    try:
        note = ExcerptNote.model_validate_json(content)
    except ValidationError as error:
        raise SessionError(f"Its excerpt of the data: {sentences(error)[0]}") from error
    sets = {name: _examples(getattr(note, name), name, arrays) for name in SETS}
    if note.image is not None and note.image[0] * note.image[1] != sets["test"].inputs.shape[1]:
        raise SessionError("Its excerpt of the data has pictures of another size.")
    facts: dict[str, Any] = {
        name: getattr(note, name) for name in ("shuffle", "classes", "image", "plane", "parts")
    }
    return Dataset(sets["train"], sets["test"], **facts)


def _told(examples: Examples) -> ExamplesNote:
    return ExamplesNote(length=len(examples), outputs=examples.outputs, scale=examples.scale)


def _examples(note: ExamplesNote, name: str, arrays: Mapping[str, np.ndarray]) -> Excerpt:
    inputs, labels, targets = (arrays.get(f"{name}.{part}") for part in PARTS)
    fits = inputs is not None and inputs.ndim == 2 and 0 < len(inputs) <= note.length
    if not fits or inputs is None:
        raise SessionError("Its excerpt of the data has no examples.")
    count = len(inputs)
    if labels is not None:
        whole = labels.dtype.kind in "iu" and labels.shape == (count,)
        if not whole or (count and not 0 <= labels.min() <= labels.max() < max(2, note.outputs)):
            raise SessionError("Its excerpt of the data has labels that make no sense.")
    if targets is not None and targets.shape != (count, note.outputs):
        raise SessionError("Its excerpt of the data has targets of another size.")
    if note.outputs and labels is None and targets is None:
        raise SessionError("Its excerpt of the data has neither labels nor targets.")
    return Excerpt(inputs, note.outputs, labels, targets, note.scale, length=note.length)
