"""Digits 8x8: 1,797 small handwritten digits that travel with the program."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np

from ..core.parameter import Part
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent

FILE = Path(__file__).parent / "data" / "digits-8x8.gz"  # rows of 64 pixels (0-16) and a label
TEST = 360  # held out, the same ones whatever the seed


class DigitsParams(Part):
    """Nothing to choose."""


class Digits(Task):
    """Real handwriting, small enough to learn in a second."""

    key = "digits"
    title = "Digits 8×8"
    summary = "1,797 handwritten digits of 8 by 8 pixels; learned in seconds."
    source = (
        "E. Alpaydin & C. Kaynak 1998, Optical Recognition of Handwritten Digits, "
        "UCI Machine Learning Repository, doi 10.24432/C50P49, CC BY 4.0"
    )
    Params = DigitsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 64, 10

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        rows = np.frombuffer(gzip.decompress(FILE.read_bytes()), np.uint8).reshape(-1, 65)
        rows = rows[Streams(0).fresh("digits split").permutation(len(rows))]
        return Dataset(
            train=_examples(rows[TEST:]),
            test=_examples(rows[:TEST]),
            classes=tuple("0123456789"),
            image=(8, 8),
        )


def _examples(rows: np.ndarray) -> Examples:
    return Examples(rows[:, :64], 10, labels=rows[:, 64].astype(np.intp), scale=1 / 16)
