"""The status line: what does not fit gives way whole, and news is never cut without a sign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from bioviz.app import following
from bioviz.app.status_line import StatusLine
from bioviz.core.status import Mode, Position, Status
from bioviz.ui import theme
from bioviz.ui.label import Elided

from .conftest import Driver

NEWS = "W1 and its bias were kept; W2 begins anew, because h1 has another size."
FAR = Position(1_234_567, 1234, 0, 20, 12_345_678, "update", "")
RUNNING = Status(mode=Mode.PLAYING, positions=(FAR,), speed=123_456)


@pytest.fixture
def line(qtbot: QtBot, qapp: QApplication) -> Iterator[StatusLine]:
    theme.apply(qapp, "light")
    window = QMainWindow()
    qtbot.addWidget(window)
    line = StatusLine(window)
    window.setStatusBar(line)
    window.resize(900, 200)
    window.show()
    yield line
    window.close()  # kept by this frame until here


def settled(line: StatusLine, wide: int) -> list[str]:
    """The parts that can be read at a width, each of which is whole."""
    line.window().resize(wide, 200)
    QApplication.processEvents()
    shown = [label for label in line._parts.values() if label.isVisible()]
    ends = [label.geometry().right() for label in shown]
    assert all(label.width() >= label.sizeHint().width() for label in shown)
    assert ends == sorted(ends)
    assert ends[-1] < line.width()
    return [label.accessibleName() for label in shown]


@pytest.mark.parametrize("wide", [900, 1280, 1920])
def test_news_and_the_parts_beside_it_are_never_cut_without_a_sign(
    line: StatusLine, wide: int
) -> None:
    line.show_status(RUNNING, seed=123_456, drawing=30)
    line.say(NEWS)
    parts = settled(line, wide)
    assert parts[:2] == ["mode", "epoch"]
    assert line._news.shown() == NEWS
    assert line._news.geometry().right() < line.width()
    assert ("sample" in parts) == (wide > 900)


def test_work_that_goes_on_is_named_whole_in_the_smallest_window(line: StatusLine) -> None:
    line.show_status(RUNNING, seed=123_456, drawing=30)
    line.say(NEWS * 3)
    line.show_progress("Reading Fashion-MNIST", 0.5)
    settled(line, 900)
    assert line._bar.geometry().right() < line.width()
    assert isinstance(line._news, Elided)
    assert line._doing.shown() == "Reading Fashion-MNIST"
    assert line._news.shown().endswith("…")
    assert line._news.toolTip() == NEWS * 3


def test_what_gave_way_comes_back(line: StatusLine) -> None:
    line.show_status(RUNNING, seed=7, drawing=30)
    before = settled(line, 1280)
    line.say(NEWS * 2)
    assert settled(line, 1280) != before
    line.say("")
    assert settled(line, 1280) == before


def test_a_tip_stands_beside_what_is_true_and_news_comes_back_after_it(line: StatusLine) -> None:
    line.show_status(RUNNING, seed=7, drawing=30)
    line.say(NEWS)
    parts = settled(line, 1280)
    line.hint("Train, or pause training.")
    assert settled(line, 1280) == parts
    assert line._news.text() == "Train, or pause training."
    assert line.currentMessage() == ""
    line.hint("")
    assert line._news.text() == NEWS
    line.hint("Train, or pause training.")
    line.say("Saved.")
    assert line._news.text() == "Saved."


def test_while_loops_are_compiled_it_says_so(line: StatusLine) -> None:
    line.show_status(RUNNING, seed=1, drawing=30)
    line.show_compiling(True)
    assert "compiling" in settled(line, 1280)
    assert line.text("compiling") == "compiling, once after installation"
    line.show_compiling(False)
    assert "compiling" not in settled(line, 1280)


def test_the_window_says_it_for_as_long_as_it_lasts(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = driver.window.status_line
    for under_way in (True, False):
        monkeypatch.setattr(following, "compiling", lambda now=under_way: now)
        driver.controller.pump.beat()
        assert bool(line.text("compiling")) == under_way
