"""Data of one's own in the window: the dialog, dropping, a stranger's session, files that move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from bioviz.app.own_data_dialog import OwnDataDialog
from bioviz.app.settings import load_settings, settings_path
from bioviz.core.choose import choose_task
from bioviz.core.experiment import build
from bioviz.core.status import Mode
from bioviz.session.file import capture_all, load, save
from bioviz.tasks._image_folder import SUFFIXES

from ..specs import moons_spec
from ..tasks.own import flower_rows, flowers, idx_pair, params_of, write
from .conftest import Driver


class Desk:
    """A window, and a folder with a table of flowers."""

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver = driver
        self.window = driver.window
        self.folder = folder
        self.table = flowers(folder)

    @property
    def dialog(self) -> OwnDataDialog:
        assert self.window.data_choice.dialog is not None
        return self.window.data_choice.dialog

    @property
    def told(self) -> str:
        return self.window.problem_bar.text if self.window.problem_bar.isVisible() else ""

    def read(self, path: Path | None = None) -> OwnDataDialog:
        """Open the dialog on a file, and wait until it is read."""
        self.window.data_choice.ask(str(path or self.table))
        self.rest()
        return self.dialog

    def rest(self) -> None:
        self.driver.until(lambda: not self.dialog.reading.busy)

    def use(self) -> None:
        self.dialog.use_button.click()
        self.driver.settle()

    def answer(self, words: str) -> None:
        """Press a button of the message above the panels."""
        buttons = {button.text(): button for button in self.window.problem_bar._buttons}
        buttons[words].click()
        self.driver.settle()

    def drop(self, target: object, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        target.dropEvent(event)  # type: ignore[attr-defined]

    def stranger(self, trials: int = 12) -> Path:
        """A trained session of somebody else's, whose data were never chosen here."""
        spec, _ = choose_task(moons_spec(), "own_data", params_of(self.table))
        experiment = build(spec)
        experiment.advance(trials)
        path = self.folder / "stranger.bioviz"
        save(path, capture_all([experiment]))
        return path


@pytest.fixture
def desk(driver: Driver, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "data"
    folder.mkdir()
    made = Desk(driver, folder)
    yield made
    if made.window.data_choice.dialog is not None:
        made.dialog.reject()


def test_choosing_your_own_data_asks_for_a_file_and_changes_nothing_yet(desk: Desk) -> None:
    before = desk.window.document.spec
    desk.window.build_column.task.combo.chosen.emit("own_data")
    assert desk.dialog.isVisible()
    assert desk.window.document.spec == before
    assert desk.window.build_column.task.combo.key() == "two_moons"
    assert not desk.dialog.use_button.isEnabled()


def test_a_file_is_read_shown_and_learned_from(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(desk.table), ""))
    desk.driver.press("own_data")
    desk.dialog.file_button.click()
    desk.rest()
    assert "40 usable examples" in desk.dialog._account.text()
    assert desk.dialog.preview.currentWidget() is desk.dialog.preview.points
    desk.use()
    spec = desk.window.document.spec
    assert spec.task.key == "own_data"
    assert not desk.dialog.isVisible()
    desk.driver.advance(5)
    assert desk.driver.trainer.catalogue.first.classes == ("rose", "tulip")
    assert "flowers.csv" in desk.window.build_column.task._file.text()
    desk.driver.press("undo")
    assert desk.window.document.spec.task.key == "two_moons"


def test_cancelling_changes_nothing(desk: Desk) -> None:
    before = desk.window.document.spec
    desk.read()
    desk.dialog.cancel_button.click()
    assert desk.window.document.spec == before
    assert str(desk.table) not in desk.driver.controller.known


def test_another_label_brings_other_outputs_and_loss(desk: Desk) -> None:
    desk.read()
    desk.dialog.label.chosen.emit("width")
    desk.rest()
    assert "no column besides" not in desk.dialog.problem.text
    assert "The target is a number (width)" in desk.dialog._account.text()
    assert desk.dialog.preview.currentWidget() is desk.dialog.preview.rows
    desk.use()
    assert desk.window.document.spec.loss == "squared_error"
    assert "Linear" in desk.window.build_column.task.remark.text or (
        "linear" in desk.window.build_column.task.remark.text
    )


def test_how_data_are_taken_can_be_set_before_and_after(desk: Desk) -> None:
    desk.read()
    desk.dialog.form.edit("scaling", "range")
    desk.dialog.form.edit("test", 0.5)
    assert "20 are for training and 20 are held out" in desk.dialog._account.text()
    desk.use()
    assert len(desk.driver.trainer.do(lambda runs: runs[0].data.test).result(5)) == 20
    form = desk.window.build_column.task.form
    assert form is not None
    form.edit("test", 0.1)
    desk.driver.settle()
    assert len(desk.driver.trainer.do(lambda runs: runs[0].data.test).result(5)) == 4


def test_pictures_are_shown_as_pictures(desk: Desk) -> None:
    dialog = desk.read(idx_pair(desk.folder))
    assert dialog.preview.currentWidget() is dialog.preview.pictures
    assert "5 × 4 pixels" in dialog._account.text()
    assert not dialog.form.editor("scaling").isEnabled()


def test_a_file_that_cannot_be_read_is_told_and_the_dialog_stays(desk: Desk) -> None:
    before = desk.window.document.spec
    dialog = desk.read(write(desk.folder / "bad.csv", "one", "two"))
    assert "one column" in dialog.problem.text
    assert dialog.isVisible()
    assert not dialog.use_button.isEnabled()
    dialog.read(desk.table)
    desk.rest()
    assert not dialog.problem.isVisible()
    assert dialog.use_button.isEnabled()
    assert desk.window.document.spec == before


def test_labels_that_are_words_cannot_be_taken_as_numbers(desk: Desk) -> None:
    dialog = desk.read()
    assert not dialog.form.editor("target").isEnabled()


def test_reading_shows_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    desk.window.data_choice.ask(str(flowers(desk.folder, 20_000)))
    dialog = desk.dialog
    assert dialog.reading.busy
    assert dialog.stop_button.isVisible()
    assert "flowers.csv" in dialog._doing.text()
    dialog.stop_button.click()
    assert not dialog.reading.busy
    assert not dialog.stop_button.isVisible()
    desk.driver.settle()
    assert not dialog.use_button.isEnabled()


def test_what_is_dropped_on_the_window_is_read(desk: Desk) -> None:
    desk.drop(desk.window, desk.table)
    desk.rest()
    assert "40 usable examples" in desk.dialog._account.text()
    (desk.folder / "two").mkdir()
    desk.drop(desk.dialog, desk.folder / "two")
    desk.rest()
    assert "one sub-folder for each class" in desk.dialog.problem.text
    assert all(suffix.startswith(".") for suffix in SUFFIXES)


def test_a_strangers_session_is_not_read_before_it_is_allowed(desk: Desk) -> None:
    session = desk.stranger()
    desk.driver.open(session)
    assert str(desk.table) in desk.told
    assert "Read it?" in desk.told
    desk.driver.press("play")
    assert desk.driver.trainer.status.mode is Mode.PAUSED
    desk.answer("Read it")
    assert desk.told == ""
    assert desk.driver.trial == 12, "the weights that were saved are continued"
    assert desk.driver.trainer.catalogue.first.task == "own_data"


def test_undo_and_edits_do_not_get_around_the_question(desk: Desk) -> None:
    desk.driver.open(desk.stranger())
    desk.driver.press("new_weights")
    desk.driver.press("undo")
    desk.driver.press("restart")
    assert "Read it?" in desk.told
    assert desk.driver.trainer.catalogue.first.task == "two_moons"


def test_what_the_user_chose_once_is_read_without_a_question(desk: Desk) -> None:
    desk.read()
    desk.use()
    desk.window.document.note_saved(desk.folder / "x.bioviz")
    desk.driver.open(desk.stranger())
    assert desk.told == ""
    assert desk.driver.trial == 12
    assert str(desk.table) in load_settings(settings_path()).data


def test_saving_a_session_that_waits_for_its_data_keeps_its_weights(desk: Desk) -> None:
    session = desk.stranger()
    desk.driver.open(session)
    saved = load(session).states[0]
    desk.driver.controller.save(desk.folder / "again.bioviz")
    desk.driver.settle()
    again = load(desk.folder / "again.bioviz").states[0]
    assert saved is not None
    assert again is not None
    for name, array in saved.arrays.items():
        np.testing.assert_array_equal(array, again.arrays[name])


def test_the_same_data_at_another_place_continue_the_run(desk: Desk) -> None:
    session = desk.stranger()
    desk.driver.controller.known.add(str(desk.table))
    moved = desk.table.rename(desk.folder / "moved.csv")
    desk.driver.open(session)
    assert "There is no file 'flowers.csv'" in desk.told
    desk.answer("Choose another file…")
    assert desk.dialog.isVisible()
    desk.dialog.read(moved)
    desk.rest()
    desk.use()
    assert desk.driver.trial == 12
    assert desk.told == ""


def test_a_changed_file_is_told_and_read_anew_only_on_the_users_word(desk: Desk) -> None:
    desk.read()
    desk.use()
    desk.driver.advance(3)
    write(desk.table, "length,width,kind", *flower_rows(46))
    desk.driver.press("add_layer")
    assert "46 examples instead of 40" in desk.told
    desk.answer("Read it anew…")
    desk.rest()
    assert "46 usable examples" in desk.dialog._account.text()
    desk.use()
    assert desk.told == "" or "instead of" not in desk.told
    assert desk.window.document.spec.task.values["examples"] == 46


def test_a_file_that_is_there_again_is_read_without_an_edit(desk: Desk) -> None:
    desk.read()
    desk.use()
    away = desk.table.rename(desk.folder / "away.csv")
    desk.driver.press("restart")
    assert "There is no file" in desk.told
    away.rename(desk.table)
    desk.window.build_column.task._other.click()
    desk.rest()
    desk.use()
    assert desk.driver.controller.builder.fault is None
