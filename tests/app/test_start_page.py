"""The start page offers the gallery, recent files and what a crash left behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bioviz.app.continue_row import RecentRow, RecoverRow, ago
from bioviz.app.gallery_card import wrapped
from bioviz.app.start_page import StartPage
from bioviz.session import gallery
from bioviz.session.recovery import Recoverable
from bioviz.tasks.mnist import Mnist
from bioviz.ui import theme


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage(gallery.entries())
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


LEFT = Recoverable(Path("/x/1.bioviz"), time.time() - 4000, 10, "Moons", "/home/a/moons.bioviz")


def test_every_gallery_network_has_a_card_that_opens_it(page: StartPage, qtbot: QtBot) -> None:
    keys = [entry.key for entry in gallery.entries()]
    assert [card.key for card in page.cards] == keys
    with qtbot.waitSignal(page.chosen) as asked:
        qtbot.mouseClick(page.cards[1], Qt.MouseButton.LeftButton)
    assert asked.args == [keys[1]]


def test_arrows_walk_over_the_cards_and_enter_opens(page: StartPage, qtbot: QtBot) -> None:
    page.focus_first()
    columns = page.grid.columns()
    qtbot.keyClick(page.cards[0], Qt.Key.Key_Right)
    assert page.cards[1].hasFocus()
    qtbot.keyClick(page.cards[1], Qt.Key.Key_Down)
    assert page.cards[1 + columns].hasFocus()
    qtbot.keyClick(page.cards[1 + columns], Qt.Key.Key_Up)
    qtbot.keyClick(page.cards[1], Qt.Key.Key_Left)
    qtbot.keyClick(page.cards[0], Qt.Key.Key_Left)
    assert page.cards[0].hasFocus()
    with qtbot.waitSignal(page.chosen):
        qtbot.keyClick(page.cards[0], Qt.Key.Key_Return)


@pytest.mark.parametrize(("width", "columns"), [(640, 2), (900, 3), (1280, 4), (1920, 4)])
def test_cards_stand_in_two_to_four_columns(page, qtbot: QtBot, width: int, columns: int) -> None:
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.grid.columns() == columns)
    last = page.cards[-1]
    assert page.grid.height() == last.geometry().bottom() + 1
    assert all(card.geometry().right() < page.grid.width() for card in page.cards)


def test_escape_goes_back_to_the_network(page: StartPage, qtbot: QtBot) -> None:
    page.focus_first()
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.cards[0], Qt.Key.Key_Escape)


def test_nothing_to_continue_shows_no_such_heading(page: StartPage) -> None:
    assert not page._continue.isVisible()


def test_recent_files_open_by_their_path(page: StartPage, qtbot: QtBot) -> None:
    paths = [Path(f"/home/anna/net{place}.bioviz") for place in range(9)]
    page.set_recent(paths)
    rows = page.findChildren(RecentRow)
    assert [row.path for row in rows] == paths[:6]
    with qtbot.waitSignal(page.opened) as asked:
        rows[2].button.click()
    assert asked.args == [paths[2]]


def test_recovered_work_is_offered_and_discarding_asks_once_more(page, qtbot: QtBot) -> None:
    page.set_recoverable([LEFT])
    row = page.findChild(RecoverRow)
    with qtbot.waitSignal(page.recovered) as asked:
        row.recover.click()
    assert asked.args == [LEFT]
    with qtbot.assertNotEmitted(page.discarded):
        row.discard.click()
    assert row.discard.text() == "Discard for good"
    with qtbot.waitSignal(page.discarded) as asked:
        row.discard.click()
    assert asked.args == [LEFT]
    page.set_recoverable([])
    assert not page._continue.isVisible()


def test_a_network_of_ones_own_is_asked_for(page: StartPage, qtbot: QtBot) -> None:
    assert isinstance(page.blank, QPushButton)
    with qtbot.waitSignal(page.blank_asked):
        page.blank.click()


def test_a_card_says_when_mnist_is_missing(page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mnist, "folder", lambda: None)
    page.check_data()
    missing = [card.key for card in page.cards if card.needs_data]
    assert missing == [
        entry.key for entry in gallery.entries() if entry.session.experiments[0].task.key == "mnist"
    ]
    assert all("MNIST" in c.accessibleDescription() for c in page.cards if c.needs_data)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_it_draws_itself_in_both_themes(page: StartPage, qapp, look: theme.Theme) -> None:
    before = theme.current()
    theme.notifier.install(qapp, look)
    page.set_recoverable([LEFT])
    picture = page.grab().toImage()
    colours = {picture.pixelColor(x, 400).name() for x in range(0, 1100, 3)}
    theme.notifier.install(qapp, before)
    assert look.feedback in colours or len(colours) > 5


def test_long_words_end_in_an_ellipsis(page: StartPage) -> None:
    lines = wrapped("one two three four five six", page.fontMetrics(), 60, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (90_000, "1 day ago")],
)
def test_ages_are_worded(seconds: float, words: str) -> None:
    assert ago(seconds) == words
