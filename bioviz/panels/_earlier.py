"""Earlier runs in a plot over time: which of their curves are drawn, and the button for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from ..core.earlier import EarlierRun
from ..ui import icon
from ..ui.curve import Stroke

MOST_LINES = 4  # of earlier runs; where there would be more, each shows what matters most only
STROKES: tuple[Stroke, ...] = ("dot", "dashdot", "dash")
TONES = ("muted", "faded")  # with the strokes enough for six
TIP = "Earlier runs: show or hide their curves, or remove some"


@dataclass(frozen=True)
class EarlierLine:
    """One curve of an earlier run: a channel, in which words hovering tells it, and its factor."""

    run: EarlierRun
    channel: str
    words: str
    scale: float = 1.0
    soft: bool = False
    main: bool = True  # whether it stays where there is no room for all

    @property
    def stroke(self) -> Stroke:
        return STROKES[self.run.number % len(STROKES)]

    @property
    def tone(self) -> str:
        return TONES[self.run.number // len(STROKES) % len(TONES)] if self.main else TONES[-1]

    @property
    def tip(self) -> str:
        return f"Earlier run: {self.run.name}; {self.run.last:,.0f} trials."

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw: some rules have no angle at all."""
        rows = self.run.channels.get(self.channel)
        return rows is not None and bool(np.isfinite(rows[1]).any())


def earlier_lines(
    runs: Sequence[EarlierRun], pick: Callable[[EarlierRun], Sequence[EarlierLine]]
) -> list[EarlierLine]:
    """What `pick` finds to draw in each run: all of it, or only the main ones where it is much."""
    found = [line for run in runs for line in pick(run) if line.drawable]
    main = [line for line in found if line.main]
    rest = [line for line in found if not line.main] if len(found) <= MOST_LINES else []
    return [*rest, *main]  # the main ones on top, and in the legend


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
