"""Table: every recorded scalar as numbers, to read, to copy and to save."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.rows import Rows, RowsReply
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.table import table_text
from ..ui.label import Empty
from ..ui.line import LineBox
from ..ui.panel import Panel
from ..ui.scale import px
from ._bar import push, stack_up, toggle
from ._table_model import TABLE_KEYS, RecordModel, RecordView

WIDE = 400  # pixels from which the buttons have words beside their icons


class TablePanel(Panel):
    """Trials down, channels across; the newest row is the last."""

    key = "table"
    title = "Table"
    icon = "panel-table"
    help = "Every scalar that the run records, as numbers: select and copy, or save as CSV."
    keys = TABLE_KEYS
    period = 0.15

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._edition = -1
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filter = LineBox()
        self.filter.setAccessibleName("Find columns")
        self.filter.setToolTip("Show only columns with these words, such as: angle W2")
        self.filter.setClearButtonEnabled(True)
        self.follow = toggle("Follow", "Stay at the newest row while the run goes on")
        self.follow.setChecked(True)
        self._copy = push("Copy all", "Copy all rows of the columns shown, with tabs", "copy")
        self._save = push("Save CSV…", "Save all rows of the columns shown as a CSV file", "save")
        self.model = RecordModel()
        self.view = RecordView(self.model)
        self._nothing = Empty(self.icon, "Press play: what is recorded appears here.")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._nothing)
        self._pages.setCurrentWidget(self._nothing)
        stack_up(self, [self.filter, self.follow, self._copy, self._save], self._pages)
        self._say_rows()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._choose_columns)
        self.follow.toggled.connect(self._follow)
        self.view.looked_back.connect(self._stay_here)
        self._copy.clicked.connect(self.view.copy_all)
        self._save.clicked.connect(self._export)

    # The panel's duties ---------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry = catalogue.first
        self._edition = -1
        self.model.start(self._entry.channels)
        self.view.fit_columns()
        self._choose_columns()
        self._say_rows()

    def wanted(self) -> Wanted:
        return NOTHING if self._entry is None else frozenset({self._rows})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        asked = self._rows
        reply: RowsReply | None = snapshot.get(asked) if self._entry is not None else None
        if reply is None:
            return
        if reply.fresh:
            self._edition = reply.edition
            self.model.clear()
        if len(reply.values):
            self.model.append(reply.values)
        if reply.fresh or len(reply.values):
            self._say_rows()
            self.view.follow()
        if len(reply.values) == asked.most:
            self.changed.emit()  # there is more, also while paused

    def options(self) -> dict[str, Any]:
        return {"columns": self.filter.text(), "follow": self.follow.isChecked()}

    def set_options(self, options: dict[str, Any]) -> None:
        columns = options.get("columns")
        if isinstance(columns, str) and (self._entry is None or self._found(columns)):
            self.filter.setText(columns)
        if isinstance(options.get("follow"), bool):
            self.follow.setChecked(options["follow"])

    # What is shown --------------------------------------------------------------------------

    @property
    def _rows(self) -> Rows:
        return Rows(self.model.last, self._edition)

    def _choose_columns(self) -> None:
        """Hide the columns that lack one of the words; the trial always stays."""
        found = self._found(self.filter.text())
        for column in range(1, self.model.columnCount()):
            self.view.setColumnHidden(column, column not in found)
        self.view.follow()

    def _found(self, text: str) -> list[int]:
        """Return the columns, other than the trial, whose names have all these words."""
        words = text.lower().replace("_", " ").split()
        columns = range(1, self.model.columnCount())
        return [c for c in columns if all(word in self.model.words(c) for word in words)]

    def _say_rows(self) -> None:
        some = self.model.rowCount() > 0
        self._pages.setCurrentWidget(self.view if some else self._nothing)
        for button in (self._copy, self._save):
            button.setEnabled(some)

    def _follow(self, following: bool) -> None:
        self.view.following = following
        self.view.follow()

    def _stay_here(self) -> None:
        self.follow.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        wide, styles = self.width() >= px(WIDE), Qt.ToolButtonStyle
        style = styles.ToolButtonTextBesideIcon if wide else styles.ToolButtonIconOnly
        for button in (self._copy, self._save):
            button.setToolButtonStyle(style)
        self.filter.setFixedWidth(px(150 if wide else 76))
        self.filter.setPlaceholderText("Find columns" if wide else "Find")

    def _export(self) -> None:
        """Hand out the rows as they are now; they become text where they are written."""
        columns = self.view.shown()
        names = self.model.headings(columns)
        self.exported.emit("table.csv", partial(_csv, names, self.model.values(columns)))


def _csv(names: Sequence[str], values: np.ndarray) -> str:
    return table_text(names, values.tolist())
