"""A lesson's links do what they say, its numbers are those of the run, and nothing else happens."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bioviz.app.plausibility_sheet import PlausibilitySheet, watch_all
from bioviz.core.registry import RULES
from bioviz.core.status import Mode
from bioviz.session.lesson import Equation, Prediction, Question, Step
from bioviz.session.session import About

from .conftest import Driver


class Reader:
    """Follows links and turns pages in a window."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.window = driver, driver.window
        self.told: list[str] = []
        self.window.links.told.connect(self._hear)

    def _hear(self, _severity: str, text: str, _actions: object) -> None:
        self.told.append(text)

    def follow(self, link: str) -> None:
        self.window.links.follow(link)
        self.driver.settle()

    @property
    def card(self):
        return self.window.inspector.lesson

    def teach(self, *steps: Step) -> None:
        """Put other steps into the lesson of the network that is open."""
        session = self.window.document.session
        about = About(title="A lesson", lesson="Look.", steps=steps)
        self.window.document.replace(session.model_copy(update={"about": about}), None)
        self.window.controller.builder.start()
        self.driver.settle()

    def see(self) -> None:
        """Have what is on the page asked for and shown; what was asked before may come first."""
        pump = self.driver.controller.pump
        for _ in range(2):
            drawn = pump.drawn
            pump.refresh()
            self.driver.until(lambda drawn=drawn: pump.drawn > drawn)
        self.driver.qtbot.wait(1)


@pytest.fixture
def driver(onlooker: Driver) -> Driver:
    return onlooker


@pytest.fixture
def reader(driver: Driver) -> Reader:
    return Reader(driver)


# ---- links -------------------------------------------------------------------------------------


def test_play_plays_and_pressed_again_it_does_not_pause(reader: Reader) -> None:
    trainer = reader.driver.trainer
    for _ in range(2):
        reader.window.links.follow("do:play")
        reader.driver.until(lambda: trainer.status.mode is Mode.PLAYING)
    reader.follow("do:pause")
    assert trainer.status.mode is Mode.PAUSED


def test_until_runs_to_a_trial_and_never_back(reader: Reader) -> None:
    reader.window.run_bar.set_speed(None)
    reader.driver.trainer.set_speed(None)
    reader.follow("until:12")
    assert reader.driver.trial == 12
    reader.follow("until:5")
    assert reader.driver.trial == 12
    assert reader.told == ["The run is past trial 5 already."]


def test_setting_a_parameter_is_an_edit_that_can_be_undone(reader: Reader) -> None:
    document = reader.window.document
    reader.follow("set:rule.learning_rate=0.25")
    assert document.spec.rule.values["learning_rate"] == 0.25
    assert document.undo_stack.undoText() == "Set learning rate to 0.25"
    reader.driver.press("undo")
    assert document.spec.rule.values["learning_rate"] == 0.5


def test_choosing_a_rule_by_a_link_is_as_choosing_it_by_hand(reader: Reader) -> None:
    reader.follow("set:rule.key=backprop")
    assert reader.window.document.spec.rule.key == "backprop"
    assert reader.window.document.spec.problems() == []


def test_flipping_signs_changes_the_run_undoably(reader: Reader) -> None:
    before = reader.driver.weights()["B2.w"]
    reader.follow("flip:B2")
    assert np.array_equal(reader.driver.weights()["B2.w"], -before)
    reader.driver.press("undo")
    assert np.array_equal(reader.driver.weights()["B2.w"], before)


def test_a_panel_comes_to_the_front_and_the_focus_stays(reader: Reader) -> None:
    focus = reader.window.focusWidget()
    reader.follow("show:weights")
    dock = reader.window.workspace.docks["weights"]
    assert not dock.visibleRegion().isEmpty()
    assert reader.window.focusWidget() is focus


def test_a_pick_is_shown_and_back_leads_to_the_same_step(reader: Reader) -> None:
    reader.card.steps.go(2)
    reader.follow("pick:projection/W2")
    assert reader.window.inspector.pages["projection"].isVisible()
    reader.window.inspector.show_nothing()
    assert reader.card.isVisible()
    assert reader.card.steps.place == 2


def test_another_lesson_opens(reader: Reader) -> None:
    reader.follow("open:xor_backprop")
    assert reader.window.document.about.title == "XOR by backprop"
    assert reader.card._number.text() == "Lesson 2 of 12"


IMPOSSIBLE = (
    ("run:rm", "A lesson's link asks for 'run:rm', which no lesson can do."),
    ("do:quit", "A lesson's link asks for 'do:quit', which makes no sense."),
    ("set:rule.learning_rate=-1", "learning_rate"),
    ("set:rule.no_such=1", "There is nothing called 'rule.no_such' to set here."),
    ("set:rule.key=no_such", "no_such"),
    ("set:task.key=own_data", "A lesson cannot choose which file is read"),
    ("set:network.layers.h1.size=0", "size"),
    ("show:no_such", "There is no panel 'no_such' to show."),
    ("pick:projection/W9", "There is no projection 'W9' in this network."),
    ("pick:layer/h9", "There is no layer 'h9' in this network."),
    ("flip:W9", "There is no projection 'W9' in this network."),
    ("open:no_such", "There is no file and no gallery network called 'no_such'."),
)


def test_what_cannot_be_done_is_told_and_changes_nothing(reader: Reader) -> None:
    before = reader.window.document.session
    for link, sentence in IMPOSSIBLE:
        reader.told.clear()
        reader.follow(link)
        assert len(reader.told) == 1, link
        assert sentence in reader.told[0]
        assert reader.window.document.session == before, link
        assert reader.window.document.undo_stack.isClean(), link
        assert reader.window.document.undo_stack.count() == 0, link


# ---- a page ------------------------------------------------------------------------------------


def test_numbers_in_the_text_are_those_of_the_run(reader: Reader) -> None:
    text = "Rate {rule.learning_rate}, trial {trial}, angle {update_angle.h1}, w {W2.w[1,0]}."
    reader.teach(Step(text=text))
    prose = reader.card.steps.page._paragraphs[0][1]
    assert prose.text.startswith("Rate 0.5, trial ")
    assert "angle …" in prose.text
    reader.driver.advance(3)
    reader.see()
    weight = reader.driver.weights()["W2.w"][1, 0]
    assert "trial 3," in prose.text
    assert "°" in prose.text
    assert f"w {weight:.3g}".replace("-", "−") in prose.text


def test_links_are_reached_and_pressed_by_keys(reader: Reader) -> None:
    reader.teach(Step(text="[One](do:pause) and [two](set:rule.learning_rate=0.2)."))
    prose = reader.card.steps.page._paragraphs[0][1]
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    reader.driver.qtbot.keyClick(prose, Qt.Key.Key_Tab)
    reader.driver.qtbot.keyClick(prose, Qt.Key.Key_Return)
    reader.driver.settle()
    assert reader.window.document.spec.rule.values["learning_rate"] == 0.2


def test_a_question_says_why_an_answer_is_right_or_not(reader: Reader) -> None:
    answers = [{"text": "Yes", "why": "It is."}, {"text": "No", "right": True, "why": "It is not."}]
    reader.teach(Step(text="Think.", question=Question(ask="Is it?", answers=answers)))
    box = reader.card.steps.page.question
    box.answers[0].click()
    assert box.why.text == "Not quite. It is."
    box.answers[1].click()
    assert box.why.text == "Right. It is not."
    assert [button.state for button in box.answers] == ["open", "right"]


def test_a_prediction_is_revealed_once_the_run_is_there(reader: Reader) -> None:
    told = Prediction(ask="How far?", channel="update_angle.h1", trials=10, guesses=(90, 5))
    reader.teach(Step(text="Guess.", predict=told))
    reader.driver.trainer.set_speed(None)
    box = reader.card.steps.page.prediction
    assert [button.text() for button in box.buttons] == ["90°", "5°"]
    box.buttons[1].click()
    assert box.told.links == ["until:10"]
    assert box.measured is None
    box.told.press(0)
    reader.driver.settle()
    reader.see()
    assert box.measured is not None
    assert 5 < box.measured < 120
    assert f"it was {box.measured:.0f}°; you said 5°" in box.told.text
    assert box.scale.isVisible()
    assert not box.buttons[0].isEnabled()


def test_the_live_equation_has_the_numbers_of_the_sample_looked_at(reader: Reader) -> None:
    reader.teach(Step(text="Look.", equation=Equation(projection="W2", post=1, pre=3)))
    reader.driver.advance(2)
    reader.see()

    def factors(runs):
        net, sample = runs[0].net, runs[0].sample
        return net["output.delta"][sample, 1], net["h1.rate"][sample, 3]

    delta, activity = reader.driver.trainer.do(factors).result(20)
    said = reader.card.steps.page.equation.numbers.text().replace("−", "-")
    assert said.startswith("= 0.5 × ")
    assert float(said.rpartition("= ")[2]) == pytest.approx(0.5 * delta * activity, rel=0.06)


def test_a_page_asks_for_nothing_that_it_does_not_show(reader: Reader) -> None:
    reader.teach(Step(text="{update_angle.h1}"), Step(text="Nothing."))
    assert len(reader.window.inspector.wanted()) == 1
    reader.card.steps.onward.click()
    assert reader.window.inspector.wanted() == frozenset()


# ---- the way, and the checklist ----------------------------------------------------------------


def test_backprop_s_errors_take_the_forward_arrows_backwards(reader: Reader) -> None:
    network = reader.window.panels["network"]
    reader.follow("show:transport")
    assert network.route.isChecked()
    assert network._way().names == ("B2",)
    assert not network._way().backwards
    reader.follow("set:rule.key=backprop")
    assert network._way().names == ("W2",)
    assert network._way().backwards
    assert network.scene.route.isVisible()
    assert "same weights, transposed" in network._way().words


def test_the_way_goes_with_the_network_that_it_was_shown_in(reader: Reader) -> None:
    network = reader.window.panels["network"]
    reader.follow("show:transport")
    reader.follow("set:rule.key=shallow")
    assert not network.route.isChecked()
    assert not network.scene.route.isVisible()
    assert "no way" not in network.readout.text()


def test_where_no_error_travels_there_is_no_way_to_show(reader: Reader) -> None:
    network = reader.window.panels["network"]
    reader.follow("set:rule.key=shallow")
    reader.follow("show:transport")
    assert not network.route.isChecked()
    assert not network.route.isEnabled()
    assert network.bubble.text().startswith("No error travels down")


def test_the_rule_card_says_what_was_seen_of_the_rule(reader: Reader) -> None:
    card = reader.window.inspector.card
    assert card.checked._points[0].verdict == "yes"
    reader.follow("set:rule.key=backprop")
    assert card.checked._points[0].verdict == "no"


def test_all_rules_are_compared_in_one_table(qtbot: QtBot) -> None:
    sheet = PlausibilitySheet()
    qtbot.addWidget(sheet)
    sheet.show_table(watch_all())
    assert set(sheet.places.values()) == set(RULES)
    row = next(row for row, key in sheet.places.items() if key == "backprop")
    sheet.table.setCurrentCell(row, 1)
    assert "through the forward weights themselves" in sheet.words.text()
    sheet.table.setCurrentCell(0, 0)
    assert sheet.words.text().startswith("Choose a sign")


def test_a_link_leads_to_the_table(reader: Reader) -> None:
    reader.window.links.compared.disconnect()
    with reader.driver.qtbot.waitSignal(reader.window.links.compared):
        reader.window.links.follow("show:plausibility")
