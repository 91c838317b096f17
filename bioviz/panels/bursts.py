"""Bursts: how many events and bursts each layer has, and where its burst probabilities lie."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..ui.label import Empty
from ..ui.panel import Panel
from ._bar import Choice, stack_up
from ._burst_curves import QUANTITIES, TOGETHER, BurstCurves, has_bursts
from ._burst_spread import BurstSpread
from ._lanes import Lane, lanes_of
from ._timeline import AXES

UNFIT = (
    "This panel shows bursts, which Burstprop sends down while single events go up. Choose it "
    "among the rules that send errors back; the gallery (Ctrl+G) has ready networks."
)
ALL, SPREAD = "all", "spread"
WIDE, TALL = 340, 480  # pixels from which there is room for the time axis, and for three plots
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


class BurstsPanel(Panel):
    """Event rates, burst probabilities and burst rates of every layer that bursts."""

    key = "bursts"
    title = "Bursts"
    icon = "panel-bursts"
    help = (
        "Events carry activity up, bursts carry credit down. P is the part of the events that are "
        "bursts while the teacher is there, P̄ (dashed) what is expected without. Where P is "
        "above P̄ the active synapses grow. Hover for exact values."
    )
    period = 0.06  # a curve grows by less than a pixel between two beats

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()  # of the experiments that have bursts
        self._known = False  # whether a network has been seen
        self._wish = ALL  # the quantity that the user chose, for panels with room for it
        self._room = (False, False)  # whether wide, and whether tall
        self._build()
        self._connect()

    def _build(self) -> None:
        self._quantity = Choice("Quantity", "What to show")
        self._axis = Choice("Time axis", "Count time in trials or in epochs")
        self._axis.offer(AXES)
        self._experiment = Choice("Experiment", "Whose bursts are shown")
        self.curves, self.spread = BurstCurves(), BurstSpread()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.curves)
        column.addWidget(self.spread)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self._nothing)
        stack_up(self, [self._quantity, self._axis, self._experiment], self._pages)
        self._arrange()

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._choose_quantity)
        self._axis.chosen.connect(self._choose_axis)
        self._experiment.chosen.connect(self._turn)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return self._known and not self._lanes

    def rebuild(self, catalogue: Catalogue) -> None:
        self._known = True
        self._lanes = tuple(lane for lane in lanes_of(catalogue) if has_bursts(lane.entry))
        self._experiment.offer({str(lane.index): lane.name for lane in self._lanes})
        self._turn()

    def wanted(self) -> Wanted:
        if not self._lanes:
            return NOTHING
        return self.spread.wanted() if self.curves.isHidden() else self.curves.wanted()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self._lanes:
            return
        shown = self.spread if self.curves.isHidden() else self.curves
        shown.show_snapshot(snapshot)

    def set_live(self, live: bool) -> None:
        self.curves.set_live(live)
        self.spread.set_live(live)

    def options(self) -> dict[str, Any]:
        return {"quantity": self._wish, "axis": self._axis.value()}

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("quantity") in TITLES:
            self._wish = str(options["quantity"])
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()
        self._arrange()

    # What is shown --------------------------------------------------------------------------

    def _turn(self, _key: str = "") -> None:
        """Begin with the experiment that is chosen."""
        chosen = self._experiment.value()
        lane = next((lane for lane in self._lanes if str(lane.index) == chosen), None)
        if lane is not None:
            self.curves.start(lane)
            self.spread.start(lane, self.curves.colours())
        self._arrange()

    def _arrange(self) -> None:
        """Show what is chosen and, of the controls, those that there is room for."""
        wide, tall = self._room = _room(self.width(), self.height())
        there = bool(self._lanes)
        self._offer_quantities(tall=tall)
        chosen = self._quantity.value()
        spread = chosen == SPREAD
        if not spread:
            self.curves.show_quantities(TOGETHER if chosen == ALL else (chosen,))
        self.curves.setVisible(not spread)
        self.spread.setVisible(spread)
        self._quantity.setVisible(there)
        self._axis.setVisible(there and wide and not spread)
        self._experiment.setVisible(there and len(self._lanes) > 1)
        self._pages.setCurrentIndex(0 if there or not self._known else 1)
        self.changed.emit()

    def _offer_quantities(self, *, tall: bool) -> None:
        """List what can be shown; all three at once only where there is room for them."""
        reasons = {} if tall else {ALL: "A taller panel shows all three below each other."}
        self._quantity.offer(TITLES, reasons)
        self._quantity.explain({key: words for key, words in HELP.items() if key not in reasons})
        if not self._quantity.choose(self._wish):
            self._quantity.choose("probability")
        self._quantity.setToolTip(f"What to show. {HELP[self._quantity.value()]}")

    # Hearing --------------------------------------------------------------------------------

    def _choose_quantity(self, key: str) -> None:
        self._wish = key
        self._arrange()

    def _choose_axis(self) -> None:
        self.curves.set_unit(self._axis.value())
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if _room(event.size().width(), event.size().height()) != self._room:
            self._arrange()


def _room(width: int, height: int) -> tuple[bool, bool]:
    return width >= WIDE, height >= TALL
