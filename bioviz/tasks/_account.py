"""An account of what was read: counts, classes, what was left out, and how it is split."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ._table import Table
from ._target import target_of
from .own_data import OwnDataParams, split

MOST_NAMED = 12  # classes that are named one by one
KINDS = {
    "csv": "a table",
    "npz": "a NumPy archive",
    "idx": "an IDX file",
    "images": "a folder of pictures",
}
SCALINGS = {
    "range": "Inputs are scaled from 0 to 1 by the range of the training examples.",
    "standard": "Each input is scaled to mean 0 and standard deviation 1 of the training examples.",
    "none": "Inputs are taken as they are.",
}


@dataclass(frozen=True)
class Account:
    """The same facts for the window, for the command line and for machines."""

    path: str
    kind: str
    sha256: str
    examples: int
    skipped: dict[str, int]
    inputs: int
    image: tuple[int, int] | None
    label: str
    target: str
    outputs: int
    classes: dict[str, int]  # examples of each
    low: float
    high: float
    scaling: str
    training: int
    held_out: int
    own_split: bool
    remarks: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """Everything, JSON-ready."""
        return asdict(self)

    def sentences(self) -> list[str]:
        """Everything, in short sentences."""
        name = Path(self.path).name
        said = [f"'{name}' is {KINDS[self.kind]} with {_count(self.examples, 'usable example')}."]
        said += [f"Skipped {count:,}: {reason}." for reason, count in self.skipped.items()]
        return [
            *said,
            *self.remarks,
            self._inputs(),
            self._targets(),
            *self._scaled(),
            self._parts(),
        ]

    def _inputs(self) -> str:
        spread = f"values from {self.low:.4g} to {self.high:.4g}"
        if self.image:
            return f"Each is a picture of {self.image[0]} × {self.image[1]} pixels, {spread}."
        return f"Each has {_count(self.inputs, 'input')}, {spread}."

    def _targets(self) -> str:
        if not self.classes:
            each = "a number" if self.outputs == 1 else f"{self.outputs:,} numbers"
            return f"The target is {each} ({self.label})."
        counts = [f"{name} ({count:,})" for name, count in self.classes.items()]
        shown = ", ".join(counts[:MOST_NAMED])
        more = f" and {len(counts) - MOST_NAMED:,} more" if len(counts) > MOST_NAMED else ""
        return f"The label ({self.label}) names {len(counts):,} classes: {shown}{more}."

    def _scaled(self) -> list[str]:
        if self.image:
            return ["Pixels are scaled from 0 to 1."]
        more = "Targets are scaled in the same way."
        return [
            SCALINGS[self.scaling],
            *([more] if not self.classes and self.scaling != "none" else []),
        ]

    def _parts(self) -> str:
        why = "its own test set" if self.own_split else "the same ones whatever the network's seed"
        return f"{self.training:,} are for training and {self.held_out:,} are held out ({why})."


def account_of(table: Table, params: OwnDataParams) -> Account:
    """What was read, as `described` has it."""
    target = target_of(Path(params.path), table, params.target)
    train, test = split(table, target, params)
    counts: list[int] = []
    if target.codes is not None:
        counts = np.bincount(target.codes, minlength=len(target.classes)).tolist()
    return Account(
        path=params.path,
        kind=table.kind,
        sha256=table.sha256,
        examples=len(table),
        skipped=table.skipped,
        inputs=params.inputs,
        image=params.image,
        label=table.label,
        target=params.target,
        outputs=params.outputs,
        classes=dict(zip(target.classes, counts, strict=True)),
        low=float(table.inputs.min()),
        high=float(table.inputs.max()),
        scaling=params.scaling,
        training=len(train),
        held_out=len(test),
        own_split=params.own_split,
        remarks=table.remarks,
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
