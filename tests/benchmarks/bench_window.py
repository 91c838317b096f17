"""The window's speed, each measurement in a process of its own; absolute times are this machine's.

Run: python -m pytest tests/benchmarks/bench_window.py -m benchmark -s
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

import pytest

from bioviz.tasks import mnist

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(320)]

NETWORK = "fa_mnist" if mnist.folder() else "fa_digits"


def trial(what: str, network: str = NETWORK, seconds: float = 2.0) -> dict[str, float]:
    """What one fresh window measured."""
    program = [sys.executable, "-m", "tests.benchmarks.window_trial", what, network, str(seconds)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_the_window_is_usable_soon_after_launch() -> None:
    trial("launch")  # warms the disk's cache
    found = [trial("launch") for _ in range(5)]
    launched = statistics.median(row["launched"] for row in found)
    drawn = statistics.median(row["drawn"] for row in found)
    print(
        f"\nlaunch: network built after {launched:.2f} s, drawn after {drawn:.2f} s (median of 5)"
    )
    assert drawn < 2.0


@pytest.mark.parametrize("network", [NETWORK, "fa_digits", "fa_two_moons"])
def test_what_drawing_costs_training(network: str) -> None:
    found = trial("drawing", network, 30.0)
    print(
        f"\n{network}: {found['off']:,.0f} samples/s undrawn; watching keeps "
        f"{found['watch']:.3f} of it (standard error {found['error']:.3f}) at "
        f"{found['rate']:.0f} Hz, fast {found['fast']:.3f}, undrawn again {found['again']:.3f}; "
        f"a timer is late by {1000 * found['late_p95']:.1f} ms (p95), at most "
        f"{1000 * found['late_max']:.0f} ms"
    )
    assert found["watch"] >= 0.85


def test_a_pause_is_answered_at_once() -> None:
    found = trial("pause")
    print(f"\n{NETWORK}: the slowest of ten pauses took {1000 * found['pause']:.1f} ms")
    assert found["pause"] < 0.1
