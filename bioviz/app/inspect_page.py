"""What the inspector's pages share: a heading, facts, tables of live numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ..core.catalogue import ExperimentEntry
from ..core.request import Statistics
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..ui.label import Picture, toned
from ..ui.panel import Pick
from ..ui.scale import keep, larger, letter
from ..ui.word import number

STATISTICS = (
    ("Mean", "The average of all values."),
    ("RMS", "Root mean square: the typical size of a value, whatever its sign."),
    ("Least", "The smallest value."),
    ("Most", "The largest value."),
)
Head = tuple[str, str, str]  # key, title and what it means


class Page(QWidget):
    """One kind of thing, inspected. Pages are told what is picked and say what they need for it."""

    edited = Signal(object, str)  # an ExperimentSpec, and what was done
    ordered = Signal(object)  # an Intervention
    picked = Signal(object)  # a Pick: go on to another thing
    changed = Signal()  # something else is wanted now

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 14)
        self.column.setSpacing(8)

    def show_thing(self, spec: ExperimentSpec, entry: ExperimentEntry | None, pick: Pick) -> None:
        """Show what is picked: as it is described and, once it is built, as it is."""
        raise NotImplementedError

    def wanted(self) -> Wanted:
        return NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fill in what has come."""

    def head(self, name: str) -> Heading:
        """Put a heading with the icon `name` at the top."""
        heading = Heading(name)
        self.column.addWidget(heading)
        return heading

    def part(self, title: str, widget: QWidget) -> QWidget:
        """Put `widget` below a title of its own, which is returned."""
        heading = toned(title, "heading")
        self.column.addSpacing(2)
        self.column.addWidget(heading)
        self.column.addWidget(widget)
        return heading


class Heading(QWidget):
    """The thing's name, and below it what kind of thing it is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = toned("", "heading")
        letter(self._name, larger(1.3))
        self._kind = toned("", "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Picture(name, "accent", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    def show_words(self, name: str, kind: str) -> None:
        self._name.setText(name)
        self._kind.setText(kind)

    @property
    def text(self) -> str:
        return f"{self._name.text()}: {self._kind.text()}"


MOST_ABREAST = 3  # columns; further ones go below


class Table(QWidget):
    """Live numbers: a column for each quantity, a row for each statistic of it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = _grid(self)
        self._grid.setHorizontalSpacing(3)
        self._columns: dict[str, list[QLabel]] = {}
        self._titles: list[QLabel] = []

    def set_columns(self, heads: Sequence[Head]) -> None:
        """Have these columns; their numbers are not known yet."""
        if [key for key, _, _ in heads] == list(self._columns):
            return
        for cells in self._columns.values():
            _drop(self._grid, cells)
        _drop(self._grid, self._titles)
        self._columns, self._titles = {}, []
        abreast = min(len(heads), MOST_ABREAST) or 1
        for place, (key, title, help_) in enumerate(heads):
            top = place // abreast * (len(STATISTICS) + 1)
            if place % abreast == 0:
                self._titles += self._title_rows(top)
            self._columns[key] = self._column(top, place % abreast + 1, title, help_)
        for place in range(1, MOST_ABREAST + 1):
            self._grid.setColumnStretch(place, int(place <= abreast))

    def _title_rows(self, top: int) -> list[QLabel]:
        made = []
        for line, (title, help_) in enumerate(STATISTICS, top + 1):
            label = toned(title, "muted")
            label.setToolTip(help_)
            self._grid.addWidget(label, line, 0)
            made.append(label)
        return made

    def _column(self, top: int, place: int, title: str, help_: str) -> list[QLabel]:
        head = toned(title, "")
        head.setToolTip(help_)
        self._grid.addWidget(head, top, place, Qt.AlignmentFlag.AlignRight)
        made = [head]
        for line, (statistic, _) in enumerate(STATISTICS, top + 1):
            cell = _cell(f"{title}, {statistic}")
            self._grid.addWidget(cell, line, place)
            made.append(cell)
        return made

    def show_statistics(self, key: str, values: Statistics | None) -> None:
        """Fill a column; dashes where there is nothing."""
        shown = (values.mean, values.rms, values.low, values.high) if values else ()
        texts = [(compact(value), number(value)) for value in shown] or [("–", "")] * 4
        for cell, (text, exact) in zip(self._columns.get(key, [])[1:], texts, strict=False):
            _put(cell, text)
            cell.setToolTip(exact)

    def texts(self, key: str) -> list[str]:
        """What a column says now."""
        return [cell.text() for cell in self._columns[key][1:]]


class Values(QWidget):
    """Live numbers: a row for each quantity."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = _grid(self)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, list[QLabel]] = {}

    def set_rows(self, heads: Sequence[Head]) -> None:
        """Have these rows; their numbers are not known yet."""
        if [key for key, _, _ in heads] == list(self._rows):
            return
        for cells in self._rows.values():
            _drop(self._grid, cells)
        self._rows = {}
        for line, (key, title, help_) in enumerate(heads):
            name = toned(title, "")
            name.setToolTip(help_)
            self._rows[key] = [name, _cell(title)]
            self._grid.addWidget(name, line, 0)
            self._grid.addWidget(self._rows[key][1], line, 1)

    def show_value(self, key: str, text: str) -> None:
        if key in self._rows:
            _put(self._rows[key][1], text)

    def text(self, key: str) -> str:
        return self._rows[key][1].text()


def compact(value: float) -> str:
    """A number in at most seven narrow characters: three columns of them stand side by side."""
    size = abs(value)
    if size and not 1e-3 <= size < 1e4:
        mantissa, _, exponent = f"{value:.0e}".partition("e")
        return number(float(mantissa)) + f"e{int(exponent)}".replace("-", "−")
    return number(value, 3 if not 0 < size < 0.1 else 2)


def _grid(owner: QWidget) -> QGridLayout:
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(6)
    grid.setVerticalSpacing(3)
    return grid


def _cell(name: str) -> QLabel:
    cell = toned("–", "")
    cell.setAlignment(Qt.AlignmentFlag.AlignRight)
    keep(cell, "least width", 46)
    cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    cell.setAccessibleName(name)
    return cell


def _put(cell: QLabel, text: str) -> None:
    if cell.text() != text:
        cell.setText(text)


def _drop(grid: QGridLayout, cells: Sequence[QLabel]) -> None:
    for cell in cells:
        grid.removeWidget(cell)
        cell.hide()
        cell.deleteLater()
