"""The window as a whole: what a person does, and what must come of it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox

from bioviz.cli.group import start
from bioviz.core.experiment import build
from bioviz.core.rule import Phase
from bioviz.core.status import Mode, Stride
from bioviz.session.file import load
from bioviz.ui import theme

from .conftest import Driver, drop


def same(left: dict[str, np.ndarray], right: dict[str, np.ndarray]) -> bool:
    return left.keys() == right.keys() and all(
        left[name].tobytes() == right[name].tobytes() for name in left
    )


def no_window(*_: object) -> int:
    raise AssertionError("the command line must not open a window")


def test_the_first_window_shows_a_paused_network_and_no_dialog(driver: Driver) -> None:
    assert driver.trainer.status.mode is Mode.PAUSED
    assert driver.trial == 0
    assert not driver.window.problem_bar.isVisible()
    assert driver.window.status_line.text("mode") == "paused"
    assert "two moons" in driver.window.windowTitle()


def test_playing_trains_and_pausing_stops(driver: Driver) -> None:
    driver.trainer.set_speed(500)
    driver.window.actions_by_key["play"].trigger()
    driver.until(lambda: driver.trial > 3)
    assert driver.window.actions_by_key["play"].text() == "Pause"
    assert driver.window.status_line.text("mode") == "training"
    driver.press("play")
    assert driver.trainer.status.mode is Mode.PAUSED
    assert driver.window.actions_by_key["play"].text() == "Play"


def test_the_window_gives_the_same_bits_as_a_plain_run(driver: Driver) -> None:
    driver.advance(60)
    plain = build(driver.window.document.spec)
    plain.advance(60)
    assert same(driver.weights(), plain.net.weights())


def test_the_window_gives_the_same_bits_as_the_command_line(driver: Driver, tmp_path: Path) -> None:
    done = start(["run", "fa_two_moons", "--trials", "40", "--out", str(tmp_path)], no_window)
    assert done == 0
    state = load(tmp_path / "session.bioviz").states[0]
    assert state is not None
    driver.advance(40)
    assert same(driver.weights(), state.arrays)


def test_steps_in_the_window_equal_a_run(driver: Driver) -> None:
    for _ in range(3):
        driver.controller.step(4, Stride.BATCH)
        driver.settle()
    plain = build(driver.window.document.spec)
    plain.advance(12)
    assert same(driver.weights(), plain.net.weights())


def test_restart_returns_to_the_same_weights_and_undo_brings_the_training_back(
    driver: Driver,
) -> None:
    first = driver.weights()
    driver.advance(25)
    trained = driver.weights()
    driver.press("restart")
    assert driver.trial == 0
    assert same(driver.weights(), first)
    driver.press("undo")
    assert driver.trial == 25
    assert same(driver.weights(), trained)


def test_new_weights_are_other_weights_and_undo_gives_the_old_ones(driver: Driver) -> None:
    first, seed = driver.weights(), driver.window.document.spec.seed
    driver.press("new_weights")
    assert driver.window.document.spec.seed == seed + 1
    assert driver.window.status_line.text("seed") == f"seed {seed + 1}"
    assert not same(driver.weights(), first)
    driver.press("undo")
    assert same(driver.weights(), first)


def test_a_learning_rate_changes_while_it_runs(driver: Driver) -> None:
    driver.play()
    spec = driver.window.document.spec.with_value("rule.learning_rate", 0.01)
    driver.window.build_column.edited.emit(spec, "Change learning rate")
    driver.until(
        lambda: driver.trainer.do(lambda runs: runs[0].rule.params.learning_rate).result(5) == 0.01
    )
    assert driver.trainer.status.build == 1, "a rate must not rebuild the network"
    driver.controller.pause()
    driver.settle()
    driver.press("undo")
    assert driver.window.document.spec.rule.values["learning_rate"] != 0.01


def test_adding_a_layer_rebuilds_keeps_what_fits_and_can_be_undone(driver: Driver) -> None:
    driver.advance(10)
    trained = driver.weights()
    driver.press("add_layer")
    assert len(driver.window.document.spec.network.layers) == 4
    assert driver.trainer.status.build == 2
    driver.press("undo")
    assert len(driver.window.document.spec.network.layers) == 3
    assert driver.trial == 10
    assert same(driver.weights(), trained)


def test_an_impossible_network_is_explained_and_the_running_one_stays(driver: Driver) -> None:
    driver.advance(5)
    spec = driver.window.document.spec.with_value("network.layers.0.size", 7)
    driver.window.build_column.edited.emit(spec, "Resize")
    driver.settle()
    assert "Set its size to 2" in driver.window.problem_bar.text
    assert driver.trial == 5
    driver.press("step")
    assert driver.trial == 5, "what is described does not train, and nothing else does in its place"
    driver.press("undo")
    assert driver.trial == 5
    assert not driver.window.problem_bar.isVisible()
    driver.press("step")
    assert driver.trial == 6


def test_a_tick_too_coarse_for_a_time_constant_is_told_and_nothing_is_lost(driver: Driver) -> None:
    driver.window.open_network("stdp_competition")
    driver.settle()
    driver.advance(2)
    document, weights = driver.window.document, driver.weights()
    for path, value, words in (
        ("network.dt", 8.0, "A tick of 8 ms is longer than output.tau_e"),
        ("rule.tau_plus", 0.5, "longer than rule.tau_plus (0.5 ms)"),  # else a live change
        ("task.rate", 1000.0, ""),
    ):
        document.edit(document.spec.with_value(path, value), "Change")
        driver.settle()
        assert driver.window.problem_bar.isVisible() is bool(words)
        assert words in driver.window.problem_bar.text
        driver.press("undo")
        assert not driver.window.problem_bar.isVisible()
        assert driver.trial == 2
        assert same(driver.weights(), weights)


def test_a_rate_of_a_million_is_told_and_the_last_healthy_state_comes_back(driver: Driver) -> None:
    driver.advance(20)
    spec = driver.window.document.spec.with_value("rule.learning_rate", 1e6)
    driver.window.document.edit(spec, "Change learning rate")
    driver.settle()
    driver.controller.trainer.play()
    driver.until(lambda: driver.trainer.status.fault is not None)
    driver.until(lambda: driver.window.problem_bar.isVisible())
    assert "Lower the learning rate" in driver.window.problem_bar.text
    assert driver.window.status_line.text("mode") == "diverged"
    driver.controller.recover()
    driver.settle()
    assert driver.trainer.status.fault is None
    assert all(np.isfinite(array).all() for array in driver.weights().values())


def test_saving_and_opening_continues_bit_for_bit(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "moons.bioviz"
    driver.advance(15)
    driver.controller.save(path)
    driver.settle()
    assert driver.window.document.path == path
    driver.advance(15)
    straight = driver.weights()
    driver.window.document.note_saved(path)
    driver.open(path)
    assert driver.trial == 15
    driver.advance(15)
    assert same(driver.weights(), straight)


def test_a_dropped_session_is_opened(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "moons.bioviz"
    driver.advance(4)
    driver.controller.save(path)
    driver.settle()
    driver.press("restart")
    driver.window.document.note_saved(path)
    drop(driver.window, path)
    driver.settle()
    assert driver.trial == 4


def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_lost(
    driver: Driver, tmp_path: Path
) -> None:
    path = tmp_path / "bad.bioviz"
    driver.advance(6)
    for content in (b"", b"PK\x03\x04 nonsense", b"{}", b"hello"):
        driver.window.problem_bar.dismiss()
        assert not driver.window.problem_bar.isVisible()
        path.write_bytes(content)
        drop(driver.window, path)
        driver.settle()
        assert driver.window.problem_bar.isVisible(), content
        assert "Traceback" not in driver.window.problem_bar.text
        assert driver.trial == 6


def test_a_change_is_not_lost_without_a_question(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def cancel(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", cancel)
    driver.press("new_weights")
    driver.window.open_network("fa_digits")
    driver.settle()
    assert len(asked) == 1
    assert driver.window.document.spec.task.key == "two_moons"


def test_every_gallery_network_opens(driver: Driver) -> None:
    from bioviz.session import gallery
    from bioviz.tasks import mnist

    for entry in gallery.entries():
        if entry.session.experiments[0].task.key == "mnist" and mnist.folder() is None:
            continue
        driver.window.open_network(entry.key)
        driver.settle()
        assert driver.window.document.about.title == entry.session.about.title
        begun = driver.trial  # one of them has been trained
        driver.advance(1)
        assert driver.trial == begun + 1


def test_a_missing_data_set_is_offered_for_download(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    driver.window.open_network("fa_mnist")
    driver.settle()
    assert "MNIST is not on this machine" in driver.window.problem_bar.text
    driver.window.problem_bar.dismiss()
    driver.press("play")
    assert driver.trainer.status.mode is Mode.PAUSED
    assert "MNIST is not on this machine" in driver.window.problem_bar.text


def test_a_network_that_waits_for_its_data_is_saved_as_it_is_described(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    driver.window.open_network("fa_mnist")
    driver.settle()
    driver.controller.save(tmp_path / "later.bioviz")
    driver.settle()
    assert load(tmp_path / "later.bioviz").session.experiments[0].task.key == "mnist"


def test_a_hidden_panel_is_asked_for_nothing(driver: Driver) -> None:
    driver.window.workspace.docks["loss"].close()
    driver.settle()
    asked: list[object] = []
    loss = driver.window.panels["loss"]
    loss.wanted = lambda: asked.append(1) or frozenset()  # type: ignore[method-assign,func-returns-value]
    driver.advance(5)
    assert asked == []


def test_a_panel_behind_another_tab_is_asked_for_nothing(driver: Driver) -> None:
    asked: list[object] = []
    weights = driver.window.panels["weights"]
    weights.wanted = lambda: asked.append(1) or frozenset()  # type: ignore[method-assign,func-returns-value]
    driver.advance(5)
    assert asked == []
    driver.window.workspace.show_panel("weights")
    driver.controller.pump.refresh()
    driver.until(lambda: bool(asked))


def test_a_broken_panel_shows_its_fault_and_the_rest_goes_on(driver: Driver) -> None:
    def fail(_: object) -> None:
        raise ValueError("a test's fault")

    driver.window.panels["loss"].show_snapshot = fail  # type: ignore[method-assign]
    driver.advance(5)
    driver.until(lambda: driver.window.workspace.docks["loss"].widget() is not None)
    assert driver.window.workspace.docks["loss"].widget() is not driver.window.panels["loss"]
    driver.advance(5)
    assert driver.trial == 10


def test_a_panel_is_maximised_and_comes_back(driver: Driver) -> None:
    docks = driver.window.workspace.docks
    driver.window.workspace.toggle_maximised(docks["alignment"])
    assert docks["alignment"].isVisible()
    assert not docks["network"].isVisible()
    driver.press("maximise")
    assert docks["network"].isVisible()


def test_the_layout_can_be_reset_after_hiding_everything(driver: Driver) -> None:
    docks = driver.window.workspace.docks
    for dock in docks.values():
        dock.close()
    driver.press("reset_layout")
    idle = {key for key, panel in driver.window.panels.items() if panel.idle}
    others = {"raster", "stdp_window", "living_synapse", "bcm", "principal_axes", "flow_field"}
    others |= {"bursts"}
    assert idle == others
    assert all(dock.isVisible() != (key in idle) for key, dock in docks.items())


def test_the_theme_changes_everything_at_once(driver: Driver) -> None:
    driver.press("theme_dark")
    assert theme.current().dark
    picture = driver.window.grab().toImage()
    assert picture.pixelColor(640, 3).lightness() < 80
    driver.press("theme_light")
    assert driver.window.grab().toImage().pixelColor(640, 3).lightness() > 200


def test_pausing_answers_at_once_while_it_trains(driver: Driver) -> None:
    driver.window.open_network("fa_digits")
    driver.settle()
    driver.trainer.set_speed(None)
    driver.play()
    began = time.perf_counter()
    driver.controller.pause()
    driver.trainer.do(lambda _: None).result(5)
    assert time.perf_counter() - began < 0.1


def test_closing_while_training_ends_everything(driver: Driver) -> None:
    driver.play()
    driver.window.leave()
    assert driver.trainer.close(0.1)


def test_what_is_saved_holds_the_panels_and_the_speed(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "view.bioviz"
    driver.window.run_bar.set_speed(100)
    driver.window.saving(lambda: driver.controller.save(path))
    driver.settle()
    saved = load(path)
    assert {view.key for view in saved.session.panels} == set(driver.window.panels)
    assert saved.session.speed == pytest.approx(driver.window.run_bar.speed)


def test_an_epoch_step_from_the_keyboard_ends_at_an_epoch(driver: Driver) -> None:
    driver.trainer.set_speed(None)
    driver.press("step_epoch")
    assert driver.trainer.status.positions[0].epoch == 1
    assert driver.trainer.do(lambda runs: runs[0].phase).result(5) in (Phase.TRIAL, Phase.EPOCH)
