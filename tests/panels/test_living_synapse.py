"""Living synapse: keys and clicks fire cells at the tick; what is shown is what the run holds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest

from bioviz.core.synapse import Change, SynapseReply
from bioviz.figures.synapse_words import FULL, LTD, LTP, say
from bioviz.panels._synapse_shape import Shape
from bioviz.panels.living_synapse import LivingSynapsePanel
from bioviz.ui import motion, theme

from ..specs import two_cells

TICK = 0.25


@pytest.fixture
def panel(bench):
    bench.load(two_cells())
    panel = bench.add(LivingSynapsePanel())
    panel.resize(700, 420)
    panel.set_live(True)
    bench.beat()
    return panel


def fired(bench):
    return bench.trainer.do(lambda runs: runs[0].electrodes.capture()).result(10)


def press(panel, key):
    QTest.keyClick(panel.view, key)


def picture(panel) -> QImage:
    return panel.view.grab().toImage()


@pytest.mark.parametrize(("key", "layer"), [(Qt.Key.Key_A, "input"), (Qt.Key.Key_D, "output")])
def test_a_key_fires_its_cell_in_the_tick_that_comes_next(panel, bench, key, layer):
    bench.advance(13)
    press(panel, key)
    bench.advance(1)
    assert fired(bench)[layer] == [(13, 0)]
    assert bench.read(f"{layer}.spike")[0, 0] == 1
    assert (panel.view.reply.pre, panel.view.reply.post) == (
        ((13 * TICK,), ()) if layer == "input" else ((), (13 * TICK,))
    )


def test_a_click_on_a_cell_fires_it_and_one_beside_fires_nothing(panel, bench):
    shape = panel.view.shape()
    for place in (shape.pre, shape.sent[20], shape.post, shape.head.center(), shape.area.topLeft()):
        QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=place.toPoint())
        bench.advance(4)
    assert fired(bench) == {"input": [(0, 0), (4, 0)], "output": [(8, 0), (12, 0)]}


def test_the_buttons_do_the_same(panel, bench):
    panel.pre.click()
    bench.advance(4)
    panel.post.click()
    bench.advance(4)
    assert fired(bench) == {"input": [(0, 0)], "output": [(4, 0)]}


def test_other_keys_and_keys_held_down_fire_nothing(panel, bench):
    QTest.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.view, Qt.Key.Key_S)
    held = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True
    )
    panel.view.keyPressEvent(held)
    assert fired(bench) == {"input": [], "output": []}


def test_pre_then_post_grows_the_synapse_and_says_so(panel, bench):
    before = panel.view.shape().head.height()
    for _ in range(10):
        press(panel, Qt.Key.Key_A)
        bench.advance(32)
        press(panel, Qt.Key.Key_D)
        bench.advance(400)
    reply = panel.view.reply
    assert reply.w == float(bench.read("W1.w")[0, 0]) > 45
    assert panel.view.shape().head.height() > before
    assert panel.view._words.said.startswith("Post came 8 ms after pre: the synapse grew by 1.")
    assert panel.view._words.why == LTP
    assert panel.view.accessibleDescription().startswith("Post came 8 ms after pre")


def test_post_then_pre_shrinks_it_and_says_so(panel, bench):
    press(panel, Qt.Key.Key_D)
    bench.advance(32)
    press(panel, Qt.Key.Key_A)
    bench.advance(4)
    assert panel.view.reply.w < 40
    assert panel.view._words.said == "Post came 8 ms before pre: the synapse shrank by 0.7 %."
    assert panel.view._words.why == LTD


def test_three_quick_presses_make_the_other_cell_fire(panel, bench):
    for _ in range(3):
        press(panel, Qt.Key.Key_A)
        bench.advance(16)
    bench.advance(60)
    reply = panel.view.reply
    assert (len(reply.pre), len(reply.post)) == (3, 1)
    assert reply.v.max() > -56
    assert fired(bench)["output"] == [], "nobody forced it"


def test_what_is_drawn_follows_the_spike_along_its_way(panel, bench):
    press(panel, Qt.Key.Key_A)
    orange = np.array([theme.LIGHT.series[1][k : k + 2] for k in (1, 3, 5)])
    colour = np.array([int(part, 16) for part in orange])
    fronts = []
    for _ in range(4):
        bench.advance(4)
        image = picture(panel).convertToFormat(QImage.Format.Format_RGBA8888)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., :3]
        level = pixels[: int(panel.view.scene().bottom())]
        seen = np.flatnonzero((np.abs(level.astype(int) - colour).sum(axis=2) < 12).any(axis=0))
        fronts.append(int(seen.max()) if len(seen) else 0)
    assert fronts == sorted(fronts)
    shape = panel.view.shape()
    assert fronts[0] < shape.face - shape.bouton[0] < fronts[-1] < shape.face


def test_nothing_travels_where_motion_is_reduced(panel, bench):
    motion.notifier.choose("reduced")
    try:
        press(panel, Qt.Key.Key_A)
        bench.advance(6)
        ends = []
        for _ in range(2):
            bench.advance(3)
            image = picture(panel).convertToFormat(QImage.Format.Format_RGBA8888)
            rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
            orange = [int(theme.LIGHT.series[1][k : k + 2], 16) for k in (1, 3, 5)]
            near = np.abs(rows[..., :3].astype(int) - orange).sum(axis=2) < 12
            axon = near[: int(panel.view.scene().bottom())].any(axis=0)
            ends.append((int(np.flatnonzero(axon).min()), int(np.flatnonzero(axon).max())))
        assert ends[0] == ends[1], "the axon is lit from end to end, and stays so"
        assert ends[0][1] - ends[0][0] > 0.15 * panel.view.width()
    finally:
        motion.notifier.choose("full")


def test_what_is_seen_depends_on_the_moment_alone(panel, bench):
    press(panel, Qt.Key.Key_A)
    bench.advance(26)
    first = picture(panel)
    bench.beat()
    bench.beat()
    assert picture(panel) == first
    bench.advance(1)
    assert picture(panel) != first


def test_the_larger_the_weight_the_more_is_released_and_the_more_receptors_there_are(panel):
    area = panel.view.scene()
    small, large = Shape(area, 0.1), Shape(area, 0.9)
    assert len(small.released()) < len(large.released())
    assert len(small.slots) < len(large.slots)
    assert small.head.height() < large.head.height()
    grown = small.grown(0.9)
    assert grown.head == large.head
    assert grown.receiver.boundingRect() == large.receiver.boundingRect()


def test_a_protocol_can_be_begun_replaced_and_stopped(panel, bench):
    panel.grow.click()
    bench.advance(500)
    assert panel.view._words.said.startswith("Protocol: 58 pairs to come.")
    panel.shrink.click()
    bench.beat()
    assert panel.view.reply.pending == 120
    panel.stop.click()
    bench.beat()
    assert panel.view.reply.pending == 0
    assert not panel.stop.isEnabled()
    grown = float(bench.read("W1.w")[0, 0])
    bench.advance(500)
    assert float(bench.read("W1.w")[0, 0]) == grown > 40


def test_while_time_stands_still_the_panel_says_that_a_spike_waits(panel, bench):
    panel.set_live(False)
    press(panel, Qt.Key.Key_A)
    bench.beat()
    assert panel.view._words.said == "1 spike waits for time to go on."
    assert "press play" in panel.view._words.why


def test_labels_can_be_turned_off_and_stay_off(panel, bench):
    named = picture(panel)
    panel.names.click()
    assert picture(panel) != named
    other = LivingSynapsePanel()
    other.set_options(panel.options())
    assert panel.options() == other.options() == {"labels": False}
    other.deleteLater()


@pytest.mark.parametrize("size", [(240, 170), (300, 200), (420, 300), (360, 700), (1600, 900)])
def test_nothing_lies_outside_the_panel_at_any_size(panel, bench, size):
    panel.resize(*size)
    view, shape = panel.view, panel.view.shape()
    frame = view.scene().adjusted(-1, -1, 15 * shape.scale, 1)
    for path in (shape.pre_side, shape.receiver):
        assert frame.contains(path.boundingRect().adjusted(0, 26 * shape.scale, 0, 0))
    assert view.foot().bottom() < view.height()
    assert view.scene().bottom() <= view.foot().top()
    assert all(c.isHidden() or c.geometry().right() < size[0] for c in panel._controls)


def test_another_network_is_told_what_to_do(panel, bench, digits_spec):
    bench.load(digits_spec())
    assert panel._pages.currentWidget() is panel._nothing
    assert "Spike source" in panel._nothing.sentence.text()
    assert not panel.wanted()
    assert all(control.isHidden() for control in panel._controls)
    press(panel, Qt.Key.Key_A)  # and this is no fault
    bench.load(two_cells())
    bench.advance(1)
    assert panel._pages.currentWidget() is panel.view


def test_the_mouse_is_told_what_a_click_would_do(panel):
    shape = panel.view.shape()
    for place, words in ((shape.pre, "Presynaptic"), (shape.post, "Postsynaptic")):
        QTest.mouseMove(panel.view, place.toPoint())
        assert panel.view.toolTip().startswith(words)
    QTest.mouseMove(panel.view, QPoint(3, 3))
    assert panel.view.toolTip().startswith("A fires")


def _reply(**given):
    base = {
        "now": 100.0, "dt": TICK, "pre": (), "post": (), "v": np.zeros(1), "rest": -70.0,
        "threshold": -55.0, "reset": -73.0, "delay": 6.0, "w": 80.0, "w_max": 80.0,
        "change": None, "pending": 0,
    }  # fmt: skip
    return SynapseReply(**(base | given))


def test_a_synapse_that_can_grow_no_further_is_explained():
    words = say(_reply(), Change(5.0, 80.0, 80.0, 90.0), live=True)
    assert words.said == "Post came 5 ms after pre: the synapse stayed as it was."
    assert words.why == FULL


def test_spikes_of_one_tick_have_no_time_between_them():
    words = say(_reply(), Change(0.0, 40.0, 41.0, 90.0), live=True)
    assert words.said == "Post came with pre: the synapse grew by 2.5 %."
    assert words.brief == "Post with pre: grew by 2.5 %"


def test_the_brief_words_are_brief():
    words = say(_reply(), Change(-12.25, 40.0, 39.5, 90.0), live=True)
    assert words.brief == "Post 12.2 ms before pre: shrank by 1.2 %"
