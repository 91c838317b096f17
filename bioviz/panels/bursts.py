"""Bursts: how many events and bursts each layer has, and where its burst probabilities lie."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.burst_words import (
    ALL,
    EVERY,
    QUANTITIES,
    SPREAD,
    TIMED,
    TOGETHER,
    UNFIT,
    bursting,
    has_bursts,
)
from ..figures.lanes import Lane, lanes_of
from ..figures.recorded import AXES
from ..ui.label import Empty
from ..ui.panel import Panel
from ..ui.scale import px
from ._bar import Choice, stack_up
from ._burst_curves import BurstCurves
from ._burst_spread import BurstSpread
from ._burst_times import BurstTimes
from ._growth import SOONEST

WIDE, TALL = 340, 480  # pixels from which there is room for the time axis, and for three plots
TALLER = 600  # and for a fourth
TITLES = {
    ALL: "All three",
    **{key: quantity.title for key, quantity in QUANTITIES.items()},
    SPREAD: "Spread of P̄",
}
HELP = {
    ALL: "Event rate, burst probability and burst rate, below each other.",
    **{key: quantity.help for key, quantity in QUANTITIES.items()},
    SPREAD: "Expected burst probabilities of all hidden units in the batch that is shown.",
}
TIMED_TITLES = {ALL: "All below each other"} | {key: q.title for key, q in TIMED.items()}
TIMED_HELP = {
    ALL: "Event rate, burst probability, burst rate and, with room, the dendrites' current.",
    **{key: quantity.help for key, quantity in TIMED.items()},
}
View = BurstCurves | BurstTimes | BurstSpread
V = TypeVar("V", BurstCurves, BurstTimes, BurstSpread)


class BurstsPanel(Panel):
    """Event rates, burst probabilities and burst rates of every layer that bursts."""

    key = "bursts"
    title = "Bursts"
    icon = "panel-bursts"
    help = (
        "Events carry activity up, bursts carry credit down. P is the part of the events that are "
        "bursts while the teacher is there, P̄ (dashed) what is expected without. Where P is "
        "above P̄ the active synapses grow. Over seconds, the time with the teacher is shaded. "
        "Hover for exact values."
    )
    shows_all = True
    period = SOONEST

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()  # of the experiments that have bursts
        self._timed = False  # whether the present one's are seen over seconds
        self._known = False  # whether a network has been seen
        self._layer_wish = EVERY
        self._wish = ALL  # the quantity that the user chose, for panels with room for it
        self._room = (False, False, False)  # whether wide, tall, and taller
        self._live = False
        self._views: list[View] = []  # made once a network bursts: most never do
        self._build()
        self._connect()

    def _build(self) -> None:
        self._quantity = Choice("Quantity", "What to show")
        self._axis = Choice("Time axis", "Count time in trials or in epochs")
        self._axis.offer(AXES)
        self._layer = Choice("Layers", "Whose pools of cells are shown")
        self._experiment = Choice("Experiment", "Whose bursts are shown")
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self._nothing)
        controls: list[QWidget] = [self._quantity, self._axis, self._layer, self._experiment]
        stack_up(self, controls, self._pages)
        self._arrange()

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._choose_quantity)
        self._axis.chosen.connect(self._choose_axis)
        self._layer.chosen.connect(self._choose_layer)
        self._experiment.chosen.connect(self._turn)

    @cached_property
    def curves(self) -> BurstCurves:
        """Over trials."""
        return self._made(BurstCurves())

    @cached_property
    def times(self) -> BurstTimes:
        """Over seconds."""
        return self._made(BurstTimes())

    @cached_property
    def spread(self) -> BurstSpread:
        """Over units and examples."""
        return self._made(BurstSpread())

    def _made(self, view: V) -> V:
        view.hide()
        view.set_live(self._live)
        self._column.addWidget(view)
        self._views.append(view)
        return view

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return self._known and not self._lanes

    def rebuild(self, catalogue: Catalogue) -> None:
        self._known = True
        self._lanes = tuple(
            lane for lane in lanes_of(catalogue) if has_bursts(lane.entry) or bursting(lane.entry)
        )
        self._experiment.offer({str(lane.index): lane.name for lane in self._lanes})
        self._turn()

    def wanted(self) -> Wanted:
        return self._shown.wanted() if self._lanes else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._lanes:
            self._shown.show_snapshot(snapshot)
            over_trials = self._shown is self.curves
            self.period = self.curves.plots[0].growth.period if over_trials else SOONEST

    @property
    def _shown(self) -> View:
        if self._timed:
            return self.times
        return self.spread if self._quantity.value() == SPREAD else self.curves

    def set_live(self, live: bool) -> None:
        self._live = live
        for view in self._views:
            view.set_live(live)

    def options(self) -> dict[str, Any]:
        return {"quantity": self._wish, "axis": self._axis.value(), "layer": self._layer_wish}

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("quantity") in TITLES | TIMED_TITLES:
            self._wish = str(options["quantity"])
        if self._layer.choose(str(options.get("layer"))):
            self._layer_wish = self._layer.value()
            self.times.show_layer(self._layer_wish)
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()
        self._arrange()

    # What is shown --------------------------------------------------------------------------

    @property
    def _lane(self) -> Lane | None:
        """The experiment that is chosen."""
        chosen = self._experiment.value()
        return next((lane for lane in self._lanes if str(lane.index) == chosen), None)

    def _turn(self, _key: str = "") -> None:
        """Begin with the experiment that is chosen."""
        lane = self._lane
        self._timed = lane is not None and bool(bursting(lane.entry))
        if lane is not None and self._timed:
            self.times.start(lane)
            self._offer_layers()
        elif lane is not None:
            self.curves.set_unit(self._axis.value())
            self.curves.start(lane)
            self.spread.start(lane, self.curves.colours())
        self._arrange()

    def _offer_layers(self) -> None:
        """List the layers with bursts of a network that is seen over seconds."""
        names = bursting(self._lane.entry) if self._lane else []
        self._layer.offer({EVERY: "All above the input", **{name: name for name in names}})
        if not self._layer.choose(self._layer_wish):
            self._layer.choose(EVERY)
        self.times.show_layer(self._layer.value())

    def _arrange(self) -> None:
        """Show what is chosen and, of the controls, those that there is room for."""
        wide, tall, taller = self._room = _room(self.width(), self.height())
        there, timed = bool(self._lanes), self._timed
        self._offer_quantities(tall=tall)
        chosen = self._quantity.value()
        spread = chosen == SPREAD and not timed
        several = tuple(TIMED)[: 4 if taller else 3] if timed else TOGETHER
        if there and not spread:
            curves = self.times if timed else self.curves
            curves.show_quantities(several if chosen == ALL else (chosen,))
        for view in self._views:
            view.setVisible(there and view is self._shown)
        self._quantity.setVisible(there)
        self._axis.setVisible(there and wide and not spread and not timed)
        self._layer.setVisible(there and wide and timed)
        self._experiment.setVisible(there and len(self._lanes) > 1)
        self._pages.setCurrentIndex(0 if there or not self._known else 1)
        self.changed.emit()

    def _offer_quantities(self, *, tall: bool) -> None:
        """List what can be shown; all three at once only where there is room for them."""
        reasons = {} if tall else {ALL: "A taller panel shows all below each other."}
        titles, help_ = (TIMED_TITLES, TIMED_HELP) if self._timed else (TITLES, HELP)
        self._quantity.offer(titles, reasons)
        self._quantity.explain({key: words for key, words in help_.items() if key not in reasons})
        if not self._quantity.choose(self._wish):
            self._quantity.choose("probability")
        self._quantity.setToolTip(f"What to show. {help_[self._quantity.value()]}")

    # Hearing --------------------------------------------------------------------------------

    def _choose_quantity(self, key: str) -> None:
        self._wish = key
        self._arrange()

    def _choose_layer(self, key: str) -> None:
        self._layer_wish = key
        self.times.show_layer(key)
        self.changed.emit()

    def _choose_axis(self) -> None:
        if self._lanes:
            self.curves.set_unit(self._axis.value())
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        if _room(self.width(), self.height()) != self._room:
            self._arrange()


def _room(width: int, height: int) -> tuple[bool, bool, bool]:
    return width >= px(WIDE), height >= px(TALL), height >= px(TALLER)
