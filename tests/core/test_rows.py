"""Recorded rows, asked for as they come."""

from __future__ import annotations

import numpy as np

from bioviz.core.experiment import Experiment, build
from bioviz.core.probe import table
from bioviz.core.rows import Rows

from ..specs import moons_spec


def all_rows(experiment: Experiment, most: int) -> np.ndarray:
    """Every row, asked for piece by piece."""
    found, after, edition = [], -np.inf, -1
    while True:
        reply = Rows(after, edition, most).read(experiment)
        if not len(reply.values):
            return np.concatenate(found)
        found.append(reply.values)
        after, edition = float(reply.values[-1, 0]), reply.edition


def test_piece_by_piece_the_whole_table_comes() -> None:
    experiment = build(moons_spec(record={"every": 3, "test_every": 7}))
    experiment.advance(100)
    _, whole = table(experiment.channels.values())
    for most in (1, 4, 1000):
        np.testing.assert_array_equal(all_rows(experiment, most), whole)


def test_only_what_is_new_comes() -> None:
    experiment = build(moons_spec(record={"every": 5, "test_every": 50}))
    experiment.advance(20)
    first = Rows().read(experiment)
    assert first.fresh
    experiment.advance(10)
    more = Rows(20.0, first.edition).read(experiment)
    assert not more.fresh
    assert more.values[:, 0].tolist() == [25, 30]


def test_a_run_that_went_back_gives_its_rows_anew() -> None:
    experiment = build(moons_spec(record={"every": 5, "test_every": 50}))
    experiment.advance(10)
    state = experiment.capture()
    experiment.advance(20)
    known = Rows().read(experiment)
    experiment.restore(state)
    experiment.advance(40)
    again = Rows(30.0, known.edition).read(experiment)
    assert again.fresh
    assert again.values[0, 0] == 0
    np.testing.assert_array_equal(again.values, table(experiment.channels.values())[1])
