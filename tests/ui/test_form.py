"""The form: what is typed is what is stored, and what is wrong is explained, not erased."""

from __future__ import annotations

from typing import Literal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from bioviz.core.parameter import Part, parameter
from bioviz.ui.form import Form
from bioviz.ui.label import Section
from bioviz.ui.number import NumberEdit


class Inner(Part):
    scale: float = parameter(1.0, "Scale.", ge=0)


class Sample(Part):
    learning_rate: float = parameter(0.05, "Size of a step.", symbol="η", gt=0, le=10)
    units: int = parameter(10, "Units.", ge=1, le=1000, rebuild=True)
    seed: int = parameter(0, "Seed.", ge=0)
    mode: Literal["slow", "very_fast"] = parameter("slow", "Mode.", names={"slow": "Slowly"})
    bias: bool = parameter(True, "Bias.")
    label: str = parameter("h1", "Label.")
    stop: float | None = parameter(None, "Stop.", ge=0, le=1)
    decay: float = parameter(0.0, "Decay.", ge=0, advanced=True)
    inner: Inner = Inner()


@pytest.fixture
def form(qtbot):
    made = Form(Sample())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def given(form):
    models = []
    form.committed.connect(models.append)
    return models


def _type(edit, text, key=Qt.Key.Key_Return):
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, key)


@pytest.mark.parametrize("text", ["3e-5", "1E-6", "0.05000001", "2", "+.5"])
def test_a_learning_rate_survives_the_form_to_its_last_bit(form, given, text):
    _type(form.editor("learning_rate"), text)
    assert given[-1].learning_rate == float(text)


def test_typing_gives_nothing_until_the_edit_is_finished(form, given):
    edit = form.editor("learning_rate")
    edit.selectAll()
    QTest.keyClicks(edit, "0.2")
    assert given == []
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert [model.learning_rate for model in given] == [0.2]


def test_a_value_out_of_bounds_stays_in_the_box_and_is_explained(form, given):
    edit = form.editor("learning_rate")
    _type(edit, "12")
    assert edit.text() == "12"
    assert given == []
    said = form.problem("learning_rate")
    assert said == "The learning rate must be above 0 and at most 10."


def test_a_decimal_comma_is_explained(form, given):
    _type(form.editor("learning_rate"), "0,05")
    assert form.problem("learning_rate") == "Write decimals with a point: 0.05, not 0,05."
    assert given == []


@pytest.mark.parametrize("text", ["nan", "inf", "abc", "1e999"])
def test_what_is_no_finite_number_is_refused(form, given, text):
    _type(form.editor("learning_rate"), text)
    assert given == []
    assert form.problem("learning_rate")


def test_escape_restores_the_last_good_value(form, given):
    edit = form.editor("learning_rate")
    _type(edit, "12")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "0.05"
    assert form.problem("learning_rate") == ""
    assert given == []


def test_up_and_down_walk_one_two_five(form, given):
    edit = form.editor("learning_rate")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(edit, key)
    assert [model.learning_rate for model in given] == [0.1, 0.2, 0.1]


def test_stepping_stops_at_the_limits(form, given):
    form.set_model(Sample(learning_rate=10))
    QTest.keyClick(form.editor("learning_rate"), Qt.Key.Key_Up)
    assert given == []


def test_the_wheel_leaves_a_field_without_focus_alone(form, given):
    form.editor("label").setFocus()
    for name in ("learning_rate", "units", "mode"):
        where = QPointF(5, 5)
        turn = QWheelEvent(
            where,
            where,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(form.editor(name), turn)
    assert given == []


def test_each_type_has_its_widget(form):
    assert isinstance(form.editor("learning_rate"), NumberEdit)
    assert isinstance(form.editor("units"), QSpinBox)
    assert isinstance(form.editor("seed"), NumberEdit)  # without an upper bound
    choices = form.editor("mode")
    assert isinstance(choices, QComboBox)
    assert [choices.itemText(i) for i in range(2)] == ["Slowly", "Very fast"]


def test_a_whole_number_must_be_whole(form, given):
    _type(form.editor("seed"), "1.5")
    assert form.problem("seed") == "The seed must be a whole number."
    _type(form.editor("seed"), "7")
    assert [model.seed for model in given] == [7]


def test_an_optional_value_goes_between_auto_and_a_number(form, given):
    tick = form.editor("stop")._tick
    tick.click()
    tick.click()
    assert [model.stop for model in given] == [1.0, None]


def test_a_nested_model_is_edited_in_its_own_section(form, given):
    part = form.findChild(Form)
    _type(part.editor("scale"), "2.5")
    assert given[-1].inner.scale == 2.5


def test_setting_a_model_emits_nothing_and_keeps_focus_and_typing(form, given, qtbot):
    edit = form.editor("learning_rate")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "0.07")
    form.set_model(Sample(units=20, mode="very_fast"))
    assert given == []
    assert edit.text() == "0.07"
    assert form.focusWidget() is edit
    assert form.editor("units").value() == 20


def test_a_model_of_another_kind_makes_another_form(form, given):
    form.set_model(Inner(scale=3))
    _type(form.editor("scale"), "4")
    assert given == [Inner(scale=4)]


def test_reset_to_default_is_offered_only_where_the_value_differs(form, given):
    row = form._rows["learning_rate"]
    assert not row.reset.isEnabled()
    _type(form.editor("learning_rate"), "0.5")
    assert row.reset.isEnabled()
    row.reset.trigger()
    assert [model.learning_rate for model in given] == [0.5, 0.05]


def test_advanced_fields_are_folded_away(form):
    assert not form.editor("decay").isVisible()
    [more] = [s for s in form.findChildren(Section) if not s.is_open()]
    more.set_open(True)
    assert form.editor("decay").isVisible()


def test_the_tooltip_tells_symbol_default_limits_and_rebuilding(form):
    tip = form.editor("learning_rate").toolTip()
    for words in ("Size of a step.", "η", "0.05", "above 0 and at most 10"):
        assert words in tip
    assert "rebuilds the network" in form.editor("units").toolTip()


def test_only_the_fields_named_can_be_edited(form):
    form.set_enabled_fields({"bias"})
    assert form.editor("bias").isEnabled()
    assert not form.editor("units").isEnabled()
    form.set_enabled_fields(None)
    assert form.editor("units").isEnabled()


def test_notes_come_and_go(form):
    form.set_notes({"units": "This starts the run again."})
    assert form._rows["units"].note.isVisible()
    form.set_notes({})
    assert not form._rows["units"].note.isVisible()


def test_a_field_that_no_widget_can_edit_is_refused(qtbot):
    class Odd(Part):
        pair: tuple[int, int] = (1, 2)

    with pytest.raises(TypeError, match="no widget for 'Pair'"):
        Form(Odd())


def test_a_hidden_field_is_shown_only_where_it_is_asked_for_by_name(qtbot) -> None:
    class Kept(Part):
        seen: int = parameter(1, "Seen.", ge=0)
        kept: int = parameter(2, "Kept.", hidden=True, ge=0)
        names: tuple[str, ...] = parameter((), "No widget edits these.", hidden=True)

    whole, asked = Form(Kept()), Form(Kept(), fields=("kept",))
    for made in (whole, asked):
        qtbot.addWidget(made)
    assert list(whole._rows) == ["seen"]
    assert list(asked._rows) == ["kept"]
    whole.edit("seen", 5)
    assert whole.model() == Kept(seen=5)
