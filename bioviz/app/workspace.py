"""The workspace: panels in docks that tab, float, maximise and hide, and their layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget

from ..ui import theme
from ..ui.scale import px
from .dock import PanelDock
from .panel_sets import FOLLOW, ROOMY, TINY, PanelSet, density

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
        self._set = FOLLOW
        self._first: dict[tuple[str, str], QByteArray] = {}  # by set and room, as first laid out
        self._density = ROOMY
        self._scale = 1.0  # at which the docks were last laid out
        self._left: dict[str, bytes] = {}  # the layout that was last seen in each kind of room
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

    def arrange(self, panel_set: PanelSet = FOLLOW) -> None:
        """Put every dock where `panel_set` has it: build, panels in rows, inspector.

        In a tight window the inspector lies behind the build column, and all panels but the first
        behind one another; in a tiny one that too.
        """
        self.restore()
        self._bring_back()
        self._set, self._density, self._scale = panel_set, self._room(), theme.current().scale
        known = self._first.get((panel_set.key, self._density))
        if known is None:
            self._place(panel_set)
            self._first[panel_set.key, self._density] = self.saveState(LAYOUT_NUMBER)
        else:
            self._put(known)
        self._called.clear()
        if not panel_set.all:  # chosen by name: where one has nothing to show, it says why
            self._called |= {key for key in panel_set.shown if not self._fitting.get(key, True)}
        for key in dict.fromkeys([*(key for _, key in panel_set.behind), panel_set.rows[0][-1]]):
            self.docks[key].raise_()
        if self._density == TINY:
            self.docks[panel_set.rows[0][0]].raise_()
        self.docks["build"].raise_()
        self._share()
        self._put_away()
        if panel_set.all:
            self.bring_forward(self.named, anew=True)

    def _room(self) -> str:
        size, scale = self.window().size(), theme.current().scale
        if scale <= 1:
            return ROOMY  # the window's least size sees to it
        return density(size.width() / scale, size.height() / scale)

    def _place(self, panel_set: PanelSet) -> None:
        docks, rows = self.docks, panel_set.rows
        across = Qt.Orientation.Horizontal
        first, last = rows[0][0], rows[0][-1]
        for dock in docks.values():  # out of whatever tabs they lie in
            self.removeDockWidget(dock)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["build"])
        self.splitDockWidget(docks["build"], docks[first], across)
        if self._density == ROOMY:
            self.splitDockWidget(docks[first], docks["inspector"], across)
        else:
            self.tabifyDockWidget(docks["build"], docks["inspector"])
        if self._density == ROOMY:
            self._place_rows(panel_set)
        else:
            last = self._place_tabs(panel_set)
        shown = {"build", "inspector", *panel_set.shown}
        for key in docks:
            if key not in shown:
                self.tabifyDockWidget(docks[last], docks[key])
            docks[key].setVisible(panel_set.all or key in shown)

    def _place_tabs(self, panel_set: PanelSet) -> str:
        """Put one panel, or two side by side, before all others; return which those lie behind."""
        first, second, *others = panel_set.shown
        front = first if self._density == TINY else second
        if front == second:
            across = Qt.Orientation.Horizontal
            self.splitDockWidget(self.docks[first], self.docks[second], across)
        for key in others if front == second else (second, *others):
            self.tabifyDockWidget(self.docks[front], self.docks[key])
        return front

    def _place_rows(self, panel_set: PanelSet) -> None:
        docks, rows = self.docks, panel_set.rows
        for above, below in pairwise(rows):
            self.splitDockWidget(docks[above[0]], docks[below[0]], Qt.Orientation.Vertical)
        for row in rows:
            for left, right in pairwise(row):
                self.splitDockWidget(docks[left], docks[right], Qt.Orientation.Horizontal)
        for key, front in panel_set.behind:
            self.tabifyDockWidget(docks[front], docks[key])

    def _share(self) -> None:
        """Give each dock its first part of the room."""
        docks, width, height = self.docks, max(self.width(), 900), max(self.height(), 500)
        side = px(272 if width < px(1500) else 320)
        sides = [docks["build"]] if self._density != ROOMY else [docks["build"], docks["inspector"]]
        middle = width - side * len(sides)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        (left, right), (below, beside) = self._set.rows
        if self._density == TINY:
            self.resizeDocks([docks["build"], docks[left]], [side, middle], across)
            return
        row = [docks["build"], docks[left], docks[right], *sides[1:]]
        sizes = [side, int(middle * 0.56), int(middle * 0.44), side - px(24)]
        self.resizeDocks(row, sizes[: len(row)], across)
        if self._density != ROOMY:
            return
        self.resizeDocks([docks[left], docks[below]], [height // 2, height // 2], down)
        self.resizeDocks([docks[below], docks[beside]], [middle // 2, middle // 2], across)

    def note_layout(self) -> None:
        """Remember where everything lies, before another interface scale moves it."""
        if self._first and self._maximised is None:
            self._left[self._density] = self.layout_bytes()

    def follow_scale(self) -> None:
        """Lay the panels out for the room that the interface scale leaves.

        Each kind of room has a layout of its own, which is there again when its scale is.
        """
        room, scale = self._room(), theme.current().scale
        if not self._first or self._maximised is not None or scale == self._scale:
            return  # not laid out at all yet, or not now
        if room != self._density:
            known = self._left.get(room)
            self.arrange(self._set)
            if known is not None:
                self.take_layout(known)
        else:
            docks = [self.docks[key] for key in ("build", "inspector") if in_front(self.docks[key])]
            widths = [round(dock.width() * scale / self._scale) for dock in docks]
            self.resizeDocks(docks, widths, Qt.Orientation.Horizontal)
        self._scale = scale

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
        if content is not None and focus:  # it may be on stage
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
        self._away |= {key: in_front(self.docks[key]) for key in unfit}
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
            seen = any(in_front(self.docks[k]) for k in keys if k in group)
            if anew or key in self._back or not seen:
                dock.raise_()
            turned |= group
        self._back.clear()

    def toggle_panel(self, key: str) -> None:
        """Show a panel that is hidden or behind another; hide one that is in front."""
        dock = self.docks[key]
        if in_front(dock):
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

    def as_it_is(self) -> QByteArray:
        """Where every dock lies at this moment, also while one is maximised."""
        return self.saveState(LAYOUT_NUMBER)

    def put_back(self, state: QByteArray) -> None:
        """Put every dock where it lay."""
        self._put(state)

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


def in_front(dock: QWidget) -> bool:
    """Whether a dock can be seen, and does not lie behind another."""
    return dock.isVisible() and not dock.visibleRegion().isEmpty()


CENTRE = (
    "network", "loss", "alignment", "weights", "task", "weight_scatter", "flow_field", "table",
    "bcm", "principal_axes", "raster", "stdp_window", "living_synapse", "bursts",
)  # fmt: skip
