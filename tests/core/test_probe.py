"""Channels, thinning, decades and the table of everything recorded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioviz.core.probe import Channel, ChannelInfo, decades, table, thin


def channel(name: str = "loss", room: int = 4) -> Channel:
    return Channel(ChannelInfo(name, name, "", "loss", "Help."), room)


def test_a_channel_grows_and_reads_back_what_was_appended() -> None:
    one = channel()
    for trial in range(100):
        one.append(trial, trial**2)
    x, y = one.read()
    np.testing.assert_array_equal(x, np.arange(100))
    np.testing.assert_array_equal(y, np.arange(100) ** 2)
    assert one.last == 99**2
    assert one.read(start=98)[0].tolist() == [98, 99]


def test_an_empty_channel_has_no_last_value() -> None:
    assert np.isnan(channel().last)
    assert len(channel().read()[0]) == 0


def test_what_a_reader_took_does_not_change_when_more_is_appended() -> None:
    one = channel()
    one.append(0, 1)
    x, y = one.read()
    one.append(1, 2)
    one.fill(np.array([[5.0, 6.0]]))
    assert (x.tolist(), y.tolist()) == ([0], [1])
    assert one.read()[1].tolist() == [6]


@given(st.integers(1, 5000), st.integers(3, 400))
def test_thinning_keeps_ends_and_extremes_within_the_points_allowed(
    count: int, points: int
) -> None:
    y = np.random.default_rng(count).standard_normal(count)
    x = np.arange(count, dtype=float)
    kept_x, kept_y = thin(x, y, points)
    assert len(kept_x) <= points + 2
    assert (kept_x[0], kept_x[-1]) == (0, count - 1)
    assert (kept_y.min(), kept_y.max()) == (y.min(), y.max())
    assert (np.diff(kept_x) > 0).all()
    widest = max(2 * count / max(1, points - 2), 1)
    assert np.diff(kept_x).max(initial=0) <= 4 * widest + 2  # no stretch of the curve is dropped


def test_thinning_looks_past_gaps() -> None:
    y = np.full(1000, np.nan)
    y[::3] = 1.0
    y[501] = 7.0
    _, kept = thin(np.arange(1000.0), y, 50)
    assert np.nanmax(kept) == 7
    assert np.isfinite(kept).sum() > 20


def test_a_curve_of_gaps_alone_can_be_thinned() -> None:
    assert len(thin(np.arange(100.0), np.full(100, np.nan), 10)[0]) <= 12


@pytest.mark.parametrize(
    ("trial", "due"),
    [(0, True), (1, True), (2, True), (3, False), (5, True), (20, True), (30, False)],
)
def test_early_trials_are_seen_by_decades(trial: int, due: bool) -> None:
    assert decades(trial) is due


def test_the_table_has_a_row_per_trial_and_gaps_where_nothing_was_measured() -> None:
    one, other = channel("a"), channel("b")
    one.append(0, 1.0)
    one.append(10, 2.0)
    other.append(10, 3.0)
    names, rows = table([one, other])
    assert names == ["trial", "a", "b"]
    np.testing.assert_array_equal(rows, [[0, 1, np.nan], [10, 2, 3]])
    assert table([])[0] == ["trial"]
