"""Requests for what the network says: none of them may hold up the run."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.answer import DecisionMap
from bioviz.core.confusion import Confused
from bioviz.core.experiment import build

from ..specs import make_spec


def test_a_map_shows_the_answers_over_the_plane():
    reply = DecisionMap(8).read(build(make_spec((2, 4, 2), "backprop", "two_moons")))
    assert reply is not None
    assert reply.field.shape == (8, 8)
    assert reply.graded


def test_a_map_that_was_wanted_before_the_rule_changed_does_not_hold_up_spikes(
    monkeypatch: pytest.MonkeyPatch,
):
    run = build(make_spec((2, 4, 2), "spiking_burstprop", "two_moons"))

    def answer(_: np.ndarray) -> np.ndarray:
        raise AssertionError("Thousands of answers would take hours.")

    monkeypatch.setattr(run, "answer", answer)
    assert DecisionMap().read(run) is None
    assert Confused(0, 1).read(run) is None
