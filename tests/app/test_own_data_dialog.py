"""The dialog for data of one's own: what it reads and shows, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bioviz.app.own_data_dialog import OwnDataDialog
from bioviz.app.waiting import Waiting
from bioviz.tasks.own_data import OwnDataParams

from ..tasks.own import flowers, idx_pair, write
from .conftest import drop


class Opened:
    """The dialog by itself, and what it gave."""

    def __init__(self, qtbot: QtBot) -> None:
        self.waiting = Waiting()
        self.dialog = OwnDataDialog(self.waiting)
        qtbot.addWidget(self.dialog)
        self.qtbot = qtbot
        self.given: list[OwnDataParams] = []
        self.dialog.chosen.connect(self.given.append)
        self.dialog.begin(OwnDataParams(), read=False)
        self.dialog.open()

    def rest(self) -> None:
        def done() -> bool:
            self.waiting.collect()
            return not self.dialog.reading.busy

        self.qtbot.waitUntil(done, timeout=20_000)

    def read(self, path: Path) -> OwnDataDialog:
        self.dialog.read(path)
        self.rest()
        return self.dialog

    @property
    def account(self) -> str:
        return self.dialog._account.text()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    made = Opened(qtbot)
    yield made
    made.dialog.reject()


def test_nothing_can_be_used_before_something_is_read(opened: Opened) -> None:
    dialog = opened.dialog
    assert dialog.preview.currentWidget() is dialog.preview.empty
    assert not dialog.use_button.isEnabled()
    assert not dialog.working.stop_button.isVisible()


def test_a_file_is_chosen_read_shown_and_given(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = flowers(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    opened.dialog.options.file_button.click()
    opened.rest()
    assert "40 usable examples" in opened.account
    assert opened.dialog.preview.currentWidget() is opened.dialog.preview.points
    assert opened.given == []
    opened.dialog.use_button.click()
    assert opened.given[0].classes == ("rose", "tulip")
    assert opened.given[0].path == str(table)
    assert not opened.dialog.isVisible()


def test_another_label_is_read_as_numbers_and_shown_as_rows(opened: Opened, tmp_path: Path) -> None:
    dialog = opened.read(flowers(tmp_path))
    names = [dialog.options.label.itemText(place) for place in range(dialog.options.label.count())]
    assert names == ["length", "width", "kind"]
    assert dialog.options.label.key() == "kind"
    dialog.options.label.chosen.emit("width")
    opened.rest()
    assert "The target is a number (width)" in opened.account
    assert "Left out, for they hold words: kind." in opened.account
    rows = dialog.preview.rows
    assert dialog.preview.currentWidget() is rows
    heads = [rows.horizontalHeaderItem(place).text() for place in range(rows.columnCount())]
    assert heads == ["length", "width"]


def test_how_data_are_taken_changes_the_account(opened: Opened, tmp_path: Path) -> None:
    dialog = opened.read(flowers(tmp_path))
    dialog.options.form.edit("scaling", "range")
    dialog.options.form.edit("test", 0.5)
    assert "scaled from 0 to 1" in opened.account
    assert "20 are for training and 20 are held out" in opened.account
    assert not dialog.options.form.editor("target").isEnabled(), "words cannot be numbers"


def test_pictures_are_shown_as_pictures(opened: Opened, tmp_path: Path) -> None:
    dialog = opened.read(idx_pair(tmp_path))
    assert dialog.preview.currentWidget() is dialog.preview.pictures
    assert "5 × 4 pixels" in opened.account
    assert not dialog.options.form.editor("scaling").isEnabled()
    dialog.options.form.edit("target", "numbers")
    assert "The target is a number" in opened.account


def test_rows_of_grey_values_are_pictures_until_it_is_said_that_they_are_not(
    opened: Opened, tmp_path: Path
) -> None:
    rows = [",".join(str((i * j) % 17) for j in range(49)) + f",{i % 2}" for i in range(30)]
    dialog = opened.read(write(tmp_path / "grey.csv", *rows))
    assert dialog.options.picture_form.isVisible()
    assert dialog.preview.currentWidget() is dialog.preview.pictures
    dialog.options.picture_form.edit("pictures", False)
    assert dialog.preview.currentWidget() is dialog.preview.rows
    assert "Each has 49 inputs" in opened.account


def test_a_folder_of_pictures_is_made_of_the_size_that_is_asked_for(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = pytest.importorskip("PIL.Image")
    for name, shade in (("dark", 10), ("light", 240)):
        (tmp_path / name).mkdir()
        for place in range(6):
            image.new("L", (12, 12), shade).save(tmp_path / name / f"{place}.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    opened.dialog.options.folder_button.click()
    opened.rest()
    assert "28 × 28 pixels" in opened.account
    opened.dialog.options.size_form.edit("side", 16)
    opened.rest()
    assert "16 × 16 pixels" in opened.account


def test_a_file_that_cannot_be_read_is_told_and_another_can_be_chosen(
    opened: Opened, tmp_path: Path
) -> None:
    dialog = opened.read(write(tmp_path / "bad.csv", "one", "two"))
    assert "one column" in dialog.problem.text
    assert dialog.isVisible()
    assert not dialog.use_button.isEnabled()
    opened.read(flowers(tmp_path))
    assert not dialog.problem.isVisible()
    assert dialog.use_button.isEnabled()


def test_reading_shows_how_far_it_is_and_can_be_stopped(opened: Opened, tmp_path: Path) -> None:
    first = opened.read(flowers(tmp_path)).options.path.text()
    (tmp_path / "more").mkdir()
    opened.dialog.read(flowers(tmp_path / "more", 5000))
    assert opened.dialog.working.stop_button.isVisible()
    assert "flowers.csv" in opened.dialog.working.doing.text()
    opened.dialog.working.stop_button.click()
    assert not opened.dialog.reading.busy
    opened.rest()
    assert opened.dialog.options.path.text() == first, "what was read before stays"
    assert opened.dialog.use_button.isEnabled()


def test_what_is_dropped_on_it_is_read(opened: Opened, tmp_path: Path) -> None:
    drop(opened.dialog, flowers(tmp_path))
    opened.rest()
    assert "40 usable examples" in opened.account
    (tmp_path / "two").mkdir()
    drop(opened.dialog, tmp_path / "two")
    opened.rest()
    assert "one sub-folder for each class" in opened.dialog.problem.text
