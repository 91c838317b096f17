"""Network: the live diagram of layers, units and projections, in which the network is edited."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..figures.diagram import compose
from ..figures.diagram_words import HINT, say_sample, tip, variable_title
from ..ui import icon
from ..ui.calm import Calm
from ..ui.choice import NarrowBox
from ..ui.label import Elided, Empty, Steady
from ..ui.panel import Panel, Pick
from ._diagram_bubble import Bubble
from ._diagram_colour import ScaleBar
from ._diagram_edit import Edits
from ._diagram_feed import Feed
from ._diagram_gesture import Gestures
from ._diagram_layout import Target
from ._diagram_legend import Legend
from ._diagram_pick import holds
from ._diagram_route import Way, way_of
from ._diagram_scene import Scene
from ._diagram_view import DIAGRAM_KEYS, View

BOTH = 600  # the least width that holds exact values and the sample beside each other


class NetworkPanel(Panel):
    """The network itself: what is seen here is what runs, and what is edited here runs next."""

    key: ClassVar[str] = "network"
    title: ClassVar[str] = "Network"
    icon: ClassVar[str] = "panel-network"
    keys = DIAGRAM_KEYS
    help: ClassVar[str] = (
        "Layers from input to output, with the activity or the error of every unit for the sample "
        "that is looked at. Solid arrows are forward projections, dashed ones feedback. Click to "
        "pick, double-click words to edit, right-click for more."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._line: tuple[int, int] | None = None  # the (post, pre) of the weight pointed at
        self._dragging = ""
        self._pending = ""  # a variable that was asked for before the network that has it came
        self._words = Calm(self._tell, self)
        self._build()
        self._connect()
        self._redraw()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.scene = Scene(self)
        self.view = View(self.scene)
        self.feed = Feed(self.scene)
        self.edits = Edits(self)
        self.gestures = Gestures(self.view, self.feed, self.edits, self)
        self.bubble = Bubble(self.view)
        self.empty = Empty(
            "panel-network", "No network yet. Open one from the gallery, or choose a template."
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addLayout(self._stack, 1)
        column.addWidget(self._foot())
        self.setFocusProxy(self.view)

    def _head(self) -> QWidget:
        self.variables = NarrowBox()
        self.variables.setAccessibleName("Colour units by")
        self.variables.setToolTip("What the colours of the units show")
        self.variables.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.bar = ScaleBar()
        self.auto = QToolButton()
        self.auto.setText("auto")
        self.auto.setCheckable(True)
        self.auto.setProperty("tone", "small")
        self.auto.setAccessibleName("Automatic colour levels")
        self.auto.setToolTip("Fit the colours to what is shown now; off, levels only ever grow")
        self.legend = Legend()
        self.fit = QToolButton()
        self.fit.setToolTip("Show the whole diagram (0); the wheel zooms, dragging pans")
        self.fit.setAccessibleName("Show the whole diagram")
        icon.tint(self.fit, "fit")
        # what colours mean comes before what arrows mean, where there is not room for both
        bar, legend = (self.bar, 100), (self.legend, 1)
        return _row(8, 4, self.variables, bar, self.auto, legend, self.fit)

    def _foot(self) -> QWidget:
        self.readout = Elided()
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.readout.setAccessibleName("Exact values")
        self.sample = Steady()
        self.sample.setProperty("tone", "muted")
        self.route = QToolButton()
        self.route.setCheckable(True)
        self.route.setIconSize(QSize(16, 16))
        self.route.setProperty("tone", "small")
        self.route.setAccessibleName("Show the way that errors take")
        icon.tint(self.route, "feedback")
        return _row(8, 2, self.route, (self.readout, 1), self.sample)

    def _connect(self) -> None:
        self.variables.activated.connect(self._choose_variable)
        self.auto.toggled.connect(self._choose_auto)
        self.fit.clicked.connect(self.view.fit)
        self.route.toggled.connect(self._draw_route)
        self.view.resized.connect(self._refit)
        self.view.hovered.connect(self._hover)
        self.view.begun.connect(self.bubble.hide)
        self.gestures.picked.connect(self.picked)
        self.gestures.ordered.connect(self.ordered)
        self.gestures.said.connect(self._say_drag)
        self.edits.edited.connect(self._on_edited)
        self.edits.picked.connect(self.picked)
        self.edits.refused.connect(self.explain)

    # ---- what a panel does -----------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue) -> None:
        self._entry = self.gestures.entry = catalogue.first
        self.feed.forget()
        self._offer_variables()
        self._redraw()

    def set_spec(self, spec: ExperimentSpec) -> None:
        self.edits.spec = spec
        self._redraw()

    def set_pick(self, pick: Pick) -> None:
        self.feed.pick = pick if holds(self.scene.diagram, pick) else Pick("nothing")
        self.scene.set_pick(self.feed.pick)
        self.view.picked = self.feed.pick.kind != "nothing"
        self._say()
        self.changed.emit()

    def set_live(self, live: bool) -> None:
        if live != self.feed.live:
            self.feed.live = live
            self.scene.set_live(live)
            self.changed.emit()

    def wanted(self) -> Wanted:
        return self.feed.wanted() if self._entry is not None else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.feed.show(snapshot)
        if self.feed.live:
            self._words.tell_soon()
        else:
            self._words.tell_now()

    def _tell(self) -> None:
        """Say in words and numbers what is shown."""
        self._show_keys()
        words, sentence = say_sample(self.feed.position, self.feed.phase)
        if words != self.sample.text():
            self.sample.setText(words)
            self.sample.setToolTip(tip(sentence))
        self._say()

    def options(self) -> dict[str, Any]:
        variable = self.feed.variable if self._entry else self._pending or self.feed.variable
        return {"variable": variable, "auto": self.feed.scale.auto}

    def set_options(self, options: dict[str, Any]) -> None:
        variable, auto = options.get("variable"), options.get("auto")
        if isinstance(variable, str):
            self._pending = variable
            self._set_variable(variable)
        if isinstance(auto, bool):
            self.auto.setChecked(auto)

    def show_route(self) -> None:
        """Show the way that errors take; where none does, say so."""
        self.route.setChecked(bool(self._way().names))
        self.explain("" if self.route.isChecked() else f"{self._way().words}.")

    # ---- drawing ---------------------------------------------------------------------------

    def _way(self) -> Way:
        return way_of(self.scene.diagram, self._entry)

    def _draw_route(self) -> None:
        way = self._way()
        self.route.setEnabled(bool(way.names))
        if not way.names and self.route.isChecked():
            self.route.setChecked(False)  # and here again, by its signal
            return
        self.route.setToolTip(tip(f"Show the way that errors take. {way.words}."))
        self.scene.show_way(way if self.route.isChecked() else Way())
        self._show_keys()
        self._say()

    def _redraw(self) -> None:
        """Compose the diagram again: the description or the run has changed."""
        diagram = compose(self.edits.spec, self._entry)
        self.gestures.in_place.close()
        self._stack.setCurrentWidget(self.view if diagram.nodes else self.empty)
        self.scene.show_diagram(diagram, self.view.room, self.font())
        self._draw_route()
        self.set_pick(self.feed.pick)
        self.view.fit()
        self._show_keys()
        self.sample.setText(say_sample(self.feed.position)[0] if diagram.nodes else "")

    def _refit(self) -> None:
        self.gestures.in_place.close()
        self.scene.fit(self.view.room, self.font())
        self.view.fit()
        self.bubble.place()
        self._show_keys()
        self.changed.emit()

    def _show_keys(self) -> None:
        self.bar.show_levels(self.feed.bars(), self.feed.base)
        roles = tuple(dict.fromkeys(edge.role for edge in self.scene.diagram.edges))
        way = self._way().key if self.route.isChecked() else ""
        self.legend.show_keys(roles, self.feed.line_peak(), way)

    # ---- choosing --------------------------------------------------------------------------

    def _offer_variables(self) -> None:
        layers = self._entry.layers if self._entry else ()
        known = {variable.name: variable for layer in layers for variable in layer.variables}
        self.variables.clear()
        for name, variable in known.items():
            self.variables.addItem(variable_title(name), name)
            place = self.variables.count() - 1
            self.variables.setItemData(place, variable.help, Qt.ItemDataRole.ToolTipRole)
        wishes = (self._pending, self.feed.variable, "rate")
        self._set_variable(next((name for name in wishes if name in known), ""))

    def _set_variable(self, name: str) -> None:
        place = self.variables.findData(name)
        if place >= 0:
            self.variables.setCurrentIndex(place)
            self._choose_variable(place)

    def _choose_variable(self, place: int) -> None:
        self.feed.variable = self._pending = self.variables.itemData(place)
        help_ = self.variables.itemData(place, Qt.ItemDataRole.ToolTipRole)
        self.variables.setToolTip(tip(f"What the colours of the units show. {help_}"))
        self._show_keys()
        self.changed.emit()

    def _choose_auto(self, auto: bool) -> None:
        self.feed.scale.auto = auto
        self.changed.emit()

    def _on_edited(self, spec: ExperimentSpec, text: str) -> None:
        self.explain("")
        self.edited.emit(spec, text)

    # ---- saying ----------------------------------------------------------------------------

    def explain(self, text: str) -> None:
        """Say in the diagram why something cannot be done, until the user goes on."""
        self.bubble.say(text)

    def _hover(self, target: Target, where: QPointF) -> None:
        self._line = self._line_at(target, where)
        if target != self.feed.hover:
            self.feed.hover = target
            self.explain("")
            self.changed.emit()
        self._say()

    def _line_at(self, target: Target, where: QPointF) -> tuple[int, int] | None:
        wire = self.scene.layout_.wires.get(target.name) if target.kind == "projection" else None
        if wire is None or not wire.lines:
            return None
        return self.scene.lines[target.name].nearest(where)

    def _say_drag(self, text: str) -> None:
        self._dragging = text
        self._say()

    def _say(self) -> None:
        words = self._dragging or self.feed.say(self._line)
        self.readout.setEnabled(bool(words))
        self.sample.setVisible(not words or self.width() >= BOTH)  # exact values come first
        if not words and self.route.isChecked():
            self.readout.setEnabled(True)
            self.readout.say(self._way().words, self._way().brief)
            return
        if not words and self.readout.fontMetrics().horizontalAdvance(HINT) < self.readout.width():
            words = HINT
        if words != self.readout.text():
            self.readout.setText(words)


def _row(side: int, top: int, *parts: QWidget | tuple[QWidget, int]) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(side, top, side, top)
    row.setSpacing(8)
    for part in parts:
        widget, stretch = part if isinstance(part, tuple) else (part, 0)
        row.addWidget(widget, stretch)
    return box
