"""A spiking network runs for long: memory stops growing, also while the window looks on."""

from __future__ import annotations

import gc
import sys
from types import FunctionType, ModuleType
from typing import Any

import psutil
import pytest

from bioviz.core.experiment import Experiment

from .conftest import Driver

MINUTE = 120  # trials of half a second
MINUTES, SETTLED = 20, 5  # of the cells' own time
LOOKS = ("raster", "loss", "stdp_window")  # what is seen in turn, the loss panel with the rates


def size_of(experiment: Experiment) -> int:
    """Bytes of everything that a run holds: its arrays, histories, channels and memories."""
    found, total, ahead = {id(experiment)}, 0, [experiment]
    while ahead:
        thing: Any = ahead.pop()
        total += sys.getsizeof(thing)
        for part in gc.get_referents(thing):
            if id(part) not in found and not isinstance(part, type | ModuleType | FunctionType):
                found.add(id(part))
                ahead.append(part)
    return total


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_memory_stops_growing_while_cells_spike_and_the_window_looks_on(driver: Driver) -> None:
    """Twenty minutes of the cells' time at a tick of 1 ms: three minutes of ours.

    Without its history, which has a bound of its own that a short run does not reach.
    """
    driver.window.open_network("stdp_competition")
    driver.settle()
    driver.trainer.do(lambda runs: setattr(runs[0], "history", None)).result(20)
    driver.play()
    used, held = [], []
    for minute in range(1, MINUTES + 1):
        driver.window.workspace.show_panel(LOOKS[minute % len(LOOKS)])
        driver.until(lambda: driver.trial >= minute * MINUTE, timeout=300_000)  # noqa: B023
        held.append(driver.trainer.do(lambda runs: size_of(runs[0])).result(60))
        used.append(psutil.Process().memory_info().rss)
        print(f"{minute} min: {used[-1] / 1e6:.1f} MB in all, the run {held[-1] / 1e6:.3f} MB")
    assert max(held[SETTLED:]) < 1.05 * max(held[:SETTLED])  # of weights gone by, 100 to 200 rows
    assert max(used[SETTLED:]) < max(used[:SETTLED]) + 5_000_000
