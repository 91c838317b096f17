"""The button for the earlier runs that are drawn behind a plot over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from ..core.earlier import EarlierRun
from ..ui import icon

TIP = "Earlier runs: show or hide their curves, or remove some"


class EarlierButton(QToolButton):
    """A menu that shows, hides and removes earlier runs; there only while there are some."""

    switched = Signal()  # shown or hidden, all of them
    unwanted = Signal(object)  # a list of EarlierRuns

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[EarlierRun] = ()
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        icon.tint(self, "earlier")
        self.setToolTip(TIP)
        self.setAccessibleName("Earlier runs")
        self.setAccessibleDescription(TIP)
        self.setProperty("tone", "small")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._show = self._menu.addAction("Show earlier runs")
        self._show.setCheckable(True)
        self._show.setChecked(True)
        self._remove = self._menu.addMenu("Remove")
        self._clear = self._menu.addAction("Remove all")
        self.setMenu(self._menu)

    def _connect(self) -> None:
        self._show.toggled.connect(self._switch)
        self._remove.triggered.connect(self._remove_one)
        self._clear.triggered.connect(self._remove_all)

    @property
    def on(self) -> bool:
        """Whether earlier runs are to be shown."""
        return self._show.isChecked()

    def set_on(self, on: Any) -> None:
        """Show them or not; what is neither is left alone."""
        if isinstance(on, bool):
            self._show.setChecked(on)

    def set_runs(self, runs: Sequence[EarlierRun]) -> None:
        """List these, oldest first."""
        self._runs = tuple(runs)
        self._remove.clear()
        for run in runs:
            self._remove.addAction(run.name).setData(run.number)
        self.setVisible(bool(runs))

    def _switch(self) -> None:
        self.switched.emit()

    def _remove_one(self, action: QAction) -> None:
        gone = [run for run in self._runs if run.number == action.data()]
        self.unwanted.emit(gone)

    def _remove_all(self) -> None:
        self.unwanted.emit(list(self._runs))
