"""Your own data: a table, NumPy arrays, IDX files or a folder of pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from ..core.fault import DataMissing
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._read import read_table
from ._table import MOST_INPUTS, Kind, Table
from ._target import Target, target_of

MARGIN = 0.1  # of the plane's extent, around the points


class OwnDataParams(Part):
    """What is read, and how; the fields below `sha256` describe what was found when it was."""

    path: str = parameter("", "The file or folder that is read.", hidden=True, max_length=4096)
    label: str = parameter(
        "", "The column or file that holds the labels.", hidden=True, max_length=1000
    )
    target: Literal["auto", "classes", "numbers"] = parameter(
        "auto",
        "Whether the labels name classes, or are numbers to be met.",
        title="Labels are",
        hidden=True,
        names={"auto": "Automatic", "classes": "Classes", "numbers": "Numbers"},
    )
    scaling: Literal["range", "standard", "none"] = parameter(
        "standard",
        "How inputs, and targets that are numbers, are scaled: by range, to mean 0 and deviation 1 "
        "(measured on the training examples), or not.",
        rebuild=True,
        names={
            "range": "0 to 1",
            "standard": "Standardised",
            "none": "As they are",
        },
    )
    test: float = parameter(
        0.2, "Fraction of the examples held out for testing.", title="Held out", rebuild=True,
        ge=0.01, le=0.9,
    )  # fmt: skip
    split_seed: int = parameter(
        0,
        "Which examples are held out; the network's seed does not change that.",
        rebuild=True,
        advanced=True,
        ge=0,
        le=2**31 - 1,
    )
    side: int = parameter(
        28,
        "Pixels along each side that pictures are made to have.",
        title="Picture size",
        unit="pixels",
        hidden=True,
        ge=4,
        le=128,
    )
    pictures: bool = parameter(
        True,
        "Take rows of a square number of grey values for pictures.",
        title="Rows are pictures",
        hidden=True,
    )
    sha256: str = parameter("", "Of the content.", hidden=True, pattern="^([0-9a-f]{64})?$")
    kind: Kind = parameter("csv", "What was read.", hidden=True)
    examples: int = parameter(0, "Examples that were read.", hidden=True, ge=0)
    inputs: int = parameter(1, "Numbers in one example.", hidden=True, ge=1, le=MOST_INPUTS)
    outputs: int = parameter(1, "Classes, or numbers of a target.", hidden=True, ge=1, le=1000)
    classes: tuple[str, ...] = parameter((), "The classes' names.", hidden=True, max_length=1000)
    image: tuple[int, int] | None = parameter(None, "Rows and columns of pixels.", hidden=True)
    own_split: bool = parameter(False, "The data bring their own test set.", hidden=True)

    @model_validator(mode="after")
    def _sound(self) -> OwnDataParams:
        if self.classes and len(self.classes) != self.outputs:
            raise ValueError("The description of your data has not one output for each class.")
        if self.image is not None and self.image[0] * self.image[1] != self.inputs:
            raise ValueError("The description of your data has not one input for each pixel.")
        if self.image is not None and self.scaling != "range":
            raise ValueError("Pixels are always scaled from 0 to 1, so that they can be shown.")
        return self

    @property
    def name(self) -> str:
        return Path(self.path).name or self.path

    @property
    def summary(self) -> str:
        """What was read, in a line."""
        what = f"{self.inputs:,} inputs"
        if self.image is not None:
            what = f"{self.image[0]} × {self.image[1]} pixels"
        numbers = "a number" if self.outputs == 1 else f"{self.outputs:,} numbers"
        into = f"{self.outputs:,} classes" if self.classes else f"{numbers} to be met"
        return f"{self.examples:,} examples: {what}, {into}."


class OwnData(Task):
    """Its parameters describe what was read, so that a network fits them before they are read."""

    key = "own_data"
    title = "Your own data"
    summary = "A table (CSV), NumPy arrays (NPZ), IDX files or a folder of pictures of yours."
    source = "Your own."
    by_file = True
    Params = OwnDataParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return params.inputs, params.outputs

    @classmethod
    def names_classes(cls, params: Any) -> bool:
        return bool(params.classes)

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params: OwnDataParams = self.params
        if not params.path:
            raise DataMissing("No data have been chosen yet. Choose a file or a folder.", path="")
        table = read_table(
            Path(params.path), label=params.label, side=params.side, progress=progress
        )
        now = described(table, params)
        if params.sha256 and now.sha256 != params.sha256:
            raise DataMissing(_changed(params, now), path=params.path)
        if (now.inputs, now.outputs, now.classes) != (
            params.inputs,
            params.outputs,
            params.classes,
        ):
            raise DataMissing(_changed(params, now), path=params.path)
        return dataset(table, params)


def described(table: Table, wish: OwnDataParams) -> OwnDataParams:
    """What was read, as a description; `wish` holds the path and what the user chose.

    Raises DataMissing where nothing can be learned from it.
    """
    path = Path(wish.path)
    target = target_of(path, table, wish.target)
    image = table.image or (square_of(table) if wish.pictures else None)
    return OwnDataParams.model_validate(
        {
            **wish.model_dump(),
            "label": table.label if table.kind in ("csv", "idx") else "",
            "target": "classes" if target.classes else "numbers",
            "scaling": "range" if image else wish.scaling,
            "sha256": table.sha256,
            "kind": table.kind,
            "examples": len(table),
            "inputs": table.inputs.shape[1],
            "outputs": target.outputs,
            "classes": target.classes,
            "image": image,
            "own_split": table.held_out > 0,
        }
    )


def dataset(table: Table, params: OwnDataParams) -> Dataset:
    """The examples, split and scaled as described."""
    target = target_of(Path(params.path), table, params.target)
    train, test = split(table, target, params)
    inputs, scale = _scaled(table, params, train)
    targets = _targets(target, params, train)
    parts = [
        Examples(
            inputs[rows],
            target.outputs,
            labels=None if target.codes is None else target.codes[rows],
            targets=None if targets is None else targets[rows],
            scale=scale,
        )
        for rows in (train, test)
    ]
    return Dataset(
        train=parts[0],
        test=parts[1],
        classes=target.classes,
        image=params.image,
        plane=_plane(inputs) if inputs.shape[1] == 2 and target.classes else None,
    )


def split(table: Table, target: Target, params: OwnDataParams) -> tuple[np.ndarray, np.ndarray]:
    """Rows to learn from and rows held out; of every class about the same fraction is held out."""
    count = len(table)
    if table.held_out:
        return np.arange(count - table.held_out), np.arange(count - table.held_out, count)
    order = Streams(params.split_seed).fresh("own data split").permutation(count)
    codes = target.codes[order] if target.codes is not None else np.zeros(count, np.intp)
    held = np.zeros(count, bool)
    for code in range(int(codes.max()) + 1):
        rows = np.flatnonzero(codes == code)
        held[rows[: min(round(params.test * len(rows)), len(rows) - 1)]] = True
    if not held.any():
        held[0] = True
    return order[~held], order[held]


def _scaled(table: Table, params: OwnDataParams, train: np.ndarray) -> tuple[np.ndarray, float]:
    """Inputs, and the factor by which bytes become activity as they are read."""
    if table.inputs.dtype == np.uint8 and params.image:
        return table.inputs, 1 / 255
    inputs = table.inputs.astype(np.float32)
    low, width = _measure(inputs[train], params.scaling, whole=params.image is not None)
    return ((inputs - low) / width).astype(np.float32), 1.0


def _measure(values: np.ndarray, scaling: str, *, whole: bool) -> tuple[np.ndarray, np.ndarray]:
    """What is taken off each column and what it is divided by; a constant column becomes zero."""
    axis = None if whole else 0
    values = values.astype(np.float64)
    if scaling == "none":
        return np.zeros(1, np.float32), np.ones(1, np.float32)
    if scaling == "range":
        low, width = values.min(axis), np.ptp(values, axis)
    else:
        low, width = values.mean(axis), values.std(axis)
    return np.asarray(low), np.where(np.asarray(width) > 0, width, 1.0)


def _targets(target: Target, params: OwnDataParams, train: np.ndarray) -> np.ndarray | None:
    """Targets that are numbers (n, m), scaled as the inputs are."""
    if target.numbers is None:
        return None
    low, width = _measure(target.numbers[train], params.scaling, whole=False)
    scaled: np.ndarray = ((target.numbers - low) / width).astype(np.float32)
    return scaled


def _plane(points: np.ndarray) -> tuple[float, float, float, float]:
    low, high = points.min(axis=0), points.max(axis=0)
    room = MARGIN * np.where(high > low, high - low, 1.0)
    (x0, y0), (x1, y1) = low - room, high + room
    return float(x0), float(x1), float(y0), float(y1)


def square_of(table: Table) -> tuple[int, int] | None:
    """Rows and columns where a table's rows are pictures by the look of them, else None."""
    side = round(table.inputs.shape[1] ** 0.5)
    if side < 7 or side * side != table.inputs.shape[1] or not len(table):
        return None
    first = table.inputs[:1000]
    grey = first.min() >= 0 and first.max() <= 255 and bool((first == np.round(first)).all())
    return (side, side) if grey and first.max() > 1 else None


def _changed(was: OwnDataParams, now: OwnDataParams) -> str:
    """What is other than when the network was made, and what to do."""
    found = []
    for name, word in (("examples", "examples"), ("inputs", "inputs"), ("outputs", "outputs")):
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            found.append(f"{after:,} {word} instead of {before:,}")
    if was.outputs == now.outputs and was.classes != now.classes:
        found.append("classes of other names")
    what = f"It has {', '.join(found)}." if found else "It has as many examples, but other values."
    return (
        f"'{was.name}' has changed since this network was made. {what} Read it anew, put the "
        "earlier one back, or choose another file."
    )


__all__ = ["OwnData", "OwnDataParams", "dataset", "described", "read_table", "split", "square_of"]
