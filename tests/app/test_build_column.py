"""The build column gives on sound descriptions, and explains what cannot be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from bioviz.app.build_column import BuildColumn
from bioviz.app.layer_row import LayerRow
from bioviz.core.registry import RULES
from bioviz.core.rule import GROUPS
from bioviz.core.spec import ExperimentSpec
from bioviz.session import gallery
from bioviz.tasks.mnist import Mnist
from bioviz.ui.panel import Pick
from tests.specs import digits_spec, linear_spec, moons_spec

Edits = list[tuple[ExperimentSpec, str]]


class Desk(QWidget):
    """Stands in for the window: holds the description and shows every change of it."""

    def __init__(self, column: BuildColumn) -> None:
        super().__init__()
        self.column, self.edits, self.picks = column, [], []
        column.edited.connect(self.take)
        column.picked.connect(self.pick)

    def take(self, spec: ExperimentSpec, text: str) -> None:
        self.edits.append((spec, text))
        self.column.set_spec(spec)

    def pick(self, pick: Pick) -> None:
        self.picks.append(pick)

    @property
    def spec(self) -> ExperimentSpec:
        return self.edits[-1][0]

    @property
    def names(self) -> list[str]:
        return [row.layer.name for row in self.column.layers.rows()]

    def row(self, name: str) -> LayerRow:
        return self.column.layers.rows()[self.names.index(name)]


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[[ExperimentSpec], Desk]:
    kept: list[Desk] = []  # a test that wants but a part of it keeps the whole alive

    def make(spec: ExperimentSpec) -> Desk:
        column = BuildColumn(spec, gallery.entries())
        qtbot.addWidget(column)
        made = Desk(column)
        qtbot.addWidget(made)
        kept.append(made)
        column.resize(260, 700)
        column.show()
        column.activateWindow()
        qtbot.waitUntil(column.isActiveWindow)
        return made

    return make


@pytest.fixture
def without_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mnist, "folder", lambda: None)


def retype(qtbot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_new_size_is_given_on_as_a_description(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    retype(qtbot, shown.row("h1").size_box, "35")
    assert shown.spec.network.layers[1].size == 35
    assert shown.edits[-1][1] == "Resize layer h1"


def test_an_impossible_size_is_explained_and_never_given_on(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    retype(qtbot, shown.row("h1").size_box, "0")
    assert shown.edits == []
    assert "at least 1" in shown.column.layers.remark.text


def test_a_network_too_large_for_memory_is_refused_in_place(desk, qtbot: QtBot) -> None:
    shown = desk(digits_spec(hidden_sizes=(90_000, 20)))
    retype(qtbot, shown.row("h2").size_box, "90000")
    assert shown.edits == []
    assert "fit in memory" in shown.column.layers.remark.text
    assert shown.row("h2").size_box.value() == 20


def test_a_layer_is_renamed_in_place(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    retype(qtbot, shown.row("h1").name, "hidden")
    assert shown.names == ["input", "hidden", "output"]
    assert shown.picks[-1] == Pick("layer", "hidden")


@pytest.mark.parametrize("name", ["output", "1st", "two words"])
def test_a_name_that_cannot_be_is_explained_and_kept_as_typed(desk, qtbot: QtBot, name) -> None:
    shown = desk(moons_spec())
    field = shown.row("h1").name
    retype(qtbot, field, name)
    assert shown.edits == []
    assert f"'{name}'" in shown.column.layers.remark.text
    assert field.text() == name


def test_keys_add_move_and_remove_layers(desk, qtbot: QtBot) -> None:
    shown = desk(digits_spec(hidden_sizes=(30, 12)))
    shown.row("h1").setFocus()
    qtbot.keyClick(shown.row("h1"), Qt.Key.Key_Insert)
    assert shown.names == ["input", "h1", "h3", "h2", "output"]
    qtbot.keyClick(shown.row("h3"), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert shown.names == ["input", "h1", "h2", "h3", "output"]
    qtbot.keyClick(shown.row("h3"), Qt.Key.Key_Delete)
    assert shown.names == ["input", "h1", "h2", "output"]
    assert shown.row("output").hasFocus()


def test_f2_leads_into_the_name_and_arrows_from_row_to_row(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    shown.row("input").setFocus()
    qtbot.keyClick(shown.row("input"), Qt.Key.Key_Down)
    assert shown.row("h1").hasFocus()
    qtbot.keyClick(shown.row("h1"), Qt.Key.Key_F2)
    assert shown.row("h1").name.hasFocus()


def test_the_input_cannot_be_removed_and_says_why(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    shown.row("input").setFocus()
    qtbot.keyClick(shown.row("input"), Qt.Key.Key_Delete)
    assert shown.edits == []
    assert "cannot be removed" in shown.column.layers.remark.text


def test_a_row_is_dragged_to_another_place(desk, qtbot: QtBot) -> None:
    shown = desk(digits_spec(hidden_sizes=(30, 12)))
    rows = shown.column.layers.rows()
    target = rows[2].mapToGlobal(rows[2].rect().center()).toPointF() + QPointF(0, 8)
    rows[1].handle.dragged.emit(target)
    rows[1].handle.dropped.emit()
    assert shown.names == ["input", "h2", "h1", "output"]


def test_a_drag_past_the_ends_stops_beside_them(desk) -> None:
    shown = desk(digits_spec(hidden_sizes=(30, 12)))
    rows = shown.column.layers.rows()
    rows[2].handle.dragged.emit(rows[0].mapToGlobal(rows[0].rect().topLeft()).toPointF())
    rows[2].handle.dropped.emit()
    assert shown.names == ["input", "h2", "h1", "output"]


def test_the_plus_adds_after_the_picked_layer(desk, qtbot: QtBot) -> None:
    shown = desk(digits_spec(hidden_sizes=(30, 12)))
    shown.column.set_pick(Pick("layer", "h1"))
    qtbot.mouseClick(shown.column.layers._add, Qt.MouseButton.LeftButton)
    assert shown.names == ["input", "h1", "h3", "h2", "output"]


def test_ends_are_locked_with_the_reason(desk) -> None:
    shown = desk(digits_spec())
    row = shown.row("output")
    assert not row.size_box.isEnabled()
    assert row.handle.toolTip() == (
        "The output layer has 10 units because the task 'Digits 8×8' has 10 outputs."
    )
    assert not row.remove.isVisible()


def test_rules_are_grouped_under_headings_that_cannot_be_chosen(desk) -> None:
    combo = desk(moons_spec()).column.rule.combo
    headings = [
        combo.itemText(place)
        for place in range(combo.count())
        if not combo.model().item(place).isEnabled()
    ]
    assert headings == [GROUPS[key] for key in ("error", "score", "baseline", "none")]


def test_every_rules_title_has_room_in_the_picker(desk) -> None:
    column = desk(moons_spec()).column
    combo = column.rule.combo
    titles = [rule.title for _, rule in RULES.items()]
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo)
    wide = combo.fontMetrics().horizontalAdvance
    assert room.width() - 4 >= max(wide(title) for title in titles)


def test_another_rule_keeps_the_learning_rate(desk) -> None:
    shown = desk(moons_spec(learning_rate=0.3))
    shown.column.rule.combo.chosen.emit("backprop")
    assert (shown.spec.rule.key, shown.spec.rule.values["learning_rate"]) == ("backprop", 0.3)
    assert shown.edits[-1][1] == "Choose Backprop"


def test_a_rule_parameter_is_worded_for_the_undo_menu(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    retype(qtbot, shown.column.rule.form.editor("learning_rate"), "3e-5")
    assert shown.spec.rule.values["learning_rate"] == 3e-5
    assert shown.edits[-1][1] == "Change learning rate"


def test_another_task_says_what_followed(desk) -> None:
    shown = desk(moons_spec())
    shown.column.task.combo.chosen.emit("digits")
    assert shown.spec.problems() == []
    assert "10 units, one for each class" in shown.column.task.remark.text


def test_cross_entropy_for_numbers_is_refused_in_words(desk) -> None:
    shown = desk(linear_spec())
    shown.column.training.top.edit("loss", "cross_entropy")
    assert shown.edits == []
    assert "Cross-entropy needs targets" in shown.column.training.remark.text
    assert shown.column.training.top.editor("loss").value() == "squared_error"


def test_every_part_of_training_can_be_edited(desk) -> None:
    shown = desk(moons_spec())
    training = shown.column.training
    training.top.edit("seed", 5)
    training.weights.edit("scale", 2.0)
    training.biases.edit("biases", False)
    training.record.edit("every", 7)
    training.stop.edit("epochs", 3)
    spec = shown.spec
    assert (spec.seed, spec.network.weights.scale, spec.network.biases) == (5, 2.0, False)
    assert (spec.record.every, spec.stop.epochs) == (7, 3)
    assert [text for _, text in shown.edits] == [
        "Change seed",
        "Change scale of the weights",
        "Leave out biases",
        "Change measure every",
        "Change when to stop",
    ]


def test_typing_survives_a_new_description(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    rate, name = shown.column.rule.form.editor("learning_rate"), shown.row("h1").name
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, "0.0")
    shown.column.set_spec(moons_spec(seed=2))
    assert (rate.text(), rate.hasFocus()) == ("0.0", True)
    qtbot.keyClicks(rate, "5")
    name.setFocus()
    assert shown.spec.rule.values["learning_rate"] == 0.05
    name.selectAll()
    qtbot.keyClicks(name, "hid")
    shown.column.set_spec(moons_spec(seed=3))
    assert (name.text(), name.hasFocus()) == ("hid", True)


def test_problems_stand_at_the_top_and_can_be_mended(desk, qtbot: QtBot) -> None:
    broken = digits_spec().with_value("network.layers.output.size", 3)
    shown = desk(broken)
    assert "Layer 'output' has 3 units" in shown.column.problem_bar.text
    qtbot.mouseClick(shown.column.mend, Qt.MouseButton.LeftButton)
    assert shown.spec == digits_spec()
    assert shown.column.problem_bar.isHidden()
    assert shown.column.mend.isHidden()


def test_a_sound_description_shows_no_problem(desk) -> None:
    assert desk(digits_spec()).column.problem_bar.isHidden()


def test_an_unknown_rule_is_kept_and_told(desk) -> None:
    spec = digits_spec().model_copy(
        update={"rule": type(digits_spec().rule).model_validate({"key": "hebb_of_2030"})}
    )
    shown = desk(spec)
    assert "hebb_of_2030" in shown.column.problem_bar.text
    assert shown.column.rule.combo.placeholderText() == "hebb_of_2030"


def test_the_template_is_named_until_something_is_changed(desk, qtbot: QtBot) -> None:
    entry = next(entry for entry in gallery.entries() if entry.key == "fa_two_moons")
    shown = desk(entry.session.experiments[0])
    combo = shown.column.template
    assert combo.key() == "fa_two_moons"
    shown.column.training.top.edit("seed", 77)
    assert combo.key() is None
    assert combo.placeholderText() == "Own network"
    written = combo.grab().toImage()
    combo.setPlaceholderText("")
    assert combo.grab().toImage() != written
    with qtbot.waitSignal(shown.column.template_chosen) as asked:
        combo.activated.emit(0)
    assert asked.args == [gallery.entries()[0].key]


@pytest.mark.usefixtures("without_mnist")
def test_a_missing_data_set_offers_its_download(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    task = shown.column.task
    assert not task._missing.isVisible()
    task.combo.chosen.emit("mnist")
    assert task._missing.isVisible()
    assert task._fetch.text() == "Download MNIST (11 MB)"
    with qtbot.waitSignal(shown.column.fetch_asked) as asked:
        task._fetch.click()
    assert asked.args == ["mnist"]
    shown.column.set_busy("Downloading", 0.5)
    assert (task._progress.value(), task._fetch.isVisible()) == (500, False)


def test_the_card_is_asked_for(desk, qtbot: QtBot) -> None:
    shown = desk(moons_spec())
    with qtbot.waitSignal(shown.column.card_asked):
        shown.column.rule._card.click()


@pytest.mark.parametrize("key", [entry.key for entry in gallery.entries()])
def test_nothing_is_cut_off_at_any_width(desk, qtbot: QtBot, key: str) -> None:
    entry = next(entry for entry in gallery.entries() if entry.key == key)
    shown = desk(entry.session.experiments[0])
    inside = shown.column._column.parentWidget()
    for width in (400, 260, 230):
        shown.column.resize(width, 2000)
        qtbot.waitUntil(lambda width=width: inside.width() <= width)
        assert inside.minimumSizeHint().width() <= width, width


def test_every_control_has_a_name_and_a_tooltip(desk) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    column = desk(digits_spec("weight_mirror")).column
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for control in column.findChildren(kind):
            if control.isVisible() and control.objectName() != "qt_spinbox_lineedit":
                assert control.toolTip(), control
                assert control.accessibleName() or getattr(control, "text", str)(), control


def test_the_column_leaves_nothing_alive(qtbot: QtBot) -> None:
    import gc
    import weakref

    column = BuildColumn(digits_spec(), gallery.entries())
    label = weakref.ref(column.findChild(QLabel))
    alive = weakref.ref(column)
    del column
    gc.collect()
    assert alive() is None
    assert label() is None


def test_a_remark_goes_when_what_it_told_of_is_undone(desk) -> None:
    before = moons_spec()
    shown = desk(before)
    shown.column.task.combo.chosen.emit("digits")
    assert shown.column.task.remark.text
    shown.column.set_spec(before)
    assert shown.column.task.remark.text == ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a list, without a screen
def test_the_list_of_rules_cuts_no_heading(desk) -> None:
    shown = desk(moons_spec())
    combo = shown.column.rule.combo
    combo.showPopup()
    bold = QFont(combo.view().font())
    bold.setWeight(QFont.Weight.DemiBold)
    longest = max(map(QFontMetrics(bold).horizontalAdvance, GROUPS.values()))
    assert combo.view().viewport().width() >= longest + 8
    combo.hidePopup()
