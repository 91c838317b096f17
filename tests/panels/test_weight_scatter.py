"""W against B: the pairs that are drawn, what is said of them, and where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QBoxLayout

from bioviz.core.intervention import CopyTranspose
from bioviz.core.pair import Pairs, PairsReply
from bioviz.core.request import Curve
from bioviz.figures.pair_words import relation
from bioviz.panels.weight_scatter import WeightScatterPanel
from bioviz.ui.panel import Pick


@pytest.fixture
def panel(bench, digits_spec):
    bench.load(digits_spec(hidden_sizes=(30, 20)))
    return bench.add(WeightScatterPanel())


def _requests(panel):
    return {type(request) for request in panel.wanted()}


def test_the_pairs_are_those_of_the_live_matrices(panel, bench):
    bench.advance(20)
    assert panel._path.value() == "W3"
    drawn = panel.pairs._pairs
    np.testing.assert_array_equal(drawn[:, 0], bench.read("B3.w").T.ravel())
    np.testing.assert_array_equal(drawn[:, 1], bench.read("W3.w").ravel())


def test_once_b_is_copied_all_pairs_lie_on_the_diagonal(panel, bench):
    bench.advance(5)
    bench.order(CopyTranspose("B3"))
    bench.beat()
    assert (panel.pairs._pairs[:, 0] == panel.pairs._pairs[:, 1]).all()
    assert panel._words.text().startswith("r = 1.00, closely alike; slope 1")


def test_both_axes_share_one_scale_that_only_grows_in_round_steps(panel, bench):
    bench.advance(5)
    first = panel.pairs.peak
    bench.trainer.do(lambda e: np.multiply(e[0].net["W3.w"], 9, out=e[0].net["W3.w"])).result(5)
    bench.beat()
    grown = panel.pairs.peak
    bench.trainer.do(lambda e: np.multiply(e[0].net["W3.w"], 0.1, out=e[0].net["W3.w"])).result(5)
    bench.beat()
    assert first < grown == panel.pairs.peak
    assert f"{grown:.0e}"[0] in "125"


def test_the_difference_is_drawn_as_it_was_recorded_on_a_log_axis(panel, bench):
    panel.resize(700, 300)
    bench.advance(50)
    x, y = bench.trainer.do(lambda e: e[0].channels["weight_difference.W3"].read()).result(5)
    [curve] = panel.plot._curves.values()
    assert np.array_equal(curve.x, x)
    assert np.allclose(curve.y, y)
    assert panel.plot.extent.y.log


def test_another_projection_can_be_chosen_and_follows_a_pick(panel, bench):
    bench.advance(5)
    panel.set_pick(Pick("projection", "B2"))
    assert panel._path.value() == "W2"
    assert panel.options()["projection"] == "W2"
    panel.set_pick(Pick("projection", "W1"))  # which has no feedback
    assert panel._path.value() == "W2"
    bench.beat()
    assert len(panel.pairs._pairs) == 600


def test_little_room_shows_one_view_and_asks_for_nothing_else(panel, bench):
    panel.resize(300, 220)
    assert not panel._view.isHidden()
    assert _requests(panel) == {Pairs}
    panel.set_options({"view": "time"})
    assert Curve in _requests(panel)
    assert Pairs not in _requests(panel)
    bench.advance(5)


@pytest.mark.parametrize(
    ("size", "direction"), [((700, 300), "LeftToRight"), ((320, 500), "TopToBottom")]
)
def test_both_views_are_there_where_they_find_room(panel, bench, size, direction):
    panel.resize(*size)
    assert panel._view.isHidden()
    assert {Pairs, Curve} <= _requests(panel)
    assert panel._both.direction() is getattr(QBoxLayout.Direction, direction)


@pytest.mark.parametrize(
    ("rule", "words"),
    [("backprop", "W-transposed itself"), ("shallow", "Only the last layer learns")],
)
def test_rules_without_b_are_explained_and_asked_for_nothing(bench, digits_spec, rule, words):
    bench.load(digits_spec(rule))
    panel = bench.add(WeightScatterPanel())
    assert words in panel._nothing.sentence.text()
    assert panel._pages.currentWidget() is panel._nothing
    assert not panel.wanted()
    bench.load(digits_spec())
    bench.advance(5)
    assert panel._pages.currentWidget() is not panel._nothing


def _reply(r, n=300, total=300):
    return PairsReply(np.zeros(n), np.ones(n), total, r, 0.5)


@pytest.mark.parametrize(
    ("r", "words"),
    [
        (0.02, "unrelated"),
        (0.3, "somewhat alike"),
        (-0.7, "clearly opposed"),
        (0.95, "closely alike"),
    ],
)
def test_the_relation_is_said_in_words(r, words):
    assert words in relation(_reply(r))[0]


def test_a_sample_says_of_how_many_it_is():
    long, *shorter = relation(_reply(0.5, 1500, 60_000))
    assert long.endswith("1,500 of 60,000 pairs.")
    assert all(words.startswith("r = 0.50") for words in shorter), "the correlation stays"


def test_undefined_correlations_are_said_to_be():
    assert relation(_reply(float("nan")))[0].startswith("No correlation")
    assert relation(_reply(float("nan"), 1, 1))[0] == "One pair: W = 1, B = 0."
