"""Table: every recorded number, to the last bit, and cheap however many rows there are."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from bioviz.core.probe import table
from bioviz.core.rows import Rows
from bioviz.figures.record_words import in_column
from bioviz.panels.table import TablePanel


@pytest.fixture
def panel(bench, moons_spec):
    bench.load(moons_spec(record={"every": 2, "test_every": 10}))
    panel = bench.add(TablePanel())
    bench.advance(30)
    return panel


def _recorded(bench):
    return bench.trainer.do(lambda e: table(e[0].channels.values())).result(10)


def _held(panel):
    return panel.model.values(range(panel.model.columnCount()))


def _text(panel, row, column, role=Qt.ItemDataRole.DisplayRole):
    return panel.model.data(panel.model.index(row, column), role)


def _select(panel, top, left, bottom, right):
    model = panel.model
    area = QItemSelection(model.index(top, left), model.index(bottom, right))
    flag = QItemSelectionModel.SelectionFlag.Select
    panel.view.selectionModel().select(area, flag)


def _fill(bench, count):
    """Give every channel `count` rows, as a long run would."""

    def fill(experiments):
        for channel in experiments[0].channels.values():
            channel.fill(np.stack([np.arange(count), np.arange(count) / 7], axis=1))

    bench.trainer.do(fill).result(10)


def test_rows_and_columns_are_those_that_were_recorded(panel, bench):
    names, rows = _recorded(bench)
    assert panel.model.names == names
    np.testing.assert_array_equal(_held(panel), rows)


def test_new_rows_are_added_and_only_they_are_asked_for(panel, bench):
    before = panel.model.rowCount()
    bench.advance(20)
    np.testing.assert_array_equal(_held(panel), _recorded(bench)[1])
    asked = [r for wanted in bench.asked for r in wanted if isinstance(r, Rows)]
    assert asked[-1].after > 0
    assert panel.model.rowCount() > before


def test_restarting_empties_the_table(panel, bench, moons_spec):
    bench.load(moons_spec())
    assert panel.model.rowCount() == 0
    assert panel._pages.currentWidget() is panel._nothing
    assert not panel._save.isEnabled()
    bench.advance(3)
    assert panel.model.rowCount() == len(_recorded(bench)[1])


def test_a_run_that_went_back_is_shown_as_it_is_now(panel, bench):
    bench.trainer.recover().result(5)
    panel.hide()
    bench.advance(60)
    panel.show()
    bench.beat()
    np.testing.assert_array_equal(_held(panel), _recorded(bench)[1])


def test_columns_are_found_by_words_and_the_trial_stays(panel, bench):
    panel.filter.setText("angle w2")
    assert [panel.model.names[c] for c in panel.view.shown()] == ["trial", "weight_angle.W2"]
    panel.filter.setText("")
    assert len(panel.view.shown()) == panel.model.columnCount()


def test_a_cell_has_few_digits_and_tells_all_when_pointed_at(panel, bench):
    value = _held(panel)[0, 1]
    name = panel.model.names[1]
    assert len(_text(panel, 0, 1)) <= 8
    tip = _text(panel, 0, 1, Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith(f"{name} at trial 0: ")
    assert value != value or float(tip.split()[4]) == value


def test_errors_stand_in_percent_as_in_the_curves_and_leave_as_fractions_that_are_called_so(
    panel, bench
):
    column = panel.model.names.index("test_error")
    rows = _held(panel)[:, column]
    row = int(np.flatnonzero(rows == rows)[0])
    head = panel.model.headerData(column, Qt.Orientation.Horizontal)
    assert head == "Test error\n (%)"
    assert float(_text(panel, row, column)) == pytest.approx(100 * rows[row])
    tip = _text(panel, row, column, Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith(f": {float(rows[row])!r} (fraction)")
    panel.filter.setText("test error")
    panel.view.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["trial", "test_error (fraction)"]
    assert float(lines[1 + row].split("\t")[1]) == rows[row]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "0.50000"), (82.5231, "82.523"), (-0.25, "−0.25000"), (3e-9, "3×10⁻⁹"), (0.0, "0"),
     (float("nan"), ""), (1437.0, "1437.0"), (2.5e7, "2.5×10⁷")],
)  # fmt: skip
def test_numbers_of_a_column_are_worded_alike(value, words):
    assert in_column(value) == words


def test_copying_a_selection_gives_it_exactly_with_tabs(panel, bench):
    _select(panel, 1, 0, 2, 3)
    QTest.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    cells = [[float(cell or "nan") for cell in line.split("\t")] for line in lines]
    np.testing.assert_array_equal(cells, _held(panel)[1:3, :4])


def test_hidden_columns_and_what_is_not_selected_are_not_copied(panel, bench):
    panel.filter.setText("loss")
    _select(panel, 0, 0, 0, panel.model.columnCount() - 1)
    _select(panel, 2, 0, 2, 0)
    panel.view.copy_selection()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines[0].split("\t")) == 3
    assert lines[1] == f"{int(_held(panel)[2, 0])}\t\t"


def test_copy_all_has_names_and_every_row(panel, bench):
    panel._copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == panel.model.headings(range(panel.model.columnCount()))
    assert len(lines) == 1 + panel.model.rowCount()


def test_what_is_exported_is_the_csv_of_the_moment(panel, bench):
    given = []
    panel.exported.connect(lambda name, make: given.append((name, make)))
    panel._save.click()
    rows = _held(panel)
    bench.advance(10)
    [(name, make)] = given
    assert name == "table.csv"
    found = list(csv.reader(io.StringIO(make())))
    assert found[0] == panel.model.headings(range(panel.model.columnCount()))
    read = [[float(cell or "nan") for cell in line] for line in found[1:]]
    np.testing.assert_array_equal(read, rows)


def test_the_newest_row_is_in_sight_until_one_looks_back(panel, bench):
    _fill(bench, 300)
    while panel.model.rowCount() < 300:
        bench.beat()
    bar = panel.view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    QTest.keyClick(panel.view, Qt.Key.Key_PageUp)
    assert not panel.follow.isChecked()
    panel.view.scrollToTop()
    bench.advance(10)
    assert bar.value() == 0


def test_fifty_thousand_rows_come_in_pieces_and_a_new_one_costs_one_row(panel, bench):
    _fill(bench, 50_000)
    beats = 0
    while panel.model.rowCount() < 50_000:
        bench.beat()
        beats += 1
    assert beats <= 30
    added = []
    panel.model.rowsInserted.connect(lambda _, first, last: added.append(last - first + 1))
    channels = bench.trainer.do(lambda e: e[0].channels).result(5)
    channels["train_loss"].append(50_000, 0.5)
    bench.beat()
    assert added == [1]
