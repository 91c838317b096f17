"""What a raster full of spikes costs: the copy in the training thread, and the drawing.

Run: python -m pytest tests/benchmarks/bench_raster.py -m benchmark -s

Times are of the processor, so that other programs on the machine do not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from bioviz.core.request_spikes import Raster
from bioviz.panels.raster import RasterPanel
from bioviz.ui import theme

from ..panels.bench import Bench
from ..panels.spiking import crowd_spec

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(300)]

WINDOW = 2000  # ms, and ticks: the longest that is remembered
MOST = 10.0  # ms
SIZES = ((240, 170), (480, 360), (1280, 720))
FULL = {"a thousand units at 25 Hz": (1000, 25.0), "fifty at 500 Hz": (50, 500.0)}


@pytest.fixture
def bench(qtbot: Any, qapp: QApplication) -> Iterator[Bench]:
    theme.apply(qapp, "light")
    made = Bench(qtbot)
    yield made
    made.close()


def milliseconds(work: Callable[[], object], times: int = 30) -> np.ndarray:
    found = []
    for _ in range(times):
        began = time.thread_time()
        work()
        found.append(1e3 * (time.thread_time() - began))
    return np.sort(found)


@pytest.mark.parametrize("crowd", FULL)
def test_fifty_thousand_spikes_are_drawn_within_ten_milliseconds(bench: Bench, crowd: str) -> None:
    inputs, rate = FULL[crowd]
    spec = crowd_spec(inputs=inputs).with_value("task.rate", rate)
    bench.load(spec.with_value("task.length", WINDOW))
    panel = bench.add(RasterPanel())
    assert isinstance(panel, RasterPanel)
    panel.set_options({"window": str(WINDOW), "view": "spikes"})
    bench.advance(1)
    view, bands = panel.raster, panel.raster.bands
    spikes = sum(int(band.reply.spikes.sum()) for band in bands)
    assert spikes > 48_000

    def draw() -> None:
        view.show_bands(bands, view.stretch)
        view.repaint()

    copied = bench.trainer.do(
        lambda runs: milliseconds(lambda: Raster("input", WINDOW).read(runs[0]))
    ).result(30)
    print(f"\n{crowd}: {spikes:,} spikes; copied in {np.median(copied):.2f} ms")
    for size in SIZES:
        panel.resize(*size)
        found = milliseconds(draw)
        print(
            f"  panel of {size[0]} x {size[1]}: {np.median(found):.1f} ms, at best {found[0]:.1f}"
        )
        assert np.median(found) < MOST
