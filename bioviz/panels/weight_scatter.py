"""W against B: each weight beside its feedback weight, and how far the matrices are apart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.pair import Pairs
from ..core.request import Markers, Request
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.alignment_words import why_no_pairs
from ..figures.pair_words import relation
from ..ui.label import Elided, Empty
from ..ui.panel import Panel, Pick
from ._bar import Choice, Segments, stack_up
from ._pair_view import PairView
from ._timeline import Timeline, curve

BESIDE, BELOW = 500, 440  # pixels of width, or of height, from which both views find room
VIEWS = {
    "pairs": ("Pairs", "Each weight W against its feedback weight B"),
    "time": ("Over time", "How far W and B-transposed are apart, trial by trial"),
}


class WeightScatterPanel(Panel):
    """Whether forward weights come to equal the feedback weights that run against them."""

    key = "weight_scatter"
    title = "W against B"
    icon = "panel-scatter"
    help = (
        "Each point is one connection: its feedback weight B across, its forward weight W up. On "
        "the dashed diagonal both are equal. |W − Bᵀ| is how far the matrices are apart."
    )
    period = 0.1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._wish = ""
        self._room = (False, False)  # whether both views fit, and whether side by side
        self._build()
        self._connect()

    def _build(self) -> None:
        self._path = Choice("Projection", "Which forward weights, beside the B that mirrors them")
        self._view = Segments("View", VIEWS)
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(2, 0, 4, 0)
        self.pairs = PairView()
        self.plot = Timeline()
        self.plot.set_log(y=True)
        self.plot.set_empty_text("Press play: |W − Bᵀ| is drawn here.")
        self._nothing = Empty("feedback", "Build a network to hold its weights against B.")
        stack_up(self, [self._path, self._view], self._lay_out())

    def _lay_out(self) -> QWidget:
        self._left = QWidget()
        self._left.setAutoFillBackground(True)  # the plot is opaque and may have lain here
        column = QVBoxLayout(self._left)
        column.setContentsMargins(8, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self.pairs, 1)
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(self._left, 1)
        self._both.addWidget(self.plot, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(both)
        self._pages.addWidget(self._nothing)
        self._pages.setCurrentWidget(self._nothing)
        return self._pages

    def _connect(self) -> None:
        self._path.chosen.connect(self._choose)
        self._view.chosen.connect(self._arrange)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        entry = self._entry
        return entry is not None and not any(path.mirrors for path in entry.projections)

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = self._entry = catalogue.first
        pairs = {path.mirrors: path for path in entry.projections if path.mirrors}
        self._path.offer({name: f"{name}, {back.name}" for name, back in pairs.items()})
        self._path.explain({name: f"{b.post} → {b.pre}, and back" for name, b in pairs.items()})
        if not self._path.choose(self._wish) and self._path.keys():
            self._path.choose(self._path.keys()[-1])  # the highest learns to align first
        self.plot.start(entry.epoch_trials)
        self._turn()

    def wanted(self) -> Wanted:
        name = self._path.value()
        if not name:
            return NOTHING
        found: set[Request] = set()
        if not self._left.isHidden():
            found.add(Pairs(name))
        if not self.plot.isHidden():
            found |= {Markers(), curve(self._channel)}
        return frozenset(found)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        name = self._path.value()
        reply = snapshot.get(Pairs(name)) if name else None
        if reply is not None:
            self.pairs.show_pairs(reply)
            self._words.say(*relation(reply))
        if name:
            label, tip = f"|{name} − {self._feedback}ᵀ|", "Length of the difference."
            self.plot.draw(self._channel, snapshot, label=label, colour=1, tip=tip)
            self.plot.draw_markers(snapshot)

    def set_live(self, live: bool) -> None:
        self.plot.set_live(live)

    def set_pick(self, pick: Pick) -> None:
        path = self._entry.projection(pick.name) if self._entry else None
        if pick.kind == "projection" and path and self._path.choose(path.mirrors or path.name):
            self._choose(self._path.value())

    def options(self) -> dict[str, Any]:
        return {"projection": self._wish or self._path.value(), "view": self._view.value()}

    def set_options(self, options: dict[str, Any]) -> None:
        path = options.get("projection")
        if isinstance(path, str) and (self._entry is None or self._path.choose(path)):
            self._choose(path)
        self._view.choose(str(options.get("view")))
        self._arrange()

    # What is shown --------------------------------------------------------------------------

    @property
    def _channel(self) -> str:
        return f"weight_difference.{self._path.value()}"

    @property
    def _feedback(self) -> str:
        back = self._entry.feedback_of(self._path.value()) if self._entry else None
        return back.name if back else "B"

    def _choose(self, name: str) -> None:
        self._wish = name
        self._turn()

    def _turn(self) -> None:
        """Begin anew with the projection that is chosen, or say why there is none."""
        if self._entry is None:
            return
        name = self._path.value()
        why = why_no_pairs(self._entry)
        self._nothing.sentence.setText(why)
        self._pages.setCurrentIndex(1 if why else 0)
        self.pairs.start(f"{self._feedback}ᵀ", name)
        self.plot.set_quantity(f"|{name} − {self._feedback}ᵀ|")
        self._words.setText(" ")
        self._arrange()

    def _arrange(self, _view: str = "") -> None:
        """Show both views where there is room for both, else the one that is chosen."""
        both, beside = self._room = _room(self.size())
        nothing = self._pages.currentWidget() is self._nothing
        self._view.setVisible(not both and not nothing)
        self._path.setVisible(not nothing)
        self._left.setVisible(both or self._view.value() == "pairs")
        self.plot.setVisible(both or self._view.value() == "time")
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._both.setStretch(0, 1 if beside else 3)
        self._both.setStretch(1, 1 if beside else 2)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if _room(event.size()) != self._room:
            self._arrange()


def _room(size: QSize) -> tuple[bool, bool]:
    """Whether both views fit into a panel of that size, and whether side by side."""
    both = size.width() >= BESIDE or size.height() >= BELOW
    return both, size.width() >= max(BESIDE, size.height())
