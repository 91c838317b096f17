"""The pace of a run, and whether it leaves time to spare."""

from __future__ import annotations

from bioviz.core.pace import Pace


def test_only_a_set_speed_that_is_reached_leaves_time_to_spare() -> None:
    pace = Pace()
    assert not pace.kept  # as fast as it goes: all the time is needed
    pace.set_speed(100.0)
    pace.measured = 60.0
    assert not pace.kept
    pace.measured = 98.0
    assert pace.kept
    pace.set_speed(None)
    assert not pace.kept
