"""Alignment: angles of feedback to forward weights, and of the rule's updates to backprop's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.earlier import EarlierRun
from ..core.snapshot import Snapshot, Wanted
from ..figures.alignment_words import QUANTITIES
from ..figures.angle_curves import AngleCurves
from ..figures.angles import fitting, tells
from ..figures.earlier import EarlierLine, earlier_lines
from ..figures.lanes import Lane, lanes_of
from ..figures.recorded import AXES, requests_of
from ..ui.label import Elided, Empty
from ..ui.panel import Panel
from ..ui.scale import px
from ._bar import Choice, stack_up
from ._difference import difference_toggle, say_difference
from ._earlier import EarlierButton
from ._timeline import POINTS, Timeline, key_of

WIDE = 430  # pixels from which the reference lines are worded in full
TALL = 220  # pixels of height from which there is room to say what is not drawn


class AlignmentPanel(Panel):
    """Whether feedback comes into line: weight angles and update angles, layer by layer."""

    key = "alignment"
    title = "Alignment"
    icon = "panel-alignment"
    help = (
        "Weight angle: between the feedback weights B and W-transposed. Update angle: between "
        "the error a rule sends to a hidden layer and the one backprop would send. Gradient angle: "
        "of rules that guess their steps from a score. 90° is chance."
    )
    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._lanes: tuple[Lane, ...] = ()
        self._found = AngleCurves((), "")
        self._runs: Sequence[EarlierRun] = ()
        self._past: list[EarlierLine] = []  # what is drawn of them
        self._high = 120.0
        self._wish = next(iter(QUANTITIES))  # what the user chose, for networks that have it
        self._build()
        self._connect()

    _wide = False  # whether the reference lines were worded in full

    def _build(self) -> None:
        self.plot = Timeline()
        self.plot.set_empty_text("Press play: the angles are drawn here.")
        self.plot.set_angle_ticks(False)
        self._quantity = Choice("Quantity", "What to plot")
        self._quantity.offer({key: q.title for key, q in QUANTITIES.items()})
        self._quantity.explain({key: q.help for key, q in QUANTITIES.items()})
        self._axis = Choice("Time axis", "Count time in trials or in epochs")
        self._axis.offer(AXES)
        self._apart = difference_toggle()
        self._nothing = Empty("feedback", "Build a network to see its feedback align.")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.plot)
        self._pages.addWidget(self._nothing)
        self._pages.setCurrentWidget(self._nothing)
        self._earlier = EarlierButton()
        self._fewer = Elided()
        self._fewer.setProperty("tone", "muted")
        self._fewer.setContentsMargins(8, 0, 8, 0)
        self._fewer.hide()
        stack_up(self, [self._quantity, self._axis, self._apart, self._earlier], self._body())

    def _body(self) -> QWidget:
        """The curves, and above them a line that says which of them there cannot be."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._fewer)
        column.addWidget(self._pages, 1)
        return body

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._choose_quantity)
        self._axis.chosen.connect(self._choose_axis)
        self._apart.toggled.connect(self._show_quantity)
        self._earlier.switched.connect(self._show_earlier)
        self._earlier.unwanted.connect(self.unwanted)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return bool(self._lanes) and not any(lane.entry.taught for lane in self._lanes)

    @property
    def alone(self) -> int | None:
        several, quantities = len(self._lanes) > 1, QUANTITIES.values()
        found = [lane.index for lane in self._lanes if any(tells(lane, q) for q in quantities)]
        return found[0] if several and len(found) == 1 else None

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry, self._lanes = catalogue.first, lanes_of(catalogue)
        self.plot.start(self._entry.epoch_trials)
        self._high = 120.0
        self._show_quantity()

    def wanted(self) -> Wanted:
        return requests_of(self._curves.curves, self._lanes, POINTS)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        curves = self._curves
        lines = curves.curves
        self.plot.set_order([key_of(line.info.name, line.lane) for line in lines])
        for line in lines:
            reply = snapshot.get(line.request(POINTS))
            values = reply[1] if reply is not None else np.empty(0)
            if curves.plain(line) or np.isfinite(values).any():
                self.plot.draw_recorded(line, snapshot)
            self._make_room(values)
        self.plot.draw_markers(snapshot, self._lanes)
        self.period = self.plot.growth.period

    def set_earlier(self, runs: Sequence[EarlierRun]) -> None:
        self._runs = runs
        self._earlier.set_runs(runs)
        self._show_earlier()

    def set_live(self, live: bool) -> None:
        self.plot.set_live(live)

    def options(self) -> dict[str, Any]:
        return {
            "quantity": self._wish,
            "axis": self._axis.value(),
            "difference": self._apart.isChecked(),
            "earlier": self._earlier.on,
        }

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("quantity") in QUANTITIES:
            self._choose_quantity(str(options["quantity"]))
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()
        if isinstance(apart := options.get("difference"), bool):
            self._apart.setChecked(apart)
        self._earlier.set_on(options.get("earlier"))

    @property
    def _curves(self) -> AngleCurves:
        """What is drawn of the chosen quantity, in as many words as there is room for."""
        key, wide, apart = self._quantity.value(), self.width() >= px(WIDE), self._apart.isChecked()
        asked = AngleCurves(self._lanes, key, wide, bool(self._past), apart)
        if asked != self._found:
            self._found = asked  # the same one is kept with what it has worked out
        return self._found

    # Drawing --------------------------------------------------------------------------------

    def _refer(self) -> None:
        self.plot.refer(*self._curves.reference())

    def _make_room(self, values: Sequence[float] | np.ndarray) -> None:
        """Show angles up to 180 degrees, once one comes near 120."""
        angular = self._curves.quantity.angular and self._curves.against is None
        if angular and self._high < 180 and (np.asarray(values) > 115).any():
            self._high = 180.0
            self.plot.set_y_range(0, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fewer.setVisible(bool(self._fewer.text()) and self.height() >= TALL)
        self.rescaled()

    def rescaled(self) -> None:
        wide = self.width() >= px(WIDE)
        say_difference(self._apart, wide=wide)
        if wide != self._wide:
            self._wide = wide
            if len(self._lanes) > 1:
                self._show_quantity()  # with fewer curves, or with all again
            self._refer()
            self.changed.emit()  # the legend's words change too

    # Hearing --------------------------------------------------------------------------------

    def _choose_quantity(self, key: str) -> None:
        self._wish = key
        self._show_quantity()

    def _show_quantity(self) -> None:
        self._quantity.choose(fitting(self._wish, self._lanes))
        quantity, apart = self._curves.quantity, self._curves.against is not None
        self._apart.setVisible(len(self._curves.telling) > 1)
        self.plot.set_quantity(*self._curves.axis())
        self.plot.set_angle_ticks(quantity.angular and not apart)
        self.plot.set_y_range(None)  # what is fixed may lie nowhere on the other scale
        self.plot.set_log(y=quantity.log and not apart)
        span = (0, self._high) if quantity.angular else quantity.span
        self.plot.set_y_range(*(span if span and not apart else (None, None)))
        self._refer()
        self._show_earlier()

    def _show_earlier(self) -> None:
        runs = self._runs if self._earlier.on and self._curves.against is None else ()
        self._past = earlier_lines(runs, self._curves.pick)
        self.plot.set_earlier(self._past)
        for line in self._past:
            self._make_room(line.run.channels[line.channel][1])
        self._say_nothing()
        self.changed.emit()

    def _say_nothing(self) -> None:
        """Show the plot, or say in words why there can be none, or not of every matrix."""
        curves = self._curves
        fewer = curves.fewer()
        self._fewer.setText(fewer)
        self._fewer.setVisible(bool(fewer) and self.height() >= TALL)
        self._quantity.setToolTip(f"{curves.quantity.help} {fewer}".strip())
        why = curves.why_nothing()
        if why:
            self._nothing.sentence.setText(why)
        drawn = self._lanes and not why
        self._pages.setCurrentWidget(self.plot if drawn else self._nothing)

    def _choose_axis(self) -> None:
        self.plot.set_unit(self._axis.value())
        self.changed.emit()
