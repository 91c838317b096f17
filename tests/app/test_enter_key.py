"""Enter does what a click does, and nothing where it already means something."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bioviz.app.enter_key import EnterKey

ENTERS = [Qt.Key.Key_Return, Qt.Key.Key_Enter]


class List(QComboBox):
    """A list that notes that it was opened, without a window of its own."""

    opened = False

    def showPopup(self) -> None:
        self.opened = True


class Desk(QWidget):
    """A window with a button, a small button, a list and a line to type in."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.small, self.list_ = QPushButton("Go"), QToolButton(), List()
        self.line = QLineEdit()
        self.small.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.small.setCheckable(True)
        self.list_.addItems(["one", "two"])
        column = QVBoxLayout(self)
        for widget in (self.button, self.small, self.list_, self.line):
            column.addWidget(widget)
        self.clicks = 0
        self.button.clicked.connect(self._count)
        self.line.returnPressed.connect(self._count)

    def _count(self) -> None:
        self.clicks += 1


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    EnterKey(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


@pytest.mark.parametrize("key", ENTERS)
def test_enter_presses_the_button_that_has_the_focus(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    focus(qtbot, desk.button)
    QTest.keyClick(desk.button, key)
    assert desk.clicks == 1
    focus(qtbot, desk.small)
    QTest.keyClick(desk.small, key)
    assert desk.small.isChecked()
    assert desk.clicks == 1


def test_enter_opens_the_list_that_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    focus(qtbot, desk.list_)
    QTest.keyClick(desk.list_, Qt.Key.Key_Return)
    assert desk.list_.opened


def test_enter_in_a_line_of_text_stays_its_own(desk: Desk, qtbot: QtBot) -> None:
    focus(qtbot, desk.button)
    focus(qtbot, desk.line)
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.clicks == 1, "the line's own, and no press of the button before it"


def test_a_button_that_is_disabled_is_not_pressed(desk: Desk, qtbot: QtBot) -> None:
    focus(qtbot, desk.button)
    desk.button.setEnabled(False)
    QTest.keyClick(desk, Qt.Key.Key_Return)
    assert desk.clicks == 0


def test_dialogs_keep_their_own_enter(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk)
    other, default = QPushButton("Other", dialog), QPushButton("Default", dialog)
    default.setDefault(True)
    other.setAutoDefault(False)
    pressed: list[str] = []
    default.clicked.connect(dialog.accept)
    dialog.accepted.connect(lambda: pressed.append("default"))
    dialog.show()
    qtbot.waitExposed(dialog)
    focus(qtbot, other)
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["default"]
