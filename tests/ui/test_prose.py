"""Prose: links are pressed by mouse and keys, and numbers change without a new layout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bioviz.ui.prose import Prose, Span

WORDS = (Span("Look, "), Span("press play", "do:play", "Play."), Span(" or "), Span("stop", "do:x"))


class Page(QWidget):
    """A page that counts how often it is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.prose, self.laid = Prose(), 0
        QVBoxLayout(self).addWidget(self.prose)

    def event(self, event: QEvent) -> bool:
        self.laid += event.type() == QEvent.Type.LayoutRequest
        return super().event(event)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.resize(240, 200)
    page.prose.say(WORDS)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_a_click_on_a_link_asks_for_it_and_beside_it_for_nothing(page: Page, qtbot: QtBot) -> None:
    prose = page.prose
    asked: list[str] = []
    prose.asked.connect(asked.append)
    begin, end, _ = prose._links[0]
    box = next(prose._boxes(begin, end))
    qtbot.mouseClick(prose, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    qtbot.mouseClick(prose, Qt.MouseButton.LeftButton, pos=prose.rect().topLeft())
    assert asked == ["do:play"]


def test_tab_goes_through_the_links_and_enter_presses_one(page: Page, qtbot: QtBot) -> None:
    prose = page.prose
    asked: list[str] = []
    prose.asked.connect(asked.append)
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    qtbot.keyClick(prose, Qt.Key.Key_Tab)
    qtbot.keyClick(prose, Qt.Key.Key_Space)
    assert asked == ["do:play", "do:x"]


def test_words_without_links_take_no_focus(page: Page) -> None:
    page.prose.say([Span("Only words.")])
    assert page.prose.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert page.prose.accessibleName() == "Only words."


def test_another_number_of_the_same_length_lays_nothing_out(page: Page, qtbot: QtBot) -> None:
    page.prose.say([Span("Angle "), Span("46°", live=True)])
    qtbot.waitUntil(lambda: page.laid > 0)
    qtbot.wait(1)
    laid = page.laid
    page.prose.say([Span("Angle "), Span("45°", live=True)])
    qtbot.wait(1)
    assert page.laid == laid


def test_a_narrow_page_makes_it_taller(page: Page) -> None:
    assert page.prose.heightForWidth(80) > page.prose.heightForWidth(400)
