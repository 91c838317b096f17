"""How near the machine's own matrix product training comes, and how its cost grows.

Run: python -m pytest tests/benchmarks/bench_blas.py -m benchmark -s

`BIOVIZ_BENCH_PLOT=growth.png` also draws the growth as a picture, with matplotlib.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from bioviz.core.blas import use_one_thread
from bioviz.core.crew import available, foreman
from bioviz.core.experiment import Experiment, build

from ..specs import make_spec
from .timing import side_by_side

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

SELDOM = {"every": 10**9, "test_every": 10**9}
SIDE = 1024
PRODUCT = 2 * SIDE**3  # operations of one product of squares
WIDTHS, DEPTHS, BATCHES = (100, 200, 400, 800, 1600), (1, 2, 4, 8), (1, 4, 16, 64, 256)


def made(sizes: tuple[int, ...], batch: int) -> Experiment:
    """Feedback alignment on dense inputs: none of them is ever silent."""
    task = {"key": "linear_teacher", "inputs": sizes[0], "outputs": sizes[-1]}
    spec = make_spec(
        sizes, "feedback_alignment", task, output="linear", loss="squared_error", batch=batch,
        learning_rate=1e-6, record=SELDOM,
    )  # fmt: skip
    experiment = build(spec)
    experiment.advance(3)
    return experiment


def operations(sizes: tuple[int, ...], batch: int) -> float:
    """Floating-point operations of one trial's products: up, down (but to the input), and learn."""
    pairs = list(pairwise(sizes))
    up = sum(m * n for m, n in pairs)
    return 2.0 * batch * (2 * up + up - pairs[0][0] * pairs[0][1])


@pytest.mark.parametrize("sizes", [(784, 1000, 10), (784, 500, 500, 500, 10)])
def test_training_against_the_machines_own_product(sizes: tuple[int, ...]) -> None:
    use_one_thread()
    foreman.use(1)
    square = np.ones((SIDE, SIDE), np.float32)
    out = np.empty_like(square)
    print(f"\n{'-'.join(map(str, sizes))}, one thread: part of sgemm's speed on {SIDE} x {SIDE}")
    for batch in (1, 16, 64, 128):
        experiment = made(sizes, batch)
        found = side_by_side(
            {
                "sgemm": lambda: np.dot(square, square, out=out),
                "trial": lambda e=experiment: e.advance(1),  # type: ignore[misc]
            }
        )
        peak = PRODUCT / found["sgemm"]
        speed = operations(sizes, batch) / found["trial"]
        print(
            f"batch {batch:3}: {speed / 1e9:6.1f} of {peak / 1e9:.1f} GFLOP/s, {speed / peak:.0%}"
        )
    foreman.use(available())


def test_cost_grows_as_the_work_does() -> None:
    foreman.use(1)
    rows: dict[str, list[tuple[int, float, float]]] = {
        "width (784-n-10, batch 32)": [cost(n, (784, n, 10), 32) for n in WIDTHS],
        "depth (784-n x 200-10, batch 32)": [cost(n, (784, *[200] * n, 10), 32) for n in DEPTHS],
        "batch (784-500-10)": [cost(n, (784, 500, 10), n) for n in BATCHES],
    }
    foreman.use(available())
    for title, found in rows.items():
        print(f"\n{title}\n{'n':>6} {'µs a trial':>11} {'times the least':>16} {'its work':>9}")
        for n, micros, work in found:
            least = found[0]
            bar = "█" * max(1, round(4 * np.log2(micros / least[1] + 1)))
            print(f"{n:6} {micros:11,.0f} {micros / least[1]:16.1f} {work / least[2]:9.1f}  {bar}")
        assert found[-1][1] / found[0][1] < 1.5 * found[-1][2] / found[0][2]
    if "BIOVIZ_BENCH_PLOT" in os.environ:
        draw(rows, os.environ["BIOVIZ_BENCH_PLOT"])


def cost(n: int, sizes: tuple[int, ...], batch: int) -> tuple[int, float, float]:
    """n, microseconds a trial, and its floating-point operations."""
    experiment = made(sizes, batch)
    work: Callable[[], None] = lambda: experiment.advance(1)  # noqa: E731
    found = side_by_side({"trial": work}, rounds=4, budget=0.1)
    return n, 1e6 * found["trial"], operations(sizes, batch)


def draw(rows: dict[str, list[tuple[int, float, float]]], place: str) -> None:
    """Measured cost on log axes beside the cost in proportion to the work."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 4), layout="constrained")
    for axes, (title, found) in zip(figure.subplots(1, 3), rows.items(), strict=True):
        n, micros, work = (np.array(column) for column in zip(*found, strict=True))
        axes.loglog(n, micros, "o-", label="measured")
        axes.loglog(n, micros[-1] * work / work[-1], "--", label="in proportion to the work")
        axes.set(title=title, xlabel="n", ylabel="time a trial (µs)", xticks=n)
        axes.set_xticklabels([str(value) for value in n])
        axes.minorticks_off()
        axes.legend()
    figure.savefig(place, dpi=120)
