"""Spiking feedback alignment at the size of the lecture's network, beside the same in PyTorch.

Run: python -m pip install -e ".[bench]" && python -m pytest tests/benchmarks/bench_spiking.py \
    -m benchmark -s

784-1500-1500-1500-1000 units, ten groups of a hundred at the output, 50 ticks an image; the
last 40 learn. Both do the same work in every tick: spikes up, errors down through B, all weights.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from bioviz.core.crew import available, foreman
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing

from .spiking_ours import SIZES, TICKS, spec_of
from .timing import side_by_side

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install -e '.[bench]'")

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

BATCHES = (20, 100)


def ours(batch: int) -> Experiment:
    try:
        return build(spec_of(batch))
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")


def on_threads(
    count: int, use: Callable[[int], None], work: Callable[[], None]
) -> Callable[[], None]:
    def timed() -> None:
        use(count)
        work()

    return timed


@pytest.mark.parametrize("batch", BATCHES)
def test_images_a_second_beside_pytorch(batch: int) -> None:
    from .spiking_theirs import Theirs, examples

    experiment, theirs = ours(batch), Theirs()
    x, t = examples(batch)
    works = {}
    for count in sorted({1, min(2, available())}):
        works[f"ours {count}"] = on_threads(count, _ours_use, experiment.advance)
        works[f"PyTorch {count}"] = on_threads(
            count, torch.set_num_threads, lambda: theirs.trial(x, t)
        )
    found = side_by_side(works, rounds=3, budget=0.5)
    foreman.use(available())
    print(f"\n{'-'.join(map(str, SIZES))}, {TICKS} ticks, batch {batch}")
    for name, seconds in found.items():
        print(f"{name:>12}: {batch / seconds:7.1f} images/s, {1e3 * seconds / TICKS:6.2f} ms/tick")
    mine, other = (min(s for n, s in found.items() if n.startswith(w)) for w in ("ours", "Py"))
    print(f"times as fast as PyTorch {torch.__version__}: {other / mine:.2f}")


def _ours_use(count: int) -> None:
    if foreman.threads != count:
        foreman.use(count)


@pytest.mark.parametrize("batch", BATCHES)
def test_peak_memory_beside_pytorch(batch: int) -> None:
    print(f"\n{'-'.join(map(str, SIZES))}, batch {batch}: peak memory of a process each")
    for who in ("ours", "theirs"):
        program = [sys.executable, "-m", "tests.benchmarks.spiking_memory", who, str(batch)]
        done = subprocess.run(program, capture_output=True, text=True, timeout=300, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        own = found["peak"] - found["before"]
        print(f"{who:>8}: {found['peak']:6.0f} MB in all, {own:6.0f} MB of them the network's own")
