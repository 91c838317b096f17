"""XOR with pools of cells: each of two inputs is a pool that a current drives or holds back.

The four examples come in the same order, again and again: 00, 10, 01, 11.
Source: Payeur, Guerguiev, Zenke, Richards and Naud (2021), Nature Neuroscience 24:1010, figure 4.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent

BITS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])


class XorPoolsParams(Part):
    """How large a pool is, and what an input is."""

    cells: int = parameter(250, "Cells of a pool.", rebuild=True, ge=1, le=50_000)
    on: float = parameter(
        150.0,
        "Current into the somata of a pool that is on.",
        title="Current for 1",
        unit="pA",
        rebuild=True,
        ge=-1e5,
        le=1e5,
    )
    off: float = parameter(
        -350.0,
        "Current into the somata of a pool that is off.",
        title="Current for 0",
        unit="pA",
        rebuild=True,
        ge=-1e5,
        le=1e5,
    )


class XorPools(Task):
    """The same question as XOR, put to cells that spike."""

    key = "xor_pools"
    title = "XOR with pools"
    summary = "Two pools of cells are driven or held back; answer 1 when exactly one is driven."
    source = "Payeur et al. 2021, Nat. Neurosci. 24:1010"
    rule = "spiking_burstprop"
    Params = XorPoolsParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 2 * params.cells, 1

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        params = self.params
        currents = np.where(BITS, params.on, params.off).astype(np.float32)
        inputs = np.repeat(currents, params.cells, axis=1)
        four = Examples(inputs, 1, labels=BITS[:, 0] ^ BITS[:, 1])
        return Dataset(
            train=four,
            test=four,
            shuffle=False,
            classes=("same", "different"),
            notes={"examples": tuple("".join(map(str, bits)) for bits in BITS.tolist())},
            parts=(("first input", params.cells), ("second input", params.cells)),
        )
