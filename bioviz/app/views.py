"""The views: every panel and the inspector, made once, fed by the pump, and told as one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ..core.catalogue import Catalogue
from ..core.earlier import EarlierRun
from ..core.registry import Registry
from ..core.spec import ExperimentSpec
from ..core.vantage import Vantage
from ..panels.network import NetworkPanel
from ..session.session import PanelView
from ..ui.label import Empty
from ..ui.panel import KeyRow, Panel, Pick
from ..ui.pump import Pump
from .dock import PanelDock
from .inspector import Inspector
from .late import LATE, PATIENCE
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
        self._lane = 0  # which experiment is shown by panels that show one
        self._fitting: dict[str, bool] = {}  # which have something to show, as far as is known
        self._noted: tuple[PanelView, ...] = ()  # what a session notes, until it is built
        self._options: dict[str, dict[str, Any]] = {}  # of panels that are not made yet
        self._told: dict[str, tuple[Any, ...]] = {}  # what is so now, by the method that tells it
        self._beats = 0
        self.panels: dict[str, Panel] = {}
        self.inspector = Inspector()
        self._late = sorted((key for key in PANELS.names() if key in LATE), key=_place)
        for key in sorted((*PANELS.names(), self.inspector.key), key=_place):
            if key == self.inspector.key:
                self._admit(self.inspector)
            elif key in LATE:
                late = LATE[key]
                dock = PanelDock(key, late.title, late.icon, QWidget(), workspace)
                workspace.add(dock)
                dock.seen.connect(self._on_seen)
            else:
                self.panels[key] = PANELS.only(key)()
                self._admit(self.panels[key])
        pump.panel_failed.connect(self._on_failed)
        pump.beaten.connect(self._on_beat)

    def _admit(self, view: Panel) -> None:
        """Give a view its dock, unless that waits for it already, and hear what it tells."""
        if view.key in self._workspace.docks:
            self._workspace.docks[view.key].fill(view)
        else:
            dock = PanelDock(view.key, view.title, view.icon, view, self._workspace)
            self._workspace.add(dock)
        self._pump.add(view)
        view.edited.connect(self.edited)
        view.ordered.connect(self.ordered)
        view.unwanted.connect(self.unwanted)
        view.exported.connect(self.exported)
        view.picked.connect(self.picked)

    # ---- making the late ones --------------------------------------------------------------

    def complete(self) -> None:
        """Make every panel that is still to be made."""
        while self._late:
            self._make(self._late[0])

    def _on_beat(self) -> None:
        """Make one of them at a time once the window is seen, so that nothing waits for all.

        Beside training it would take three times as long: then they wait until they are seen.
        """
        self._beats += 1
        drawn = self._pump.drawn or self._beats > PATIENCE
        if self._late and drawn and not self._pump.playing:
            self._make(self._late[0])

    def _on_seen(self, key: str) -> None:
        if key in self._late and self._pump.drawn:  # while docks are laid out, each seems seen
            self._make(key)

    def _make(self, key: str) -> None:
        self._late.remove(key)
        panel = self.panels[key] = PANELS.only(key)()
        for method, told in self._told.items():
            getattr(panel, method)(*told)
        if self._catalogue is not None:
            self._fitting[key] = self._fits(panel, self._lane)
        if key in self._options:
            panel.set_options(self._options.pop(key))
        self._admit(panel)
        if self._catalogue is not None:
            self._name_docks(self._lane)
        if not self._late:
            for name in sorted(self.panels, key=_place):
                self.panels[name] = self.panels.pop(name)
            self._workspace.set_fitting(self._fitting)
            self._workspace.bring_forward(self._workspace.named)

    @property
    def _all(self) -> tuple[Panel, ...]:
        return (*self.panels.values(), self.inspector)

    def keys(self) -> list[KeyRow]:
        """The panels' own keys, for the sheet of shortcuts."""
        self.complete()
        return [row for panel in self.panels.values() for row in panel.keys]

    # ---- calls down ------------------------------------------------------------------------

    def rebuild(self, catalogue: Catalogue, active: int = 0) -> None:
        """The networks were built anew; panels that show one show the `active` one."""
        self._catalogue = catalogue
        self._lane = lane = min(active, len(catalogue.experiments) - 1)
        self._fitting = {key: self._fits(panel, lane) for key, panel in self.panels.items()}
        self._fitting |= {key: LATE[key].usual for key in self._late}
        self._turn(self.inspector, lane)
        self._put_options()  # again: what they name may not have been there before
        self._name_docks(lane)
        self._workspace.set_fitting(self._fitting)
        if self._noted:  # once those that fit are there
            self._workspace.bring_forward([view.key for view in self._noted])
            self._noted = ()

    def set_active(self, active: int) -> None:
        """Show another experiment in all panels that show one, if it is built already."""
        catalogue = self._catalogue
        if catalogue is None or active >= len(catalogue.experiments):
            return  # it is on its way
        self._lane = active
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
        for key, panel in self.panels.items():
            self._workspace.docks[key].name(panel.heading)
        for view in self._all:
            shown = view.alone if view.shows_all else lane
            whose = entries[shown].name if shown is not None and len(entries) > 1 else ""
            self._workspace.docks[view.key].say_whose(whose, shown or 0)

    def set_spec(self, spec: ExperimentSpec, beside: tuple[ExperimentSpec, ...] = ()) -> None:
        self.inspector.session = beside
        self._tell("set_spec", spec)

    def set_pick(self, pick: Pick) -> None:
        self._tell("set_pick", pick)

    def set_earlier(self, runs: tuple[EarlierRun, ...]) -> None:
        self._tell("set_earlier", runs)

    def set_live(self, live: bool) -> None:
        self._tell("set_live", live)

    def _tell(self, method: str, *told: Any) -> None:
        """Tell every view what is so now, and remember it for those that are made later."""
        self._told[method] = told
        for view in self._all:
            getattr(view, method)(*told)

    def set_lesson(self, lesson: Lesson) -> None:
        self.inspector.set_lesson(lesson)

    def show_card(self) -> None:
        """Bring the rule's card to the front."""
        self.inspector.show_card()
        self._workspace.show_panel(self.inspector.key)

    def bring(self, key: str, variable: str = "") -> None:
        """Bring a panel to the front, perhaps with another variable; the focus stays."""
        if variable:
            self.panels[key].set_options({"variable": variable})
        self._workspace.show_panel(key, focus=False)

    def show_route(self) -> None:
        """Show in the diagram which way errors take."""
        network = self.panels["network"]
        assert isinstance(network, NetworkPanel)  # noqa: S101  (told to the type checker)
        self.bring("network")
        network.show_route()

    # ---- as a session keeps them -----------------------------------------------------------

    def noted(self, before: tuple[PanelView, ...]) -> tuple[PanelView, ...]:
        """How things are looked at; of panels that are unknown here, what was noted before."""
        known = [PanelView(key=key, options=panel.options()) for key, panel in self.panels.items()]
        return (*known, *(view for view in before if view.key not in self.panels))

    def restore(self, noted: tuple[PanelView, ...]) -> None:
        """Look at things as a session notes it, with its panels in front once it is built."""
        self._options.clear()
        self._noted = noted
        self._put_options()

    def _put_options(self) -> None:
        for view in self._noted:
            if view.key in self.panels:
                self.panels[view.key].set_options(dict(view.options))
            elif view.key in self._late:
                self._options[view.key] = dict(view.options)

    def _on_failed(self, panel: Panel, reason: str) -> None:
        self._pump.remove(panel)
        words = f"This panel met a fault and was stopped ({reason}). The log has the details."
        self._workspace.docks[panel.key].setWidget(Empty("error", words))


def _place(key: str) -> int:
    """Where a view stands in the order; those that it does not name come last."""
    return ORDER.index(key) if key in ORDER else len(ORDER)
