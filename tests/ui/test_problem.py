"""The problem bar: a sentence and its answers, in place, gone with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bioviz.ui.problem import ProblemBar

LONG = (
    "The network cannot be built: layer h2 has 500 units, but the matrix that is set for it "
    "in the description has only 20 rows."
)


@pytest.fixture
def place(qtbot):
    """A place that is 320 pixels wide."""
    made = QWidget()
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    return made


@pytest.fixture
def bar(place):
    made = ProblemBar()
    place.layout().addWidget(made)
    place.layout().addStretch(1)
    return made


def _answers(bar):
    return [button for button in bar.findChildren(QPushButton) if not button.isHidden()]


def test_a_bar_is_hidden_until_there_is_a_problem(bar):
    assert bar.isHidden()
    bar.show_problem("warning", "The disk is full.")
    assert bar.isVisible()
    assert bar.text == "The disk is full."
    assert bar.accessibleName() == "warning: The disk is full."


def test_each_problem_offers_its_own_answers_once(bar, qtbot):
    done = []
    bar.show_problem("error", "It failed.", [("Try again", lambda: done.append("again"))])
    bar.show_problem("error", "It failed.", [("Try again", lambda: done.append("anew"))])
    qtbot.waitUntil(lambda: len(_answers(bar)) == 1)  # Qt shows it on its next turn
    [answer] = _answers(bar)
    answer.click()
    assert done == ["anew"]
    bar.show_problem("info", "It works now.")
    assert _answers(bar) == []


def test_escape_dismisses_it_and_says_so_once(bar):
    told = []
    bar.dismissed.connect(lambda: told.append(True))
    bar.show_problem("info", "Saved.")
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isHidden()
    bar.dismiss()
    assert told == [True]


def test_a_long_sentence_wraps_in_320_pixels(bar, qtbot):
    bar.show_problem("error", LONG, [("Restart", bool), ("Undo", bool)])
    qtbot.waitUntil(lambda: bar.height() > 60)
    assert bar.width() == 320
    sentence = next(label for label in bar.findChildren(QLabel) if label.text() == LONG)
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    for button in _answers(bar):
        assert bar.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_markup_in_a_message_is_shown_as_it_is(bar):
    bar.show_problem("error", "<b>x</b>")
    sentence = next(label for label in bar.findChildren(QLabel) if label.text() == "<b>x</b>")
    assert sentence.textFormat() is Qt.TextFormat.PlainText
