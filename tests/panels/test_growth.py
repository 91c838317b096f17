"""Curves are drawn when they have grown by a pixel: not sooner, and never much later."""

from __future__ import annotations

import pytest

from bioviz.panels import _growth
from bioviz.panels._growth import LATEST, SOONEST, Growth


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that says what it is set to."""
    now = [100.0]
    monkeypatch.setattr(_growth.time, "perf_counter", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("trials", "period"), [(10, 0.2), (100, SOONEST), (1, LATEST), (0, SOONEST)]
)
def test_a_curve_waits_for_as_long_as_it_takes_to_grow_by_a_pixel(
    clock: list[float], trials: int, period: float
) -> None:
    growth = Growth()
    growth.see(1000, trials=4000, pixels=400)  # ten trials are a pixel
    clock[0] += 0.2
    growth.see(1000 + trials, trials=4000, pixels=400)
    assert growth.period == pytest.approx(period)


def test_a_run_that_begins_again_is_drawn_at_once(clock: list[float]) -> None:
    growth = Growth()
    growth.see(1000, trials=4000, pixels=400)
    clock[0] += 0.1
    growth.see(0, trials=4000, pixels=400)
    assert growth.period == SOONEST
