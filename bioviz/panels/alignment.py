"""Alignment: angles of feedback to forward weights, and of the rule's updates to backprop's."""

from __future__ import annotations

from math import prod, sqrt
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.request import Markers
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..ui.curve import Stroke
from ..ui.label import Empty
from ..ui.panel import Panel
from ._bar import Choice, stack_up
from ._timeline import AXES, Timeline, curve
from ._words import QUANTITIES, Quantity, why_nothing

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

RADIAN = 57.3  # degrees: the spread of angles between random vectors of d entries is this / sqrt(d)
WIDE = 430  # pixels from which the reference lines are worded in full


STROKES: dict[str, Stroke] = {"weight_angle": "dash"}
NAMES = {"weight_angle": "weight angle {back}", "update_angle": "update angle {about}"}
SHORT = {"weight_angle": "weight {back}", "update_angle": "update {about}"}  # in little room


class AlignmentPanel(Panel):
    """Whether feedback comes into line: weight angles and update angles, layer by layer."""

    key = "alignment"
    title = "Alignment"
    icon = "panel-alignment"
    help = (
        "Weight angle: between the feedback weights B and W-transposed. Update angle: between "
        "the error a rule sends to a hidden layer and the one backprop would send. 90° is chance."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._high = 120.0
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
        stack_up(self, [self._quantity, self._axis], self._pages)

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._show_quantity)
        self._axis.chosen.connect(self._choose_axis)

    # The panel's duties ---------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry = catalogue.first
        self.plot.start(self._entry.epoch_trials)
        self._high = 120.0
        self._show_quantity()

    def wanted(self) -> Wanted:
        channels = self._shown()
        if not channels:
            return NOTHING
        return frozenset({Markers(), *(curve(info.name) for info in channels)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        quantity = self._chosen
        for info in self._shown():
            self.plot.draw(
                info.name,
                snapshot,
                label=self._name(info),
                colour=self._colour(info),
                style=STROKES.get(info.metric, "solid") if len(quantity.metrics) > 1 else "solid",
                unit=quantity.unit,
                tip=f"{info.label}: {info.help}",
            )
            if quantity.angular:
                self._make_room(snapshot, info)
        self.plot.draw_markers(snapshot)

    def set_live(self, live: bool) -> None:
        self.plot.set_live(live)

    def options(self) -> dict[str, Any]:
        return {"quantity": self._quantity.value(), "axis": self._axis.value()}

    def set_options(self, options: dict[str, Any]) -> None:
        if self._quantity.choose(str(options.get("quantity"))):
            self._show_quantity()
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()

    # What there is --------------------------------------------------------------------------

    @property
    def _chosen(self) -> Quantity:
        return QUANTITIES[self._quantity.value()]

    def _shown(self) -> list[ChannelInfo]:
        if self._entry is None or why_nothing(self._entry):
            return []
        metrics = self._chosen.metrics
        found = [info for metric in metrics for info in self._entry.channels_of(metric)]
        return sorted(found, key=self._place)  # what belongs to one layer stands together

    def _place(self, info: ChannelInfo) -> int:
        """Return which of the hidden layers the error comes to that a channel is about."""
        if self._entry is None:
            return 0
        names = [layer.name for layer in self._entry.layers[1:]]
        path = self._entry.projection(info.about)
        layer = path.pre if path else info.about
        return names.index(layer) if layer in names else 0

    def _colour(self, info: ChannelInfo) -> int:
        """Return a colour for each hidden layer; where there is one, for each angle."""
        single = self._entry is not None and len(self._entry.layers) == 3
        weight = info.metric == "weight_angle" and len(self._chosen.metrics) > 1
        return 1 if single and weight else self._place(info)

    def _name(self, info: ChannelInfo) -> str:
        names = NAMES if self.width() >= WIDE else SHORT
        pattern = names.get(info.metric)
        back = self._entry.feedback_of(info.about) if self._entry else None
        if pattern is None:
            return info.label
        return pattern.format(about=info.about, back=back.name if back else info.about)

    def _freedom(self) -> int | None:
        """Return the smallest number of entries among the vectors whose angles are shown."""
        if self._entry is None:
            return None
        found = []
        for info in self._shown():
            path, layer = self._entry.projection(info.about), self._entry.layer(info.about)
            found += [prod(path.shape)] if path else [layer.size] if layer else []
        return min(found, default=None)

    # Drawing --------------------------------------------------------------------------------

    def _refer(self) -> None:
        """Draw the reference line, and around 90 degrees what random vectors are expected to do."""
        quantity = self._chosen
        level, words = quantity.reference
        freedom = self._freedom() if quantity.angular else None
        if freedom is None:
            self.plot.refer(level, words)
            return
        half = min(90.0, RADIAN / sqrt(freedom))
        words = f"random: 90° ± {half:.2g}°"
        if self.width() >= WIDE:
            words = f"random vectors of {freedom:,} entries: 90° ± {half:.2g}°"
        self.plot.refer(level, words, (90 - half, 90 + half))

    def _make_room(self, snapshot: Snapshot, info: ChannelInfo) -> None:
        """Show angles up to 180 degrees, once one comes near 120."""
        reply = snapshot.get(curve(info.name))
        if reply is not None and self._high < 180 and (reply[1] > 115).any():
            self._high = 180.0
            self.plot.set_y_range(0, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= WIDE) != (event.oldSize().width() >= WIDE):
            self._refer()
            self.changed.emit()  # the legend's words change too

    # Hearing --------------------------------------------------------------------------------

    def _show_quantity(self) -> None:
        quantity = self._chosen
        self.plot.set_quantity(quantity.axis, quantity.unit)
        self.plot.set_angle_ticks(quantity.angular)
        self.plot.set_y_range(None)  # what is fixed may lie nowhere on the other scale
        self.plot.set_log(y=quantity.log)
        span = (0, self._high) if quantity.angular else quantity.span
        self.plot.set_y_range(*(span or (None, None)))
        self._quantity.setToolTip(quantity.help)
        self._refer()
        self._say_nothing()
        self.changed.emit()

    def _say_nothing(self) -> None:
        """Show the plot, or say in words why there can be none."""
        if self._shown():
            self._pages.setCurrentWidget(self.plot)
            return
        if self._entry is not None:
            words = why_nothing(self._entry) or f"{self._entry.rule_title} does not record this."
            self._nothing.sentence.setText(words)
        self._pages.setCurrentWidget(self._nothing)

    def _choose_axis(self) -> None:
        self.plot.set_unit(self._axis.value())
        self.changed.emit()
