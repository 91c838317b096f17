"""The inspector shows what is picked, as the live run has it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bioviz.app.inspect_page import compact
from bioviz.app.inspector import Inspector
from bioviz.core.catalogue import Catalogue, describe
from bioviz.core.experiment import Experiment, build
from bioviz.core.intervention import CopyTranspose, Freeze, Redraw
from bioviz.core.perturbation import AddNoise, FlipSigns, Prune, Scale
from bioviz.core.request import Incoming, Statistics
from bioviz.core.snapshot import NOTHING, take
from bioviz.core.spec import ExperimentSpec
from bioviz.core.trainer import Trainer
from bioviz.ui.panel import Pick
from bioviz.ui.pump import Pump
from tests.specs import digits_spec, moons_spec
from tests.timed import competition_spec


class Bench:
    """An inspector before a live run."""

    def __init__(self, inspector: Inspector, spec: ExperimentSpec) -> None:
        self.inspector, self.experiment = inspector, build(spec)
        self.edits: list[tuple[ExperimentSpec, str]] = []
        self.picks: list[Pick] = []
        inspector.set_spec(spec)
        inspector.rebuild(Catalogue(1, (describe(self.experiment),)))
        inspector.edited.connect(self._take)
        inspector.picked.connect(self.picks.append)

    def _take(self, spec: ExperimentSpec, text: str) -> None:
        self.edits.append((spec, text))

    def look(self, pick: Pick) -> None:
        self.inspector.set_pick(pick)
        self.refresh()

    def refresh(self) -> None:
        snapshot = take(1, [self.experiment], self.inspector.wanted())
        assert snapshot.failures == {}
        self.inspector.show_snapshot(snapshot)

    @property
    def net(self) -> Experiment:
        return self.experiment.net


@pytest.fixture
def bench(qtbot: QtBot) -> Callable[[ExperimentSpec], Bench]:
    def make(spec: ExperimentSpec, trials: int = 20) -> Bench:
        inspector = Inspector()
        qtbot.addWidget(inspector)
        inspector.resize(284, 640)
        inspector.show()
        made = Bench(inspector, spec)
        made.experiment.advance(trials)
        return made

    return make


def test_nothing_picked_shows_the_rule_card(bench) -> None:
    inspector = bench(moons_spec()).inspector
    assert inspector.card.isVisible()
    assert inspector.card.title == "Feedback alignment"
    assert inspector.wanted() == NOTHING


def test_a_layer_shows_its_live_statistics(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    page = made.inspector.pages["layer"]
    rate = made.experiment.net["h1.rate"]
    assert page.heading.text == "h1: Hidden layer 1 of 1"
    assert page.table.texts("rate")[0] == compact(float(rate.mean()))
    assert page.table.texts("delta")[1] != "–"


def test_no_number_of_a_narrow_inspector_is_cut(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    made.inspector.resize(250, 640)
    table = made.inspector.pages["layer"].table
    least = Statistics(rms=0.00207, mean=-0.0169, low=-0.00309, high=-1.26e-8, norm=-123.4)
    for key in ("rate", "drive", "delta"):
        table.show_statistics(key, least)
    for cells in table._columns.values():
        for cell in cells:
            assert cell.fontMetrics().horizontalAdvance(cell.text()) <= cell.width(), cell.text()
    assert table._columns["rate"][4].toolTip() == "−1.26×10⁻⁸"


def test_the_input_shows_no_delta(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "input"))
    page = made.inspector.pages["layer"]
    assert list(page.table._columns) == ["rate"]
    assert not page.unit.isEnabled()


def test_a_layer_is_edited_where_it_is_shown(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    page = made.inspector.pages["layer"]
    page.size_box.committed.emit(7)
    page.unit.committed.emit("relu")
    assert [text for _, text in made.edits] == ["Resize layer h1", "Change units of h1"]
    assert made.edits[0][0].network.layers[1].size == 7


def test_a_renamed_layer_stays_picked(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    made.inspector.edited.connect(made.inspector.set_spec)
    made.inspector.pages["layer"].name.committed.emit("hidden")
    assert made.picks == [Pick("layer", "hidden")]
    assert made.inspector.pages["layer"].isVisible()


def test_an_impossible_name_is_explained(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    page = made.inspector.pages["layer"]
    page.name.committed.emit("output")
    assert made.edits == []
    assert "Two layers are called 'output'" in page.remark.text


def test_a_unit_shows_its_exact_values_and_bias(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("unit", "h1", 3))
    page, net = made.inspector.pages["unit"], made.experiment.net
    from bioviz.ui.word import number

    assert page.table.text("rate") == number(float(net["h1.rate"][0, 3]), 4)
    assert page.table.text("bias") == number(float(net["W1.bias"][3]), 4)
    assert page.strip.isVisible()
    assert np.array_equal(page.strip._values, net["W1.w"][3])


def test_a_unit_above_a_picture_shows_its_weights_as_one(bench) -> None:
    made = bench(digits_spec())
    made.look(Pick("unit", "h1", 3))
    page = made.inspector.pages["unit"]
    assert page.picture.isVisible()
    assert not page.strip.isVisible()
    made.look(Pick("unit", "output", 3))
    assert page.strip.isVisible()


def test_an_input_unit_says_that_it_has_no_weights(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("unit", "input", 1))
    page = made.inspector.pages["unit"]
    assert "no incoming weights" in page._remark.text()
    assert not any(isinstance(wish, Incoming) for wish in made.inspector.wanted())


def test_the_sample_that_is_looked_at_is_followed(bench, qtbot: QtBot) -> None:
    made = bench(moons_spec())
    made.look(Pick("unit", "h1", 3))
    made.experiment.sample = 4
    with qtbot.waitSignal(made.inspector.changed):
        made.refresh()
    made.refresh()
    from bioviz.ui.word import number

    shown = made.inspector.pages["unit"].table.text("rate")
    assert shown == number(float(made.experiment.net["h1.rate"][4, 3]), 4)


def test_a_feedback_path_says_what_it_stands_for(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "B2"))
    page = made.inspector.pages["projection"]
    assert "B2 stands in for W2 transposed" in page.role.text()
    assert "20 × 2 (to × from)" in page.shape.text()
    assert page.measures.text("weight_angle.W2").endswith("°")
    assert page.measures.text("update_angle.h1").endswith("°")


def test_a_feedback_path_can_be_drawn_again_or_made_the_transpose(bench, qtbot: QtBot) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "B2"))
    page = made.inspector.pages["projection"]
    with qtbot.waitSignal(made.inspector.ordered) as asked:
        qtbot.mouseClick(page.orders.redraw, Qt.MouseButton.LeftButton)
    assert asked.args == [Redraw("B2")]
    with qtbot.waitSignal(made.inspector.ordered) as asked:
        qtbot.mouseClick(page.orders.copy, Qt.MouseButton.LeftButton)
    assert asked.args == [CopyTranspose("B2")]
    assert page.orders.copy.text() == "Copy W2ᵀ"
    assert "weight transport" in page.orders.copy.toolTip()
    asked.args[0].apply(made.experiment)
    assert np.array_equal(made.experiment.net["B2.w"], made.experiment.net["W2.w"].T)


def test_a_forward_projection_without_feedback_has_no_counterpart(bench) -> None:
    made = bench(digits_spec("backprop"))
    made.look(Pick("projection", "W1"))
    page = made.inspector.pages["projection"]
    assert page.orders.redraw.isVisible()
    assert not page.orders.copy.isVisible()
    assert not page.partner.isVisible()


def test_orders_take_the_amounts_beside_them(bench, qtbot: QtBot) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "W2"))
    orders = made.inspector.pages["projection"].orders
    given: list[object] = []
    made.inspector.ordered.connect(given.append)
    for field, text in ((orders.factor, "0.5"), (orders.sigma, "25"), (orders.part, "40")):
        field.setText(text)  # no Enter
    orders.which.setCurrentIndex(1)
    for button in (orders.freeze, orders.flip, orders.scale, orders.noise, orders.prune):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert given == [
        Freeze("W2"),
        FlipSigns("W2"),
        Scale("W2", 0.5),
        AddNoise("W2", 0.25),
        Prune("W2", 0.4, at_random=True),
    ]


def test_an_impossible_amount_is_explained_and_nothing_is_done(bench, qtbot: QtBot) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "W2"))
    orders = made.inspector.pages["projection"].orders
    given: list[object] = []
    made.inspector.ordered.connect(given.append)
    orders.part.setText("140")
    qtbot.mouseClick(orders.prune, Qt.MouseButton.LeftButton)
    assert given == []
    assert "at most 100" in orders.remark.text
    orders.part.setText("14")
    qtbot.mouseClick(orders.prune, Qt.MouseButton.LeftButton)
    assert given == [Prune("W2", 0.14)]
    assert orders.remark.text == ""


def test_what_follows_the_forward_weights_says_why_it_cannot_be_changed(bench) -> None:
    made = bench(moons_spec())
    made.net.projections["B2"].derived = True
    made.inspector.rebuild(Catalogue(1, (describe(made.experiment),)))
    made.look(Pick("projection", "B2"))
    orders = made.inspector.pages["projection"].orders
    for control in (orders.freeze, orders.flip, orders.copy, orders.prune, orders.part):
        assert not control.isEnabled()
        assert "made from W2 at every trial" in control.toolTip()
    assert "Change W2 instead" in orders.remark.text
    made.look(Pick("projection", "W2"))
    assert orders.freeze.isEnabled()
    assert orders.remark.text == ""


@pytest.mark.parametrize("name", ["W2", "B2"])
def test_every_order_has_a_name_and_says_what_it_does(bench, name: str) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", name))
    orders = made.inspector.pages["projection"].orders
    controls = [orders.freeze, orders.flip, orders.redraw, orders.copy, orders.scale, orders.noise]
    controls += [orders.prune, orders.factor, orders.sigma, orders.part, orders.which]
    names = [control.accessibleName() for control in controls]
    assert all(names)
    assert len(set(names)) == len(names)
    assert all(control.toolTip() for control in controls)


def test_counterparts_lead_to_each_other(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "W2"))
    made.inspector.pages["projection"].partner.click()
    assert made.picks == [Pick("projection", "B2")]
    assert made.inspector.pages["projection"].heading.text == "B2: Feedback weights"


def test_what_has_gone_gives_way_to_the_card(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("projection", "B2"))
    spec = moons_spec("backprop")
    made.inspector.set_spec(spec)
    made.inspector.rebuild(Catalogue(2, (describe(build(spec)),)))
    assert made.inspector.card.isVisible()
    assert made.inspector.card.title == "Backprop"
    assert made.inspector.wanted() == NOTHING


def test_back_to_the_card_lets_go_of_the_pick(bench, qtbot: QtBot) -> None:
    made = bench(moons_spec())
    made.look(Pick("layer", "h1"))
    qtbot.mouseClick(made.inspector._back, Qt.MouseButton.LeftButton)
    assert made.picks == [Pick("nothing")]
    assert made.inspector.card.isVisible()


def test_replies_of_an_older_build_are_dropped(bench) -> None:
    made = bench(moons_spec())
    made.look(Pick("unit", "h1", 3))
    old = take(0, [made.experiment], made.inspector.wanted())
    made.inspector.pages["unit"].table.show_value("rate", "kept")
    made.inspector.show_snapshot(old)
    assert made.inspector.pages["unit"].table.text("rate") == "kept"


@pytest.mark.parametrize(
    "pick",
    [
        Pick("nothing"),
        Pick("layer", "h1"),
        Pick("layer", "output"),
        Pick("unit", "h1", 5),
        Pick("unit", "output", 5),
        Pick("projection", "W2"),
        Pick("projection", "B2"),
    ],
)
def test_no_page_is_cut_off_in_a_narrow_column(bench, pick: Pick) -> None:
    made = bench(digits_spec("weight_mirror"))
    made.inspector.resize(240, 1500)
    made.look(pick)
    assert made.inspector._area.widget().minimumSizeHint().width() <= 240


def test_the_pump_feeds_it_like_a_panel(qtbot: QtBot) -> None:
    inspector, trainer, spec = Inspector(), Trainer(), moons_spec()
    qtbot.addWidget(inspector)
    inspector.set_spec(spec)
    inspector.rebuild(trainer.load(lambda _: [build(spec)]).result(10))
    inspector.show()
    pump = Pump(trainer)
    pump.add(inspector)
    inspector.set_pick(Pick("layer", "h1"))
    trainer.advance(5)
    table = inspector.pages["layer"].table

    def filled() -> bool:
        pump.beat()
        return table.texts("rate")[1] not in ("–", "0")

    qtbot.waitUntil(filled)
    pump.stop()
    assert trainer.close()


def test_a_units_own_parameters_are_edited_where_its_layer_is_shown(bench) -> None:
    made = bench(competition_spec())
    made.look(Pick("layer", "h1"))
    page = made.inspector.pages["layer"]
    assert page.params.isVisibleTo(page)
    assert not page.curve.isVisibleTo(page)  # it answers in time, not at once
    assert page.params.model().jump == 0.5
    page.params.edit("tau_m", 12.5)
    [(spec, text)] = made.edits
    assert spec.network.layers[1].params().tau_m == 12.5
    assert spec.network.layers[1].params().jump == 0.5
    assert spec.problems() == []
    assert "h1" in text
    page.params.edit("reset", 0.0)
    assert "must lie below the threshold" in page.params.problem("reset")
    assert len(made.edits) == 1


def test_rate_units_have_no_form_and_show_how_they_answer(bench) -> None:
    made = bench(digits_spec())
    made.look(Pick("layer", "h1"))
    page = made.inspector.pages["layer"]
    assert not page.params.isVisibleTo(page)
    assert page.curve.isVisibleTo(page)


def test_other_units_begin_with_their_own_parameters(bench) -> None:
    made = bench(competition_spec())
    made.look(Pick("layer", "h1"))
    made.inspector.pages["layer"].unit.committed.emit("lif")
    [(spec, _)] = made.edits
    assert spec.network.layers[1].unit == "lif"
    assert spec.network.layers[1].values == {}
