"""Task: decision maps, pictures with the network's answers, targets against answers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bioviz.core.answer import Answers, DecisionMap, Points
from bioviz.core.ask import Ask
from bioviz.core.confusion import Confusions
from bioviz.figures.border import borders, edge
from bioviz.figures.confusion_words import percent, worst
from bioviz.figures.task_words import row_names
from bioviz.panels.task import TaskPanel

from ..specs import make_spec
from .strokes import DIGITS


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
    assert _views(panel) == ["first", "worst", "confusion", "draw", "shown"]
    bench.load(moons_spec())
    assert _views(panel) == ["map", "confusion", "shown"]
    bench.load(linear_spec())
    assert _views(panel) == ["scatter", "shown"]


def test_a_view_comes_back_with_a_task_that_has_it(bench, digits, moons_spec, digits_spec):
    digits.set_options({"view": "worst"})
    bench.load(moons_spec())
    assert digits._view.value() == "map"
    bench.load(digits_spec())
    assert digits._view.value() == "worst"


def test_the_map_comes_back_after_a_rule_that_has_none(bench, moons, moons_spec):
    bench.load(make_spec((2, 4, 2), "spiking_burstprop", "two_moons"))
    assert moons._view.value() == "shown"
    bench.load(moons_spec())
    assert moons._view.value() == "map"


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
    assert row_names(panel.shown._names, 1) == ["different"]


# The confusion matrix ---------------------------------------------------------------------------


@pytest.fixture
def confusion(digits, bench):
    digits.set_options({"view": "confusion"})
    bench.advance(144)
    return digits.confusion


def test_before_the_first_trial_it_is_said_how_confusions_come_about(digits, bench):
    digits.set_options({"view": "confusion"})
    bench.beat()
    assert digits.confusion.view.empty.startswith("Press play or step")


def test_the_worst_confusions_are_named_above_the_matrix(confusion, digits, bench):
    counts = bench.trainer.do(lambda e: Confusions().read(e[0]).counts).result(5)
    assert np.array_equal(confusion.view._counts, counts)
    wrong = counts - np.diag(np.diagonal(counts))
    true, said = np.unravel_index(wrong.argmax(), wrong.shape)
    assert digits._words.text().startswith(f"Worst: {true} for {said} ({wrong.max()}), ")
    assert f"{wrong.sum()} of 360 wrong" in digits._words.text()


def test_percent_are_parts_of_a_row(confusion, digits, bench):
    confusion.percent.click()
    assert digits.options() == {"view": "confusion", "percent": True}
    counts = confusion.view._counts
    for row, line in enumerate(confusion.view._numbers()):
        for col, text in enumerate(line):
            part = counts[row, col] / counts[row].sum()
            assert text == (percent(part) if part or row == col else "")


def test_under_the_mouse_a_cell_says_what_it_counts(confusion, digits):
    area = confusion.view.area()
    place = QPoint(area.left() + area.width() * 25 // 100, area.top() + area.height() * 75 // 100)
    QTest.mouseMove(confusion.view, place)
    counts = confusion.view._counts
    part = percent(counts[7, 2] / counts[7].sum())
    assert digits._words.text() == (
        f"7 taken for 2: {counts[7, 2]} of {counts[7].sum()} ({part} %)"
    )
    confusion.view.pointed.emit(-1, -1)
    assert digits._words.text().startswith("Worst: ")


def test_a_cell_is_found_and_opened_by_keyboard_and_left_again(confusion, digits, bench):
    view = confusion.view
    true, said = np.unravel_index(
        (view._counts * (1 - np.eye(10, dtype=int))).argmax(), view._counts.shape
    )
    QTest.keyClick(view, Qt.Key.Key_Up)
    for key, times in ((Qt.Key.Key_Down, true), (Qt.Key.Key_Right, said)):
        for _ in range(times):
            QTest.keyClick(view, key)
    assert view.cell == (true, said)
    assert digits._words.text() == view.accessibleDescription() == view.sentence()
    QTest.keyClick(view, Qt.Key.Key_Return)
    bench.beat()
    assert confusion.currentWidget() is confusion.pictures
    assert len(confusion.pictures._captions) == view._counts[true, said]
    assert digits._words.text().startswith(f"Now {true} taken for {said}: ")
    confusion.back.click()
    assert confusion.currentWidget() is view


def test_the_search_for_a_cells_pictures_rests_while_playing(confusion, digits, bench):
    confusion.view.pressed.emit(9, 9)
    digits.set_live(True)
    bench.beat()
    assert not digits.wanted()
    digits.set_live(False)
    assert digits.wanted()


def test_cells_without_pictures_are_not_opened(moons, bench):
    moons.set_options({"view": "confusion"})
    bench.advance(40)
    moons.confusion.view.pressed.emit(0, 1)
    assert moons.confusion.currentWidget() is moons.confusion.view
    assert "upper moon for lower moon" in moons._words.text()


@pytest.mark.parametrize("size", [(240, 170), (480, 320)])
@pytest.mark.parametrize("classes", [2, 10, 40, 100])
def test_matrices_of_all_sizes_are_drawn_inside_the_view(confusion, digits, size, classes):
    names = tuple(f"class {i}" for i in range(classes))
    confusion.view.start(names, opens=False)
    confusion.view.show_counts(np.full((classes, classes), 12), 1000)
    digits.resize(*size)
    assert not digits.grab().isNull()
    assert confusion.view.rect().contains(confusion.view.area())
    assert min(confusion.view.area().width(), confusion.view.area().height()) > 50


def test_numbers_too_small_to_read_are_left_out(confusion, digits):
    view = confusion.view
    assert view._fitting(["12"], view.area()) is not None
    assert view._fitting(["123456789"], view.area()) is None
    digits.resize(240, 170)
    digits.grab()
    assert view._fitting(["12"], view.area()) is None


def test_no_confusions_are_said_to_be_none():
    assert worst(np.diag([30, 50]), ("a", "b")) == "No mistakes among 80 test examples."


# Drawing ----------------------------------------------------------------------------------------


@pytest.fixture
def drawing(digits, bench):
    digits.set_options({"view": "draw"})
    bench.beat()
    return digits.draw


def _draw(page, digit):
    """Draw a digit with the mouse."""
    page.clear.click()
    box = page.pad.box()
    left = Qt.MouseButton.LeftButton
    for stroke in DIGITS[digit]:
        places = [
            QPoint(int(box.left() + x * box.width()), int(box.top() + y * box.height()))
            for x, y in stroke
        ]
        QTest.mousePress(page.pad, left, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(page.pad, place)
        QTest.mouseRelease(page.pad, left, pos=places[-1])


def test_an_empty_pad_asks_for_nothing(drawing, digits):
    assert not digits.wanted()
    assert drawing.verdict.winner is None


def test_a_drawing_is_answered_while_paused_and_again_after_training(drawing, digits, bench):
    _draw(drawing, 3)
    assert digits.wanted() == {Ask.about(drawing._picture)}
    bench.beat()
    before = drawing.verdict._answer
    picture = drawing._picture
    answer = bench.trainer.do(lambda e: e[0].answer(picture.reshape(1, 64))[0]).result(5)
    assert np.array_equal(before, answer)
    bench.advance(20)
    assert not np.array_equal(drawing.verdict._answer, before)


def test_drawn_digits_are_read_by_a_trained_network(drawing, bench):
    bench.advance(1440)
    read = {}
    for digit in DIGITS:
        _draw(drawing, digit)
        bench.beat()
        read[digit] = drawing.verdict.winner
    assert read == {digit: digit for digit in DIGITS}


def test_the_pad_is_wiped(drawing, digits, bench):
    _draw(drawing, 1)
    bench.beat()
    assert digits._words.text()
    drawing.clear.click()
    bench.beat()
    assert drawing.pad.blank
    assert not drawing.pad.drawing().any()
    assert drawing.verdict.winner is None
    assert not digits._words.text()


def test_without_a_mouse_the_next_test_picture_is_laid_on_the_pad(drawing, digits, bench):
    for row in (0, 1):
        drawing.next.click()
        bench.beat()
        bench.beat()
        x, _ = bench.trainer.do(lambda e, r=row: e[0].data.test.read([r], np.float32)).result(5)
        label = bench.trainer.do(lambda e, r=row: int(e[0].data.test.labels[r])).result(5)
        assert np.array_equal(drawing._picture.ravel(), x[0])
        assert f"Test picture {row + 1}: {label}." in digits._words.text()
    _draw(drawing, 7)
    bench.beat()
    assert "Test picture" not in digits._words.text()


@pytest.mark.parametrize("wide", [240, 330, 560])
def test_beside_the_pad_it_is_always_said_whether_the_test_picture_is_known(
    drawing, digits, bench, wide
):
    digits.resize(wide, 170)
    drawing.next.click()
    bench.beat()
    bench.beat()
    label = bench.trainer.do(lambda e: int(e[0].data.test.labels[0])).result(5)
    shown = digits._words.shown()
    assert shown.startswith("✓" if label == drawing.verdict.winner else "✗")
    assert f"is {label}" in shown or f": {label}." in shown
    assert "…" not in shown
    assert digits._words.toolTip() in ("", digits._words.text())
    _draw(drawing, 7)
    bench.beat()
    assert digits._words.shown() in drawing.verdict.words()


def test_a_test_picture_outlasts_another_network_but_not_its_name(
    drawing, digits, bench, digits_spec
):
    drawing.next.click()
    bench.beat()
    bench.beat()
    picture = drawing._picture
    bench.load(digits_spec("backprop"))
    bench.beat()
    assert np.array_equal(drawing._picture, picture)
    assert drawing.verdict.winner is not None
    assert "Test picture" not in digits._words.text()


def test_a_drawing_outlasts_another_network(drawing, bench, digits_spec):
    _draw(drawing, 0)
    bench.load(digits_spec("backprop"))
    bench.beat()
    assert not drawing.pad.blank
    assert drawing.verdict.winner is not None


# The choice of views ----------------------------------------------------------------------------


def test_in_a_narrow_panel_the_views_are_a_list(digits):
    digits.resize(240, 170)
    digits.grab()
    row = digits._view
    assert not row._row.isVisible()
    assert row._list.isVisible()
    assert row._list.keys() == ["first", "worst", "confusion", "draw", "shown"]
    assert digits.rect().contains(row.geometry())
    row._list.setCurrentIndex(2)
    row._list.activated.emit(2)
    assert digits.options()["view"] == "confusion"
    digits.resize(700, 300)
    digits.grab()
    assert row._row.isVisible()
    assert row.value() == "confusion"


def _answer_rightly(experiments):
    """Make the network answer every example with its target."""
    data = experiments[0].data
    experiments[0].answer = lambda x: data.test.read(slice(0, len(x)), np.float32)[1]
