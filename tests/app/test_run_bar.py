"""The run bar: speeds, steps and stop conditions, said as a person would."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from bioviz.app.run_bar import (
    FASTEST,
    POSITIONS,
    SLOWEST,
    RunBar,
    position_of,
    speed_at,
    speed_words,
)
from bioviz.core.spec import Stop
from bioviz.core.status import Stride


@pytest.fixture
def bar(qtbot: QtBot) -> RunBar:
    actions = {key: QAction(key) for key in ("restart", "new_weights", "play", "step")}
    made = RunBar(actions)
    qtbot.addWidget(made)
    made.kept = list(actions.values())  # type: ignore[attr-defined]
    return made


def test_the_speed_goes_from_one_sample_in_two_seconds_to_as_fast_as_it_goes() -> None:
    assert speed_at(0) == pytest.approx(SLOWEST) == 0.5
    assert speed_at(POSITIONS - 1) == pytest.approx(FASTEST)
    assert speed_at(POSITIONS) is None
    assert all(position_of(speed_at(place)) == place for place in range(POSITIONS + 1))


def test_speeds_are_worded_for_people() -> None:
    assert speed_words(0.5) == "1 in 2.0 s"
    assert speed_words(5.0) == "5.0/s"
    assert speed_words(1234.5) == "1,200/s"
    assert speed_words(None) == "maximum"


def test_a_step_is_asked_for_as_it_is_set(bar: RunBar, qtbot: QtBot) -> None:
    bar._count.setValue(7)
    bar._stride.setCurrentIndex(bar._stride.findText("epoch"))
    with qtbot.waitSignal(bar.step_asked) as asked:
        bar.ask_step()
    assert asked.args == [7, Stride.EPOCH]
    assert asked.args[1] is Stride.EPOCH, "a plain string would never be counted"


@pytest.mark.parametrize("stop", [Stop(), Stop(epochs=12), Stop(trials=900), Stop(test_error=0.03)])
def test_a_stop_condition_is_shown_and_given_back_as_it_was(
    bar: RunBar, qtbot: QtBot, stop: Stop
) -> None:
    bar.set_stop(stop)
    with qtbot.waitSignal(bar.stop_changed) as changed:
        bar._on_stop()
    assert changed.args == [stop]


def test_choosing_to_stop_offers_a_sensible_place(bar: RunBar, qtbot: QtBot) -> None:
    bar.set_stop(Stop())
    bar.resize(1400, 40)
    bar.show()
    assert not bar._until.isVisible()
    with qtbot.waitSignal(bar.stop_changed) as changed:
        bar._stop.setCurrentIndex(1)
        bar._stop.activated.emit(1)
    assert changed.args == [Stop(epochs=20)]
    assert bar._until.isVisible()


def test_moving_the_slider_sets_the_speed(bar: RunBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.speed_changed) as changed:
        bar._speed.setFocus(Qt.FocusReason.OtherFocusReason)
        bar._speed.setValue(0)
    assert changed.args == [0.5]
