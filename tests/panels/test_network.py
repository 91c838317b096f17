"""The network diagram: live colours, picks by mouse and keys, exact values, and edits."""

from __future__ import annotations

import gc
import itertools
import weakref
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from bioviz.core.catalogue import Catalogue
from bioviz.core.experiment import build
from bioviz.core.intervention import CopyTranspose, Freeze
from bioviz.core.perturbation import FlipSigns, Prune
from bioviz.core.request import Matrix, Row, Summary
from bioviz.core.spec import ExperimentSpec
from bioviz.core.status import Mode, Stride
from bioviz.core.trainer import Trainer
from bioviz.panels._diagram_cells import dot_radius
from bioviz.panels._diagram_dots import fills
from bioviz.panels._diagram_items import card_colour
from bioviz.panels._diagram_layout import Target
from bioviz.panels.network import NetworkPanel
from bioviz.ui import theme
from bioviz.ui.panel import Pick
from bioviz.ui.pump import Pump

from ..specs import digits_spec, make_spec, moons_spec
from ..waiting import wait_until

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
Key = Qt.Key


class Bench:
    """A panel on a real run, with the document's part played: edits are taken and built."""

    def __init__(self, qtbot: QtBot, spec: ExperimentSpec, size: tuple[int, int]) -> None:
        self.qtbot, self.spec = qtbot, spec
        self.trainer = Trainer()
        self.pump = Pump(self.trainer)
        self.panel = NetworkPanel()
        self.edits: list[str] = []
        self.picks: list[Pick] = []
        qtbot.addWidget(self.panel)
        self.pump.add(self.panel)
        self.panel.edited.connect(self._edit)
        self.panel.picked.connect(self._pick)
        self.panel.resize(*size)
        self.panel.show()
        self.load()

    def load(self) -> None:
        self.panel.set_spec(self.spec)
        self.trainer.load(lambda _: [build(self.spec)]).result()
        assert self.trainer.catalogue is not None
        self.panel.rebuild(self.trainer.catalogue)

    def _edit(self, spec: Any, text: str) -> None:
        self.spec = spec
        self.edits.append(text)
        self.load()

    def _pick(self, pick: Any) -> None:
        self.picks.append(pick)
        self.panel.set_pick(pick)

    def train(self, trials: int) -> None:
        done = self.trainer.status.positions[0].trial if self.trainer.status.positions else 0
        self.trainer.advance(trials, Stride.BATCH)
        wait_until(self._paused_at(done + trials))
        self.draw()

    def _paused_at(self, trials: int) -> Any:
        def reached() -> bool:
            status = self.trainer.status
            return status.mode is Mode.PAUSED and status.positions[0].trial >= trials

        return reached

    def draw(self) -> None:
        """Ask, and beat until the answer has been drawn."""
        for _ in range(2):  # a reply to an earlier question may be on its way
            drawn = self.pump.drawn
            self.pump.refresh()

            def come(drawn: int = drawn) -> bool:
                self.pump.beat()
                return self.pump.drawn > drawn

            wait_until(come)

    @property
    def names(self) -> list[str]:
        return [layer.name for layer in self.spec.network.layers]

    def at(self, kind: str, name: str = "", unit: int = 0) -> QPoint:
        """Where in the viewport something is."""
        layout = self.panel.scene.layout_
        column = layout.columns.get(name)
        if kind == "plus":
            where = layout.pluses[name]
        elif kind == "projection":
            wire = layout.wires[name]
            where = wire.path.pointAtPercent(0.4)
        else:
            assert column is not None
            boxes = {"header": column.header, "size": column.size, "kind": column.unit}
            boxes["handle"] = column.handle
            where = column.cells.centre(unit) if kind == "unit" else boxes[kind].center()
        return self.panel.view.mapFromScene(where)

    def click(self, kind: str, name: str = "", unit: int = 0) -> None:
        where = self.at(kind, name, unit)
        QTest.mouseClick(self.panel.view.viewport(), Left, pos=where)

    def point(self, kind: str, name: str = "", unit: int = 0) -> None:
        view = self.panel.view.viewport()
        QTest.mouseMove(view, self.at(kind, name, unit) + QPoint(1, 0))
        QTest.mouseMove(view, self.at(kind, name, unit))

    def double(self, kind: str, name: str) -> None:
        QTest.mouseDClick(self.panel.view.viewport(), Left, pos=self.at(kind, name))

    def drag(self, start: QPoint, by: QPoint, *, drop: bool = True) -> None:
        view = self.panel.view.viewport()
        QTest.mousePress(view, Left, pos=start)
        for part in (0.3, 0.7, 1.0):
            QTest.mouseMove(view, start + QPoint(int(by.x() * part), int(by.y() * part)))
        if drop:
            QTest.mouseRelease(view, Left, pos=start + by)

    def key(self, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.view, key, held)

    @property
    def editor(self) -> Any:
        return self.panel.gestures.in_place.widget

    @property
    def readout(self) -> str:
        return self.panel.readout.text()

    @property
    def refusal(self) -> str:
        return "" if self.panel.bubble.isHidden() else self.panel.bubble.text()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Any]:
    made: list[Bench] = []

    def make(spec: ExperimentSpec | None = None, size: tuple[int, int] = (900, 420)) -> Bench:
        made.append(Bench(qtbot, spec or digits_spec(), size))
        return made[-1]

    yield make
    for one in made:
        one.pump.stop()
        one.trainer.close()


# ---- orders ----------------------------------------------------------------------------------


def _choose(at: Any, name: str, text: str) -> None:
    menu = at.panel.gestures.menu(Target("projection", name))
    at.panel.gestures._choose(next(a for a in menu.actions() if a.text() == text))


def test_an_arrows_menu_gives_orders_to_its_projection(bench: Any) -> None:
    at, given = bench(), []
    at.panel.ordered.connect(given.append)
    for text in ("Flip signs", "Copy W2ᵀ", "Freeze B2", "Prune the weakest 30 %"):
        _choose(at, "B2", text)
    assert given == [FlipSigns("B2"), CopyTranspose("B2"), Freeze("B2"), Prune("B2", 0.3)]
    texts = [
        action.text() for action in at.panel.gestures.menu(Target("projection", "W2")).actions()
    ]
    assert "Freeze W2" in texts
    assert not any(text.startswith("Copy") for text in texts)


def test_an_arrow_shows_a_lock_and_what_part_is_removed(bench: Any) -> None:
    at = bench()
    for order in (Freeze("B2"), Prune("W2", 0.3)):
        at.trainer.do(lambda runs, order=order: order.apply(runs[0])).result(5)
    at.draw()
    chips = at.panel.scene.chips
    assert {name: (chip.words, chip.locked) for name, chip in chips.items()} == {
        "W1": ("W1", False),
        "W2": ("W2 −30 %", False),
        "B2": ("B2", True),
    }
    at.point("projection", "W2")
    at.draw()
    assert "30 % removed" in at.readout
    assert "Thaw B2" in [
        action.text() for action in at.panel.gestures.menu(Target("projection", "B2")).actions()
    ]


@pytest.mark.parametrize("size", [(240, 170), (500, 260)])
def test_the_name_of_a_frozen_projection_stays_between_its_layers(
    bench: Any, size: tuple[int, int]
) -> None:
    at = bench(digits_spec(hidden_sizes=(30, 20, 20)), size)
    for order in (Freeze("W2"), Prune("W2", 0.3)):
        at.trainer.do(lambda runs, order=order: order.apply(runs[0])).result(5)
    before = at.panel.scene.chips["W2"].boundingRect()
    at.draw()
    box, columns = at.panel.scene.chips["W2"].boundingRect(), at.panel.scene.layout_.columns
    assert box != before
    room = columns["h2"].card.left() - columns["h1"].card.right()
    assert box.width() <= max(room, before.width())
    assert not at.panel.grab().isNull()


def test_a_projection_that_follows_another_takes_no_orders(bench: Any) -> None:
    at = bench()
    at.trainer.do(lambda runs: setattr(runs[0].net.projections["B2"], "derived", True)).result(5)
    entry = at.trainer.do(lambda runs: runs[0].catalogue()).result(5)
    at.panel.rebuild(Catalogue(at.trainer.status.build, (entry,)))
    actions = at.panel.gestures.menu(Target("projection", "B2")).actions()
    orders = [action for action in actions if not action.isSeparator()]
    assert not any(action.isEnabled() for action in orders)
    assert all("Change W2 instead" in action.toolTip() for action in orders)


def test_the_menu_key_opens_the_menu_of_what_is_picked(bench: Any) -> None:
    at = bench()
    for kind, name, first in (
        ("projection", "B2", "Freeze B2"),
        ("header", "h1", "Rename"),
        ("nothing", "", "Add hidden layer"),
    ):
        pick = {"header": Pick("layer", name)}.get(kind, Pick(kind, name))
        target, where = at.panel.gestures.menu_place(pick)
        assert at.panel.gestures.menu(target).actions()[0].text() == first
        assert at.panel.scene.sceneRect().contains(where)


# ---- what is seen ----------------------------------------------------------------------------


def test_without_a_network_it_says_what_to_do(qtbot: QtBot) -> None:
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    assert "No network yet" in panel.empty.sentence.text()
    assert panel.wanted() == frozenset()


def test_units_are_coloured_by_the_sample_that_is_looked_at(bench: Any) -> None:
    at = bench()
    assert "No sample yet" in at.panel.sample.text()
    at.train(3)
    assert at.panel.sample.text().startswith("Sample 1 of 20, ")
    at.trainer.advance(4, Stride.SAMPLE)
    at.qtbot.waitUntil(lambda: at.trainer.status.positions[0].sample == 3)
    at.draw()
    assert at.panel.sample.text() == "Sample 4 of 20, backward"
    assert at.panel.scene.units["h1"]._indices is not None


@pytest.mark.parametrize("zoom", [1.0, 1.7, 6.0])  # the last draws circles, others copy pictures
def test_a_unit_has_the_colour_of_its_value_at_every_zoom(bench: Any, zoom: float) -> None:
    at = bench()
    at.train(3)
    at.panel.view.zoom(zoom)
    units, view = at.panel.scene.units["h1"], at.panel.view
    expected = fills("diverging", theme.current())
    for unit, index in enumerate(units._indices.ravel().tolist()):
        view.centerOn(units.column.cells.centre(unit))
        where = at.at("unit", "h1", unit)
        assert view.viewport().grab().toImage().pixelColor(where) == expected[index]


def test_units_without_a_value_are_outlined(bench: Any) -> None:
    at = bench()
    layer, look = at.panel.scene.units["h1"].column, theme.current()
    picture = at.panel.view.viewport().grab().toImage()
    middle = at.at("unit", "h1", 0)
    radius = round(dot_radius(layer.cells.pitch))
    assert picture.pixelColor(middle) == card_colour(look, picked=False)
    rim = {picture.pixelColor(middle + QPoint(radius + off, 0)).name() for off in (-1, 0, 1)}
    assert rim != {card_colour(look, picked=False).name()}


def test_it_asks_only_for_what_is_drawn(bench: Any) -> None:
    at = bench()
    wanted = at.panel.wanted()
    assert Row("h1.rate", most=30) in wanted
    assert Summary("B2.w") in wanted
    assert not any(isinstance(request, Matrix) for request in wanted)  # too many to be lines


def test_small_layers_show_every_weight_as_a_line(bench: Any) -> None:
    at = bench(moons_spec(hidden_sizes=(8,)))
    assert Matrix("W2.w", 256, 256) in at.panel.wanted()
    at.train(5)
    assert at.panel.scene.layout_.wires["W2"].lines
    assert at.panel.scene.lines["W2"]._steps.shape == (2, 8)


def test_while_playing_weights_are_read_seldom_and_activity_always(bench: Any) -> None:
    at = bench()
    at.panel.set_live(True)
    at.panel.wanted()
    again = at.panel.wanted()
    assert not any(isinstance(request, Summary) for request in again)
    assert Row("h1.rate", most=30) in again
    at.panel.set_live(False)
    assert any(isinstance(request, Summary) for request in at.panel.wanted())


def test_phases_are_not_told_while_samples_rush_by(bench: Any) -> None:
    at = bench()
    at.train(1)
    at.trainer.advance(1, Stride.PHASE)
    at.qtbot.waitUntil(lambda: at.trainer.status.positions[0].phase == "forward")
    at.draw()
    assert at.panel.sample.text() == "Sample 1 of 20, forward"
    at.panel.set_live(True)
    at.train(5)
    at.train(5)
    assert at.panel.scene._phase == ""
    wait_until(lambda: at.panel.sample.text() == "Sample 1 of 20")  # when it can be read


def test_words_are_told_at_a_pace_to_be_read_and_the_last_are_never_left_out(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, told = bench(), []
    tell = at.panel._words._tell

    def note() -> None:
        told.append(at.panel.feed.position)
        tell()

    monkeypatch.setattr(at.panel._words, "_tell", note)
    at.panel.set_live(True)
    for _ in range(6):
        at.train(1)
    assert len(told) < 6
    last = at.trainer.status.positions[0].trial
    wait_until(lambda: told[-1].trial == last)
    at.panel.set_live(False)
    count = len(told)
    at.draw()
    at.draw()
    assert len(told) >= count + 2  # standing still, at once


def test_the_input_has_no_error_and_is_then_hollow(bench: Any) -> None:
    at = bench(moons_spec())
    at.train(2)
    assert at.panel.scene.units["input"]._indices is not None
    at.panel.set_options({"variable": "delta"})
    at.draw()
    assert at.panel.scene.units["input"]._indices is None
    assert at.panel.scene.units["h1"]._indices is not None


def test_a_picture_is_shown_as_one_whatever_the_variable(bench: Any) -> None:
    at = bench()
    at.panel.set_options({"variable": "delta"})
    assert at.panel.scene.layout_.columns["input"].cells.kind == "picture"
    assert Row("input.rate", most=64) in at.panel.wanted()


def test_colour_levels_hold_while_it_runs_unless_auto_is_on(bench: Any) -> None:
    at = bench()
    at.train(2)
    before = at.panel.feed.bars()
    at.train(30)
    assert at.panel.feed.bars() == before == (("diverging", 1.0), ("sequential", 1.0))
    at.panel.set_options({"variable": "delta", "auto": True})
    at.draw()
    small = at.panel.feed.bars()[0][1]
    assert 0 < small <= 1
    assert at.panel.options() == {"variable": "delta", "auto": True}


def test_in_a_narrow_panel_what_is_coloured_is_named_before_its_colours_are(bench: Any) -> None:
    for wide, strips in ((240, 0), (330, 1), (900, 2)):
        at = bench(size=(wide, 220))
        at.train(3)
        panel = at.panel
        assert panel.variables.width() >= panel.variables.sizeHint().width()
        widths = [panel.bar._width(row) for row in panel.bar._rows]
        assert sum(np.cumsum(widths) <= panel.bar.width()) == strips


def test_unknown_options_are_left_alone(bench: Any) -> None:
    at = bench()
    at.panel.set_options({"variable": "voltage", "auto": "yes", "zoom": 3})
    assert at.panel.options() == {"variable": "rate", "auto": False}


def test_options_that_come_before_the_network_are_kept(qtbot: QtBot) -> None:
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.set_options({"variable": "delta"})
    assert panel.options()["variable"] == "delta"


def test_snapshots_make_no_new_items(bench: Any) -> None:
    at = bench()
    at.train(2)
    before = list(at.panel.scene.units.values())
    at.train(6)
    assert list(at.panel.scene.units.values()) == before


@pytest.mark.parametrize("hidden", [(), (3,), (8, 8), (60, 40, 30, 20, 16, 12)])
@pytest.mark.parametrize("size", [(320, 220), (500, 260), (1400, 600)])
def test_words_and_cards_never_overlap(
    bench: Any, size: tuple[int, int], hidden: tuple[int, ...]
) -> None:
    layout = bench(digits_spec(hidden_sizes=hidden), size).panel.scene.layout_
    columns = list(layout.columns.values())
    for before, after in itertools.pairwise(columns):
        assert before.card.right() < after.card.left()
        assert before.header.right() <= after.header.left() + 0.5
        assert before.unit.right() <= after.size.left() or before.unit.right() <= after.unit.left()
    for column in columns:
        assert column.card.top() <= column.cells.area.top()
        assert column.cells.area.bottom() <= column.card.bottom()
        assert column.header.bottom() <= column.card.top()
        assert column.card.bottom() <= column.size.top()
        assert column.foot < layout.size.height()
    gaps = [b.card.left() - a.card.right() for a, b in itertools.pairwise(columns)]
    assert max(gaps) - min(gaps) < 0.01


def test_a_thousand_units_are_each_a_tile_or_a_mean_of_a_few(bench: Any) -> None:
    at = bench(digits_spec(hidden_sizes=(1000,)), (500, 260))
    cells = at.panel.scene.layout_.columns["h1"].cells
    assert cells.kind == "tiles"
    assert (cells.count - 1) * cells.block < 1000 <= cells.count * cells.block
    at.train(1)
    at.point("unit", "h1", 3)
    at.draw()
    name = f"units {3 * cells.block}" if cells.block > 1 else "unit 3"
    assert at.readout.startswith(f"h1, {name}")


# ---- exact values ----------------------------------------------------------------------------


def test_pointing_at_a_unit_gives_its_exact_values_as_they_change(bench: Any) -> None:
    at = bench()
    at.train(1)
    at.point("unit", "h1", 3)
    at.draw()
    first = at.readout
    assert first.startswith("h1, unit 3: activity ")
    assert "error δ" in first
    at.train(20)
    assert at.readout.startswith("h1, unit 3: activity ")
    assert at.readout != first


def test_pointing_at_a_pixel_names_its_row_and_column(bench: Any) -> None:
    at = bench()
    at.train(1)
    at.point("unit", "input", 10)
    at.draw()
    assert at.readout.startswith("input, pixel row 1, column 2: activity ")
    assert "δ" not in at.readout


def test_pointing_at_an_arrow_gives_shape_and_size(bench: Any) -> None:
    at = bench()
    at.point("projection", "W2")
    at.draw()
    assert at.readout.startswith("W2, forward, h1 to output: 10 × 30, RMS 0.1")


def test_pointing_at_a_line_gives_that_weight(bench: Any) -> None:
    at = bench(moons_spec(hidden_sizes=(3,)))
    at.draw()
    lines = at.panel.scene.lines["W1"]
    on = at.panel.view.mapFromScene(lines._lines[4].pointAt(0.12))
    QTest.mouseMove(at.panel.view.viewport(), on + QPoint(3, 3))
    QTest.mouseMove(at.panel.view.viewport(), on)
    post, pre = divmod(4, 2)
    assert at.readout.startswith(f"W1, input unit {pre} to h1 unit {post}: weight ")


def test_exact_values_take_the_whole_line_in_a_narrow_panel(bench: Any) -> None:
    at = bench(size=(320, 220))
    at.train(1)
    assert at.panel.sample.isVisible()
    at.point("unit", "h1", 3)
    assert not at.panel.sample.isVisible()


# ---- picks -----------------------------------------------------------------------------------


def test_clicks_pick_layers_units_projections_and_nothing(bench: Any) -> None:
    at = bench()
    at.click("header", "h1")
    at.click("unit", "h1", 4)
    at.click("projection", "W2")
    at.click("projection", "B2")
    QTest.mouseClick(at.panel.view.viewport(), Left, pos=QPoint(3, 3))
    assert at.picks == [
        Pick("layer", "h1"),
        Pick("unit", "h1", 4),
        Pick("projection", "W2"),
        Pick("projection", "B2"),
        Pick("nothing"),
    ]


def test_a_picked_unit_shows_its_incoming_weights(bench: Any) -> None:
    at = bench()
    at.train(1)
    at.click("unit", "h1", 4)
    at.draw()
    assert len(at.panel.scene.fan._lines) == 48
    at.click("header", "h1")
    assert at.panel.scene.fan._lines == []


def test_arrow_keys_move_the_pick(bench: Any) -> None:
    at = bench()
    at.key(Key.Key_Right)  # nothing is picked: the window may have it
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Right):
        at.key(key)
    at.key(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    at.key(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    at.key(Key.Key_Escape)
    assert at.picks == [
        Pick("layer", "input"),
        Pick("layer", "h1"),
        Pick("unit", "h1", 0),
        Pick("unit", "h1", 1),
        Pick("layer", "output"),
        Pick("projection", "W1"),
        Pick("projection", "B2"),
        Pick("nothing"),
    ]


def test_a_pick_of_something_that_is_gone_is_nothing(bench: Any) -> None:
    at = bench()
    at.panel.set_pick(Pick("unit", "h7", 3))
    assert at.panel.feed.pick == Pick("nothing")


# ---- edits -----------------------------------------------------------------------------------


def test_a_layer_is_added_by_plus_key_and_menu(bench: Any) -> None:
    at = bench()
    at.point("plus", "input")
    assert at.panel.scene.pluses["input"].isVisible()
    at.click("plus", "input")
    assert at.names == ["input", "h2", "h1", "output"]
    assert at.panel.feed.pick == Pick("layer", "h2")
    at.key(Key.Key_Insert)
    assert at.names == ["input", "h2", "h3", "h1", "output"]
    menu = at.panel.gestures.menu(Target("header", "h1"))
    at.panel.gestures._choose(next(a for a in menu.actions() if a.text() == "Add layer after"))
    assert at.names == ["input", "h2", "h3", "h1", "h4", "output"]
    assert at.edits == ["Add layer h2", "Add layer h3", "Add layer h4"]


def test_a_hidden_layer_is_removed_and_the_ends_say_why_they_stay(bench: Any) -> None:
    at = bench(digits_spec(hidden_sizes=(5, 6)))
    at.click("header", "h1")
    at.key(Key.Key_Delete)
    assert at.names == ["input", "h2", "output"]
    at.click("header", "output")
    at.key(Key.Key_Delete)
    assert at.names == ["input", "h2", "output"]
    assert "output layer cannot be removed" in at.refusal
    at.point("header", "h2")
    assert at.refusal == ""


def test_delete_with_nothing_picked_says_what_to_do(bench: Any) -> None:
    at = bench()
    at.key(Key.Key_Delete)
    assert "Pick a layer first" in at.refusal


def test_a_layer_is_renamed_where_its_name_stands(bench: Any) -> None:
    at = bench()
    at.double("header", "h1")
    assert isinstance(at.editor, QLineEdit)
    at.editor.setText("hidden")
    QTest.keyClick(at.editor, Key.Key_Return)
    assert at.names == ["input", "hidden", "output"]
    assert at.panel.feed.pick == Pick("layer", "hidden")
    assert at.editor is None


@pytest.mark.parametrize(("name", "why"), [("output", "Two layers are called"), ("7", "letters")])
def test_bad_names_are_explained(bench: Any, name: str, why: str) -> None:
    at = bench()
    at.click("header", "h1")
    at.key(Key.Key_F2)
    at.editor.setText(name)
    QTest.keyClick(at.editor, Key.Key_Return)
    assert at.names == ["input", "h1", "output"]
    assert why in at.refusal


def test_escape_leaves_everything_as_it_was(bench: Any) -> None:
    at = bench()
    at.double("header", "h1")
    at.editor.setText("other")
    QTest.keyClick(at.editor, Key.Key_Escape)
    assert at.editor is None
    assert at.edits == []


def test_a_layer_is_resized_where_its_size_stands(bench: Any) -> None:
    at = bench()
    at.double("size", "h1")
    assert isinstance(at.editor, QSpinBox)
    at.editor.setValue(44)
    QTest.keyClick(at.editor, Key.Key_Return)
    assert at.spec.network.layers[1].size == 44
    assert at.edits == ["Give h1 44 units"]
    at.double("size", "input")
    assert at.editor is None
    assert "input layer has 64 units" in at.refusal


def test_a_layer_is_resized_by_its_handle(bench: Any) -> None:
    at = bench()
    at.drag(at.at("handle", "h1"), QPoint(0, 70))
    assert at.spec.network.layers[1].size == 60
    assert at.edits == ["Give h1 60 units"]


def test_the_kind_of_units_is_chosen_where_it_stands(bench: Any) -> None:
    at = bench()
    at.double("kind", "h1")
    assert isinstance(at.editor, QComboBox)
    at.editor.setCurrentIndex(at.editor.findData("relu"))
    at.editor.activated.emit(at.editor.currentIndex())
    assert at.spec.network.layers[1].unit == "relu"
    assert at.edits == ["Make h1 ReLU"]
    at.double("kind", "input")
    assert at.editor is None
    assert "input layer" in at.refusal


def test_tab_goes_on_to_the_next_words(bench: Any) -> None:
    at = bench()
    at.double("header", "h1")
    at.editor.setText("hidden")
    QTest.keyClick(at.editor, Key.Key_Tab)
    assert isinstance(at.editor, QSpinBox)
    QTest.keyClick(at.editor, Key.Key_Tab)
    assert isinstance(at.editor, QComboBox)
    assert at.names == ["input", "hidden", "output"]


def test_hidden_layers_are_reordered_by_mouse_and_keys(bench: Any) -> None:
    at = bench(digits_spec(hidden_sizes=(5, 6, 7)))
    scene = at.panel.scene
    far = scene.layout_.columns["h3"].x - scene.layout_.columns["h1"].x + 8
    at.drag(at.at("header", "h1"), QPoint(int(far), 2), drop=False)
    assert scene.insertion.isVisible()
    assert at.readout == "Let go to put h1 after h3"
    QTest.mouseRelease(
        at.panel.view.viewport(), Left, pos=at.at("header", "h1") + QPoint(int(far), 2)
    )
    assert at.names == ["input", "h2", "h3", "h1", "output"]
    assert not at.panel.scene.insertion.isVisible()
    at.panel.set_pick(Pick("layer", "h1"))
    at.key(Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert at.names == ["input", "h2", "h1", "h3", "output"]


def test_a_drag_is_let_go_by_escape(bench: Any) -> None:
    at = bench(digits_spec(hidden_sizes=(5, 6)))
    start = at.at("header", "h1")
    at.drag(start, QPoint(250, 0), drop=False)
    at.key(Key.Key_Escape)
    QTest.mouseRelease(at.panel.view.viewport(), Left, pos=start + QPoint(250, 0))
    assert at.edits == []
    assert not at.panel.scene.insertion.isVisible()


def test_a_description_that_is_not_built_is_drawn_and_asks_for_nothing(bench: Any) -> None:
    at = bench(digits_spec(hidden_sizes=(5,)))
    at.panel.set_spec(digits_spec(hidden_sizes=(5, 7)))
    assert list(at.panel.scene.cards) == ["input", "h1", "h2", "output"]
    asked = {getattr(request, "address", "") for request in at.panel.wanted()}
    assert not any(address.startswith(("h2", "W2", "W3")) for address in asked)
    assert "h1.rate" in asked


# ---- looking ---------------------------------------------------------------------------------


def test_the_wheel_zooms_and_fit_shows_all_again(bench: Any) -> None:
    at = bench()
    whole = at.panel.view.transform().m11()
    at.panel.view.zoom(2.0)
    assert at.panel.view.transform().m11() == pytest.approx(2 * whole)
    at.panel.fit.click()
    assert at.panel.view.transform().m11() == pytest.approx(whole)
    at.key(Key.Key_Plus)
    assert at.panel.view.transform().m11() > whole
    at.key(Key.Key_0)
    assert at.panel.view.transform().m11() == pytest.approx(whole)


def test_it_follows_the_theme_and_survives_every_variable_and_pick(bench: Any) -> None:
    at = bench(make_spec((64, 12, 11, 10), "feedback_alignment", "digits"))
    at.train(2)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    shots = []
    for look in ("light", "dark"):
        theme.apply(app, look)  # type: ignore[arg-type]
        for pick in (Pick("layer", "h1"), Pick("unit", "h2", 3), Pick("projection", "B3")):
            at.panel.set_pick(pick)
            at.draw()
            shots.append(at.panel.grab().toImage())
    theme.apply(app, "light")
    assert shots[0] != shots[3]


def test_a_closed_diagram_leaves_nothing_alive(bench: Any) -> None:
    at = bench()
    panel = NetworkPanel()
    panel.set_spec(at.spec)
    panel.rebuild(at.trainer.catalogue)
    alive = [weakref.ref(thing) for thing in (panel, panel.view, panel.scene, panel.gestures)]
    panel.deleteLater()
    del panel
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [thing() for thing in alive] == [None] * 4


def test_hovering_far_from_everything_shows_a_hint(bench: Any) -> None:
    at = bench()
    at.panel._hover(Target(), QPointF())
    assert at.readout == "Point at a unit or an arrow for exact values"
