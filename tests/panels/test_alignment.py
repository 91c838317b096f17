"""Alignment: the angles of each layer, their references, and rules that have none."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.intervention import CopyTranspose
from bioviz.panels.alignment import QUANTITIES, AlignmentPanel


@pytest.fixture
def panel(bench, digits_spec):
    bench.load(digits_spec())
    return bench.add(AlignmentPanel())


def _band(panel):
    band = panel.plot.references.bands["reference"]
    return band.low, band.high


def _says(panel):
    assert panel._pages.currentWidget() is panel._nothing
    return panel._nothing.sentence.text()


def test_both_angles_are_drawn_as_they_were_recorded(panel, bench):
    bench.advance(100)
    for name in ("update_angle.h1", "weight_angle.W2"):
        x, y = bench.trainer.do(lambda e, n=name: e[0].channels[n].read()).result(5)
        assert np.array_equal(panel.plot._curves[name].x, x)
        assert np.allclose(panel.plot._curves[name].y, y)


def test_curves_are_named_by_angle_and_layer(panel, bench):
    bench.advance(10)
    names = [curve.entry.text() for curve in panel.plot._curves.values()]
    assert names == ["update angle h1", "weight angle B2"]
    assert all(curve.entry.value.endswith("°") for curve in panel.plot._curves.values())


def test_a_narrow_legend_names_layers_and_matrices_only(panel, bench):
    panel.resize(320, 220)
    bench.advance(10)
    names = [curve.entry.text() for curve in panel.plot._curves.values()]
    assert names == ["update h1", "weight B2"]
    assert "B2 against W2ᵀ" in panel.plot._curves["weight_angle.W2"].entry.toolTip()


def test_the_angles_of_one_layer_differ_by_stroke_and_those_of_layers_by_colour(bench, digits_spec):
    bench.load(digits_spec(hidden_sizes=(30, 20)))
    panel = bench.add(AlignmentPanel())
    bench.advance(10)
    look = {key: (curve.colour, curve.style) for key, curve in panel.plot._curves.items()}
    assert look["update_angle.h1"] == (0, "solid")
    assert look["weight_angle.W2"] == (0, "dash")
    assert look["update_angle.h2"] == (1, "solid")
    assert look["weight_angle.W3"] == (1, "dash")


@pytest.mark.parametrize(("quantity", "entries"), [("angles", 30), ("update", 30), ("weight", 300)])
def test_the_band_is_what_random_vectors_of_the_fewest_entries_do(panel, bench, quantity, entries):
    panel.set_options({"quantity": quantity})
    bench.advance(10)
    half = 57.3 / sqrt(entries)
    assert _band(panel) == pytest.approx((90 - half, 90 + half))
    assert f"{entries}" in panel.plot._reference[1]
    assert panel.plot.references.lines["reference"][1] == 90


def test_angles_keep_one_range(panel, bench):
    low, high = panel.plot.extent.y.fixed
    bench.advance(100)
    bench.order(CopyTranspose("B2"))
    bench.advance(20)
    assert (low, high) == (0, 120) == panel.plot.extent.y.fixed


def test_angles_beyond_chance_make_room_up_to_180(panel, bench):
    bench.advance(10)
    bench.trainer.do(lambda e: np.copyto(e[0].net["B2.w"], -e[0].net["W2.w"].T)).result(5)
    bench.advance(10)
    assert panel.plot.extent.y.fixed == (0, 180)


@pytest.mark.parametrize(("quantity", "level"), [("ratio", 1), ("agreement", 0)])
def test_other_quantities_have_their_own_reference(panel, bench, quantity, level):
    panel.set_options({"quantity": quantity})
    bench.advance(10)
    assert panel.plot.references.lines["reference"][1] == level
    assert not panel.plot.references.bands
    assert panel.plot.extent.y.fixed is None


def test_signs_are_held_against_chance_on_an_axis_that_ends_at_100_percent(panel, bench):
    panel.set_options({"quantity": "sign"})
    bench.advance(10)
    assert panel.plot.references.lines["reference"][1] == 50
    assert panel.plot.extent.y.fixed == (0, 100)
    [curve] = panel.plot._curves.values()
    assert curve.entry.value.endswith("%")


def test_the_difference_is_drawn_on_a_log_axis_without_a_reference(panel, bench):
    panel.set_options({"quantity": "difference"})
    bench.advance(10)
    assert panel.plot.extent.y.log
    assert not panel.plot.references.lines
    panel.set_options({"quantity": "angles"})
    assert not panel.plot.extent.y.log


def test_backprop_is_explained_instead_of_drawn(bench, digits_spec):
    bench.load(digits_spec("backprop"))
    panel = bench.add(AlignmentPanel())
    assert "W-transposed itself" in _says(panel)
    assert not panel.wanted()
    bench.advance(10)


def test_shallow_is_explained_instead_of_drawn(bench, digits_spec):
    bench.load(digits_spec("shallow"))
    assert "no error is sent" in _says(bench.add(AlignmentPanel()))


def test_a_network_without_a_hidden_layer_is_explained(bench, digits_spec):
    bench.load(digits_spec(hidden_sizes=()))
    assert "no hidden layer" in _says(bench.add(AlignmentPanel()))


def test_the_plot_comes_back_with_a_rule_that_has_feedback(bench, digits_spec):
    bench.load(digits_spec("backprop"))
    panel = bench.add(AlignmentPanel())
    bench.load(digits_spec())
    bench.advance(10)
    assert panel._pages.currentWidget() is panel.plot


def test_every_quantity_is_explained():
    assert all(quantity.help.endswith(".") for quantity in QUANTITIES.values())


@pytest.mark.parametrize("rule", ["node_perturbation", "weight_perturbation"])
def test_of_a_rule_that_hears_a_score_its_guesses_are_drawn(bench, digits_spec, rule):
    bench.load(digits_spec(rule, learning_rate=0.001))
    panel = bench.add(AlignmentPanel())
    bench.advance(10)
    names = [curve.entry.text() for curve in panel.plot._curves.values()]
    assert names == ["gradient angle W1", "gradient angle W2"]
    assert panel.plot.references.lines["reference"][1] == 90
    assert panel.plot.extent.y.fixed[0] == 0
    assert len({curve.colour for curve in panel.plot._curves.values()}) == 2


def test_the_quantity_that_was_chosen_comes_back_after_a_rule_that_has_none(bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(AlignmentPanel())
    panel.set_options({"quantity": "ratio"})
    bench.load(digits_spec("weight_perturbation", learning_rate=0.001))
    assert panel._quantity.value() == "gradient"
    assert panel.options()["quantity"] == "ratio"
    bench.load(digits_spec())
    assert panel._quantity.value() == "ratio"


def test_a_rule_that_sends_errors_has_no_guesses_to_show(bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(AlignmentPanel())
    panel.set_options({"quantity": "gradient"})
    assert panel._quantity.value() == "angles"


def test_direct_feedback_says_which_matrices_have_no_weight_angle(bench, digits_spec):
    bench.load(digits_spec("direct_feedback_alignment", hidden_sizes=(30, 20, 10)))
    panel = bench.add(AlignmentPanel())
    bench.advance(10)
    assert panel._fewer.text() == "B2 and B3 skip layers: no W runs against them."
    assert not panel._fewer.isHidden()
    panel.resize(240, 170)  # too small for the words: hovering the quantity tells them
    assert panel._fewer.isHidden()
    assert panel._fewer.text() in panel._quantity.toolTip()
    panel.resize(480, 320)
    panel.set_options({"quantity": "update"})
    assert panel._fewer.isHidden()
    bench.load(digits_spec("direct_feedback_alignment"))
    panel.set_options({"quantity": "angles"})
    assert panel._fewer.isHidden()


def test_node_perturbation_stands_beside_backprop_and_feedback_alignment(bench, digits_spec):
    rules = ("node_perturbation", "feedback_alignment", "backprop")
    specs = [digits_spec(rule, learning_rate=0.02) for rule in rules]
    bench.trainer.load(lambda _: [build(spec) for spec in specs]).result(30)
    panel = bench.add(AlignmentPanel())
    panel.set_options({"quantity": "update"})
    bench.advance(10)
    drawn = {key: curve.y[-1] for key, curve in panel.plot._curves.items()}
    assert drawn["update_angle.h1"] == pytest.approx(90, abs=10)
    assert drawn["update_angle.h1@1"] < 90
    panel.set_options({"quantity": "weight"})
    bench.beat()
    assert list(panel.plot._curves) == ["weight_angle.W2@1"]  # though the first has none


def test_side_by_side_in_little_room_the_lowest_layer_stands_for_all(bench, digits_spec):
    specs = [digits_spec(hidden_sizes=(30, 20, 10), seed=seed) for seed in (1, 2)]
    bench.trainer.load(lambda _: [build(spec) for spec in specs]).result(30)
    panel = bench.add(AlignmentPanel())
    panel.resize(320, 240)
    bench.advance(10)
    assert set(panel.plot._curves) == {"update_angle.h1", "update_angle.h1@1"}
    assert panel._fewer.text() == "h1 alone; wider shows all layers."
    panel.resize(700, 400)
    bench.beat()
    assert len(panel.plot._curves) == 2 * 6
    assert panel._fewer.isHidden()
