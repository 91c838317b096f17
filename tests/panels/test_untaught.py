"""What the panels of every network show of one without a teacher: nothing empty, nothing wrong."""

from __future__ import annotations

import pytest

from bioviz.panels.alignment import AlignmentPanel
from bioviz.panels.loss import LossPanel
from bioviz.panels.task import TaskPanel

from ..specs import untaught_spec
from .test_contract import KEYS, panel_class

NETWORKS = {
    "patterns": ("bcm", {}),
    "oriented_bars": ("bcm", {"output": "relu", "learning_rate": 1e-4}),
    "natural_patches": ("sanger", {"learning_rate": 1e-5}),
    "gaussian_2d": ("oja", {}),
    "digits": ("hebb", {"learning_rate": 1e-6}),
}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("task", NETWORKS)
def test_every_panel_can_be_looked_at(key, task, bench):
    rule, options = NETWORKS[task]
    bench.load(untaught_spec(rule, task, size=3, **options))
    panel = bench.add(panel_class(key)())
    bench.advance(30)
    for size in ((240, 170), (640, 420)):
        panel.resize(*size)
        bench.beat()
        assert not panel.grab().isNull()


def test_the_learning_curves_are_those_of_weights_and_answers(bench):
    bench.load(untaught_spec("bcm", record={"every": 5}))
    panel = bench.add(LossPanel())
    bench.advance(30)
    assert panel.heading == "Learning curves"
    assert panel._quantity.keys() == ["response", "selectivity", "threshold", "weight_norm"]
    assert panel.plot.keys() == [f"response.{name}" for name in "1234"]
    panel.set_options({"quantity": "weight_norm", "log": True})
    bench.beat()
    assert panel.plot.keys() == ["weight_norm.W1"]


def test_the_loss_comes_back_with_a_teacher(bench, digits_spec):
    bench.load(untaught_spec("bcm"))
    panel = bench.add(LossPanel())
    bench.load(digits_spec())
    assert panel.heading == "Loss and accuracy"
    assert panel._quantity.choose("loss")


def test_the_alignment_panel_has_nothing_to_show_and_says_where_to_look(bench):
    bench.load(untaught_spec("oja", "gaussian_2d"))
    panel = bench.add(AlignmentPanel())
    assert panel.idle
    words = panel._nothing.sentence.text()
    assert "no teacher" in words
    assert "Principal axes" in words


def test_the_task_shows_inputs_and_answers_without_saying_what_is_right(bench):
    bench.load(untaught_spec("bcm", "oriented_bars", output="relu", learning_rate=1e-4))
    panel = bench.add(TaskPanel())
    panel.set_options({"view": "first"})
    bench.advance(20)
    assert all(caption.right is None for caption in panel.first._captions)
    panel.set_options({"view": "shown"})
    bench.advance(1)
    assert panel.shown._reply.targets.size == 0
    assert "no answer is right or wrong" in panel._words.text()
