"""Loss and accuracy: training and held-out curves, with chance and what was done to the run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from ..core.catalogue import Catalogue
from ..core.earlier import EarlierRun
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.curve_words import QUANTITIES
from ..figures.earlier import earlier_lines
from ..figures.lanes import Lane, lanes_of
from ..figures.learning_curves import LearningCurves
from ..figures.markers import markers_of
from ..figures.recorded import AXES, requests_of
from ..ui.label import toned
from ..ui.panel import Panel
from ..ui.scale import keep, px, room_for
from ._bar import Choice, stack_up, toggle
from ._difference import difference_toggle, say_difference
from ._earlier import EarlierButton
from ._timeline import POINTS, Timeline, key_of

WIDE = 400  # pixels from which the legend names the quantity too
BESIDE = 560  # and from which training curves of several experiments find room in it
MOST_SMOOTHING = 7  # the average runs over 2 to the power of this many points


class LossPanel(Panel):
    """Learning curves: what the network gets wrong, in training and on examples held out."""

    key = "loss"
    title = "Loss and accuracy"
    icon = "panel-loss"
    help = (
        "How well the network does: on the examples it learns from (training) and on examples "
        "that it never learns from (test). Without a teacher nothing is right or wrong: then "
        "it shows what the weights and answers come to. Hover for exact values."
    )
    shows_all = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()
        self._found = LearningCurves(())
        self._runs: Sequence[EarlierRun] = ()
        self._was_roomy = False  # when the curves were last chosen
        self._wish = ""  # the quantity that the user chose, for networks that have it
        self._build()
        self._connect()

    def _build(self) -> None:
        self.plot = Timeline()
        self.plot.set_empty_text("Press play: the curves grow here.")
        self._quantity = Choice("Quantity", "What to plot")
        self._axis = Choice("Time axis", "Count time in trials or in epochs")
        self._axis.offer(AXES)
        self._log = toggle("log", "Logarithmic axis: shows how small errors still shrink")
        self._apart = difference_toggle()
        self._smoothing = QSlider(Qt.Orientation.Horizontal)
        self._smoothing.setRange(0, MOST_SMOOTHING)
        keep(self._smoothing, "width", 60)
        self._smoothing.setAccessibleName("Smoothing")
        self._amount = toned("", "muted")
        self._say_smoothing()
        self._earlier = EarlierButton()
        smoothing = _pair(self._smoothing, self._amount)
        controls = [self._quantity, self._axis, self._log, self._apart, smoothing, self._earlier]
        stack_up(self, controls, self.plot)

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._choose_quantity)
        self._axis.chosen.connect(self._choose_axis)
        self._log.toggled.connect(self._choose_log)
        self._apart.toggled.connect(self._show_quantity)
        self._smoothing.valueChanged.connect(self._smooth)
        self._earlier.switched.connect(self._draw_earlier)
        self._earlier.unwanted.connect(self.unwanted)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def heading(self) -> str:
        return self._curves.title

    @property
    def idle(self) -> bool:
        return bool(self._lanes) and not self._curves.channels()

    def rebuild(self, catalogue: Catalogue) -> None:
        self._lanes = lanes_of(catalogue)
        self.plot.start(catalogue.first.epoch_trials)
        self._quantity.offer(self._curves.offered())
        self._quantity.explain({k: q.help for k, q in QUANTITIES.items()})
        self._quantity.choose(self._wish)
        self._apart.setVisible(len(self._lanes) > 1)
        self._show_quantity()

    def wanted(self) -> Wanted:
        if not self._lanes:
            return NOTHING
        asked = requests_of(self._curves.curves, self._lanes, POINTS)
        return asked or frozenset(markers_of(self._lanes))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        lines = self._curves.curves
        self.plot.set_order([key_of(line.info.name, line.lane) for line in lines])
        for line in lines:
            self.plot.draw_recorded(line, snapshot)
        self.plot.draw_markers(snapshot, self._lanes)
        self.period = self.plot.growth.period

    def set_earlier(self, runs: Sequence[EarlierRun]) -> None:
        self._runs = runs
        self._earlier.set_runs(runs)
        self._draw_earlier()

    def _draw_earlier(self) -> None:
        runs = self._runs if self._earlier.on and self._curves.against is None else ()
        self.plot.set_earlier(earlier_lines(runs, self._curves.pick))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        wide = self.width() >= px(WIDE)
        if wide == self._amount.isHidden() or self._roomy != self._was_roomy:
            self._was_roomy = self._roomy
            self._amount.setVisible(wide)
            say_difference(self._apart, wide=wide)
            if len(self._lanes) > 1:
                self._show_quantity()  # with fewer curves, or with all again
            self.changed.emit()  # the legend's words change too

    def set_live(self, live: bool) -> None:
        self.plot.set_live(live)

    def options(self) -> dict[str, Any]:
        return {
            "quantity": self._wish or self._quantity.value(),
            "axis": self._axis.value(),
            "log": self._log.isChecked(),
            "smoothing": self._smoothing.value(),
            "difference": self._apart.isChecked(),
            "earlier": self._earlier.on,
        }

    def set_options(self, options: dict[str, Any]) -> None:
        if options.get("quantity") in QUANTITIES:
            self._wish = str(options["quantity"])
            self._quantity.choose(self._wish)
            self._show_quantity()
        if self._axis.choose(str(options.get("axis"))):
            self._choose_axis()
        if isinstance(log := options.get("log"), bool):
            self._log.setChecked(log)
        if isinstance(apart := options.get("difference"), bool):
            self._apart.setChecked(apart)
        if isinstance(amount := options.get("smoothing"), int):
            self._smoothing.setValue(amount)
        self._earlier.set_on(options.get("earlier"))

    @property
    def _curves(self) -> LearningCurves:
        """What is drawn of the chosen quantity, in as many words as there is room for."""
        asked = LearningCurves(
            self._lanes, self._quantity.value(), self._roomy, self._apart.isChecked()
        )
        if asked != self._found:
            self._found = asked  # the same one is kept with what it has worked out
        return self._found

    @property
    def _roomy(self) -> bool:
        """Whether the legend has room for many words."""
        return self.width() >= px(BESIDE if len(self._lanes) > 1 else WIDE)

    # Hearing --------------------------------------------------------------------------------

    def _choose_quantity(self, key: str) -> None:
        self._wish = key
        self._show_quantity()

    def _show_quantity(self) -> None:
        quantity = QUANTITIES.get(self._quantity.value())
        if quantity is None:
            return
        self.plot.set_quantity(*self._curves.axis())
        self.plot.refer(*(self._curves.chance() or (None, "")))
        self._choose_log()
        self._draw_earlier()
        self._quantity.setToolTip(f"What to plot. {quantity.title}: {quantity.help}")
        self.changed.emit()

    def _choose_axis(self) -> None:
        self.plot.set_unit(self._axis.value())
        self.changed.emit()

    def _choose_log(self) -> None:
        """A logarithmic axis cannot show differences, which may be negative."""
        self._log.setEnabled(self._curves.against is None)
        self.plot.set_log(y=self._log.isChecked() and self._curves.against is None)

    def _smooth(self) -> None:
        amount = self._smoothing.value()
        self.plot.set_smoothing(1 - 0.5**amount)
        self._say_smoothing()

    def _say_smoothing(self) -> None:
        over = 2 ** self._smoothing.value()
        words = "raw" if over == 1 else f"mean of {over}"
        self._amount.setText(words)
        self._smoothing.setToolTip(
            "Smooth the training curve: a running mean over about so many points, with the raw "
            f"curve faint behind it. Held-out values are exact and stay. Now: {words}."
        )


def _pair(control: QWidget, words: QLabel) -> QWidget:
    """Return a control with words behind it, kept together where the row wraps."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(2, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(control)
    row.addWidget(words)
    room_for(words, "mean of 128")
    return both
