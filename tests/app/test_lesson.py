"""A lesson tells of the network that it was written for, and says so where that was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from bioviz.app.lesson import Lesson, lesson_of
from bioviz.core.choose import choose_rule, choose_task
from bioviz.session import gallery
from bioviz.session.session import About, Session
from tests.specs import digits_spec, moons_spec

from .conftest import Driver

OWN = Lesson(About(lesson="Look."), digits_spec("feedback_alignment"), "")


def test_another_rule_or_other_data_leave_the_lesson_and_other_rates_do_not() -> None:
    spec = digits_spec("feedback_alignment")
    assert OWN.strayed(spec.model_copy(update={"seed": 9})) == ""
    assert OWN.strayed(choose_rule(spec, "backprop")[0]) == (
        "This lesson tells of Feedback alignment; the rule is Backprop now."
    )
    assert OWN.strayed(choose_task(spec, "xor")[0]) == (
        "This lesson tells of Digits 8×8; the data are XOR now."
    )
    assert "Feedback alignment on Digits 8×8" in OWN.strayed(moons_spec("backprop"))


def test_a_session_without_a_lesson_has_nothing_to_stray_from() -> None:
    session = Session(schema=1, experiments=(moons_spec(),))
    lesson = lesson_of(session, gallery.entries())
    assert not lesson.there
    assert lesson.strayed(digits_spec()) == ""


def test_the_lesson_says_that_the_rule_was_changed_until_that_is_undone(driver: Driver) -> None:
    card = driver.window.inspector.lesson
    assert not card.strayed.isVisible()
    driver.window.build_column.rule.chosen.emit("backprop")
    driver.settle()
    assert card.strayed.isVisible()
    assert card.strayed.text.endswith("the rule is Backprop now.")
    driver.press("undo")
    assert not card.strayed.isVisible()
    assert not card._again.isVisible()


def test_its_network_is_opened_again_from_a_file_that_left_it(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.window.build_column.rule.chosen.emit("shallow")
    driver.settle()
    driver.controller.save(tmp_path / "changed.bioviz")
    driver.settle()
    driver.open(tmp_path / "changed.bioviz")
    card = driver.window.inspector.lesson
    assert card.strayed.text == (
        "This lesson tells of Feedback alignment; the rule is Shallow (last layer only) now."
    )
    monkeypatch.setattr(QMessageBox, "exec", lambda _: pytest.fail("nothing is unsaved"))
    card._again.click()
    driver.settle()
    assert driver.window.document.spec.rule.key == "feedback_alignment"
    assert not card.strayed.isVisible()
