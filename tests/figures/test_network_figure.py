"""The network as a figure: what is drawn is what there is, and nothing lies on anything else."""

from __future__ import annotations

import numpy as np
import pytest

from bioviz.core.catalogue import Catalogue, describe
from bioviz.core.experiment import Experiment, build
from bioviz.core.intervention import Freeze
from bioviz.core.request import Row
from bioviz.core.snapshot import take
from bioviz.figures.diagram import compose
from bioviz.figures.diagram_layout import arrange, lay_cells
from bioviz.figures.panels.network import NetworkFigure
from bioviz.figures.spec import FigureSpec, Node, Picture, Wire, Words

from ..gallery import gallery_spec
from ..specs import make_spec


def drawn(experiment: Experiment, **options: object) -> FigureSpec:
    figure = NetworkFigure(Catalogue(0, (describe(experiment),)), options)
    return figure.figure(take(0, [experiment], figure.wanted()))


def marks(spec: FigureSpec, kind: type) -> list:
    return [mark for mark in spec.axes[0].marks if isinstance(mark, kind)]


def test_every_unit_and_every_weight_of_a_small_network_is_drawn() -> None:
    experiment = build(gallery_spec("xor_backprop"))
    experiment.advance(count=3)
    spec = drawn(experiment)
    units = [mark for mark in marks(spec, Node) if mark.round]
    assert len(units) == sum(layer.size for layer in experiment.net.chain)
    assert all(mark.value is not None and -1 <= mark.value <= 1 for mark in units)
    weights = [mark for mark in marks(spec, Wire) if mark.value is not None]
    assert len(weights) == sum(path.w.size for path in experiment.net.forward)
    hidden = np.array([mark.value for mark in units][2:-1])
    rate = experiment.net.chain[1].rate[experiment.sample]
    assert np.allclose(hidden / np.abs(hidden).max(), rate / np.abs(rate).max(), atol=1e-6)


def test_feedback_is_dashed_and_in_a_colour_of_its_own_and_named() -> None:
    spec = drawn(build(gallery_spec("fa_digits")))
    feedback = [mark for mark in marks(spec, Wire) if mark.colour == "feedback"]
    assert [mark.stroke for mark in feedback] == ["dash"]
    assert feedback[0].points[0][0] > feedback[0].points[-1][0]  # from the right to the left
    assert {"W1", "W2", "B2", "input", "h1", "output"} <= {mark.text for mark in marks(spec, Words)}


@pytest.mark.parametrize("key", ["xor_in_spikes", "deep_fa_dfa", "who_causes_whom"])
def test_no_two_lanes_leave_or_arrive_at_the_same_place(key: str) -> None:
    spec = gallery_spec(key, task__key="digits") if key == "deep_fa_dfa" else gallery_spec(key)
    if key == "deep_fa_dfa":
        spec = make_spec((64, 20, 20, 20, 10), "direct_feedback_alignment", "digits")
    layout = arrange(compose(None, describe(build(spec))))
    ends = [end for both in layout.ends.values() for end in both]
    assert ends
    assert len({round(end, 6) for end in ends}) == len(ends)


@pytest.mark.parametrize("size", [25, 64, 100, 130, 399, 500, 1000, 4096, 20_000])
def test_a_large_layer_has_as_many_cells_as_its_values_have(size: int) -> None:
    experiment = build(make_spec((64, 4, 10), "backprop", "digits"))
    node = compose(None, describe(experiment)).nodes[1]
    cells = lay_cells(type(node)("h1", size, "tanh", "Tanh", True), 2.0)
    assert cells.rows * cells.cols >= cells.count > cells.cols * (cells.rows - 1)
    row = Row("h1.rate", most=cells.count)
    experiment.net.layers["h1"].state["rate"] = np.zeros((20, size), np.float32)
    assert len(row.read(experiment)) == cells.count


def test_a_picture_is_shown_as_one() -> None:
    experiment = build(gallery_spec("fa_digits"))
    experiment.advance()
    picture = marks(drawn(experiment), Picture)[0]
    assert picture.values.shape == (8, 8)
    shown = experiment.net.chain[0].rate[experiment.sample].reshape(8, 8)
    assert np.allclose(picture.values, shown, atol=1e-6)


def test_what_was_done_to_a_projection_is_said_below() -> None:
    experiment = build(gallery_spec("fa_digits"))
    assert drawn(experiment).note == ""
    Freeze("W1").apply(experiment)
    assert drawn(experiment).note == "W1: frozen"


def test_colours_end_no_nearer_than_before_unless_they_are_automatic() -> None:
    experiment = build(gallery_spec("fa_digits"))
    experiment.advance()
    ends = []
    for auto in (False, True):
        spec = drawn(experiment, variable="rate", auto=auto)
        words = {mark.text for mark in spec.axes[1].marks if isinstance(mark, Words)}
        ends.append(words)
    assert "1" in ends[0]
    assert "Activity" in ends[0]
