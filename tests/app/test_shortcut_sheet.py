"""The sheet of shortcuts shows every key that it is given."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bioviz.app.actions import key_rows
from bioviz.app.layer_row import LAYER_KEYS
from bioviz.app.shortcut_sheet import ShortcutSheet, caps, grouped, parted
from bioviz.ui.label import KeyCap

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
    groups = grouped(key_rows([("Network", "Ctrl+2")]))
    assert ("Move it up", "Ctrl+Up") in groups["Layer list"]
    assert ("Show all of it", "0") in groups["Network diagram"]
    assert ("Network", "Ctrl+2") in groups["Panels"]
    assert groups["Living synapse"] == [
        ("Fire the presynaptic cell", "A"),
        ("Fire the postsynaptic cell", "D"),
    ]
