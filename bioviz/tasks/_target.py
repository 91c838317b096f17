"""Labels as classes, or as numbers to be met: what a table's targets become."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ._table import Table, refused

FEWEST_EXAMPLES = 10
MOST_CLASSES = 1000
FEW = 30  # so many different whole numbers are taken for classes


@dataclass(frozen=True)
class Target:
    """Either `classes` with `codes` (n,), or `numbers` (n, m)."""

    classes: tuple[str, ...] = ()
    codes: np.ndarray | None = None
    numbers: np.ndarray | None = None

    @property
    def outputs(self) -> int:
        return len(self.classes) if self.numbers is None else int(self.numbers.shape[1])


def target_of(path: Path, table: Table, wish: str) -> Target:
    """What a table asks for: `wish` is "classes", "numbers" or "auto".

    Raises DataMissing where it cannot be that, or where there is too little to learn from.
    """
    if len(table) < FEWEST_EXAMPLES:
        skipped = sum(table.skipped.values())
        more = f" ({skipped:,} were skipped: {'; '.join(table.skipped)})" if skipped else ""
        raise refused(
            path, f"it has {len(table)} examples{more}, and at least {FEWEST_EXAMPLES} are needed."
        )
    if table.held_out >= len(table):
        raise refused(path, "all its examples are held out, and none is left to learn from.")
    if table.codes is not None:
        if wish == "numbers":
            raise refused(path, f"its labels are words ('{table.words[0]}'), not numbers.")
        return _several(path, Target(table.words, codes=table.codes))
    assert table.numbers is not None  # noqa: S101  (a table has one of the two)
    if wish == "numbers" or (wish == "auto" and not _few_whole(table.numbers)):
        return Target(numbers=table.numbers)
    return _several(path, _coded(path, table.numbers))


def _several(path: Path, target: Target) -> Target:
    if len(target.classes) < 2:
        only = f" ('{target.classes[0]}')" if target.classes else ""
        raise refused(path, f"all its examples are of one class{only}; at least two are needed.")
    if len(target.classes) > MOST_CLASSES:
        raise refused(
            path,
            f"its label has {len(target.classes):,} different values, and at most {MOST_CLASSES:,} "
            "can be classes. Choose another label, or take it as numbers.",
        )
    return target


def _coded(path: Path, numbers: np.ndarray) -> Target:
    """Classes by their number, or by the place of the one in a row of zeros."""
    if numbers.shape[1] > 1:
        if not _one_hot(numbers):
            raise refused(path, "its targets are several numbers each, and name no classes.")
        codes = numbers.argmax(axis=1)
        return Target(tuple(str(place) for place in range(numbers.shape[1])), codes=codes)
    values, codes = np.unique(numbers[:, 0], return_inverse=True)
    names = tuple(f"{value:.12g}" for value in values)
    return Target(names, codes=codes.astype(np.intp))


def _few_whole(numbers: np.ndarray) -> bool:
    """Whether numbers look like the names of classes."""
    if numbers.shape[1] > 1:
        return _one_hot(numbers)
    values = np.unique(numbers)
    whole = bool((values == np.round(values)).all())
    return whole and len(values) <= min(FEW, len(numbers) // 3)


def _one_hot(numbers: np.ndarray) -> bool:
    return bool(np.isin(numbers, (0, 1)).all() and (numbers.sum(axis=1) == 1).all())
