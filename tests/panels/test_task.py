"""Task: decision maps, pictures with the network's answers, targets against answers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from bioviz.core.answer import Answers, DecisionMap, Points
from bioviz.panels._decision import borders, edge
from bioviz.panels.task import TaskPanel


@pytest.fixture
def digits(bench, digits_spec):
    bench.load(digits_spec())
    return bench.add(TaskPanel())


@pytest.fixture
def moons(bench, moons_spec):
    bench.load(moons_spec(learning_rate=0.5))
    return bench.add(TaskPanel())


def _views(panel):
    return [key for key, button in panel._view._buttons.items() if not button.isHidden()]


def test_each_kind_of_task_has_its_own_views(bench, digits_spec, moons_spec, linear_spec):
    bench.load(digits_spec())
    panel = bench.add(TaskPanel())
    assert _views(panel) == ["first", "worst", "shown"]
    bench.load(moons_spec())
    assert _views(panel) == ["map", "shown"]
    bench.load(linear_spec())
    assert _views(panel) == ["scatter", "shown"]


def test_a_view_comes_back_with_a_task_that_has_it(bench, digits, moons_spec, digits_spec):
    digits.set_options({"view": "worst"})
    bench.load(moons_spec())
    assert digits._view.value() == "map"
    bench.load(digits_spec())
    assert digits._view.value() == "worst"


def test_the_plane_is_asked_for_with_its_points(moons):
    assert moons.wanted() == {DecisionMap(), Points()}


def test_the_map_shows_the_networks_answers_and_the_training_points(moons, bench):
    bench.advance(50)
    assert moons.map._map.field.shape == (96, 96)
    assert len(moons.map._points.points) == 400
    assert moons.map._points.shown is not None
    assert len(moons.map._edge)


def test_points_are_drawn_once_and_not_with_every_snapshot(moons, bench):
    bench.advance(5)
    moons.grab()
    layer = moons.map._layer
    bench.advance(5)
    moons.grab()
    assert moons.map._layer is layer


def test_the_line_lies_where_the_answer_is_a_half():
    _, x = np.mgrid[:20, :30].astype(np.float32)
    lines = edge(0.5 + 0.1 * (x - 11.25))
    assert np.allclose(lines[:, [0, 2]], 11.25)
    assert len(lines) == 19
    assert not len(edge(np.full((5, 5), 0.9, np.float32)))


def test_a_saddle_is_crossed_by_two_lines():
    assert len(edge(np.array([[1, 0], [0, 1]], np.float32))) == 2


def test_borders_of_several_classes_lie_between_cells():
    field = np.repeat([[0, 0, 1, 2]], 3, axis=0)
    lines = borders(field)
    assert sorted(set(lines[:, 0])) == [1.5, 2.5]


def test_test_digits_carry_the_answer_and_a_mark(digits, bench):
    bench.advance(100)
    captions = digits.first._captions
    reply = bench.trainer.do(lambda e: Answers("first", 40, look=40).read(e[0])).result(5)
    assert len(captions) == 40
    for caption, label, said in zip(captions, reply.labels, reply.decided, strict=True):
        assert caption.right == (label == said)
        assert caption.words == f"{said} {'✓' if label == said else '✗'}"
    right = 40 - reply.wrong
    assert digits._words.text().startswith(f"{right} of the first 40 right")


def test_worst_mistakes_say_what_was_taken_for_what(digits, bench):
    digits.set_options({"view": "worst"})
    bench.advance(100)
    reply = bench.trainer.do(lambda e: Answers("worst", 40, look=500).read(e[0])).result(5)
    assert digits._words.text().startswith(f"Wrong {reply.wrong} of 360 test examples")
    first = f"{reply.labels[0]} taken for {reply.decided[0]}"
    assert digits.worst._captions[0].text == first
    assert all(caption.right is False for caption in digits.worst._captions)


def test_no_mistakes_are_said_to_be_none(digits, bench):
    digits.set_options({"view": "worst"})
    bench.trainer.do(_answer_rightly).result(5)
    bench.beat()
    assert digits.worst._empty == "No mistakes among 360 test examples."


def test_the_search_for_mistakes_rests_between_two_drawings_while_playing(digits, bench):
    digits.set_options({"view": "worst"})
    digits.set_live(True)
    bench.advance(10)
    assert digits._resting
    assert not digits.wanted()
    digits.set_live(False)
    assert digits.wanted()


def test_pictures_too_small_to_read_are_left_out(digits, bench):
    bench.beat()
    assert len(digits.first.boxes()) == 40
    digits.resize(320, 220)
    digits.grab()
    boxes = digits.first.boxes()
    assert len(boxes) < 40
    assert all(box.width() >= 30 for box in boxes)
    assert all(digits.first.rect().contains(box.toRect()) for box in boxes)


def test_captions_of_neighbours_do_not_touch(digits, bench):
    digits.set_options({"view": "worst"})
    bench.beat()
    boxes, wide = digits.worst.boxes(), digits.worst._caption_width()
    row = [box for box in boxes if box.top() == boxes[0].top()]
    assert all(b.center().x() - a.center().x() > wide for a, b in pairwise(row))


def test_the_shown_sample_needs_a_trial(digits, bench):
    digits.set_options({"view": "shown"})
    bench.beat()
    assert digits.shown._reply is None
    bench.advance(1)
    assert digits.shown._reply is not None
    assert digits._words.text().startswith("Training example: ")


def test_regression_is_shown_as_targets_against_answers(bench, linear_spec):
    bench.load(linear_spec())
    panel = bench.add(TaskPanel())
    bench.advance(5)
    assert panel.scatter._pairs.shape == (400, 2)
    assert "Typical error" in panel._words.text()


def test_xor_with_its_one_output_is_a_map_too(bench):
    from tests.specs import make_spec

    bench.load(make_spec((2, 6, 1), "backprop", "xor", output="sigmoid"))
    panel = bench.add(TaskPanel())
    bench.advance(20)
    assert panel.map._map.graded
    panel.set_options({"view": "shown"})
    bench.beat()
    assert panel.shown._row_names(1) == ["different"]


def _answer_rightly(experiments):
    """Make the network answer every example with its target."""
    data = experiments[0].data
    experiments[0].answer = lambda x: data.test.read(slice(0, len(x)), np.float32)[1]
