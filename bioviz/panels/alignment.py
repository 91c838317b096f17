"""Alignment: angles of feedback to forward weights, and of the rule's updates to backprop's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.earlier import EarlierRun
from ..core.request import Markers
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.lanes import Lane, lanes_of
from ..ui.curve import Stroke
from ..ui.label import Elided, Empty
from ..ui.panel import Panel
from ._angles import channels, few, fitting, freedom, left_out, missing, place, subject, tells
from ._bar import Choice, stack_up
from ._earlier import EarlierButton, EarlierLine, earlier_lines
from ._timeline import AXES, Timeline, curve, key_of
from ._words import QUANTITIES, RULES, Quantity, why_nothing

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

RADIAN = 57.3  # degrees: the spread of angles between random vectors of d entries is this / sqrt(d)
WIDE = 430  # pixels from which the reference lines are worded in full
TALL = 220  # pixels of height from which there is room to say what is not drawn

STROKES: dict[str, Stroke] = {"weight_angle": "dash"}
BESIDE: tuple[Stroke, ...] = ("solid", "dash", "dot", "dashdot")  # where colour tells experiments
NAMES = {
    "weight_angle": "weight angle {}",
    "update_angle": "update angle {}",
    "gradient_angle": "gradient angle {}",
}
SHORT = {metric: name.replace("angle ", "") for metric, name in NAMES.items()}  # in little room


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
    period = 0.06  # a curve grows by less than a pixel between two beats

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._lanes: tuple[Lane, ...] = ()
        self._runs: Sequence[EarlierRun] = ()
        self._past: list[EarlierLine] = []  # what is drawn of them
        self._high = 120.0
        self._wish = next(iter(QUANTITIES))  # what the user chose, for networks that have it
        self._build()
        self._connect()

    def _build(self) -> None:
        self.plot = Timeline()
        self.plot.set_empty_text("Press play: the angles are drawn here.")
        self.plot.set_angle_ticks(False)
        self._quantity = Choice("Quantity", "What to plot")
        self._quantity.offer({key: q.title for key, q in QUANTITIES.items()})
        self._quantity.explain({key: q.help for key, q in QUANTITIES.items()})
        self._axis = Choice("Time axis", "Count time in trials or in epochs")
        self._axis.offer(AXES)
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
        stack_up(self, [self._quantity, self._axis, self._earlier], self._body())

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
        self._earlier.switched.connect(self._show_earlier)
        self._earlier.unwanted.connect(self.unwanted)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return bool(self._lanes) and not any(lane.entry.taught for lane in self._lanes)

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry, self._lanes = catalogue.first, lanes_of(catalogue)
        self.plot.start(self._entry.epoch_trials)
        self._high = 120.0
        self._show_quantity()

    def wanted(self) -> Wanted:
        wanted = {curve(info.name, lane.index) for lane, info in self._lines()}
        return frozenset({Markers(), *wanted}) if wanted else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        lines = list(self._lines())
        several = len({lane.index for lane, _ in lines}) > 1
        self.plot.set_order([key_of(info.name, lane) for lane, info in lines])
        for lane, info in lines:
            self._draw(lane, info, snapshot, several=several)
            reply = snapshot.get(curve(info.name, lane.index))
            self._make_room(reply[1] if reply is not None else ())
        self.plot.draw_markers(snapshot)

    def _draw(self, lane: Lane, info: ChannelInfo, snapshot: Snapshot, *, several: bool) -> None:
        quantity, reply = self._chosen, snapshot.get(curve(info.name, lane.index))
        if not tells(lane, quantity) and (reply is None or not np.isfinite(reply[1]).any()):
            return  # only backprop has an angle then, which is 0
        style = STROKES.get(info.metric, "solid") if len(quantity.metrics) > 1 else "solid"
        if len(self._lanes) > 1:
            style = BESIDE[self._shown().index(info) % len(BESIDE)]
        name, whose = self._name(info), f"{lane.name}: " if several else ""
        if several:
            short = f"{subject(info, self._lanes)}, {lane.name}"  # which angle, the axis says
            name = whose + name if self.width() >= WIDE else short
        self.plot.draw(
            info.name,
            snapshot,
            label=name,
            colour=lane.index if len(self._lanes) > 1 else self._colour(info),
            style=style,
            unit=quantity.unit,
            tip=f"{whose}{info.label}: {info.help}",
            lane=lane,
        )

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
            "earlier": self._earlier.on,
        }

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("quantity") in QUANTITIES:
            self._choose_quantity(str(options["quantity"]))
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()
        self._earlier.set_on(options.get("earlier"))

    # What there is --------------------------------------------------------------------------

    @property
    def _chosen(self) -> Quantity:
        return QUANTITIES[self._quantity.value()]

    def _shown(self) -> list[ChannelInfo]:
        return channels(self._lanes, self._chosen) if self._lanes else []

    def _lines(self) -> Iterator[tuple[Lane, ChannelInfo]]:
        """Return what is drawn of which experiment; one without feedback only beside others."""
        telling = [lane for lane in self._lanes if tells(lane, self._chosen)]
        beside, shown = bool(telling or self._past), self._shown()
        if len(telling) > 1 and self.width() < WIDE:
            shown = few(shown, telling, self._chosen)
        for lane in self._lanes:
            if lane in telling or (beside and lane.index == 0):
                yield from ((lane, info) for info in shown if lane.has(info))

    def _colour(self, info: ChannelInfo) -> int:
        """Return a colour for each hidden layer; where there is one, for each angle."""
        single = self._entry is not None and len(self._entry.layers) == 3
        weight = info.metric == "weight_angle" and len(self._chosen.metrics) > 1
        return 1 if single and weight else place(info, self._entry) if self._entry else 0

    def _name(self, info: ChannelInfo) -> str:
        names = NAMES if self.width() >= WIDE else SHORT
        pattern = names.get(info.metric)
        if pattern is None:
            return info.label
        return pattern.format(subject(info, self._lanes))

    # Drawing --------------------------------------------------------------------------------

    def _refer(self) -> None:
        """Draw the reference line, and around 90 degrees what random vectors are expected to do."""
        quantity = self._chosen
        level, words = quantity.reference
        entries = freedom(self._shown(), self._entry) if quantity.angular and self._entry else None
        if entries is None:
            self.plot.refer(level, words)
            return
        half = min(90.0, RADIAN / sqrt(entries))
        words = f"random: 90° ± {half:.2g}°"
        if self.width() >= WIDE:
            many = "1 entry" if entries == 1 else f"{entries:,} entries"
            words = f"random vectors of {many}: 90° ± {half:.2g}°"
        self.plot.refer(level, words, (90 - half, 90 + half))

    def _make_room(self, values: Sequence[float] | np.ndarray) -> None:
        """Show angles up to 180 degrees, once one comes near 120."""
        if self._chosen.angular and self._high < 180 and (np.asarray(values) > 115).any():
            self._high = 180.0
            self.plot.set_y_range(0, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fewer.setVisible(bool(self._fewer.text()) and self.height() >= TALL)
        if (event.size().width() >= WIDE) != (event.oldSize().width() >= WIDE):
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
        quantity = self._chosen
        main = {info.metric for _, info in self._lines()} == {"update_angle"}
        axis = QUANTITIES["update"].axis if main and len(self._lanes) > 1 else quantity.axis
        self.plot.set_quantity(axis, quantity.unit)
        self.plot.set_angle_ticks(quantity.angular)
        self.plot.set_y_range(None)  # what is fixed may lie nowhere on the other scale
        self.plot.set_log(y=quantity.log)
        span = (0, self._high) if quantity.angular else quantity.span
        self.plot.set_y_range(*(span or (None, None)))
        self._refer()
        self._show_earlier()

    def _show_earlier(self) -> None:
        runs = self._runs if self._earlier.on else ()
        self._past = earlier_lines(runs, self._pick)
        self.plot.set_earlier(self._past)
        for line in self._past:
            self._make_room(line.run.channels[line.channel][1])
        self._say_nothing()
        self.changed.emit()

    def _pick(self, run: EarlierRun) -> list[EarlierLine]:
        """Return what an earlier run has of the quantity: most of all, its update angles."""
        if run.spec.rule.key in RULES:
            return []  # no error was sent back, or backprop's own
        first, *_ = metrics = self._chosen.metrics
        return [
            EarlierLine(
                run,
                name,
                f"{run.label}, {name.replace('_', ' ').replace('.', ' ')}",
                main=name.startswith(f"{first}."),
            )
            for name in run.channels
            if name.partition(".")[0] in metrics
        ]

    def _say_nothing(self) -> None:
        """Show the plot, or say in words why there can be none, or not of every matrix."""
        fewer = missing(self._lanes, self._chosen) or left_out(
            [info for _, info in self._lines()], self._shown(), self._lanes
        )
        self._fewer.setText(fewer)
        self._fewer.setVisible(bool(fewer) and self.height() >= TALL)
        self._quantity.setToolTip(f"{self._chosen.help} {fewer}".strip())
        if self._past or any(self._lines()):
            self._pages.setCurrentWidget(self.plot)
            return
        if self._entry is not None:
            words = why_nothing(self._entry) or f"{self._entry.rule_title} does not record this."
            self._nothing.sentence.setText(words)
        self._pages.setCurrentWidget(self._nothing)

    def _choose_axis(self) -> None:
        self.plot.set_unit(self._axis.value())
        self.changed.emit()
