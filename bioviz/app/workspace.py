"""The workspace: panels in docks that tab, float, maximise and hide, and their layout."""

from __future__ import annotations

from collections.abc import Sequence

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

    def add(self, dock: PanelDock) -> PanelDock:
        self.docks[dock.key] = dock
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        dock.maximise_asked.connect(self.toggle_maximised)
        dock.visibilityChanged.connect(self._on_visibility)
        return dock

    def arrange(self) -> None:
        """Put every dock in its first place: build, four panels in two rows, inspector."""
        self.restore()
        if self._first is None:
            self._place()
            self._first = self.saveState(LAYOUT_NUMBER)
        else:
            self._put(self._first)
        self.docks["task"].raise_()
        self._share()

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
                self.tabifyDockWidget(docks["task"], docks[key])

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

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, wherever it is."""
        dock = self.docks[key]
        if self._maximised not in (None, dock):
            self.restore()
        dock.show()
        dock.raise_()
        content = dock.widget()
        if content is not None:
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bring_forward(self, keys: Sequence[str]) -> None:
        """Turn the tabs beside the task to the first of these panels, unless one is in front."""
        task = self.docks["task"]
        tabs = [dock for dock in (task, *self.tabifiedDockWidgets(task)) if not dock.isHidden()]
        wanted = {dock.key: dock for dock in tabs if isinstance(dock, PanelDock)}
        if any(key in keys and _in_front(dock) for key, dock in wanted.items()):
            return
        first = next((key for key in keys if key in wanted), None)
        if first is not None:
            wanted[first].raise_()

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

    # ---- the layout ------------------------------------------------------------------------

    def layout_bytes(self) -> bytes:
        """Where every dock lies, as Qt writes it."""
        state = self._before if self._maximised is not None else None
        return bytes((state or self.saveState(LAYOUT_NUMBER)).data())

    def take_layout(self, state: bytes) -> bool:
        """Put the docks where `state` says; False where Qt refuses it. Only for our own bytes."""
        return self._put(QByteArray(state))

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
    "network", "loss", "alignment", "weights", "task", "weight_scatter", "flow_field",
    "living_synapse", "table",
)  # fmt: skip
PLACED = {"build", "network", "task", "loss", "alignment", "inspector"}  # others: tabs beside task
