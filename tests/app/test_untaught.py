"""The window on networks without a teacher: panels make way and come back, forms have no loss."""

from __future__ import annotations

import pytest

from bioviz.session.gallery import session_of

from .conftest import Driver

ALIGNMENT, LOSS = "alignment", "loss"


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def show(driver: Driver, key: str) -> None:
    driver.window.show_session(session_of(key))  # whatever was edited before
    driver.settle()


@pytest.mark.parametrize(
    ("key", "panel"), [("bcm_selective", "bcm"), ("hebb_and_oja", "principal_axes")]
)
def test_a_network_of_the_gallery_brings_its_own_panel_forward(driver, key, panel):
    show(driver, key)
    assert not driver.window.panels[panel].visibleRegion().isEmpty()
    driver.advance(20)
    assert driver.window.panels[panel].wanted()


def test_the_alignment_makes_way_and_comes_back(driver):
    docks = driver.window.workspace.docks
    assert not docks[ALIGNMENT].isHidden()
    show(driver, "bcm_selective")
    assert docks[ALIGNMENT].isHidden()
    assert docks[LOSS].windowTitle() == "Learning curves"
    driver.press("reset_layout")
    assert docks[ALIGNMENT].isHidden()
    show(driver, "fa_two_moons")
    assert not docks[ALIGNMENT].isHidden()
    assert docks[LOSS].windowTitle() == "Loss and accuracy"


def test_a_panel_that_the_user_brings_back_stays(driver):
    docks = driver.window.workspace.docks
    show(driver, "bcm_selective")
    driver.window.workspace.show_panel(ALIGNMENT)
    show(driver, "hebb_and_oja")
    assert not docks[ALIGNMENT].isHidden()


def test_a_panel_that_the_user_had_hidden_stays_hidden(driver):
    docks = driver.window.workspace.docks
    docks[ALIGNMENT].close()
    show(driver, "bcm_selective")
    show(driver, "fa_two_moons")
    assert docks[ALIGNMENT].isHidden()


def test_what_made_way_is_not_remembered_as_hidden(driver):
    show(driver, "bcm_selective")
    workspace = driver.window.workspace
    state = workspace.layout_bytes()
    workspace.docks[ALIGNMENT].hide()
    assert workspace.take_layout(state)
    show(driver, "fa_two_moons")
    assert not workspace.docks[ALIGNMENT].isHidden()


def test_the_form_has_no_loss_where_there_is_none(driver):
    top = driver.window.build_column.training.top
    assert not top.editor("loss").isHidden()
    show(driver, "bcm_selective")
    assert top.editor("loss").isHidden()
    assert not top.editor("batch").isHidden()
    show(driver, "fa_two_moons")
    assert not top.editor("loss").isHidden()


def test_the_output_layer_can_be_resized_without_a_teacher(driver):
    show(driver, "bcm_selective")
    rows = driver.window.build_column.layers._rows
    assert not rows[0].size_box.isEnabled()
    assert rows[-1].size_box.isEnabled()
    rows[-1].resized.emit(5)
    driver.settle()
    assert driver.window.document.spec.network.layers[-1].size == 5
    driver.advance(5)
    show(driver, "fa_two_moons")
    assert not driver.window.build_column.layers._rows[-1].size_box.isEnabled()


def test_a_task_without_targets_is_refused_where_it_was_chosen(driver):
    before = driver.window.document.spec
    column = driver.window.build_column
    column.task.chosen.emit("patterns")
    driver.settle()
    assert driver.window.document.spec == before
    assert "has no targets" in column.task.remark.text
    assert column.task.combo.key() == before.task.key


def test_hebb_can_be_chosen_for_any_network_and_then_a_task_without_targets(driver):
    column = driver.window.build_column
    column.rule.chosen.emit("oja")
    driver.settle()
    column.task.chosen.emit("patterns")
    driver.settle()
    spec = driver.window.document.spec
    assert (spec.rule.key, spec.task.key) == ("oja", "patterns")
    assert spec.problems() == []
    driver.advance(3)
    driver.press("undo")
    driver.press("undo")
    assert driver.window.document.spec.rule.key == "feedback_alignment"


def test_the_status_line_says_what_the_world_is_like(driver):
    show(driver, "monocular_deprivation")
    line = driver.window.status_line
    assert line.text("condition") == "both eyes open"
    driver.trainer.set_speed(None)
    driver.advance(1001)
    assert line.text("condition") == "right eye closed"
    show(driver, "fa_two_moons")
    assert line.text("condition") == ""


def test_panels_of_rules_without_a_teacher_are_tabs_only_where_they_mean_something(driver):
    docks = driver.window.workspace.docks
    assert docks["bcm"].isHidden()
    assert docks["principal_axes"].isHidden()
    assert not docks["weight_scatter"].isHidden()
    show(driver, "monocular_deprivation")
    assert not docks["bcm"].isHidden()
    assert docks["principal_axes"].isHidden()
    assert docks["weight_scatter"].isHidden()
    assert docks["flow_field"].isHidden()
