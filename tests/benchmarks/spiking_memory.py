"""Run as a program: trains the lecture's spiking network, and prints its peak memory as JSON.

In MB: `before`, all that there is once everything is imported, and `peak`, the most there ever was.
Usage: python -m tests.benchmarks.spiking_memory ours|theirs BATCH
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

TRIALS = 3


def megabytes(name: str) -> float:
    """VmRSS, what is used now, or VmHWM, the peak: unlike ru_maxrss, without the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name)) / 1000


def ours(batch: int) -> Callable[[], Callable[[], None]]:
    """How to make the network, whose trials are then run; of as few images as one batch."""
    from bioviz.core.experiment import build
    from bioviz.core.task import Dataset, Examples
    from bioviz.tasks.mnist import Mnist

    from .spiking_ours import SIZES, spec_of

    images = np.random.default_rng(1).integers(0, 256, (batch, SIZES[0]), np.uint8)
    few = Examples(images, 10, np.arange(batch) % 10, scale=1 / 255)
    Mnist.load = lambda *_: Dataset(few, few, classes=Mnist.names)  # type: ignore[method-assign]
    spec = spec_of(batch).checked()  # imports rules, units and tasks
    return lambda: build(spec).advance


def theirs(batch: int) -> Callable[[], Callable[[], None]]:
    from .spiking_theirs import Theirs, examples

    def make() -> Callable[[], None]:
        net, (x, t) = Theirs(), examples(batch)
        return lambda: net.trial(x, t)

    return make


def main() -> None:
    who, batch = sys.argv[1], int(sys.argv[2])
    make = {"ours": ours, "theirs": theirs}[who](batch)
    before = megabytes("VmRSS")
    trial = make()
    for _ in range(TRIALS):
        trial()
    print(json.dumps({"before": before, "peak": megabytes("VmHWM")}))


if __name__ == "__main__":
    main()
