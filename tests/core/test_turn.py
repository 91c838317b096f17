"""Whose turn it is: training of short steps stands back while the window draws, not for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bioviz.core import turn as turns
from bioviz.core.experiment import build
from bioviz.core.pace import BRISK, MEASURE_EVERY, Pace
from bioviz.core.status import Mode
from bioviz.core.trainer import Trainer
from bioviz.core.turn import Turn

from ..specs import moons_spec
from .test_trainer import until


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    """A trainer that trains two moons, and would wait for as long as a test lasts."""
    monkeypatch.setattr(turns, "LONGEST", 20.0)
    trainer = Trainer()
    trainer.load(lambda progress: [build(moons_spec(), progress=progress)]).result(20)
    trainer.play()
    until(lambda: trainer.experiments[0].trial > 50)
    yield trainer
    assert trainer.close(), "the training thread must end within five seconds"


def test_training_stands_back_while_it_is_taken_and_goes_on_after(playing: Trainer) -> None:
    playing.turn.take()
    until(lambda: playing.turn.waiting)
    assert playing.status.mode is Mode.PLAYING
    then = playing.experiments[0].trial
    playing.turn.give()
    until(lambda: playing.experiments[0].trial > then + 50)


def test_an_order_is_obeyed_although_it_is_taken(playing: Trainer) -> None:
    playing.turn.take()
    until(lambda: playing.turn.waiting)
    playing.pause()
    until(lambda: playing.status.mode is Mode.PAUSED)


def test_a_trainer_that_waits_can_be_closed(playing: Trainer) -> None:
    playing.turn.take()
    until(lambda: playing.turn.waiting)
    assert playing.close()


def test_it_is_waited_for_once_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    turn = Turn()
    turn.wait()  # nobody has taken it
    turn.take()
    turn.wait()  # in vain
    monkeypatch.setattr(turns, "LONGEST", 1e6)
    turn.take()
    turn.wait()  # not again, until it has been given and taken anew


def test_only_short_steps_are_brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bioviz.core.pace.time.perf_counter", lambda: now[0])
    pace = Pace()
    for each, brisk in ((BRISK / 2, True), (BRISK * 2, False), (BRISK / 2, True)):
        pace.start()
        pace.measure(0)
        for seen in range(1, 3 + int(MEASURE_EVERY / each)):
            now[0] += each
            pace.step()
            pace.measure(seen)
        assert pace.brisk is brisk


def test_another_run_begins_without_the_speed_of_the_one_before(playing: Trainer) -> None:
    until(lambda: playing.pace.measured > 0)
    playing.load(lambda progress: [build(moons_spec(seed=2), progress=progress)]).result(20)
    assert playing.pace.measured == 0
