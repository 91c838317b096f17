"""Loss and accuracy: training and held-out curves, with chance and what was done to the run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.earlier import EarlierRun
from ..core.request import Markers
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.lanes import Lane, lanes_of
from ..ui.curve import Stroke
from ..ui.label import toned
from ..ui.panel import Panel
from ._bar import Choice, stack_up, toggle
from ._curve_words import METRICS, OWN, QUANTITIES, Quantity, quantity_of
from ._earlier import EarlierButton, EarlierLine, earlier_lines
from ._timeline import AXES, Timeline, curve, key_of

if TYPE_CHECKING:
    from ..core.probe import ChannelInfo

STROKES: tuple[Stroke, ...] = ("solid", "dash", "dot", "dashdot")
WIDE = 400  # pixels from which the legend names the quantity too
COLOURS = 8  # of curves beside each other; more are told apart by their strokes
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
    period = 0.06  # a curve grows by less than a pixel between two beats

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._lanes: tuple[Lane, ...] = ()
        self._runs: Sequence[EarlierRun] = ()
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
        self._smoothing = QSlider(Qt.Orientation.Horizontal)
        self._smoothing.setRange(0, MOST_SMOOTHING)
        self._smoothing.setFixedWidth(60)
        self._smoothing.setAccessibleName("Smoothing")
        self._amount = toned("", "muted")
        self._say_smoothing()
        self._earlier = EarlierButton()
        smoothing = _pair(self._smoothing, self._amount)
        controls = [self._quantity, self._axis, self._log, smoothing, self._earlier]
        stack_up(self, controls, self.plot)

    def _connect(self) -> None:
        self._quantity.chosen.connect(self._choose_quantity)
        self._axis.chosen.connect(self._choose_axis)
        self._log.toggled.connect(self._choose_log)
        self._smoothing.valueChanged.connect(self._smooth)
        self._earlier.switched.connect(self._draw_earlier)
        self._earlier.unwanted.connect(self.unwanted)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def heading(self) -> str:
        taught = self._entry is None or self._entry.taught
        return self.title if taught else "Learning curves"

    @property
    def idle(self) -> bool:
        return self._entry is not None and not self._channels()

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry, self._lanes = catalogue.first, lanes_of(catalogue)
        self.plot.start(self._entry.epoch_trials)
        found = {quantity_of(info) for info in self._channels()}
        self._quantity.offer({k: q.title for k, q in QUANTITIES.items() if k in found})
        self._quantity.explain({k: q.help for k, q in QUANTITIES.items()})
        self._quantity.choose(self._wish)
        self._show_quantity()

    def wanted(self) -> Wanted:
        if self._entry is None:
            return NOTHING
        lines = {curve(info.name, lane.index) for lane, info in self._lines()}
        return frozenset({Markers(), *lines})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        quantity = QUANTITIES.get(self._quantity.value())
        if quantity is None:
            return
        lines = self._lines()
        self.plot.set_order([key_of(info.name, lane) for lane, info in lines])
        for lane, info in lines:
            self._draw(lane, info, quantity, snapshot)
        self.plot.draw_markers(snapshot)

    def _draw(self, lane: Lane, info: ChannelInfo, quantity: Quantity, snapshot: Snapshot) -> None:
        if info.metric in OWN:
            self._draw_own(lane, info, quantity, snapshot)
            return
        test = info.name.startswith("test")  # measured over all held-out examples: no noise
        kind = "test" if test else "training"
        label = info.label if self.width() >= WIDE else kind
        several, beside = self._several, f"{lane.name} {kind}"
        if self._test_alone:
            beside = lane.name  # the axis says which
        whose = f"{lane.name}, {info.label}" if several else info.label
        self.plot.draw(
            info.name,
            snapshot,
            label=beside if several else label,
            colour=lane.index if several else int(test),
            style="dot" if several and not test else "solid",
            scale=quantity.scale,
            unit=quantity.unit or info.unit,
            soft=not test,
            tip=f"{whose[:1].upper()}{whose[1:]}: {info.help}",
            lane=lane,
        )

    def _draw_own(
        self, lane: Lane, info: ChannelInfo, quantity: Quantity, snapshot: Snapshot
    ) -> None:
        """Draw a curve of a rule without a teacher: a colour for each, or for each experiment."""
        shown = self._shown()
        place = shown.index(info)
        label = info.label
        if self._several:
            label = lane.name if len(shown) == 1 else f"{lane.name}, {info.label}"
        stroke = place if self._several else place // COLOURS
        self.plot.draw(
            info.name,
            snapshot,
            label=label,
            colour=lane.index if self._several else place % COLOURS,
            style=STROKES[stroke % len(STROKES)],
            scale=quantity.scale,
            unit=quantity.unit,
            tip=f"{label}: {info.help}",
            lane=lane,
        )

    def set_earlier(self, runs: Sequence[EarlierRun]) -> None:
        self._runs = runs
        self._earlier.set_runs(runs)
        self._draw_earlier()

    def _draw_earlier(self) -> None:
        runs = self._runs if self._earlier.on else ()
        self.plot.set_earlier(earlier_lines(runs, self._pick))

    def _pick(self, run: EarlierRun) -> list[EarlierLine]:
        """Return what an earlier run has of the chosen quantity: most of all, on the test set."""
        chosen = self._quantity.value()
        scale = QUANTITIES[chosen].scale if chosen in QUANTITIES else 1.0
        if chosen in OWN:
            own = [name for name in run.channels if name.startswith(f"{chosen}.")]
            return [
                EarlierLine(run, name, f"{run.label}, {name.partition('.')[2]}", main=not at)
                for at, name in enumerate(own)
            ]
        found = [name for name in run.channels if name.partition("_")[2] == chosen]
        held_out = [name for name in found if name.startswith("test")]
        return [
            EarlierLine(
                run,
                name,
                f"{run.label}, {'test' if name in held_out else 'training'}",
                scale,
                soft=name not in held_out,
                main=name in held_out or not held_out,
            )
            for name in found
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        if wide == self._amount.isHidden():
            self._amount.setVisible(wide)
            if self._several:
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
        if isinstance(amount := options.get("smoothing"), int):
            self._smoothing.setValue(amount)
        self._earlier.set_on(options.get("earlier"))

    # What there is --------------------------------------------------------------------------

    def _channels(self) -> list[ChannelInfo]:
        if self._entry is None:
            return []
        shown = METRICS if self._entry.taught else OWN
        return [info for info in self._entry.channels if info.metric in shown]

    def _shown(self) -> list[ChannelInfo]:
        chosen = self._quantity.value()
        return [info for info in self._channels() if quantity_of(info) == chosen]

    @property
    def _several(self) -> bool:
        return len(self._lanes) > 1

    def _lines(self) -> list[tuple[Lane, ChannelInfo]]:
        """Return what is drawn of which experiment; of several, in little room, the test alone."""
        shown = self._shown()
        if self._test_alone:
            shown = [info for info in shown if info.name.startswith("test")]
        return [(lane, info) for lane in self._lanes for info in shown if lane.has(info)]

    @property
    def _test_alone(self) -> bool:
        """Whether the held-out curves are drawn without those of training."""
        kinds = {info.name.partition("_")[0] for info in self._shown()}
        return self._several and "test" in kinds and (self.width() < WIDE or len(kinds) == 1)

    def _chance(self) -> tuple[float, str] | None:
        """Return what guessing at random would score, and in which words to say so."""
        classes = len(self._entry.classes) if self._entry else 0
        chosen = self._quantity.value()
        if chosen == "nse":
            return 1.0, "1: always saying the mean"
        if chosen == "selectivity" and self._entry is not None:
            return self._most_selective()
        if not classes or chosen not in ("error", "accuracy"):
            return None
        right = 100 / classes
        level = right if chosen == "accuracy" else 100 - right
        return level, f"chance: {level:.3g} %"

    def _most_selective(self) -> tuple[float, str] | None:
        """Return the selectivity of answering to one pattern alone, where each has a curve."""
        count = len(self._entry.channels_of("response")) if self._entry else 0
        return (1 - 1 / count, f"one of {count} alone: {1 - 1 / count:.3g}") if count else None

    # Hearing --------------------------------------------------------------------------------

    def _choose_quantity(self, key: str) -> None:
        self._wish = key
        self._show_quantity()

    def _show_quantity(self) -> None:
        quantity = QUANTITIES.get(self._quantity.value())
        if quantity is None:
            return
        units = [info.unit for info in self._shown()]
        axis = quantity.title
        if self._test_alone and len(units) > 1:
            axis = f"Test {axis.lower()}"
        self.plot.set_quantity(axis, quantity.unit or (units[0] if units else ""))
        chance = self._chance()
        self.plot.refer(*(chance or (None, "")))
        self._draw_earlier()
        self._quantity.setToolTip(f"What to plot. {quantity.title}: {quantity.help}")
        self.changed.emit()

    def _choose_axis(self) -> None:
        self.plot.set_unit(self._axis.value())
        self.changed.emit()

    def _choose_log(self, on: bool) -> None:
        self.plot.set_log(y=on)

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
    words.setFixedWidth(words.fontMetrics().horizontalAdvance("mean of 128") + 2)
    return both
