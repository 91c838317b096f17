"""The sheet of shortcuts shows every key that it is given."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bioviz.app.actions import key_rows
from bioviz.app.gallery_card import ARROWS
from bioviz.app.layer_row import KEYS as LAYER_ROW
from bioviz.app.layer_row import LAYER_KEYS
from bioviz.app.shortcut_sheet import ShortcutSheet, caps, grouped, parted
from bioviz.panels._confusion import ENTER, STEPS
from bioviz.panels._diagram_view import KEYS, PLAIN
from bioviz.panels.network import NetworkPanel
from bioviz.ui.label import KeyCap

from .conftest import Driver

ROWS = [("File", "Open", "Ctrl+O"), ("Run", "Play", "Space"), ("File", "Save as", "Ctrl+Shift+S")]


def test_every_row_and_key_is_shown(qtbot: QtBot) -> None:
    sheet = ShortcutSheet([*ROWS, *LAYER_KEYS])
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {text for _, text, _ in ROWS} <= words
    assert [cap.text() for cap in sheet.findChildren(KeyCap)][:2] == ["Ctrl", "O"]


def test_escape_closes_it_and_it_never_blocks(qtbot: QtBot) -> None:
    sheet = ShortcutSheet(ROWS)
    qtbot.addWidget(sheet)
    sheet.show()
    assert not sheet.isModal()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("keys", "parts"),
    [
        ("Ctrl+Shift+Z", ["Ctrl", "Shift", "Z"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("?", ["?"]),
        ("Left", ["←"]),
        (".", ["."]),
    ],
)
def test_a_sequence_is_parted_into_caps(keys: str, parts: list[str]) -> None:
    assert caps(keys) == parts


def test_groups_keep_their_order_over_the_columns() -> None:
    left, right = parted(grouped(ROWS), 2)
    assert [*left, *right] == ["File", "Run"]
    assert left["File"] == [("Open", "Ctrl+O"), ("Save as", "Ctrl+Shift+S")]
    assert parted({}, 3) == []
    assert len(parted(grouped(ROWS), 3)) == 2, "no column stays empty"


def test_the_longest_column_is_as_short_as_can_be() -> None:
    groups = grouped([(group, f"row {n}", "A") for group in "abcdef" for n in range(4)])
    assert [list(part) for part in parted(groups, 3)] == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_the_window_lists_the_keys_of_the_layer_list_and_of_the_diagram() -> None:
    groups = grouped(key_rows([("Panels", "Network", "Ctrl+2")], NetworkPanel.keys))
    assert ("Move it up or down", "Ctrl+Up Ctrl+Down") in groups["Layer list"]
    assert ("Show all of it", "0") in groups["Network diagram"]
    assert ("Network", "Ctrl+2") in groups["Panels"]
    assert ("Redo", "Ctrl+Shift+Z Ctrl+Y") in groups["Edit"]


def obeyed() -> list[tuple[str, str]]:
    """Every key that a part of the window obeys by itself, with its group on the sheet."""
    found = [("Network diagram", key, held) for key, held in KEYS]
    found += [("Confusion matrix", key, PLAIN) for key in (*STEPS, *ENTER)]
    found += [("Gallery", key, PLAIN) for key in ARROWS]
    held = {True: Qt.KeyboardModifier.ControlModifier, False: PLAIN}
    found += [("Layer list", key, held[ctrl]) for key, ctrl in LAYER_ROW]
    return [(group, QKeySequence(key | mods).toString()) for group, key, mods in found]


def test_every_key_that_a_part_of_the_window_obeys_is_on_the_sheet(driver: Driver) -> None:
    own = [row for panel in driver.window.panels.values() for row in panel.keys]
    listed = {(group, key) for group, _, keys in key_rows([], own) for key in keys.split(" ")}
    twice = {("Network diagram", "F")}  # the window's own F wins
    again = {(group, "Enter") for group in ("Network diagram", "Confusion matrix", "Layer list")}
    assert set(obeyed()) - listed == twice | again, "Enter on the keypad is Return's twin"
    assert {("Curves", "A"), ("Table", "Ctrl+C"), ("Fields", "Esc")} <= listed


def test_keys_with_spaces_between_stand_side_by_side(qtbot: QtBot) -> None:
    sheet = ShortcutSheet([("Diagram", "Move", "Ctrl+Left Ctrl+Right")])
    qtbot.addWidget(sheet)
    assert [cap.text() for cap in sheet.findChildren(KeyCap)] == ["Ctrl", "←", "Ctrl", "→"]
