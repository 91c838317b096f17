"""Alignment: angles of feedback to forward weights, and of the rule's updates to backprop's."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.request import Markers
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..ui.label import Empty
from ..ui.panel import Panel
from ..ui.plot import Stroke
from ._bar import Choice, stack_up
from ._timeline import AXES, Timeline, curve
from ._words import why_nothing

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

RADIAN = 57.3  # degrees: the spread of angles between random vectors of d entries is this / sqrt(d)
WIDE = 430  # pixels from which the reference lines are worded in full


@dataclass(frozen=True)
class Quantity:
    """One thing to look at: from which metrics, on what axis, beside which reference."""

    title: str
    metrics: tuple[str, ...]
    axis: str
    unit: str
    reference: tuple[float, str]
    help: str

    @property
    def angular(self) -> bool:
        return self.unit == "°"


_WEIGHT = "Weight angle: between B and W-transposed, read as long vectors."
_UPDATE = "Update angle: between the error that the rule sends to a layer and backprop's."
_CHANCE = "90° is chance, 0° is the same direction."
QUANTITIES = {
    "angles": Quantity(
        "Both angles",
        ("update_angle", "weight_angle"),
        "Angle",
        "°",
        (90, "90°"),
        f"{_UPDATE} {_WEIGHT} {_CHANCE}",
    ),
    "update": Quantity(
        "Update angle", ("update_angle",), "Update angle", "°", (90, "90°"), f"{_UPDATE} {_CHANCE}"
    ),
    "weight": Quantity(
        "Weight angle", ("weight_angle",), "Weight angle", "°", (90, "90°"), f"{_WEIGHT} {_CHANCE}"
    ),
    "ratio": Quantity(
        "Norm ratio |B| / |W|",
        ("norm_ratio",),
        "|B| / |W|",
        "",
        (1, "1: equally long"),
        "Length of B over length of W. Far from 1, hidden layers learn at another effective rate.",
    ),
    "agreement": Quantity(
        "eᵀWBe",
        ("feedback_agreement",),
        "eᵀWBe",
        "",
        (0, "0: above it, feedback helps"),
        "How far an error e that is sent through B and then W comes back along itself. While it "
        "is positive, what B teaches lowers the loss.",
    ),
}
STROKES: dict[str, Stroke] = {"weight_angle": "dash"}
NAMES = {"weight_angle": "weight angle {back}", "update_angle": "update angle {about}"}


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
        for place, info in self._coloured():
            self.plot.draw(
                info.name,
                snapshot,
                label=self._name(info),
                colour=place,
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
        return [info for metric in metrics for info in self._entry.channels_of(metric)]

    def _coloured(self) -> list[tuple[int, ChannelInfo]]:
        """Return what is shown with its colour: one for each hidden layer an error arrives at."""
        if self._entry is None:
            return []
        names = [layer.name for layer in self._entry.layers[1:]]
        return [(self._place(info, names), info) for info in self._shown()]

    def _place(self, info: ChannelInfo, names: list[str]) -> int:
        path = self._entry.projection(info.about) if self._entry else None
        layer = path.pre if path else info.about
        place = names.index(layer) if layer in names else 0
        return place + 1 if path and len(names) == 2 else place  # one hidden layer: two colours

    def _name(self, info: ChannelInfo) -> str:
        pattern = NAMES.get(info.metric)
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

    # Hearing --------------------------------------------------------------------------------

    def _show_quantity(self) -> None:
        quantity = self._chosen
        self.plot.set_quantity(quantity.axis, quantity.unit)
        self.plot.set_angle_ticks(quantity.angular)
        self.plot.set_y_range(*((0, self._high) if quantity.angular else (None, None)))
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
