"""BCM: the curve of a moving threshold with where each unit stands on it, and its selectivity."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.probe import ChannelInfo
from ..core.request import Markers, Request
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.tuning import Tuning
from ..figures.panels.bcm import UNFIT, UNITS, thresholded
from ..ui.label import Empty
from ..ui.panel import Panel, Pick
from ._bar import Choice, Segments, stack_up
from ._bcm_view import CurveView, TuningView
from ._timeline import Timeline, curve

WIDE, TALL = 460, 360  # pixels from which two views lie side by side, and a third below them
BELOW = 0.4  # of the height, for what lies below
LARGEST = 16_777_215  # of a widget, as Qt has it
VIEWS = {
    "curve": ("Curve", "How synapses change at each activity, and where the cell stands"),
    "tuning": ("Tuning", "What the cell answers to each pattern"),
    "time": ("Over time", "How selective the cell has become"),
}


class BCMPanel(Panel):
    """phi(y, theta), the answers to the patterns and the selectivity over time."""

    key = "bcm"
    title = "BCM"
    icon = "panel-bcm"
    help = (
        "Above the threshold θ the active synapses grow, below it they weaken. The dot is the "
        "input that is shown, the rings are the patterns. Selectivity is (max − mean) / max of "
        "the answers to them."
    )
    period = 0.05

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None  # of a network with a threshold
        self._room = (False, False)  # whether wide, and whether tall
        self._build()
        self._connect()

    def _build(self) -> None:
        self._view = Segments("View", VIEWS)
        self._unit = Choice("Unit", "Which cell stands out")
        self.curve, self.tuning, self.plot = CurveView(), TuningView(), Timeline()
        self.plot.set_empty_text("Press play: the selectivity is drawn here.")
        self.plot.set_quantity("Selectivity")
        self._above, body = QWidget(), QWidget()
        row = QHBoxLayout(self._above)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.curve, 3)
        row.addWidget(self.tuning, 2)
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 0, 0, 2)
        column.setSpacing(4)
        column.addWidget(self._above, 3)
        column.addWidget(self.plot, 2)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self._nothing)
        stack_up(self, [self._view, self._unit], self._pages)
        self._arrange()

    def _connect(self) -> None:
        self._view.chosen.connect(self._arrange)
        self._unit.chosen.connect(self._choose_unit)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return self._entry is None

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = catalogue.first
        output = entry.layers[-1]
        fits = thresholded(entry)
        self._entry = entry if fits else None
        self.curve.start(signed=output.signed)
        self.tuning.start()
        self.plot.start(entry.epoch_trials)
        names = {str(unit): f"Unit {unit}" for unit in range(min(output.size, UNITS))}
        self._unit.offer(names if fits else {})
        self._choose_unit(self._unit.value())
        self._arrange()

    def wanted(self) -> Wanted:
        if self._entry is None:
            return NOTHING
        found: set[Request] = set()
        if not (self.curve.isHidden() and self.tuning.isHidden()):
            found.add(self._asked)
        if not self.plot.isHidden():
            found |= {Markers(), *(curve(info.name) for info in self._channels)}
        return frozenset(found)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reply = snapshot.get(self._asked)
        if reply is not None:
            self.tuning.show_reply(reply)
            if self.curve.show_reply(reply):
                self.changed.emit()
        for info in self._channels:
            about, _, unit = info.about.rpartition("_")
            colour = int(unit) if about and unit.isdigit() else 0
            self.plot.draw(info.name, snapshot, label=info.label, colour=colour, tip=info.help)
        self.plot.draw_markers(snapshot)

    def set_live(self, live: bool) -> None:
        self.plot.set_live(live)

    def set_pick(self, pick: Pick) -> None:
        output = self._entry.layers[-1].name if self._entry else ""
        if pick.kind == "unit" and pick.name == output and self._unit.choose(str(pick.unit)):
            self._choose_unit(str(pick.unit))

    def options(self) -> dict[str, Any]:
        return {"view": self._view.value()}

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("view") in VIEWS:
            self._view.choose(str(options["view"]))
            self._arrange()

    # What is shown --------------------------------------------------------------------------

    @property
    def _asked(self) -> Tuning:
        return Tuning(*self.curve.limits, UNITS)

    @property
    def _channels(self) -> tuple[ChannelInfo, ...]:
        return self._entry.channels_of("selectivity") if self._entry else ()

    def _choose_unit(self, key: str) -> None:
        for view in (self.curve, self.tuning):
            view.choose(int(key or 0))
        self.changed.emit()

    def _arrange(self, _view: str = "") -> None:
        """Lay out as many of the three views as there is room for, the chosen one among them."""
        wide, tall = self._room = _room(self.size())
        chosen = self._view.value()
        shown = {"curve", "tuning", "time"} if wide and tall else {chosen}
        if wide and not tall and chosen != "time":
            shown = {"curve", "tuning"}
        fits = self._entry is not None
        self._view.setVisible(fits and len(shown) < len(VIEWS))
        self._unit.setVisible(fits and len(self._unit.keys()) > 1)
        for key, view in {"curve": self.curve, "tuning": self.tuning, "time": self.plot}.items():
            view.setVisible(key in shown)
        self._above.setVisible(shown != {"time"})
        self._share()
        self._pages.setCurrentIndex(0 if fits else 1)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if _room(event.size()) != self._room:
            self._arrange()
        self._share()

    def _share(self) -> None:
        """Give the curve over time its part: with a legend that wraps a plot would take more."""
        alone = self._above.isHidden()
        self.plot.setMaximumHeight(LARGEST if alone else int(BELOW * self.height()))


def _room(size: QSize) -> tuple[bool, bool]:
    return size.width() >= WIDE, size.height() >= TALL
