"""The command palette: what a few letters find, and what Enter does with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bioviz.app.action_table import ACTIONS
from bioviz.app.command import Command, search
from bioviz.app.command_palette import CommandPalette
from bioviz.app.fuzzy import match
from bioviz.app.settings import Settings
from bioviz.core.registry import RULES, TASKS

from .conftest import Driver


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


def opened(driver: Driver) -> CommandPalette:
    driver.window.activateWindow()
    driver.press("palette")
    palette = driver.window.finder.palette
    assert palette is not None
    return palette


def enter(palette: CommandPalette, qtbot: QtBot, query: str) -> None:
    palette.field.setText(query)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def rate(driver: Driver) -> float:
    return driver.window.document.spec.rule.params(RULES).learning_rate  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("fa", "Feedback alignment", (0, 9)),
        ("fee al", "Feedback alignment", (0, 1, 2, 9, 10)),
        ("align", "Feedback alignment", (9, 10, 11, 12, 13)),
        ("rate", "Learning rate", (9, 10, 11, 12)),
    ],
)
def test_letters_are_found_where_words_begin(query: str, text: str, found: tuple[int, ...]) -> None:
    fit = match(query, text)
    assert fit is not None
    assert fit.places == found


def test_letters_strewn_over_a_text_are_no_match() -> None:
    assert match("undo", "Gaussian of many dimensions") is None
    assert match("feedback loss", "Feedback alignment") is None


def test_what_was_chosen_lately_comes_first() -> None:
    commands = [Command(name, name.title(), "", int) for name in ("open", "save", "quit")]
    assert search("", commands, ["quit"])[0].command.name == "quit"
    assert [found.command.name for found in search("", commands)] == ["open", "save", "quit"]


def test_everything_in_the_program_can_be_found(driver: Driver) -> None:
    palette = opened(driver)
    names = {command.name for command in palette._commands()}
    actions = {spec.key for spec in ACTIONS} - {"palette", "recent", "fetch"}
    assert {f"action {key}" for key in actions} <= names
    assert {f"rule {key}" for key in RULES} | {f"task {key}" for key in TASKS} <= names
    assert {f"panel {key}" for key in driver.window.workspace.docks} <= names
    assert {f"network {entry.key}" for entry in driver.window.entries} <= names


def test_enter_does_what_is_marked_and_it_is_remembered(driver: Driver, qtbot: QtBot) -> None:
    palette = opened(driver)
    enter(palette, qtbot, "dark")
    assert not palette.isVisible()
    assert driver.window.memory.settings.theme == "dark"
    assert driver.window.memory.settings.commands[0] == "action theme_dark"
    driver.press("palette")
    assert palette.found()[0].command.name == "action theme_dark"
    assert palette.found()[0].recent


def test_arrows_mark_and_escape_leaves_the_focus_where_it_was(driver: Driver, qtbot: QtBot) -> None:
    driver.window.activateWindow()
    driver.window.run_bar._speed.setFocus()
    palette = opened(driver)
    assert palette.field.hasFocus()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.found()) - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert driver.window.run_bar._speed.hasFocus()


def test_what_cannot_be_done_is_listed_with_the_reason_and_does_nothing(
    driver: Driver, qtbot: QtBot
) -> None:
    palette = opened(driver)
    enter(palette, qtbot, "undo")
    assert palette.isVisible()
    assert palette.found()[0].command.why_not == "Nothing has been changed yet."
    index = palette.list.currentIndex()
    assert "Undo" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Nothing has been changed" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_parameter_and_a_value_set_it_and_undo_takes_it_back(
    driver: Driver, qtbot: QtBot
) -> None:
    before = rate(driver)
    enter(opened(driver), qtbot, "learning rate 0.25")
    driver.settle()
    assert rate(driver) == 0.25
    assert driver.window.document.undo_stack.undoText() == "Change learning rate"
    driver.press("undo")
    assert rate(driver) == before


def test_a_value_out_of_range_is_refused_with_the_reason(driver: Driver, qtbot: QtBot) -> None:
    before = rate(driver)
    palette = opened(driver)
    enter(palette, qtbot, "learning rate = -3")
    assert "greater than" in palette.found()[0].command.why_not
    assert palette.isVisible()
    assert rate(driver) == before


def test_a_parameter_alone_asks_for_its_value(driver: Driver, qtbot: QtBot) -> None:
    palette = opened(driver)
    enter(palette, qtbot, "learning rate")
    assert palette.isVisible()
    assert palette.field.text() == "learning rate "


def test_nonsense_finds_nothing_and_says_so(driver: Driver, qtbot: QtBot) -> None:
    palette = opened(driver)
    enter(palette, qtbot, "zzzz qqqq")
    assert palette.found() == []
    assert "Nothing is called that" in palette._foot.text()
    assert palette.isVisible()


def test_as_many_commands_are_remembered_as_are_useful() -> None:
    settings = Settings()
    for number in range(40):
        settings = settings.with_command(f"action {number % 20}")
    assert settings.commands[0] == "action 19"
    assert len(settings.commands) == len(set(settings.commands)) == 12
