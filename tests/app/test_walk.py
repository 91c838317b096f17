"""A new user's walk through the program, by mouse and keyboard, with a picture of every station.

    BIOVIZ_SHOTS=FOLDER python -m pytest tests/app/test_walk.py

writes the pictures where one can look at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from bioviz.app.export_dialog import ExportDialog
from bioviz.app.settings import Settings
from bioviz.app.window import Window
from bioviz.ui import theme

from .walker import ALT, CTRL, Walker

SIZE = (1440, 900)


Opener = Callable[[Path | None], Walker]


@pytest.fixture
def sit_down(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opener]:
    """Opens the program in a window of common size, on a file or as it is first seen."""
    monkeypatch.setenv("BIOVIZ_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BIOVIZ_STATE_DIR", str(tmp_path / "state"))
    theme.apply(qapp, "light")
    made: list[Window] = []

    def open_on(path: Path | None) -> Walker:
        window = Window(Settings())
        made.append(window)
        window.begin(path)
        window.controller.pump.stop()
        window.setWindowState(Qt.WindowState.WindowNoState)  # a maximised one is of the screen's
        window.resize(*SIZE)
        window.show()
        qtbot.waitExposed(window)
        walker = Walker(window, qtbot, tmp_path / "pictures", 13 * (len(made) - 1))
        walker.until(lambda: walker.trainer.catalogue is not None)
        walker.settle()
        window.views.complete()
        return walker

    yield open_on
    for window in made:
        window.leave()
        window.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen
def test_a_new_user_plays_compares_looks_back_branches_exports_saves_and_reopens(
    sit_down: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = sit_down(None)
    opens_on_two_moons(walker)
    plays_and_pauses(walker)
    chooses_another_rule_and_restarts(walker)
    compares_with_backprop(walker)
    looks_back(walker)
    branches(walker)
    exports_a_slide(walker, tmp_path, monkeypatch)
    path = saves_with_the_history(walker, tmp_path, monkeypatch)
    reopens(walker, sit_down(path))


def opens_on_two_moons(walker: Walker) -> None:
    assert "Feedback alignment on two moons" in walker.window.windowTitle()
    assert walker.said() == "paused"
    assert walker.said("trial") == "trial 0"
    assert {"build", "network", "task", "loss", "alignment", "inspector"} <= set(walker.in_front())
    walker.picture("opened")
    assert walker.legend("loss") == ["training error", "test error"]


def plays_and_pauses(walker: Walker) -> None:
    walker.key(Qt.Key.Key_Space)
    walker.until(lambda: walker.said() == "training")
    assert walker.window.actions_by_key["play"].text() == "Pause"
    walker.until(lambda: walker.trial > 40)
    assert walker.said("speed").endswith("samples/s")
    walker.picture("playing")
    walker.click(button(walker, "Pause"))
    walker.settle()
    walker.until(lambda: walker.said() == "paused")
    assert button(walker, "Play").isVisible()
    assert walker.legend("alignment")[0].startswith("update angle h1 ")
    walker.picture("paused")


def chooses_another_rule_and_restarts(walker: Walker) -> None:
    walker.choose(walker.window.build_column.rule.combo, "Kolen-Pollack")
    walker.settle()
    assert walker.window.windowTitle().endswith("[*]")
    assert walker.window.isWindowModified()
    walker.picture("another-rule")
    walker.key(Qt.Key.Key_R)  # the list still has the focus
    walker.settle()
    walker.until(lambda: walker.said("trial") == "trial 0")
    assert any(name.startswith("Feedback alignment") for name in walker.legend("loss"))
    walker.picture("restarted")


def compares_with_backprop(walker: Walker) -> None:
    walker.click(button(walker, "Compare with backprop"))
    walker.settle()
    walker.until(lambda: len(walker.trainer.experiments) == 2)
    walker.settle()
    assert "Backprop" in walker.titles("network")
    assert QApplication.focusWidget() is None  # the button cannot be pressed again
    walker.picture("compared")
    walker.play_to(60)
    names = walker.legend("loss")
    assert any(name.startswith("Kolen-Pollack ") for name in names)
    assert any(name.startswith("Backprop ") for name in names)
    walker.picture("both-trained")


def looks_back(walker: Walker) -> None:
    now = walker.trial
    bar = walker.window.history_bar
    walker.key(Qt.Key.Key_Home)
    walker.settle()
    assert bar.words.text() == f"trial 0 of {now}"
    walker.key(Qt.Key.Key_Right)
    walker.key(Qt.Key.Key_PageDown)
    walker.key(Qt.Key.Key_Left, ALT)
    walker.settle()
    assert bar.words.text() == f"trial 10 of {now}"
    assert walker.said("moment") == "looking at trial 10"
    walker.picture("back-by-keys")
    walker.drag(bar.line, 0.2, 0.6)
    walker.settle()
    looked = walker.controller.looking.trial
    assert looked is not None
    assert 0.5 * now < looked < 0.7 * now
    assert walker.said("moment") == f"looking at trial {looked}"
    assert walker.said("trial") == f"trial {now}"  # what trains has not moved
    walker.picture("back-by-mouse")


def branches(walker: Walker) -> None:
    looked = walker.controller.looking.trial
    name = f"Backprop from trial {looked}"
    walker.key(Qt.Key.Key_B, CTRL)
    walker.until(lambda: len(walker.trainer.experiments) == 3)
    walker.settle()
    now = walker.trial  # the trial that pausing had cut short was finished first
    assert walker.said("condition") == f"catching up: trial {looked} of {now}"
    assert name in walker.titles("network")
    rows = walker.window.build_column.experiments.rows
    assert [row.button.text() for row in rows] == ["Kolen-Pollack", "Backprop", name]
    walker.picture("branched")
    walker.play_to(now + 10)
    assert walker.said("condition") == ""
    assert len({run.trial for run in walker.trainer.experiments}) == 1
    assert any(entry.startswith(f"{name} ") for entry in walker.legend("loss"))
    walker.picture("caught-up")


def exports_a_slide(walker: Walker, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walker.key(Qt.Key.Key_E, CTRL)
    dialog = walker.window.export.dialog
    assert dialog is not None
    drawn(walker, dialog)
    assert dialog.options.panel.currentText() == "Loss and accuracy"
    walker.choose(dialog.options.preset, "Half slide")
    walker.choose(dialog.options.preset, "Slide 16:9")
    saves_figure(walker, folder / "loss.png", monkeypatch)
    image = QImage(str(folder / "loss.png"))
    assert (image.width(), image.height()) == (1920, 1080)
    walker.choose(dialog.options.form, "SVG drawing")
    saves_figure(walker, folder / "loss.svg", monkeypatch)
    words = (folder / "loss.svg").read_text("utf-8")
    assert "Backprop from trial" in words
    assert "<text" in words
    walker.picture("exported")
    walker.key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def saves_with_the_history(walker: Walker, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = folder / "walk.bioviz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    walker.key(Qt.Key.Key_S, CTRL)
    walker.settle()
    walker.until(path.exists)
    walker.until(lambda: "without the history" in walker.news())
    walker.from_menu(Qt.Key.Key_F, "Keep the history")
    assert walker.window.isWindowModified()
    walker.key(Qt.Key.Key_S, CTRL)
    walker.until(lambda: walker.news() == f"Saved walk.bioviz in {folder}.")
    assert "walk" in walker.window.windowTitle()
    assert not walker.window.isWindowModified()
    walker.picture("saved")
    return path


def reopens(walker: Walker, again: Walker) -> None:
    window = again.window
    again.until(lambda: len(again.trainer.experiments) == 3)
    again.settle()
    window.views.complete()
    assert again.kept() == walker.kept()
    again.picture("reopened")
    last = window.build_column.experiments.rows[-1]
    again.click(last.button)
    again.settle()
    assert "walk" in window.windowTitle()
    assert again.said("trial") == walker.said("trial")
    assert sorted(again.legend("loss")) == sorted(walker.legend("loss"))
    assert again.titles("network") == walker.titles("network")
    assert again.in_front() == walker.in_front()
    before, after = (
        {key: panel.options() for key, panel in one.window.panels.items()}
        for one in (walker, again)
    )
    assert after == before
    again.key(Qt.Key.Key_Home)
    again.settle()
    assert again.said("moment") == "looking at trial 0"
    again.picture("reopened-at-the-beginning")


def button(walker: Walker, words: str) -> QToolButton:
    """The tool button that is seen with these words on it."""
    found = walker.window.findChildren(QToolButton)
    return next(one for one in found if one.text() == words and one.isVisible())


def drawn(walker: Walker, dialog: ExportDialog) -> None:
    walker.until(lambda: not walker.controller.waiting and not dialog._proof.busy)


def saves_figure(walker: Walker, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = walker.window.export.dialog
    assert dialog is not None
    drawn(walker, dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    walker.click(dialog.save_button)
    walker.until(path.exists)
    drawn(walker, dialog)
    assert f"Saved {path.name}" in dialog.problem.text
