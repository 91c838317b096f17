"""The workspace: panels in docks that tab, float, maximise and hide, and their layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget

from .dock import PanelDock

LAYOUT_NUMBER = 1  # Qt refuses a layout of another number


class Workspace(QMainWindow):
    """Docks without a centre: every panel is as good as any other."""

    visibility_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks: dict[str, PanelDock] = {}
        self._maximised: PanelDock | None = None
        self._before: QByteArray | None = None
        self._first: QByteArray | None = None
        self._fitting: dict[str, bool] = {}  # which panels have something to show
        self._away: dict[str, bool] = {}  # docks put away for want of it; whether from in front
        self._called: set[str] = set()  # those that the user wants to see all the same
        self._back: set[str] = set()  # those that came back since panels were brought forward
        self.named: tuple[str, ...] = ()  # what the session wants to be looked at, first of all

    def add(self, dock: PanelDock) -> PanelDock:
        self.docks[dock.key] = dock
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        dock.maximise_asked.connect(self.toggle_maximised)
        dock.visibilityChanged.connect(self._on_visibility)
        return dock

    def arrange(self) -> None:
        """Put every dock in its first place: build, four panels in two rows, inspector."""
        self.restore()
        self._bring_back()
        if self._first is None:
            self._place()
            self._first = self.saveState(LAYOUT_NUMBER)
        else:
            self._put(self._first)
        self._called.clear()
        self.docks["task"].raise_()
        self._share()
        self._put_away()
        self.bring_forward(self.named, anew=True)

    def _place(self) -> None:
        docks = self.docks
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.splitDockWidget(docks["build"], docks["network"], across)
        self.splitDockWidget(docks["network"], docks["inspector"], across)
        self.splitDockWidget(docks["network"], docks["loss"], down)
        self.splitDockWidget(docks["network"], docks["task"], across)
        self.splitDockWidget(docks["loss"], docks["alignment"], across)
        for key in docks:
            if key not in PLACED:
                self.tabifyDockWidget(docks[BESIDE.get(key, "task")], docks[key])
        for key in dict.fromkeys(BESIDE.values()):
            docks[key].raise_()

    def _share(self) -> None:
        """Give each dock its first part of the room."""
        docks, width, height = self.docks, max(self.width(), 900), max(self.height(), 500)
        side = 272 if width < 1500 else 320
        middle = width - 2 * side
        row = [docks["build"], docks["network"], docks["task"], docks["inspector"]]
        sizes = [side, int(middle * 0.56), int(middle * 0.44), side - 24]
        self.resizeDocks(row, sizes, Qt.Orientation.Horizontal)
        columns = [docks["network"], docks["loss"]]
        self.resizeDocks(columns, [height // 2, height // 2], Qt.Orientation.Vertical)
        pair = [docks["loss"], docks["alignment"]]
        self.resizeDocks(pair, [middle // 2, middle // 2], Qt.Orientation.Horizontal)

    def show_panel(self, key: str, *, focus: bool = True) -> None:
        """Bring a panel to the front, wherever it is, and give it the focus."""
        dock = self.docks[key]
        if self._maximised not in (None, dock):
            self.restore()
        self._away.pop(key, None)
        if not self._fitting.get(key, True):
            self._called.add(key)
        dock.show()
        dock.raise_()
        content = dock.widget()
        if content is not None and focus:
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_fitting(self, fitting: Mapping[str, bool]) -> None:
        """Put panels away that have nothing to show, and bring back those that have again.

        What the user closes stays closed, and what he opens stays open.
        """
        self._fitting = dict(fitting)
        self._called -= {key for key, fits in fitting.items() if fits}
        self._put_away()

    def _put_away(self) -> None:
        if self._maximised is not None:
            return  # `restore` comes back to it
        there = [key for key in self._fitting if not self.docks[key].isHidden()]
        unfit = [key for key in there if not self._fitting[key] and key not in self._called]
        self._away |= {key: _in_front(self.docks[key]) for key in unfit}
        for key in unfit:
            self.docks[key].hide()
        for key in [key for key in self._away if self._fitting[key]]:
            self.docks[key].show()
            self._back.add(key)
            if self._away.pop(key):
                self.docks[key].raise_()

    def _bring_back(self) -> None:
        """Show everything that was put away, for a layout to be made with it."""
        for key in self._away:
            self.docks[key].show()
        self._away.clear()

    def bring_forward(self, keys: Sequence[str], *, anew: bool = False) -> None:
        """Turn tabs to the first of these panels beside each other, unless one is in front.

        One that has just come back goes before the others; `anew`, what is in front counts for
        nothing.
        """
        self.named = tuple(keys)
        turned: set[str] = set()
        for key in sorted(keys, key=lambda key: key not in self._back):
            dock = self.docks.get(key)
            if dock is None or dock.isHidden() or key in turned:
                continue
            beside = {other.objectName() for other in self.tabifiedDockWidgets(dock)}
            group = {key, *(k for k, other in self.docks.items() if other.objectName() in beside)}
            in_front = any(_in_front(self.docks[k]) for k in keys if k in group)
            if anew or key in self._back or not in_front:
                dock.raise_()
            turned |= group
        self._back.clear()

    def toggle_panel(self, key: str) -> None:
        """Show a panel that is hidden or behind another; hide one that is in front."""
        dock = self.docks[key]
        if _in_front(dock):
            dock.close()
        else:
            self.show_panel(key)

    # ---- maximising ------------------------------------------------------------------------

    def toggle_maximised(self, dock: PanelDock) -> None:
        """Give the whole workspace to one dock, or take it back."""
        if self._maximised is not None:
            self.restore()
            return
        self._before = self.saveState(LAYOUT_NUMBER)
        self._maximised = dock
        dock.setFloating(False)
        for other in self.docks.values():
            if other is not dock and not other.isFloating():
                other.hide()
        dock.show_maximised(True)

    def maximise_focused(self) -> None:
        """Maximise the panel that has the focus, or else the network."""
        if self._maximised is not None:
            self.restore()
            return
        for dock in self.docks.values():
            focus = self.focusWidget()
            if focus is not None and dock.isAncestorOf(focus) and dock.key in CENTRE:
                self.toggle_maximised(dock)
                return
        self.toggle_maximised(self.docks["network"])

    def restore(self) -> None:
        """Bring back what a maximised panel hid."""
        if self._maximised is None or self._before is None:
            return
        self._maximised.show_maximised(False)
        self._maximised = None
        self._put(self._before)
        self._put_away()

    # ---- the layout ------------------------------------------------------------------------

    def layout_bytes(self) -> bytes:
        """Where every dock lies, as Qt writes it; those that were put away lie where they were."""
        self.restore()
        self._bring_back()
        state = self.saveState(LAYOUT_NUMBER)
        self._put_away()
        return bytes(state.data())

    def take_layout(self, state: bytes) -> bool:
        """Put the docks where `state` says; False where Qt refuses it. Only for our own bytes."""
        taken = self._put(QByteArray(state))
        self._put_away()
        return taken

    def _put(self, state: QByteArray) -> bool:
        """Restore a layout. Qt makes new tab bars for it and leaves the old ones on screen."""
        directly = Qt.FindChildOption.FindDirectChildrenOnly
        old = [bar for bar in self.findChildren(QTabBar, options=directly) if bar.count()]
        taken = self.restoreState(state, LAYOUT_NUMBER)
        for bar in old if taken else ():
            bar.hide()
        return taken

    def childEvent(self, event: QChildEvent) -> None:
        """Never cut a panel's title: where tabs find no room, their bar scrolls."""
        super().childEvent(event)
        bar = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(bar, QTabBar):
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)

    def _on_visibility(self, _: bool) -> None:
        self.visibility_changed.emit()


def _in_front(dock: PanelDock) -> bool:
    return dock.isVisible() and not dock.visibleRegion().isEmpty()


CENTRE = (
    "network", "loss", "alignment", "weights", "task", "weight_scatter", "flow_field", "table",
    "bcm", "principal_axes", "raster", "stdp_window", "living_synapse", "bursts",
)  # fmt: skip
BESIDE = {"raster": "loss", "stdp_window": "alignment"}  # which others they lie behind, as tabs
PLACED = {"build", "network", "task", "loss", "alignment", "inspector"}  # others: tabs beside task
