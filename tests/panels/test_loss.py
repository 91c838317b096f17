"""Loss and accuracy: what is plotted, on which axes, beside which reference."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.intervention import Redraw
from bioviz.core.request import Curve, Markers
from bioviz.panels.loss import LossPanel


@pytest.fixture
def panel(bench, digits_spec):
    bench.load(digits_spec())
    return bench.add(LossPanel())


def _curve(panel, key):
    return panel.plot._curves[key]


def test_error_is_shown_in_per_cent_as_it_was_recorded(panel, bench):
    bench.advance(150)
    recorded = bench.trainer.do(lambda e: e[0].channels["test_error"].read()).result(5)
    curve = _curve(panel, "test_error")
    assert np.array_equal(curve.x, recorded[0])
    assert np.allclose(curve.y, 100 * recorded[1])


def test_the_legend_tells_the_present_value(panel, bench):
    bench.advance(150)
    last = _curve(panel, "test_error").y[-1]
    assert _curve(panel, "test_error").entry.value == f"{last:.{1 if last >= 10 else 2}f} %"


def test_only_the_chosen_quantity_is_asked_for(panel):
    names = {request.name for request in panel.wanted() if isinstance(request, Curve)}
    assert names == {"train_error", "test_error"}
    panel.set_options({"quantity": "loss"})
    names = {request.name for request in panel.wanted() if isinstance(request, Curve)}
    assert names == {"train_loss", "test_loss"}
    assert Markers() in panel.wanted()


def test_accuracy_is_one_minus_error(panel, bench):
    bench.advance(72)
    wrong = _curve(panel, "test_error").y
    panel.set_options({"quantity": "accuracy"})
    bench.beat()
    assert np.allclose(_curve(panel, "test_accuracy").y, 100 - wrong)
    assert panel.plot.keys() == ["train_accuracy", "test_accuracy"]


def test_regression_offers_the_normalised_error_and_no_accuracy(bench, linear_spec):
    bench.load(linear_spec())
    panel = bench.add(LossPanel())
    assert panel._quantity.keys() == ["loss", "nse"]
    panel.set_options({"quantity": "nse"})
    bench.advance(400)
    assert _curve(panel, "test_nse").y[-1] < _curve(panel, "test_nse").y[0]
    assert panel.plot.references.lines["reference"][1] == 1.0


@pytest.mark.parametrize(("quantity", "level"), [("error", 90), ("accuracy", 10)])
def test_the_chance_line_is_where_guessing_would_end(panel, bench, quantity, level):
    panel.set_options({"quantity": quantity})
    bench.advance(10)
    assert panel.plot.references.lines["reference"][1] == pytest.approx(level)


def test_no_reference_is_drawn_before_there_is_a_curve(panel, bench):
    bench.beat()
    assert not panel.plot.references.lines
    assert panel.plot._empty.isVisible()


def test_time_can_be_counted_in_epochs(panel, bench):
    bench.advance(144)
    trials = _curve(panel, "train_error").x
    panel.set_options({"axis": "epochs"})
    bench.beat()
    assert np.allclose(_curve(panel, "train_error").x, trials / 72)
    assert panel.plot._word(2.0) == "trial 144, epoch 2.00"


def test_what_was_done_is_marked_where_it_happened(panel, bench):
    bench.advance(30)
    bench.order(Redraw("B2"))
    bench.advance(30)
    assert [(x, text) for _, x, text in panel.plot.references.markers] == [(30, "B2 drawn again")]
    panel.set_options({"axis": "epochs"})
    assert panel.plot.references.markers[0][1] == pytest.approx(30 / 72)
    assert "B2 drawn again" in panel.plot._word(30 / 72)


def test_words_of_markers_do_not_cover_each_other(panel, bench):
    for _ in range(6):
        bench.order(Redraw("B2"))
        bench.advance(1)
    bench.advance(150)
    labels = [line.label for line, _, _ in panel.plot.references.markers if line.label.isVisible()]
    levels = [round(label.orthoPos, 3) for label in labels]
    assert len(levels) == len(set(levels))
    assert len(panel.plot.references.markers) == 6


def test_words_of_markers_leave_the_words_of_chance_readable(panel, bench):
    panel.resize(371, 312)
    panel.show()
    bench.advance(180)
    for _ in range(2):
        bench.order(Redraw("B2"))
        bench.advance(4)
    box, references = panel.plot.box, panel.plot.references
    (chance,) = (line.label for line, _, _ in references.lines.values())
    marked = [line.label for line, _, _ in references.markers]
    assert all(label.isVisible() for label in marked)
    taken = chance.mapRectToItem(box, chance.boundingRect()).adjusted(4, 4, -4, -4)
    for label in marked:
        assert not taken.intersects(label.mapRectToItem(box, label.boundingRect()))


def test_smoothing_keeps_the_raw_training_curve_and_leaves_held_out_values_alone(panel, bench):
    bench.advance(150)
    panel.set_options({"smoothing": 4})
    train, test = _curve(panel, "train_error"), _curve(panel, "test_error")
    assert train.ghost.isVisible()
    assert not test.ghost.isVisible()
    assert np.array_equal(train.ghost.yData, train.y)
    assert not np.array_equal(train.line.yData, train.y)
    assert np.array_equal(test.line.yData, test.y)


def test_a_logarithmic_axis_is_remembered(panel):
    panel.set_options({"log": True})
    assert panel.options()["log"] is True
    assert panel.plot.extent.y.log


def test_an_unchanged_curve_is_not_drawn_again(panel, bench, monkeypatch):
    bench.advance(50)
    drawn = []
    monkeypatch.setattr(panel.plot, "set_curve", lambda *a, **_: drawn.append(a))
    bench.beat()
    assert not drawn
