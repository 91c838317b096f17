"""How fast the spiking XOR network runs, and what the time goes into.

Run: python -m pytest tests/benchmarks/bench_bursts.py -m benchmark -s

Processor time, so that other programs on the machine do not count. A C++ port of the same network
ran pools of 250 at 0.4 ms about 8 times as fast as real time, and pools of 500 at 0.2 ms 2.5 times.
"""

from __future__ import annotations

import cProfile
import pstats
import time

import pytest

from bioviz.core.experiment import Experiment, build

from ..rules.test_spiking_burstprop import xor_spec

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

WHERE = {  # what a line of the account is of: a function, by its file and name
    "cells": ("cells.py", "live"),
    "arrivals": ("arrival.py", ""),
    "traces and weights": ("bursts.py", ""),
    "account of spikes": ("spike_account.py", "note"),
}
SECONDS = 2.0  # of the cells' time


def pace(experiment: Experiment) -> float:
    """Times real time, over the next examples."""
    experiment.advance(1)
    began = time.thread_time()
    experiment.advance(2)
    return SECONDS / (time.thread_time() - began)


def account(experiment: Experiment) -> dict[str, float]:
    """The part of the time that each piece takes, by its name."""
    profile = cProfile.Profile()
    profile.runcall(experiment.advance, 2)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in stats.values())
    found = {
        words: sum(
            (through if name else own)
            for (path, _, function), (_, _, own, through, _) in stats.items()
            if path.endswith(file) and name in ("", function)
        )
        / whole
        for words, (file, name) in WHERE.items()
    }
    return found | {"the rest": 1 - sum(found.values())}


@pytest.mark.parametrize(("cells", "dt", "port"), [(250, 0.4, 8.0), (500, 0.2, 2.5)])
def test_biological_seconds_a_second(cells: int, dt: float, port: float) -> None:
    experiment = build(xor_spec(cells, dt=dt, example=SECONDS / 2, teaching=0.1))
    times = pace(experiment)
    parts = ", ".join(f"{words} {part:.0%}" for words, part in account(experiment).items())
    print(f"\npools of {cells} at {dt:g} ms: {times:.1f} s of the cells' time a second; {parts}")
    assert times > port / 2
