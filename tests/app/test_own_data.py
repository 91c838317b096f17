"""Data of one's own in the window: the dialog, dropping, a stranger's session, files that move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bioviz.app.own_data_dialog import OwnDataDialog
from bioviz.app.settings import load_settings, settings_path
from bioviz.core.choose import choose_task
from bioviz.core.experiment import build
from bioviz.core.registry import TASKS
from bioviz.core.status import Mode
from bioviz.session.file import capture_all, load, save

from ..specs import moons_spec
from ..tasks.own import flower_rows, flowers, params_of, write
from .conftest import Driver, drop


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


def test_your_own_data_are_chosen_learned_and_undone(desk: Desk) -> None:
    before = desk.window.document.spec
    desk.window.build_column.task.combo.chosen.emit("own_data")
    assert desk.dialog.isVisible()
    assert desk.window.document.spec == before
    assert desk.window.build_column.task.combo.key() == "two_moons"
    desk.dialog.cancel_button.click()
    drop(desk.window, desk.table)
    desk.rest()
    assert str(desk.table) not in desk.driver.controller.known
    desk.use()
    assert desk.window.document.spec.task.key == "own_data"
    assert "flowers.csv" in desk.window.build_column.task._file.text()
    summary = desk.window.build_column.task._summary.text()
    assert summary == "40 examples: 2 inputs, 2 classes."
    assert str(desk.table) in load_settings(settings_path()).data
    desk.driver.advance(3)
    assert desk.driver.trainer.catalogue.first.classes == ("rose", "tulip")
    form = desk.window.build_column.task.form
    assert form is not None
    form.edit("test", 0.5)
    desk.driver.settle()
    assert desk.driver.trainer.catalogue.first.test_size == 20
    desk.driver.press("undo")
    desk.driver.press("undo")
    assert desk.window.document.spec.task.key == "two_moons"


def test_the_build_column_has_room_for_what_it_says_of_your_own_data(desk: Desk) -> None:
    desk.read()
    desk.use()
    inside = desk.window.build_column._column.parentWidget()
    desk.driver.until(lambda: inside.minimumSizeHint().width() <= 230)


def test_a_strangers_session_is_not_read_before_it_is_allowed(desk: Desk) -> None:
    session = desk.stranger()
    desk.driver.open(session)
    assert str(desk.table) in desk.told
    for key in ("new_weights", "undo", "restart", "play"):
        desk.driver.press(key)
        assert "Read it?" in desk.told
        assert desk.driver.trainer.catalogue.first.task == "two_moons"
    assert desk.driver.trainer.status.mode is Mode.PAUSED
    desk.driver.controller.save(desk.folder / "again.bioviz")
    desk.driver.settle()
    saved, again = load(session).states[0], load(desk.folder / "again.bioviz").states[0]
    assert saved is not None
    assert again is not None, "saving keeps the weights of a run that waits for its data"
    assert all(
        array.tobytes() == again.arrays[name].tobytes() for name, array in saved.arrays.items()
    )
    desk.answer("Read it")
    assert desk.told == ""
    assert desk.driver.trial == 12, "the run that was saved goes on"
    desk.window.document.note_saved(session)
    desk.driver.open(session)
    assert desk.told == "", "what was allowed once is not asked about again"


def test_the_question_stays_when_an_earlier_network_comes_late(desk: Desk) -> None:
    saved = load(desk.stranger())
    desk.driver.controller.show(desk.driver.window.document.session)
    desk.driver.controller.take_over(saved, None)
    desk.driver.settle()
    assert "Read it?" in desk.told
    desk.driver.press("restart")
    desk.answer("Read it")
    assert desk.driver.trial == 12
    assert not desk.window.document.undo_stack.canUndo()


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


def test_a_changed_or_missing_file_is_told_and_read_anew_on_the_users_word(desk: Desk) -> None:
    desk.read()
    desk.use()
    desk.driver.advance(3)
    away = desk.table.rename(desk.folder / "away.csv")
    desk.driver.press("restart")
    assert "There is no file" in desk.told
    away.rename(desk.table)
    desk.window.build_column.task._other.click()
    desk.rest()
    desk.use()
    assert desk.driver.controller.builder.fault is None, "it is there again"
    write(desk.table, "length,width,kind", *flower_rows(46))
    desk.driver.press("add_layer")
    assert "46 examples instead of 40" in desk.told
    desk.answer("Read it anew…")
    desk.rest()
    assert "46 usable examples" in desk.dialog._account.text()
    desk.use()
    assert "instead of" not in desk.told
    assert desk.window.document.spec.task.values["examples"] == 46


def test_data_sets_are_offered_in_the_menu_and_a_download_disturbs_no_other_network(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(desk.folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk.folder))
    desk.window.menus.show_data()
    entries = {action.text(): action for action in desk.window.menus._data.actions()}
    assert list(entries) == ["Fashion-MNIST (31 MB)", "Kuzushiji-MNIST (21 MB)", "MNIST (11 MB)"]
    fetched: list[str] = []
    for key in ("mnist", "fashion_mnist"):
        download = lambda _progress, key=key: fetched.append(key) or desk.folder  # noqa: E731
        monkeypatch.setattr(TASKS[key], "download", download)
    desk.driver.advance(4)
    entries["Fashion-MNIST (31 MB)"].trigger()
    entries["MNIST (11 MB)"].trigger()
    desk.driver.until(lambda: len(fetched) == 2)
    desk.driver.settle()
    assert fetched == ["fashion_mnist", "mnist"]
    assert desk.driver.trial == 4
    assert "MNIST is on this machine now" in desk.window.status_line._news.text()
