"""Spiking feedback alignment at the size of the lecture's network, beside the same in PyTorch.

Run: python -m pip install -e ".[bench]" && python -m pytest tests/benchmarks/bench_spiking.py \
    -m benchmark -s

784-1500-1500-1500-1000 units, ten groups of a hundred at the output, 50 ticks an image; the
last 40 learn. Both do the same work in every tick: spikes up, errors down through B, all weights.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from bioviz.core.crew import available, foreman
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing

from ..specs import make_spec
from .timing import side_by_side

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install -e '.[bench]'")

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

SIZES = (784, 1500, 1500, 1500, 1000)
BATCHES = (20, 100)
TICKS, SETTLE, TAU, RATE = 50, 10, 10.0, 0.02
SELDOM = {"every": 10**9, "test_every": 10**9}


def ours(batch: int) -> Experiment:
    spec = make_spec(
        SIZES, "spiking_feedback_alignment", "mnist", hidden="spiking_integrator",
        output="spiking_integrator", batch=batch, ticks=TICKS, settle=SETTLE, tau=TAU,
        learning_rate=RATE, feedback_scale=3.0, record=SELDOM,
    )  # fmt: skip
    spec = spec.with_value("network.layers.input.unit", "linear")
    try:
        return build(spec)
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")


class Theirs:
    """The same network in PyTorch, in place wherever it can be."""

    def __init__(self) -> None:
        pairs = list(pairwise(SIZES))
        self.w = [torch.randn(n, m) / m**0.5 for m, n in pairs]
        self.bias = [torch.zeros(n) for _, n in pairs]
        self.b = [3 * torch.randn(m, n) / n**0.5 for m, n in pairs]

    def trial(self, x: Any, t: Any) -> None:
        batch = len(x)
        u = [torch.zeros(batch, n) for n in SIZES[1:]]
        trace = [torch.zeros(batch, n) for n in SIZES[:-1]]
        for tick in range(TICKS):
            sent, p = x, []
            for place, w in enumerate(self.w):
                trace[place].mul_(1 - 1 / TAU).add_(sent, alpha=1 / TAU)
                drive = torch.addmm(self.bias[place], sent, w.t())
                u[place].mul_(1 - 1 / TAU).add_(drive, alpha=1 / TAU)
                p.append(torch.sigmoid(u[place]))
                sent = (torch.rand_like(p[-1]) < p[-1]).float()
            if tick >= SETTLE:
                self.learn(t, p, trace)

    def learn(self, t: Any, p: list[Any], trace: list[Any]) -> None:
        delta, scale = t - p[-1], RATE / len(t)
        for place in range(len(self.w) - 1, -1, -1):
            below = None
            if place:
                below = (delta @ self.b[place].t()).mul_(p[place - 1]).mul_(1 - p[place - 1])
            self.w[place].addmm_(delta.t(), trace[place], alpha=scale)
            self.bias[place].add_(delta.sum(0), alpha=scale)
            delta = below


def on_threads(
    count: int, use: Callable[[int], None], work: Callable[[], None]
) -> Callable[[], None]:
    def timed() -> None:
        use(count)
        work()

    return timed


@pytest.mark.parametrize("batch", BATCHES)
def test_images_a_second_beside_pytorch(batch: int) -> None:
    experiment, theirs = ours(batch), Theirs()
    x = torch.rand(batch, SIZES[0])
    t = torch.nn.functional.one_hot(torch.arange(batch) % 10, 10).float()
    t = t.repeat_interleave(SIZES[-1] // 10, dim=1)
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
