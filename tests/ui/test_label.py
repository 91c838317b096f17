"""Small pieces: nothing is cut off without a word, and what folds away comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from bioviz.ui import icon, theme
from bioviz.ui.label import Elided, Empty, Flow, KeyCap, Picture, Section, toned

SENTENCE = "A sentence that is far too long for the little room it has"


@pytest.fixture
def shown(qtbot):
    """Show a widget, at a width if one is given."""

    def show(widget, wide=None):
        qtbot.addWidget(widget)
        if wide is not None:
            widget.resize(wide, widget.sizeHint().height())
        widget.show()
        return widget

    return show


def test_a_label_that_is_too_narrow_tells_all_in_its_tooltip(shown):
    label = shown(Elided(SENTENCE), 90)
    assert label.shown().endswith("…")
    assert label.toolTip() == SENTENCE
    label.setText("Short")
    assert label.shown() == "Short"
    assert label.toolTip() == ""


def test_a_label_that_is_given_room_needs_no_tooltip(shown):
    label = shown(Elided(SENTENCE), 90)
    label.resize(label.sizeHint())
    assert label.shown() == SENTENCE
    assert label.toolTip() == ""


def test_a_label_with_shorter_words_says_the_longest_that_fit(shown):
    label = shown(Elided(), 90)
    label.say(SENTENCE, "A sentence", "It")
    assert label.shown() == "A sentence"
    assert label.toolTip() == label.text() == SENTENCE
    label.resize(900, label.height())
    assert label.shown() == SENTENCE
    label.resize(22, label.height())
    assert label.shown() == "It"
    label.setText(SENTENCE)
    assert label.shown().endswith("…")


def test_what_a_label_is_given_is_text_not_markup(shown):
    label = shown(toned("<b>W</b>", "muted"))
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_section_opens_and_closes(shown, qtbot):
    section, inside = Section("More", opened=False), QLabel("Decay")
    section.add(inside)
    shown(section)
    assert not inside.isVisible()
    head = section.findChild(QToolButton)
    with qtbot.waitSignal(section.toggled) as told:
        QTest.mouseClick(head, Qt.MouseButton.LeftButton)
    assert told.args == [True]
    assert inside.isVisible()
    assert head.toolTip() == "Fold this section away"
    section.set_open(False)
    assert not section.is_open()
    assert not inside.isVisible()
    assert head.toolTip() == "Show this section"


def test_a_section_that_is_open_already_tells_nothing(shown, qtbot):
    section = shown(Section("More"))
    with qtbot.assertNotEmitted(section.toggled):
        section.set_open(True)


def test_what_flows_takes_as_many_lines_as_it_needs(shown):
    place = QWidget()
    flow = Flow(place, gap=10, line_gap=5)
    for _ in range(3):
        box = QLabel()
        box.setFixedSize(QSize(40, 20))
        flow.addWidget(box)
    shown(place)
    assert flow.heightForWidth(140) == 20
    assert flow.heightForWidth(90) == 45
    assert flow.heightForWidth(40) == 70
    flow.setGeometry(QRect(0, 0, 90, 45))
    corners = [flow.itemAt(i).geometry().topLeft().toTuple() for i in range(3)]
    assert corners == [(0, 0), (50, 0), (0, 25)]


def test_a_picture_follows_the_theme(shown, qapp):
    picture = shown(Picture("error", "danger", 16))
    theme.apply(qapp, "dark")
    drawn = icon.pixmap("error", 16, theme.DARK.danger, picture.devicePixelRatioF())
    assert picture.pixmap().toImage() == drawn.toImage()


def test_a_key_is_named_for_those_who_cannot_see_it(shown):
    assert shown(KeyCap("Space")).accessibleName() == "Key Space"


def test_an_empty_place_may_offer_what_fills_it(shown):
    done = []
    empty = shown(Empty("play", "Nothing runs.", ("Start", lambda: done.append("started"))))
    empty.button.click()
    assert done == ["started"]
    assert Empty("play", "Nothing runs.").button is None
