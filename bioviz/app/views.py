"""The views: every panel and the inspector, made once, fed by the pump, and told as one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ..core.catalogue import Catalogue
from ..core.earlier import EarlierRun
from ..core.registry import Registry
from ..core.spec import ExperimentSpec
from ..core.vantage import Vantage
from ..session.session import PanelView
from ..ui.label import Empty
from ..ui.panel import KeyRow, Panel, Pick
from ..ui.pump import Pump
from .dock import PanelDock
from .inspector import Inspector
from .lesson import Lesson
from .workspace import Workspace

# Their tabs, and with it their keys: what is most used first.
ORDER = (
    "network", "loss", "alignment", "weights", "task", "weight_scatter", "flow_field", "table",
    "inspector", "bcm", "principal_axes", "raster", "stdp_window", "living_synapse", "bursts",
)  # fmt: skip

PANELS: Registry[Any] = Registry("panel", "bioviz.panels")


class Views(QObject):
    """Whatever a panel tells comes out here; whatever is so now goes to all of them."""

    edited = Signal(object, str)
    ordered = Signal(object)
    unwanted = Signal(object)
    exported = Signal(str, object)
    picked = Signal(object)

    def __init__(self, workspace: Workspace, pump: Pump, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pump = pump
        self._catalogue: Catalogue | None = None
        self._noted: tuple[PanelView, ...] = ()  # what a session notes, until it is built
        found = dict(PANELS.items())
        order = sorted(found, key=_place)
        self.panels: dict[str, Panel] = {key: found[key]() for key in order}
        self.inspector = Inspector()
        for view in sorted(self._all, key=lambda view: _place(view.key)):
            workspace.add(PanelDock(view.key, view.title, view.icon, view))
            pump.add(view)
            view.edited.connect(self.edited)
            view.ordered.connect(self.ordered)
            view.unwanted.connect(self.unwanted)
            view.exported.connect(self.exported)
            view.picked.connect(self.picked)
        pump.panel_failed.connect(self._on_failed)

    @property
    def _all(self) -> tuple[Panel, ...]:
        return (*self.panels.values(), self.inspector)

    def keys(self) -> list[KeyRow]:
        """The panels' own keys, for the sheet of shortcuts."""
        return [row for panel in self.panels.values() for row in panel.keys]

    # ---- calls down ------------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue, active: int = 0) -> None:
        """The networks were built anew; panels that show one show the `active` one."""
        self._catalogue = catalogue
        lane = min(active, len(catalogue.experiments) - 1)
        fitting = {key: self._fits(panel, lane) for key, panel in self.panels.items()}
        self._turn(self.inspector, lane)
        self._put_options()  # again: what they name may not have been there before
        self._name_docks(lane)
        self._workspace.set_fitting(fitting)
        if self._noted:  # once those that fit are there
            self._workspace.bring_forward([view.key for view in self._noted])
            self._noted = ()

    def set_active(self, active: int) -> None:
        """Show another experiment in all panels that show one, if it is built already."""
        catalogue = self._catalogue
        if catalogue is None or active >= len(catalogue.experiments):
            return  # it is on its way
        for view in self._all:
            if not view.shows_all and view.lane != active:
                self._turn(view, active)
        self._name_docks(active)

    def _turn(self, panel: Panel, lane: int) -> None:
        assert self._catalogue is not None  # noqa: S101  (callers looked)
        panel.lane = 0 if panel.shows_all else lane
        panel.rebuild(Vantage(panel.lane).catalogue(self._catalogue))

    def _fits(self, panel: Panel, lane: int) -> bool:
        """Turn a panel to an experiment; whether it has something to show of any of them."""
        assert self._catalogue is not None  # noqa: S101  (callers looked)
        self._turn(panel, lane)
        if not panel.idle:
            return True
        others = range(0 if panel.shows_all else len(self._catalogue.experiments))
        for other in others:
            self._turn(panel, other)
            if not panel.idle:
                self._turn(panel, lane)
                return True
        self._turn(panel, lane)
        return False

    def _name_docks(self, lane: int) -> None:
        assert self._catalogue is not None  # noqa: S101  (callers looked)
        entries = self._catalogue.experiments
        whose = entries[lane].name if len(entries) > 1 else ""
        for key, panel in self.panels.items():
            self._workspace.docks[key].name(panel.heading)
        for view in self._all:
            self._workspace.docks[view.key].say_whose("" if view.shows_all else whose, lane)

    def set_spec(self, spec: ExperimentSpec, beside: tuple[ExperimentSpec, ...] = ()) -> None:
        self.inspector.session = beside
        for view in self._all:
            view.set_spec(spec)

    def set_pick(self, pick: Pick) -> None:
        for view in self._all:
            view.set_pick(pick)

    def set_earlier(self, runs: tuple[EarlierRun, ...]) -> None:
        for view in self._all:
            view.set_earlier(runs)

    def set_live(self, live: bool) -> None:
        for view in self._all:
            view.set_live(live)

    def set_lesson(self, lesson: Lesson) -> None:
        self.inspector.set_lesson(lesson)

    def show_card(self) -> None:
        """Bring the rule's card to the front."""
        self.inspector.show_card()
        self._workspace.show_panel(self.inspector.key)

    # ---- as a session keeps them -----------------------------------------------------------

    def noted(self, before: tuple[PanelView, ...]) -> tuple[PanelView, ...]:
        """How things are looked at; of panels that are unknown here, what was noted before."""
        known = [PanelView(key=key, options=panel.options()) for key, panel in self.panels.items()]
        return (*known, *(view for view in before if view.key not in self.panels))

    def restore(self, noted: tuple[PanelView, ...]) -> None:
        """Look at things as a session notes it, with its panels in front once it is built."""
        self._noted = noted
        self._put_options()

    def _put_options(self) -> None:
        for view in self._noted:
            if view.key in self.panels:
                self.panels[view.key].set_options(dict(view.options))

    def _on_failed(self, panel: Panel, reason: str) -> None:
        self._pump.remove(panel)
        words = f"This panel met a fault and was stopped ({reason}). The log has the details."
        self._workspace.docks[panel.key].setWidget(Empty("error", words))


def _place(key: str) -> int:
    """Where a view stands in the order; those that it does not name come last."""
    return ORDER.index(key) if key in ORDER else len(ORDER)
