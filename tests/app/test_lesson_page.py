"""Every lesson of the gallery can be read in a narrow column, and its pages turn."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.lesson import lesson_of
from bioviz.app.lesson_card import LessonCard
from bioviz.session import gallery

ENTRIES = gallery.entries()
NARROWEST = 240  # pixels


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_no_page_of_a_lesson_is_cut_off_in_a_narrow_column(
    qtbot: QtBot, entry: gallery.Entry
) -> None:
    card = LessonCard()
    qtbot.addWidget(card)
    card.show_lesson(lesson_of(entry.session, ENTRIES))
    assert not card.steps.back.isEnabled()
    for place in range(len(entry.session.about.steps)):
        card.steps.go(place)
        assert card.minimumSizeHint().width() <= NARROWEST
        assert [page.isHidden() for page in card.steps.pages].count(False) == 1
    assert not card.steps.onward.isEnabled()
    assert not card.onward.isHidden()


def test_another_lesson_begins_at_its_first_page(qtbot: QtBot) -> None:
    card = LessonCard()
    qtbot.addWidget(card)
    for entry in ENTRIES[:2]:
        card.show_lesson(lesson_of(entry.session, ENTRIES))
        assert card.steps.place == 0
        card.steps.go(2)
    assert card.steps.place == 2


def test_a_session_without_steps_shows_its_words(qtbot: QtBot) -> None:
    card = LessonCard()
    qtbot.addWidget(card)
    about = ENTRIES[0].session.about.model_copy(update={"steps": (), "lesson": "Only this."})
    card.show_lesson(lesson_of(ENTRIES[0].session.model_copy(update={"about": about}), ENTRIES))
    assert card.steps.isHidden()
    assert card._short.is_open()
