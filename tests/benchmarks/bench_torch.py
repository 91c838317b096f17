"""Feedback alignment against PyTorch (a custom autograd function and SGD), side by side.

Run: python -m pip install -e ".[bench]" && python -m pytest tests/benchmarks/bench_torch.py \
    -m benchmark -s

Both train the same layers on MNIST in shuffled batches with cross-entropy, tanh and biases; both
are timed on one thread and on two, in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from bioviz.core.crew import available, foreman
from bioviz.core.experiment import Experiment, build
from bioviz.core.fault import DataMissing
from bioviz.core.product import Product, share_out

from ..specs import make_spec
from .bench_blas import PRODUCT, SIDE, operations
from .timing import side_by_side

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install -e '.[bench]'")

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

NETWORKS = ((784, 1000, 10), (784, 500, 500, 500, 10))
BATCHES = (1, 16, 64, 128)
WANTED = {1: 4.0, 16: 1.5, 64: 1.5, 128: 1.3}  # times as fast as PyTorch
SELDOM = {"every": 10**9, "test_every": 10**9}


def ours(sizes: tuple[int, ...], batch: int) -> Experiment:
    spec = make_spec(
        sizes, "feedback_alignment", "mnist", batch=batch, learning_rate=0.01, record=SELDOM
    )
    try:
        experiment = build(spec)
    except DataMissing:
        pytest.skip("MNIST is not on this machine; set BIOVIZ_DATA_DIR")
    experiment.advance(3)
    return experiment


class Feedback(torch.autograd.Function):  # type: ignore[misc, name-defined]
    """A linear layer whose error goes back through B instead of W."""

    @staticmethod
    def forward(ctx: Any, x: Any, w: Any, bias: Any, b: Any) -> Any:
        ctx.save_for_backward(x, b)
        return torch.addmm(bias, x, w.t())

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        x, b = ctx.saved_tensors
        below = error @ b if ctx.needs_input_grad[0] else None
        return below, error.t() @ x, error.sum(0), None


class Theirs(torch.nn.Module):  # type: ignore[misc, name-defined]
    """The same network in PyTorch."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        super().__init__()
        pairs = list(pairwise(sizes))
        self.w = torch.nn.ParameterList(torch.randn(n, m) / m**0.5 for m, n in pairs)
        self.bias = torch.nn.ParameterList(torch.zeros(n) for _, n in pairs)
        self.b = [torch.randn(n, m) / n**0.5 for m, n in pairs]

    def forward(self, x: Any) -> Any:
        for place in range(len(self.b)):
            x = torch.tanh(x) if place else x
            x = Feedback.apply(x, self.w[place], self.bias[place], self.b[place])
        return x


def their_step(sizes: tuple[int, ...], batch: int, images: Any, labels: Any) -> Callable[[], None]:
    net = Theirs(sizes)
    descent = torch.optim.SGD(net.parameters(), lr=0.01)
    order, place = torch.randperm(len(images)), 0

    def step() -> None:
        nonlocal place
        rows = order[place : place + batch]
        place = (place + batch) % (len(images) - batch)
        descent.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(net(images[rows]), labels[rows]).backward()
        descent.step()

    return step


def on_threads(
    count: int, use: Callable[[int], None], work: Callable[[], None]
) -> Callable[[], None]:
    """The same work, on so many threads."""

    def timed() -> None:
        use(count)
        work()

    return timed


@pytest.mark.parametrize("sizes", NETWORKS, ids=["-".join(map(str, n)) for n in NETWORKS])
def test_feedback_alignment_against_pytorch(sizes: tuple[int, ...]) -> None:
    counts = sorted({1, min(2, available())})
    print(f"\n{'-'.join(map(str, sizes))}: times as fast as PyTorch {torch.__version__}")
    print("batch   µs ours 1/2 threads   µs PyTorch 1/2   1 thread each   2 each   better each")
    short = []
    for batch in BATCHES:
        experiment = ours(sizes, batch)
        train = experiment.data.train
        images = torch.tensor(train.inputs.astype(np.float32) / 255)
        step = their_step(sizes, batch, images, torch.tensor(train.labels))
        trials = max(1, 64 // batch)  # one change of threads for so many

        def train_ours(experiment: Experiment = experiment, trials: int = trials) -> None:
            experiment.advance(trials)

        def train_theirs(step: Callable[[], None] = step, trials: int = trials) -> None:
            for _ in range(trials):
                step()

        works = {}
        for count in counts:
            works[f"ours {count}"] = on_threads(count, _ours_use, train_ours)
            works[f"theirs {count}"] = on_threads(count, torch.set_num_threads, train_theirs)
        found = {
            name: 1e6 * t / trials
            for name, t in side_by_side(works, rounds=15, budget=0.08).items()
        }
        foreman.use(available())
        mine = [found[f"ours {count}"] for count in counts]
        other = [found[f"theirs {count}"] for count in counts]
        each = [b / a for a, b in zip(mine, other, strict=True)]
        better = min(other) / min(mine)
        print(
            f"{batch:5}   {mine[0]:8,.0f} /{mine[-1]:6,.0f}     {other[0]:7,.0f} /{other[-1]:6,.0f}"
            f"   {each[0]:12.2f} {each[-1]:10.2f} {better:10.2f}   (wanted {WANTED[batch]})"
        )
        if better < WANTED[batch]:
            part = operations(sizes, batch) / min(mine) * 1e6 / peak(counts[mine.index(min(mine))])
            short.append(f"batch {batch}: {better:.2f}, which is {part:.0%} of the plain product")
    print("short of what is wanted: " + ("; ".join(short) or "nothing"))


def peak(threads: int) -> float:
    """Operations a second of the plain product of large squares, on so many threads at once."""
    square = np.ones((SIDE, SIDE), np.float32)
    products = [Product(np.empty_like(square), square, square) for _ in range(threads)]
    for product in products:
        product.set(1.0, 0.0)
    pieces = [piece for product in products for piece in product.pieces]
    _ours_use(threads)
    found = side_by_side({"sgemm": lambda: share_out(pieces)})["sgemm"]
    foreman.use(available())
    return threads * PRODUCT / found


def _ours_use(count: int) -> None:
    if foreman.threads != count:
        foreman.use(count)
