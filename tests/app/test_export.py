"""Figures in the window: the dialog with its preview, saving, copying, and all panels at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from bioviz.app.export import SVG, Export
from bioviz.app.export_dialog import ExportDialog
from bioviz.figures.preset import PRESETS

from .conftest import Driver


class Opened:
    """The dialog on a network that has learned a little."""

    def __init__(self, driver: Driver, panel: str = "loss") -> None:
        self.driver = driver
        driver.advance(5)
        self.export: Export = driver.window.export
        self.export.ask_for(panel)
        assert self.export.dialog is not None
        self.dialog: ExportDialog = self.export.dialog
        self.rest()

    def rest(self) -> None:
        """Wait until everything is drawn."""
        self.driver.until(lambda: not self.driver.controller.waiting and not self.busy)

    @property
    def busy(self) -> bool:
        return self.dialog._proof.busy

    def choose(self, preset: str, form: str) -> None:
        options = self.dialog.options
        options.preset.choose(preset)
        options.preset.chosen.emit(preset)
        options.form.choose(form)
        options.form.chosen.emit(form)
        self.rest()


def test_ctrl_e_opens_the_dialog_with_a_preview_in_its_true_proportions(driver: Driver) -> None:
    driver.advance(3)
    action = driver.window.actions_by_key["export_figure"]
    assert action.shortcut().toString() == "Ctrl+E"
    action.trigger()
    dialog = driver.window.export.dialog
    assert dialog is not None
    assert dialog.isVisible()
    driver.until(lambda: not dialog.preview._image.isNull() and not dialog._proof.busy)
    size = dialog.preview._image.size()
    assert size.width() / size.height() == pytest.approx(16 / 9, rel=0.02)
    dialog.reject()


def test_what_is_previewed_is_what_is_saved(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver)
    spec = opened.dialog._spec
    driver.advance(4)
    assert opened.dialog._spec is spec  # the run goes on, the figure stays
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "loss"), ""))
    opened.choose("half-slide", "svg")
    opened.dialog.save_button.click()
    opened.rest()
    words = (tmp_path / "loss.svg").read_text("utf-8")
    assert "trial: 5" in words
    assert "Saved loss.svg" in opened.dialog.problem.text
    opened.dialog.anew_button.click()
    opened.rest()
    assert opened.dialog._spec.facts["trial"] == "9"
    opened.dialog.reject()


def test_the_network_can_stand_beside_any_panel(driver: Driver) -> None:
    opened = Opened(driver)
    options = opened.dialog.options
    alone = len(opened.dialog._spec.axes)
    options.network.click()
    opened.rest()
    titles = [part.title for part in opened.dialog._spec.axes if part.title]
    assert titles == ["Network", "Loss and accuracy"]
    assert len(opened.dialog._spec.axes) > alone
    opened.dialog.begin("network")
    assert not options.network.isEnabled()
    opened.rest()
    opened.dialog.reject()


def test_each_preset_offers_its_own_formats_and_what_makes_a_difference(driver: Driver) -> None:
    opened = Opened(driver)
    options = opened.dialog.options
    for key, preset in PRESETS.items():
        opened.choose(key, preset.formats[0])
        assert tuple(options.form.keys()) == preset.formats
        png = options.form.value() == "png"
        assert options.fine.isHidden() == (not png or preset.fine is None)
        assert options.outlines.isHidden() == png
    opened.dialog.reject()


def test_only_the_last_of_many_wishes_is_drawn(driver: Driver) -> None:
    opened = Opened(driver)
    drawn: list[bytes] = []
    opened.dialog._proof.drawn.connect(drawn.append)
    for look in ("dark", "white", "transparent", "dark", "transparent"):
        opened.dialog.options.look.choose(look)
        opened.dialog.options.look.chosen.emit(look)
    opened.rest()
    assert len(drawn) <= 2
    assert opened.dialog.preview._image.pixelColor(1, 1).alpha() == 0
    opened.dialog.reject()


def test_a_panel_that_has_nothing_to_show_says_why(driver: Driver) -> None:
    opened = Opened(driver, "raster")
    assert "No layer of this network spikes" in opened.dialog.preview._words
    assert not opened.dialog.save_button.isEnabled()
    opened.dialog.reject()


def test_a_right_click_on_a_title_copies_a_picture_and_a_drawing(driver: Driver) -> None:
    driver.advance(3)
    export = driver.window.export
    menu = export.menu_of("alignment")
    assert [action.text() for action in menu.actions()] == ["Export figure…", "Copy figure"]
    menu.actions()[1].trigger()
    menu.deleteLater()
    driver.settle()
    data = QGuiApplication.clipboard().mimeData()
    assert isinstance(data.imageData(), QImage)
    assert b"update angle" in bytes(data.data(SVG).data())
    dock = driver.window.workspace.docks["loss"]
    for widget in (dock.titleBarWidget(), dock.widget()):  # no pop-up is shown without a screen
        assert widget.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu


def test_all_panels_go_into_a_folder_with_their_numbers(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(driver)
    opened.choose("column", "svg")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    opened.dialog.all_button.click()
    assert opened.dialog.working.bar.isVisible()
    opened.rest()
    assert not opened.dialog.working.bar.isVisible()
    drawn = {path.stem for path in tmp_path.glob("*.svg")}
    assert {"loss", "alignment", "task", "weights"} <= drawn
    assert {path.stem for path in tmp_path.glob("*.csv")} == drawn
    assert f"Wrote {len(drawn)} figures" in opened.dialog.problem.text
    assert "Raster" in opened.dialog.problem.text
    opened.dialog.reject()


def test_writing_all_panels_can_be_stopped(driver: Driver, tmp_path: Path) -> None:
    opened = Opened(driver)
    opened.dialog.folder_export.start(tmp_path, opened.dialog.options.sheet())
    opened.dialog.working.stop_button.click()
    opened.rest()
    assert len(list(tmp_path.glob("*.png"))) == 1
    opened.dialog.reject()


def test_a_place_that_cannot_be_written_is_told_in_the_dialog(
    driver: Driver, tmp_path: Path
) -> None:
    opened = Opened(driver)
    (tmp_path / "file").write_text("")
    opened.dialog.folder_export.start(tmp_path / "file", opened.dialog.options.sheet())
    opened.rest()
    assert "cannot be made" in opened.dialog.problem.text
    opened.dialog.reject()


def test_a_figure_is_taken_while_the_run_goes_on(driver: Driver) -> None:
    opened = Opened(driver)
    driver.play()
    opened.dialog.anew_button.click()
    driver.until(lambda: not driver.controller.waiting and not opened.busy)
    assert opened.dialog._spec is not None
    assert driver.trainer.status.mode.value == "playing"
    driver.trainer.pause()
    opened.dialog.reject()
