"""Raster and voltages: spikes where they happened, and traces of what is clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from bioviz.core.request_spikes import Raster, RasterReply, Trace
from bioviz.core.request_timing import Synapse
from bioviz.core.status import Stride
from bioviz.figures.raster_band import Band
from bioviz.panels._raster_view import RasterView
from bioviz.panels._stretch import Stretch
from bioviz.panels.raster import RasterPanel
from bioviz.ui import theme
from bioviz.ui.panel import Pick

from .bursting import pools_spec
from .spiking import crowd_spec, pairing_spec


@pytest.fixture
def panel(bench):
    bench.load(crowd_spec(lateral=True))
    panel = bench.add(RasterPanel())
    bench.beat()
    bench.advance(8)
    return panel


def _asked(bench, kind):
    return {request for request in bench.asked[-1] if isinstance(request, kind)}


def _click(panel, layer, unit):
    """Click a unit in the middle of the raster."""
    place = [band.layer for band in panel.raster.bands].index(layer)
    area, band = panel.raster.areas()[place], panel.raster.bands[place]
    y = area.top() + (unit + 0.5) * area.height() / band.units
    at = QPoint(int(area.center().x()), int(y))
    QTest.mouseClick(panel.raster, Qt.MouseButton.LeftButton, pos=at)


def test_every_spike_of_every_layer_is_drawn_at_its_unit_and_tick(panel, bench):
    bands = {band.layer: band.reply.spikes for band in panel._bands}
    assert list(bands) == ["input", "h1", "output"]
    assert bands["input"].shape == (200, 40)
    memory = bench.trainer.do(lambda e: e[0].spikes.spikes("input", 200)).result(5)
    np.testing.assert_array_equal(bands["input"], memory)
    area, band = panel.raster.areas()[0], panel.raster.bands[0]
    image = panel.raster._image(band, area)
    inked = [image.pixel(x, y) for y in range(image.height()) for x in range(image.width())]
    assert len(set(inked)) == 2
    assert np.count_nonzero(np.array(inked) != image.pixel(0, 0)) >= 0.5 * memory.sum()


@pytest.mark.parametrize("units", [5, 90, 1000])
def test_the_first_and_the_last_spike_are_marks_of_one_size_in_their_corners(qtbot, units):
    view = RasterView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.marked = [("h1", units - 1)]
    spikes = np.zeros((200, units), np.uint8)
    spikes[0, 0] = spikes[-1, -1] = 1
    view.show_bands([Band("h1", RasterReply(spikes, 200, 1.0, (), units))], Stretch(200, 200, 1.0))
    image = view._image(view.bands[0], view.areas()[0])
    wide, high = image.width(), image.height()
    shown = np.array([[image.pixel(x, y) for x in range(wide)] for y in range(high)])
    look = theme.current()
    first, last = (np.argwhere(shown == QColor(ink).rgb()) for ink in (look.text, look.series[0]))
    assert len(first) == len(last) > 0
    assert (first <= (high / units, 2)).all()
    assert (last >= (high - 1 - high / units, wide - 3)).all()


def test_hovering_a_spike_says_unit_time_and_count_exactly(panel):
    reply = panel.raster.bands[0].reply
    tick, unit = np.argwhere(reply.spikes)[-1]
    when = reply.end - len(reply.spikes) + int(tick)
    panel.raster.pointed.emit(("input", int(unit), when))
    count = int(reply.spikes[:, unit].sum())
    assert panel._words.text().startswith(f"input {unit}, {when} ms")
    assert panel._words.text().endswith(f"spike; {count} in 200 ms")
    panel.raster.pointed.emit(None)
    panel.raster.pointed.emit(("input", int(unit), when - 1000))  # from before all memory
    assert "no spike" in panel._words.text()


def test_clicking_a_unit_shows_its_potential_and_clicking_again_takes_it_away(panel, bench):
    picks = []
    panel.picked.connect(picks.append)
    _click(panel, "h1", 3)
    assert picks == [Pick("unit", "h1", 3)]
    bench.advance(2)
    assert Trace("h1.v", 3, 200) in _asked(bench, Trace)
    track = panel.traces.tracks[-1]
    assert track.title == "h1 3"
    assert track.level == -54.0
    assert track.values[-1] == bench.read("h1.v")[0, 3]
    assert "mV" in panel.traces.say(panel.traces.stretch.end - 1)
    _click(panel, "h1", 3)
    bench.beat()
    assert "h1 3" not in [track.title for track in panel.traces.tracks]


def test_of_more_than_four_units_the_first_picked_goes(panel, bench):
    for unit in range(5):
        panel.set_pick(Pick("unit", "h1", unit))
        panel.set_pick(Pick("unit", "h1", unit))  # told twice, as by a click of one's own
    assert [unit for _, unit in panel.potentials.units()] == [1, 2, 3, 4]
    bench.beat()
    assert len(_asked(bench, Trace)) == 4


def test_a_unit_without_a_potential_is_explained(panel):
    _click(panel, "input", 3)
    assert "has no potential" in panel._words.text()
    assert ("input", 3) not in panel.potentials.units()


def test_a_synapse_shows_both_cells_their_traces_and_the_weight(panel, bench):
    panel._choose_view("synapse")
    _click(panel, "input", 7)
    _click(panel, "h1", 2)
    bench.beat()
    bench.advance(4)
    assert panel.synapse.value() == ("W1", 7, 2)
    assert _asked(bench, Synapse) == {Synapse("W1", 2, 7, 200)}
    before, after, weight = panel.traces.tracks
    assert (before.title, after.title) == ("input 7", "h1 2")
    assert before.values[-1] == bench.read("input.pre_trace")[0, 7]
    assert after.values[-1] == bench.read("h1.post_trace")[0, 2]
    assert weight.values[-1] == bench.read("W1.w")[2, 7]
    np.testing.assert_array_equal(
        before.spikes, panel.raster.bands[0].reply.spikes[-len(before.spikes) :, 7] > 0
    )
    panel.set_pick(Pick("projection", "L1"))
    assert panel.synapse.value()[0] == "L1"
    assert panel.synapse.pre.maximum() == 5


def test_stepping_tick_by_tick_moves_the_raster_by_one_tick(panel, bench):
    end = panel.raster.stretch.end
    bench.trainer.advance(1, Stride.PHASE)
    bench.trainer.do(lambda _: None).result(10)
    bench.beat()
    assert panel.raster.stretch.end == end + 1
    assert panel.raster.bands[0].reply.spikes.shape[0] == 200


def test_a_window_that_is_not_remembered_cannot_be_chosen(bench):
    bench.load(pairing_spec(dt=0.1))
    panel = bench.add(RasterPanel())
    assert panel._window.choose("200")
    assert not panel._window.choose("1000")
    panel.set_options({"window": "2000"})
    bench.advance(1)
    assert panel._window.value() == "200"
    assert panel.options()["window"] == "2000"  # for networks that can


def test_one_layer_alone_can_be_shown(panel, bench):
    panel.set_options({"layers": "h1", "view": "spikes"})
    bench.beat()
    assert [band.layer for band in panel.raster.bands] == ["h1"]
    assert Raster("input", 200) not in _asked(bench, Raster)


def test_a_small_panel_shows_one_view_at_a_time_and_a_large_one_both(panel, bench):
    panel.resize(240, 170)
    panel._choose_view("spikes")
    assert (panel.raster.isHidden(), panel.traces.isHidden()) == (False, True)
    bench.beat()
    assert not _asked(bench, Trace)
    panel._choose_view("synapse")
    assert (panel.raster.isHidden(), panel.traces.isHidden()) == (True, False)
    assert panel._words.y() >= panel.synapse.post.geometry().bottom() - panel._pages.y()
    panel.resize(480, 400)
    assert not panel.raster.isHidden()
    assert not panel.traces.isHidden()
    assert panel.options()["view"] == "synapse"


def test_a_network_that_does_not_spike_is_told_what_to_do(bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(RasterPanel())
    assert panel.idle
    assert "spiking units" in panel._nothing.sentence.text()
    assert not panel.wanted()


def test_spikes_of_a_taught_network_are_shown_too(bench):
    from ..specs import digits_spec

    spec = digits_spec(
        "spiking_feedback_alignment", hidden="spiking_integrator", output="spiking_integrator"
    )
    bench.load(spec)
    panel = bench.add(RasterPanel())
    bench.beat()
    bench.advance(2)
    assert [band.layer for band in panel.raster.bands] == ["h1", "output"]
    assert panel.traces.tracks[0].quantity == "u"
    assert panel.traces.tracks[0].level is None


# Bursts -------------------------------------------------------------------------------------------


@pytest.fixture
def bursts(bench):
    bench.load(pools_spec())
    panel = bench.add(RasterPanel())
    panel.resize(640, 640)
    bench.beat()
    bench.advance(1)
    return panel


def test_spikes_that_go_on_with_a_burst_have_a_colour_and_a_shape_of_their_own(bursts):
    band, area = bursts._bands[-1], bursts.raster.areas()[-1]
    reply = band.reply
    assert 0 < reply.further.sum() < reply.spikes.sum()
    assert (reply.spikes[reply.further] == 1).all()
    image, orange = bursts.raster._image(band, area), QColor(theme.current().feedback).rgb()
    seen = [image.pixel(x, y) for y in range(image.height()) for x in range(image.width())]
    assert orange in seen
    assert "orange" in bursts._words.text()
    tick, unit = np.argwhere(reply.further)[-1]
    bursts.raster.pointed.emit(("output", int(unit), reply.end - len(reply.spikes) + int(tick)))
    assert "goes on with a burst" in bursts._words.text()


def test_soma_and_dendrite_of_a_chosen_cell_are_seen_together(bursts, bench):
    bursts.set_pick(Pick("unit", "hidden", 3))
    bench.beat()
    bench.advance(1)
    track = bursts.traces.tracks[-1]
    assert track.values[-1] == bench.read("hidden.v")[0, 3]
    assert track.behind[-1] == bench.read("hidden.v_d")[0, 3]
    words = bursts.traces.say(bursts.traces.stretch.end - 1)
    assert "v_d" in words
    for unit in range(4, 7):
        bursts.set_pick(Pick("unit", "hidden", unit))
    bench.beat()
    assert len(_asked(bench, Trace)) == 8  # two of each of four cells


def test_before_the_first_moment_potentials_are_not_denied(bench):
    bench.load(crowd_spec(lateral=True))
    panel = bench.add(RasterPanel())
    assert panel.traces.empty.startswith("Press play")
