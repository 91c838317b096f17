"""The network diagram of spiking layers: every variable on a map that suits it."""

from __future__ import annotations

import pytest

from bioviz.core.request import Row
from bioviz.core.status import Stride
from bioviz.panels.network import NetworkPanel

from .spiking import crowd_spec


@pytest.fixture
def panel(bench):
    bench.load(crowd_spec(lateral=True))
    panel = bench.add(NetworkPanel())
    panel.resize(700, 400)
    bench.advance(3)
    return panel


def test_potentials_are_coloured_from_below_the_threshold_up_to_it(panel, bench):
    panel.set_options({"variable": "v"})
    bench.beat()
    assert panel.feed.bars() == (("sequential", 20.0),)
    assert panel.feed.base == -74.0
    assert panel.bar.toolTip() == "Colours of the units: −74 to −54"
    assert panel.scene.diagram.node("input").shown("v") == ""
    panel.feed.hover = panel.feed.hover.__class__("unit", "h1", 2)
    bench.beat()
    exact = bench.read("h1.v")[0, 2]
    assert f"potential v −{abs(exact):.3g}" in panel.feed.say()  # the readout has it as it is


def test_spikes_and_traces_have_no_negative_half(panel, bench):
    for variable in ("spike", "rate", "post_trace", "pre_trace"):
        panel.set_options({"variable": variable})
        bench.beat()
        assert [kind for kind, _ in panel.feed.bars()] == ["sequential"]


def test_the_input_layer_shows_its_own_spikes_and_says_what_it_is(panel, bench):
    panel.set_options({"variable": "spike"})
    bench.beat()
    node = panel.scene.diagram.node("input")
    assert node.title == "Poisson source"
    assert any(Row("input.spike", most=most) in bench.asked[-1] for most in (40, 20, 10))


def test_a_layer_that_is_connected_to_itself_has_a_loop_below_it(panel):
    wire = panel.scene.layout_.wires["L1"]
    column = panel.scene.layout_.columns["h1"]
    assert wire.lane
    assert wire.path.boundingRect().width() >= 40
    assert wire.path.boundingRect().top() >= column.foot
    assert wire.path.boundingRect().center().x() == pytest.approx(column.x, abs=1)


def test_stepping_by_phase_says_that_a_tick_is_over(panel, bench):
    bench.trainer.advance(1, Stride.PHASE)
    bench.trainer.do(lambda _: None).result(10)
    bench.beat()
    assert panel.sample.text().endswith("tick")
