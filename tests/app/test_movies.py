"""Movies in the window: the dialog, what it offers, what it writes, and how it is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from bioviz.app import movie_dialog
from bioviz.app.movie_dialog import MovieDialog
from bioviz.app.movie_options import FULL
from bioviz.core.status import Stride
from bioviz.figures.encoder import MISSING

from .conftest import Driver


class Opened:
    """The dialog on a network that has learned for some trials.

    Its diagram has the whole window, unless panels are to stand beside it: one is drawn sooner, and
    a `small` movie of it sooner still.
    """

    def __init__(
        self, driver: Driver, trials: int = 8, *, beside: bool = False, small: bool = False
    ) -> None:
        self.driver = driver
        if trials:
            driver.advance(trials)
        if not beside:
            workspace = driver.window.workspace
            workspace.toggle_maximised(workspace.docks["network"])
        driver.window.actions_by_key["export_movie"].trigger()
        assert driver.window.movies.dialog is not None
        self.dialog: MovieDialog = driver.window.movies.dialog
        self.options = self.dialog.options
        if small:
            self.choose("network")  # before anything is drawn
        else:
            self.rest()

    def rest(self) -> None:
        """Wait until everything is drawn and written."""
        dialog = self.dialog
        self.driver.until(
            lambda: (
                not self.driver.controller.waiting
                and not dialog._proof.busy
                and not dialog.export.busy
            )
        )

    def check(self, *panels: str) -> None:
        """Choose these panels alone."""
        for key, box in self.options.boxes.items():
            if box.isChecked() != (key in panels):
                box.click()

    def choose(self, *panels: str) -> None:
        """Choose these panels alone, and a small short movie of them."""
        self.check(*panels)
        self.options.pixels.choose("640x360")
        self.options.pace.edit("seconds", 0.8)
        self.options.pace.edit("fps", 5)
        self.rest()

    def save_as(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        self.dialog.save_button.click()


def test_a_movie_has_the_frames_and_the_size_that_were_asked_for(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert driver.window.actions_by_key["export_movie"].shortcut().toString() == "Ctrl+Shift+E"
    opened = Opened(driver, small=True)
    account = opened.dialog.account.text()
    assert "4 frames. In them are 4 of the 9 moments" in account
    assert "The file takes about" in account
    opened.save_as(tmp_path / "moons", monkeypatch)
    assert opened.dialog.working.stop_button.isVisible()
    opened.rest()
    assert not opened.dialog.working.stop_button.isVisible()
    assert "Saved moons.gif" in opened.dialog.problem.text
    with Image.open(tmp_path / "moons.gif") as movie:
        assert (movie.format, movie.n_frames, movie.size) == ("GIF", 4, (640, 360))
    opened.dialog.reject()


def test_training_goes_on_while_a_movie_is_written_and_is_not_in_it(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver, small=True)
    driver.play()
    footage = opened.dialog._footage
    opened.save_as(tmp_path / "moons.gif", monkeypatch)
    opened.rest()
    assert driver.trial > 8
    assert footage is not None
    assert footage.trials == tuple(range(9))
    driver.trainer.pause()
    driver.settle()
    opened.dialog.anew_button.click()
    opened.rest()
    assert opened.dialog._footage is not None
    assert opened.dialog._footage.trials[-1] > 8
    opened.dialog.reject()


def test_a_stopped_movie_leaves_nothing(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver, small=True)
    opened.save_as(tmp_path / "moons.gif", monkeypatch)
    opened.dialog.working.stop_button.click()
    opened.rest()
    assert opened.dialog.problem.text == "Stopped; no movie was written."
    assert not list(tmp_path.glob("*moons*"))
    opened.dialog.reject()


def test_a_movie_goes_on_after_its_dialog_is_closed_and_the_window_tells(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver, small=True)
    told: list[str] = []
    driver.controller.told.connect(lambda _kind, words, _answers: told.append(words))
    opened.save_as(tmp_path / "moons.gif", monkeypatch)
    opened.dialog.reject()
    opened.rest()
    assert (tmp_path / "moons.gif").exists()
    assert any("Saved moons.gif" in words for words in told)


def test_panels_in_front_are_chosen_and_those_with_nothing_to_show_say_why(
    driver: Driver,
) -> None:
    opened = Opened(driver, beside=True)
    boxes = opened.options.boxes
    assert 1 <= len(opened.options.panels()) <= 4
    assert "network" in opened.options.panels()
    assert not boxes["raster"].isEnabled()
    assert "No layer of this network spikes" in boxes["raster"].toolTip()
    opened.check("network", "loss", "alignment", "task")
    assert boxes["weights"].toolTip() == FULL
    assert not boxes["weights"].isEnabled()
    opened.check("network")
    assert boxes["weights"].isEnabled()
    opened.choose()
    assert "Choose at least one panel" in opened.dialog.preview._words
    assert not opened.dialog.save_button.isEnabled()
    opened.dialog.reject()


def test_without_an_encoder_mp4_says_what_to_install(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(movie_dialog, "encoder", lambda: None)
    opened = Opened(driver)
    assert not opened.options.form.choose("mp4")
    assert opened.options.no_encoder.isVisible()
    assert opened.options.no_encoder.text() == MISSING
    opened.dialog.reject()
    monkeypatch.setattr(movie_dialog, "encoder", lambda: "ffmpeg")
    opened = Opened(driver, trials=0, beside=True)  # the diagram is alone already
    assert opened.options.form.choose("mp4")
    assert not opened.options.no_encoder.isVisible()
    opened.dialog.reject()


def test_before_anything_was_trained_a_sentence_says_so(driver: Driver) -> None:
    opened = Opened(driver, trials=0)
    assert "Nothing of this run has been recorded yet" in opened.dialog.preview._words
    assert not opened.dialog.save_button.isEnabled()
    opened.dialog.reject()


def test_a_place_that_cannot_be_written_is_told_in_the_dialog(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver, small=True)
    opened.save_as(tmp_path / "missing" / "moons.gif", monkeypatch)
    opened.rest()
    assert "moons.gif" in opened.dialog.problem.text
    assert "Saved" not in opened.dialog.problem.text
    opened.dialog.reject()


def test_looking_finishes_no_trial_that_is_under_way(driver: Driver) -> None:
    driver.advance(3)
    driver.trainer.advance(2, Stride.SAMPLE)
    driver.settle()
    before = driver.trainer.status.positions
    opened = Opened(driver, trials=0)
    assert driver.trainer.status.positions == before
    opened.dialog.reject()
