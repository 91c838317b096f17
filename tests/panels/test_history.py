"""Looking back at every gallery network: each panel is told exactly what it was told then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.views import PANELS
from bioviz.core.catalogue import Catalogue
from bioviz.core.experiment import Experiment, build
from bioviz.core.history import keep_histories
from bioviz.core.lockstep import Lockstep
from bioviz.core.replay import Replay
from bioviz.core.request_bursts import BurstsReply
from bioviz.core.rows import RowsReply
from bioviz.core.snapshot import NOTHING, Snapshot, Wanted, take
from bioviz.session import gallery
from bioviz.tasks import mnist

from ..core.test_history import plain

ENTRIES = {entry.key: entry.session for entry in gallery.entries()}


def runs_of(key: str) -> list[Experiment]:
    session = ENTRIES[key]
    if session.experiments[0].task.key == "mnist" and mnist.folder() is None:
        pytest.skip("MNIST is not on this machine")
    return [build(spec) for spec in session.experiments]


def run(runs: list[Experiment], trials: int) -> None:
    lockstep = Lockstep(runs)
    for _ in range(trials):
        assert lockstep.finish_trial(lambda: False)


def wanted_by_all(runs: list[Experiment], qtbot: QtBot) -> Wanted:
    """What every panel would ask of these runs, as they show them first."""
    catalogue = Catalogue(1, tuple(experiment.catalogue() for experiment in runs))
    wanted = NOTHING
    for kind in dict(PANELS.items()).values():
        panel: Any = kind()
        qtbot.addWidget(panel)
        panel.set_spec(runs[0].spec)
        panel.rebuild(catalogue)
        panel.resize(500, 400)
        wanted |= panel.wanted()
    return wanted


def told(snapshot: Snapshot) -> dict[str, Any]:
    """All replies, but for the numbers that say whose they are: those must differ."""
    return {repr(request): plain(_nameless(reply)) for request, reply in snapshot.replies.items()}


def _nameless(reply: Any) -> Any:
    if isinstance(reply, RowsReply):
        return replace(reply, edition=0)
    return replace(reply, life=0) if isinstance(reply, BurstsReply) else reply


@pytest.mark.parametrize("key", ENTRIES)
def test_a_moment_shows_exactly_what_it_showed(key: str, qtbot: QtBot) -> None:
    runs = runs_of(key)
    keep_histories(runs)
    wanted = wanted_by_all(runs, qtbot)
    assert wanted
    run(runs, 2)
    take(0, runs, wanted)  # from here on somebody looks
    run(runs, 2)
    for experiment in runs:
        history = experiment.history
        assert history is not None
        history.keep(experiment)  # of large networks not every trial is kept
        history.mark(4, "here")
    then = take(0, runs, wanted)
    run(runs, 2)
    again = Replay(runs).snapshot(4, wanted)
    assert again.positions == then.positions
    assert {repr(k): v for k, v in again.failures.items()} == {
        repr(k): v for k, v in then.failures.items()
    }
    now, before = told(again), told(then)
    assert now.keys() == before.keys()
    for request in before:
        assert now[request] == before[request], request


def test_looking_back_at_pictures_takes_their_own_trial(qtbot: QtBot) -> None:
    runs = [build(ENTRIES["fa_digits"].experiments[0])]
    keep_histories(runs)
    run(runs, 3)
    shown = runs[0].shown
    assert shown is not None
    x = shown.x.copy()
    run(runs, 3)
    replay = Replay(runs)
    replay.show(3)
    held = replay.twins[0].shown
    assert held is not None
    assert np.array_equal(held.x, x)
