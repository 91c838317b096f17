"""Flow field: where learning carries the two weights of the smallest network, from everywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..core.catalogue import Catalogue, ProjectionEntry
from ..core.flow import Flow, FlowReply, Trail
from ..core.intervention import SetEntry
from ..core.request import Entry
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.together import Together
from ..figures.panels.flow_field import SPAN, UNFIT, in_words, invariant, title_of, two_weights
from ..ui.label import Elided, Empty, toned
from ..ui.limits import Limits
from ..ui.number import NumberEdit
from ..ui.panel import Panel
from ..ui.scale import keep
from ..ui.word import number
from ._bar import push, stack_up
from ._flow_view import FlowView


class FlowFieldPanel(Panel):
    """The plane of both weights with the live rule's mean update as arrows, and the run in it."""

    key = "flow_field"
    title = "Flow field"
    icon = "panel-flow"
    help = (
        "Each arrow is what the rule would change, on average over the training set, if the two "
        "weights were there. On the curve the error is zero. Click to start from another place."
    )
    period = 0.05

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: list[ProjectionEntry] = []  # both forward projections, or none
        self._stamp = ""  # of the field that is drawn
        self._fits = True  # whether no error is sent, by which weights would flow
        self._pointing = False  # whether the words are about the place under the mouse
        self._build()
        self._connect()

    def _build(self) -> None:
        self.first, self.second = (self._box(name) for name in ("W1", "W2"))
        self._set = push("Set", "Set both weights to these values; undo takes them back")
        self._words = Elided(" ")
        self._words.setProperty("tone", "muted")
        self._words.setContentsMargins(2, 0, 4, 0)
        self.view = FlowView()
        plane = QWidget()
        column = QVBoxLayout(plane)
        column.setContentsMargins(8, 0, 0, 2)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self.view, 1)
        self._nothing = Empty(self.icon, UNFIT)
        self._pages = QStackedWidget()
        self._pages.addWidget(plane)
        self._pages.addWidget(self._nothing)
        self._controls: list[QWidget] = [
            toned("W1", "muted"),
            self.first,
            toned("W2", "muted"),
            self.second,
            self._set,
        ]
        stack_up(self, self._controls, self._pages)
        self._say_nothing(UNFIT)

    def _box(self, name: str) -> NumberEdit:
        box = NumberEdit(Limits(ge=-100, le=100), "Weight")
        box.setAccessibleName(f"{name} to start from")
        box.setToolTip(f"{name} to start from: Enter sets both")
        keep(box, "width", 54)
        box.set_value(0.0)
        return box

    def _connect(self) -> None:
        self._set.clicked.connect(self._set_typed)
        for box in (self.first, self.second):
            box.returnPressed.connect(self._set_typed)
            box.rejected.connect(self._explain)
        self.view.clicked.connect(self._set_at)
        self.view.pointed.connect(self._point)

    # The panel's duties ---------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        return not self._fits

    def rebuild(self, catalogue: Catalogue) -> None:
        entry = catalogue.first
        self._paths = two_weights(entry)
        self._fits = bool(self._paths)
        self._stamp = ""
        if not self._paths:
            self._say_nothing(UNFIT)
            return
        self.view.start(*map(title_of, self._paths))
        self._words.setText(" ")
        self._show_controls(True)
        self._pages.setCurrentIndex(0)

    def wanted(self) -> Wanted:
        if not self._paths:
            return NOTHING
        return frozenset({Flow(span=SPAN, known=self._stamp), Trail(), *self._entries()})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self._paths:
            return
        asked = Flow(span=SPAN, known=self._stamp)
        if asked in snapshot.failures:
            self._paths = []  # no use in asking again before the network is another
            self._say_nothing(snapshot.failures[asked])
            return
        reply: FlowReply | None = snapshot.get(asked)
        if reply is not None and reply.field is not None:
            self._stamp = reply.stamp
            self.view.show_field(reply.field)
        first, second = (snapshot.get(entry) for entry in self._entries())
        trail = snapshot.get(Trail())
        if trail is not None and first is not None and second is not None:
            self.view.show_run(trail, (first, second))
            if not self._pointing:
                self._words.setText(self._say_present(first, second))

    def set_live(self, live: bool) -> None:
        self.view.set_live(live)

    def options(self) -> dict[str, Any]:
        return {}

    # What is shown --------------------------------------------------------------------------

    def _entries(self) -> list[Entry]:
        return [Entry(f"{path.name}.w", 0, 0) for path in self._paths]

    def _say(self, first: float, second: float) -> str:
        values = zip(self._paths, (first, second), strict=True)
        return ", ".join(f"{path.name} = {number(round(value, 2))}" for path, value in values)

    def _say_present(self, first: float, second: float) -> str:
        """Say where the weights are, and what stays the same while they move."""
        words, field = self._say(first, second), self.view.field
        if max(abs(first), abs(second)) > SPAN:
            return f"{words}: outside the plane"
        if field is not None and field.parabolic:
            return f"{words}; {in_words(invariant(field, first, second))}"
        return words

    def _say_nothing(self, why: str) -> None:
        self._nothing.sentence.setText(why)
        self._show_controls(False)
        self._pages.setCurrentWidget(self._nothing)

    def _show_controls(self, shown: bool) -> None:
        for control in self._controls:
            control.setVisible(shown)

    # Hearing --------------------------------------------------------------------------------

    def _point(self, weights: tuple[float, float] | None) -> None:
        self._pointing = weights is not None
        if weights is None:
            self.changed.emit()  # the words are the present weights' again
        else:
            self._words.setText(f"{self._say(*weights)}: click to start from here")

    def _set_typed(self) -> None:
        boxes = (self.first, self.second)
        for box in boxes:
            box.finish()
        if not any(box.property("wrong") for box in boxes):
            self._set_at(self.first.value(), self.second.value())

    def _explain(self, reason: str) -> None:
        """Say what is wrong with a typed number; "" where nothing is any more."""
        if reason:
            self._words.setText(reason)

    def _set_at(self, first: float, second: float) -> None:
        """Order both weights to be set, as one step to undo."""
        if not self._paths:
            return
        self.first.set_value(first)
        self.second.set_value(second)
        pairs = zip(self._paths, (first, second), strict=True)
        parts = tuple(SetEntry(f"{path.name}.w", 0, 0, value) for path, value in pairs)
        self.ordered.emit(Together(parts, self._say(first, second)))
