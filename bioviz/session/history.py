"""Histories in a session file: for each kept moment its facts as text, and one block of bytes.

    history/1/120.json   trial 120 of the first experiment: a FrameNote
    history/1/120.npy    the bytes of its arrays; those that it shares lie in an earlier moment's

Nothing is copied on reading: arrays are views of their blocks, so that no file can grow in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np
from pydantic import ValidationError

from ..core.change import rebuilds
from ..core.experiment import Experiment
from ..core.fault import BiovizError
from ..core.frame import Frame, show_frame
from ..core.history import MOST_BYTES, History
from ..core.parameter import sentences
from ..core.registry import TASKS
from ..core.state import State
from ..core.task import Dataset
from .fault import SessionError
from .frame_note import FrameNote
from .state import check_fits, checked_meta, restore_into

STEP = 16  # bytes: where an array may begin in its block
MOST_TEXT = 8 * 2**20  # of one moment's facts
MOST_FRAMES = 1000
UNLIKE = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, BiovizError)

Packed = tuple[str, bytes | np.ndarray]
Place = tuple[str, tuple[int, ...], int, int]


def members_of_history(history: History, number: int) -> Iterator[Packed]:
    """The members of a history, as names and contents; each array is in them once."""
    placed: dict[int, Place] = {}
    for frame in history.frames:
        block, fresh = _block_of(frame, placed)
        note: dict[str, Any] = {
            "spec": frame.spec.model_dump(mode="json"),
            "name": history.bookmarks.get(frame.trial, ""),
            "meta": frame.meta,
            "arrays": {key: placed[id(array)] for key, array in frame.arrays.items()},
        }
        if frame is history.frames[-1]:
            note["grain"] = history.grain.plain
        yield f"history/{number}/{frame.trial}.json", _text(note)
        if fresh:
            yield f"history/{number}/{frame.trial}.npy", block


def history_of(notes: Mapping[int, bytes], blocks: Mapping[int, np.ndarray]) -> History:
    """The history that a file's members tell of; SessionError where they do not agree."""
    if len(notes) > MOST_FRAMES or sum(block.nbytes for block in blocks.values()) > 2 * MOST_BYTES:
        raise SessionError("Its history is far larger than bioviz keeps.")
    for trial, block in blocks.items():
        if trial not in notes or block.dtype != np.uint8 or block.ndim != 1:
            raise SessionError("Its history holds bytes that belong to no moment.")
        block.flags.writeable = False
    views: dict[Place, np.ndarray] = {}
    frames: list[Frame] = []
    marks: dict[int, str] = {}
    history = History()
    for trial in sorted(notes):
        note = _note(trial, notes[trial])
        frames.append(_frame(trial, note, blocks, views))
        marks |= {trial: note.name} if note.name else {}
        history.grain.follow(*note.grain or ())
    history.take(frames, marks)
    history.foreign = True
    return history


def continue_from(experiment: Experiment, state: State) -> None:
    """Put a saved state into a live experiment, with its history where it has one.

    Raises SessionError where they do not fit, and then changes nothing.
    """
    check_history_of(experiment, state)
    restore_into(experiment, state)


def check_history_of(experiment: Experiment, state: State) -> None:
    """Have a twin show every moment of a state's history that came from a file.

    SessionError where one does not fit. Then the frames have the experiment's data.
    """
    history = state.history
    if history is None or not history.foreign:
        return
    twin, data = experiment.twin(), {experiment.spec.task: experiment.data}
    frames = []
    for frame in history.frames:
        if rebuilds(experiment.spec, frame.spec):
            raise _unlike(frame)
        own = _with_data(frame, experiment, data)
        check_fits(twin, own.state)
        try:
            _check_batch(own)
            show_frame(own, twin, experiment)
        except UNLIKE as error:
            raise _unlike(frame) from error
        frames.append(own)
    history.take(frames, history.bookmarks)
    history.foreign = False


def _with_data(frame: Frame, experiment: Experiment, known: dict[Any, Dataset]) -> Frame:
    task = frame.spec.task
    if task not in known:
        known[task] = TASKS[task.key](task.params(TASKS)).load(experiment.streams)
    return Frame(frame.trial, frame.spec, known[task], frame.meta, frame.arrays)


def _check_batch(frame: Frame) -> None:
    """A batch is as large as the activity that it is told with, so that no file asks for more."""
    rows = {len(a) for key, a in frame.arrays.items() if key.startswith("seen/activity/")}
    if rows and rows != {frame.meta["seen"]["batch"]}:
        raise ValueError("Its activity is not that of one batch.")


def _unlike(frame: Frame) -> SessionError:
    return SessionError(
        f"Trial {frame.trial:,} of its history does not fit this network. "
        "Save it again without its history where it was made."
    )


def _block_of(frame: Frame, placed: dict[int, Place]) -> tuple[np.ndarray, bool]:
    """The bytes of the arrays that no moment before it has, and where each array is."""
    fresh = []
    room = 0
    for array in frame.arrays.values():
        if id(array) not in placed:
            kind = array.dtype.newbyteorder("<").str
            placed[id(array)] = (kind, array.shape, frame.trial, room)
            fresh.append((room, array))
            room += -(-array.nbytes // STEP) * STEP
    block = np.zeros(room, np.uint8)
    for start, array in fresh:
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        block[start : start + array.nbytes] = plain.reshape(-1).view(np.uint8)
    return block, bool(fresh)


def _text(note: dict[str, Any]) -> bytes:
    try:
        return json.dumps(note, ensure_ascii=False, allow_nan=False).encode()
    except ValueError as error:
        raise SessionError("Its history holds a value that cannot be saved.") from error


def _note(trial: int, content: bytes) -> FrameNote:
    try:
        return FrameNote.model_validate_json(content)
    except ValidationError as error:
        raise SessionError(f"Trial {trial:,} of its history: {sentences(error)[0]}") from error


def _frame(
    trial: int,
    note: FrameNote,
    blocks: Mapping[int, np.ndarray],
    views: dict[Place, np.ndarray],
) -> Frame:
    meta = note.meta.model_dump(mode="json")
    meta["state"] = checked_meta(meta["state"])
    if meta["state"]["trial"] != trial:
        raise SessionError(f"Trial {trial:,} of its history tells of another trial.")
    arrays = {}
    for key, place in note.arrays.items():
        if place not in views:
            views[place] = _view(trial, place, blocks)
        arrays[key] = views[place]
    nothing: Any = None  # the data come with the experiment
    return Frame(trial, note.spec, nothing, meta, arrays)


def _view(trial: int, place: Place, blocks: Mapping[int, np.ndarray]) -> np.ndarray:
    kind, shape, where, start = place
    block, dtype = blocks.get(where), np.dtype(kind)
    size = prod(shape) * dtype.itemsize
    try:
        if size == 0:
            return np.empty(shape, dtype)
        if block is None or where > trial or start % STEP or start + size > len(block):
            raise ValueError
        return block[start : start + size].view(dtype).reshape(shape)
    except ValueError as error:
        raise SessionError(f"Trial {trial:,} of its history lacks some of its numbers.") from error
