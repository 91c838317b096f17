"""Weights: a projection's matrix as a map, as receptive-field tiles or as a histogram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..core.catalogue import Catalogue, ExperimentEntry
from ..core.intervention import CopyTranspose, Intervention, Redraw, SetEntry
from ..core.perturbation import FlipSigns
from ..core.request import Conditions
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..figures.condition import WHOLE
from ..figures.weight_source import (
    BESIDE,
    Source,
    differences,
    home,
    missing,
    paths,
    sharing,
    sources,
    why_no_tiles,
)
from ..ui.levels import Levels
from ..ui.panel import Panel, Pick
from ..ui.scale import px
from ._bar import Choice, Segments, push, stack_up
from ._condition import ConditionNote
from ._weight_map import WeightMap
from ._weight_spread import WeightHistogram, WeightTiles

STEPS = (1, 1.5, 2, 3, 4, 6, 8)  # of colour levels: finer than 1, 2, 5, so that colours stay strong
LOW = 230  # pixels of height below which the matrix needs the room of the buttons for B
MOST_WHAT = 150  # pixels for the name of what is shown; the names of experiments may be long
WIDE = 500  # pixels from which the buttons for B have words beside their icons
WIDER = 640  # and from which what was done to the projection has words too
VIEWS = {
    "map": ("Map", "Every weight as a colour: blue is negative, red positive"),
    "tiles": ("Tiles", "The weights into each unit as a picture: its receptive field"),
    "histogram": ("Histogram", "How the weights are spread: W and B together"),
}


class WeightsPanel(Panel):
    """The weights between two layers, forward or feedback, and how they change."""

    key = "weights"
    title = "Weights"
    icon = "panel-weights"
    help = (
        "W are the forward weights, B the feedback weights that carry errors back. Hover for "
        "exact values; double-click an entry of B to change it."
    )

    period = 0.1  # averaging a large matrix takes some milliseconds of training

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ExperimentEntry | None = None
        self._catalogue: Catalogue | None = None
        self._sources: dict[str, Source] = {}
        self._levels: dict[str, Levels] = {}
        self._pick = Pick("nothing")
        self._path_wish, self._what_wish, self._view_wish = "", "w", "map"
        self._build()
        self._connect()

    def _build(self) -> None:
        self._path = Choice("Projection", "Which projection to look at")
        self._what = Choice("What to show", "What to show of it")
        self._what.setMaximumWidth(MOST_WHAT)
        self._view = Segments("View", VIEWS)
        self._draw = push("Draw again", "Draw B anew from its distribution", "new-weights")
        self._copy = push(
            "Copy Wᵀ", "Copy W-transposed into B: backprop's weight transport", "copy"
        )
        self._flip = push(
            "Flip signs", "Turn B to its negative: a weight angle of 60° becomes 120°", "flip-signs"
        )
        self._set = push("Set entry", "Set one entry of B by hand (or double-click it)", "rename")
        self.map = WeightMap()
        self.tiles = WeightTiles()
        self.histogram = WeightHistogram()
        self._pages = QStackedWidget()
        for page in (self.map, self.tiles, self.histogram):
            self._pages.addWidget(page)
        self._orders = {
            button: button.toolTip() for button in (self._draw, self._copy, self._flip, self._set)
        }
        self._condition = ConditionNote()
        controls = [self._path, self._what, self._view, *self._orders, self._condition]
        stack_up(self, controls, self._pages)

    def _connect(self) -> None:
        self._path.chosen.connect(self._choose_path)
        self._what.chosen.connect(self._choose_what)
        self._view.chosen.connect(self._choose_view)
        self._draw.clicked.connect(self._draw_again)
        self._copy.clicked.connect(self._copy_transpose)
        self._flip.clicked.connect(self._flip_signs)
        self._set.clicked.connect(self.map.edit)
        self.map.changed.connect(self.changed)
        self.map.entered.connect(self._set_entry)
        self.map.view.clicked.connect(self._pick_row)
        self.tiles.view.clicked.connect(self._pick_tile)

    # The panel's duties ---------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue) -> None:
        if self._catalogue is None or catalogue.build != self._catalogue.build:
            self._levels.clear()  # else only another experiment is looked at, in the same colours
        self._entry, self._catalogue = catalogue.first, catalogue
        self.tiles.view.clear()
        found = paths(self._entry)
        self._path.offer(found)
        if not self._path.choose(self._path_wish):
            self._path.choose(next(reversed(found), ""))  # the highest: what feedback mirrors
        self._turn()

    def wanted(self) -> Wanted:
        return self._page.wanted() | {Conditions()} if self._source is not None else NOTHING

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._source is not None:
            self._page.show_snapshot(snapshot)
            conditions = snapshot.get(Conditions())
            if conditions is not None:
                known = {} if self.height() < px(LOW) else conditions
                self._condition.show_condition(known.get(self._source.owner, WHOLE))

    def set_pick(self, pick: Pick) -> None:
        if self._entry is None:
            return
        self._pick = pick
        if pick.kind == "projection":
            path, what = home(self._entry, pick.name)
            if self._path.choose(path):
                self._what_wish = what
                self._choose_path(path)
        elif pick.kind == "unit":
            self._find_unit(pick)
        self._show_pick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescaled()

    def rescaled(self) -> None:
        self._show_orders()

    def set_live(self, live: bool) -> None:
        self.histogram.view.plot.set_live(live)

    def options(self) -> dict[str, Any]:
        path = self._path_wish or self._path.value()
        return {"projection": path, "what": self._what_wish, "view": self._view_wish}

    def set_options(self, options: dict[str, Any]) -> None:
        path = options.get("projection")
        if isinstance(path, str) and (self._entry is None or self._path.choose(path)):
            self._path_wish = path
        what = str(options.get("what"))
        if what in ("w", "b", "wt", "dw", "diff") or what.startswith(BESIDE):
            self._what_wish = what
        if options.get("view") in VIEWS:
            self._view_wish = str(options["view"])
        self._turn()

    # What is shown --------------------------------------------------------------------------

    @property
    def _source(self) -> Source | None:
        return self._sources.get(self._what.value())

    @property
    def _page(self) -> WeightMap | WeightTiles | WeightHistogram:
        view = self._view.value()
        if view == "tiles":
            return self.tiles
        return self.histogram if view == "histogram" else self.map

    def _levels_of(self, name: str) -> Levels:
        """Return the colour levels of one matrix, which stay as they are while others are seen."""
        return self._levels.setdefault(name, Levels(STEPS))

    def _find_unit(self, pick: Pick) -> None:
        """Look at the weights into the picked unit, unless its layer is on show already."""
        assert self._entry is not None  # noqa: S101  (set_pick looked)
        source = self._source
        if source is not None and pick.name in (source.rows, source.cols):
            return
        into = next((p for p in self._entry.projections if p.post == pick.name), None)
        if into is not None and self._path.choose(into.name):
            self._what_wish = "w"
            self._choose_path(into.name)

    def _show_pick(self) -> None:
        source = self._source
        unit = self._pick if self._pick.kind == "unit" else None
        self.tiles.frame(unit.unit if unit and source and source.rows == unit.name else None)
        if source is None or unit is None:
            self.map.frame(None)
        elif source.rows == self._pick.name:
            self.map.frame("row", self._pick.unit)
        else:
            self.map.frame("column" if source.cols == self._pick.name else None, self._pick.unit)
        self.changed.emit()

    # Hearing --------------------------------------------------------------------------------

    def _choose_path(self, name: str) -> None:
        self._path_wish = name
        self._turn()

    def _turn(self) -> None:
        """List what can be shown of the chosen projection, and show what is wished of it."""
        if self._entry is None or self._catalogue is None:
            return
        name = self._path.value()
        self._sources = sources(self._entry, name) | differences(self._catalogue, name)
        words = {key: source.label for key, source in self._sources.items()}
        reason = missing(self._entry, name)
        reasons = {"b": reason, "diff": reason} if reason else {}
        absent = {"b": f"B{name.removeprefix('W')}", "diff": f"{name} − Bᵀ"} if reason else {}
        self._what.offer({**words, **absent}, reasons)
        self._what.explain({key: source.help for key, source in self._sources.items()})
        if not self._what.choose(self._what_wish):
            self._what.choose(self._nearest())
        self._show_source()

    def _nearest(self) -> str:
        """Return what to show in place of what is wished for: most of all, another difference."""
        apart = [key for key in self._sources if key.startswith(BESIDE)]
        return apart[0] if apart and self._what_wish.startswith(BESIDE) else "w"

    def _choose_what(self, key: str) -> None:
        self._what_wish = key
        self._show_source()

    def _choose_view(self, key: str) -> None:
        self._view_wish = key
        self._show_source()

    def _show_source(self) -> None:
        """Turn everything to the matrix that is chosen now."""
        source = self._source
        if source is None or self._entry is None or self._catalogue is None:
            return
        reason = why_no_tiles(self._entry, source)
        self._view.allow("tiles", reason)
        self._view.choose("map" if reason and self._view_wish == "tiles" else self._view_wish)
        self._what.setToolTip(f"{source.label}: {source.help}")
        self._copy.setText(f"Copy {self._path.value()}ᵀ")
        others = sharing(self._catalogue, source)
        self.map.show_source(source, self._levels_of(source.label), others)
        self.tiles.show_source(source, self._levels_of(f"{source.label} tiles"), self._entry.image)
        self.histogram.show_source(source, self._entry)
        self._pages.setCurrentWidget(self._page)
        self._show_orders()
        self._show_pick()

    def _show_orders(self) -> None:
        """Offer what can be done to B, in words or icons as there is room; say why it cannot be."""
        source, wide, low = self._source, self.width(), self.height() < px(LOW)
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        style = words if wide >= px(WIDE) else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button, what in self._orders.items():
            fixed = source.fixed if source else ""
            fits = button is not self._set or self._view.value() == "map"
            button.setToolButtonStyle(style)
            button.setVisible(source is not None and source.key == "b" and fits and not low)
            button.setEnabled(not fixed)
            button.setToolTip(fixed or what)
        self._condition.set_brief(wide < px(WIDER))

    def _pick_row(self, row: int, _col: int) -> None:
        if self._source is not None:
            self.picked.emit(Pick("unit", self._source.rows, row))

    def _pick_tile(self, place: int) -> None:
        self._pick_row(place, 0)

    def _feedback(self) -> str:
        source = self._source
        return source.owner if source and source.key == "b" and not source.fixed else ""

    def _order(self, make: Callable[[str], Intervention]) -> None:
        if name := self._feedback():
            self.ordered.emit(make(name))

    def _draw_again(self) -> None:
        self._order(Redraw)

    def _copy_transpose(self) -> None:
        self._order(CopyTranspose)

    def _flip_signs(self) -> None:
        self._order(FlipSigns)

    def _set_entry(self, row: int, col: int, value: float) -> None:
        if name := self._feedback():
            self.ordered.emit(SetEntry(f"{name}.w", row, col, value))
