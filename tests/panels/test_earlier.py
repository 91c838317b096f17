"""Earlier runs and experiments side by side, in the plots over time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from bioviz.core.earlier import ended, gather, named
from bioviz.core.experiment import build
from bioviz.core.request import Curve
from bioviz.panels.alignment import AlignmentPanel
from bioviz.panels.loss import LossPanel

from ..specs import digits_spec as spec_of


@pytest.fixture(scope="module")
def held():
    """Three runs of 150 trials: by another scale, by another seed, and of deeper layers."""
    specs = (spec_of(feedback_scale=2), spec_of(seed=3), spec_of(hidden_sizes=(20, 20)))
    runs = []
    for spec in specs:
        experiment = build(spec)
        experiment.advance(150)
        runs.append(ended(experiment))
    return named(gather([], runs), spec_of())


@pytest.fixture
def panel(bench, digits_spec):
    bench.load(digits_spec())
    return bench.add(LossPanel())


def ghosts(panel):
    return {key: curve for key, curve in panel.plot._curves.items() if key.startswith("earlier/")}


def load_two(bench, *specs):
    bench.trainer.load(lambda _: [build(spec) for spec in specs]).result(30)
    for panel in bench.pump._panels:
        panel.rebuild(bench.trainer.catalogue)
    bench.pump.refresh()


def test_one_earlier_run_is_drawn_whole_and_several_by_what_matters(panel, held):
    panel.set_earlier(held[:1])
    assert set(ghosts(panel)) == {"earlier/0/train_error", "earlier/0/test_error"}
    panel.set_earlier(held)
    assert set(ghosts(panel)) == {f"earlier/{n}/test_error" for n in range(3)}


def test_a_run_has_one_entry_in_the_legend_and_a_click_hides_all_of_it(panel, held):
    panel.set_earlier(held[:1])
    entries = {curve.entry for curve in ghosts(panel).values()}
    assert [entry.text() for entry in entries] == [held[0].label]
    entries.pop().click()
    assert not any(curve.line.isVisible() for curve in ghosts(panel).values())
    for options in ({"quantity": "loss"}, {"axis": "epochs"}):
        panel.set_options(options)
        assert not any(curve.line.isVisible() for curve in ghosts(panel).values()), "it stays so"


def test_runs_are_told_apart_by_stroke_and_tone_and_lie_behind(panel, bench, held):
    many = [replace(held[0], number=n, name=f"{n}", label=f"{n}") for n in range(6)]
    panel.set_earlier(many)
    bench.advance(10)
    looks = {(curve.style, curve.colour) for curve in ghosts(panel).values()}
    assert len(looks) == 6
    live = panel.plot._curves["test_error"].line.zValue()
    assert all(curve.line.zValue() < live for curve in ghosts(panel).values())


def test_the_present_curves_stand_first_in_the_legend(panel, bench, held):
    panel.set_earlier(held[:1])
    bench.advance(10)
    row = panel.plot._legend
    names = [row.itemAt(place).widget().text() for place in range(row.count())]
    assert names == ["training error", "test error", held[0].label]


def test_earlier_runs_take_part_in_the_range_as_long_as_they_are_shown(panel, bench, held):
    panel.set_earlier(held[:1])
    bench.advance(10)
    assert panel.plot.extent.x.high >= 144
    panel.set_options({"earlier": False})
    panel.plot.auto_range()
    assert panel.plot.extent.x.high < 20
    assert not ghosts(panel)


def test_an_earlier_run_counts_epochs_by_its_own_length(panel, held):
    panel.set_options({"axis": "epochs"})
    panel.set_earlier([replace(held[0], epoch_trials=10)])
    assert ghosts(panel)["earlier/0/test_error"].x[-1] == pytest.approx(14.4)
    panel.set_options({"axis": "trials"})
    assert ghosts(panel)["earlier/0/test_error"].x[-1] == 144


def test_hovering_tells_an_earlier_runs_value_and_name(panel, held):
    panel.set_earlier(held[:1])
    area = panel.plot.view
    panel.plot.hover.follow(QPoint(area.width() // 2, area.height() // 2))
    assert f"{held[0].label}, test" in panel.plot.hover.words.text()


def test_an_earlier_run_costs_nothing_while_the_present_one_grows(panel, bench, held, monkeypatch):
    panel.set_earlier(held)
    drawn = []
    for key, curve in ghosts(panel).items():
        monkeypatch.setattr(curve.line, "setData", lambda *_, key=key, **__: drawn.append(key))
    bench.advance(40)
    bench.advance(40)
    assert "test_error" in panel.plot._curves
    assert not drawn


def test_names_leave_the_legend_where_it_would_take_the_plots_room(panel, bench, held):
    panel.set_earlier(held)
    panel.resize(240, 170)
    bench.advance(10)
    assert not any(curve.entry.isVisible() for curve in ghosts(panel).values())
    panel.resize(700, 500)
    assert all(curve.entry.isVisible() for curve in ghosts(panel).values())


def test_the_menu_is_there_only_while_there_is_something_in_it(panel, held):
    assert not panel._earlier.isVisible()
    panel.set_earlier(held)
    assert panel._earlier.isVisible()
    gone = []
    panel.unwanted.connect(gone.extend)
    panel._earlier._remove.actions()[1].trigger()
    assert gone == [held[1]]
    panel.set_earlier(())
    assert not panel._earlier.isVisible()


def test_whether_they_are_shown_is_remembered(panel, held):
    panel.set_earlier(held)
    panel._earlier._show.trigger()
    assert panel.options()["earlier"] is False
    assert not ghosts(panel)


def test_angles_of_many_earlier_runs_are_update_angles_only(bench, digits_spec, held):
    bench.load(digits_spec())
    panel = bench.add(AlignmentPanel())
    panel.set_earlier(held[:1])
    assert {key.split("/")[2] for key in ghosts(panel)} == {"update_angle.h1", "weight_angle.W2"}
    panel.set_earlier(held)
    assert all(key.split("/")[2].startswith("update_angle.") for key in ghosts(panel))
    panel.set_options({"quantity": "weight"})
    assert all(key.split("/")[2].startswith("weight_angle.") for key in ghosts(panel))


def test_backprop_is_drawn_only_beside_an_earlier_run_that_has_angles(bench, digits_spec, held):
    bench.load(digits_spec("backprop"))
    panel = bench.add(AlignmentPanel())
    assert panel._pages.currentWidget() is panel._nothing
    panel.set_earlier(held[:1])
    bench.advance(20)
    assert panel._pages.currentWidget() is panel.plot
    assert np.allclose(panel.plot._curves["update_angle.h1"].y, 0, atol=0.1)
    panel.set_options({"earlier": False})
    assert panel._pages.currentWidget() is panel._nothing


def test_experiments_side_by_side_differ_by_colour_and_their_curves_by_stroke(
    panel, bench, digits_spec
):
    panel.resize(700, 400)
    load_two(bench, digits_spec(), digits_spec("backprop"))
    bench.advance(20)
    curves = panel.plot._curves
    looks = {curve.entry.text(): (curve.colour, curve.style) for curve in curves.values()}
    assert looks == {
        "Feedback alignment training": (0, "dot"),
        "Feedback alignment test": (0, "solid"),
        "Backprop training": (1, "dot"),
        "Backprop test": (1, "solid"),
    }


def test_side_by_side_in_little_room_only_the_held_out_curves_are_drawn(panel, bench, digits_spec):
    panel.resize(320, 220)
    load_two(bench, digits_spec(), digits_spec("backprop"))
    bench.advance(20)
    assert set(panel.plot.keys()) == {"test_error", "test_error@1"}
    names = {curve.entry.text() for curve in panel.plot._curves.values()}
    assert names == {"Feedback alignment", "Backprop"}
    assert panel.plot.accessibleName() == "Plot of Test error over Trials"
    panel.resize(700, 400)
    bench.beat()
    assert len(panel.plot.keys()) == 4


def test_two_experiments_by_one_rule_go_by_two_names(panel, bench, digits_spec):
    load_two(bench, digits_spec(), digits_spec(seed=2))
    assert [lane.name for lane in panel._lanes] == [
        "Feedback alignment (1)",
        "Feedback alignment (2)",
    ]


def test_an_experiment_alone_looks_as_ever(panel, bench):
    bench.advance(20)
    looks = [(key, curve.colour, curve.style) for key, curve in panel.plot._curves.items()]
    assert looks == [("train_error", 0, "solid"), ("test_error", 1, "solid")]


def test_angles_of_experiments_side_by_side_are_asked_for_where_there_are_any(bench, digits_spec):
    panel = bench.add(AlignmentPanel())
    panel.resize(700, 400)
    load_two(bench, digits_spec(), digits_spec("weight_mirror"), digits_spec("shallow"))
    bench.advance(20)
    curves = [request for request in panel.wanted() if isinstance(request, Curve)]
    assert {request.index for request in curves} == {0, 1}
    assert panel.plot._curves["update_angle.h1@1"].colour == 1
    assert "Weight mirror: update angle h1" in [
        curve.entry.text() for curve in panel.plot._curves.values()
    ]


def test_earlier_angles_beyond_chance_make_room_up_to_180(bench, digits_spec, held):
    bench.load(digits_spec())
    panel = bench.add(AlignmentPanel())
    trials, angles = held[0].channels["update_angle.h1"]
    panel.set_earlier([replace(held[0], channels={"update_angle.h1": (trials, angles + 60)})])
    assert panel.plot.extent.y.fixed == (0, 180)
