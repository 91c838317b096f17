"""The window's regions and what Tab leads to in each: run bar to history bar.

Qt's own order is the order in which widgets were made, and forms are made anew with every rule;
here it is the order in which they are read.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ..ui.focus_ring import FocusRing
from .centre import Centre
from .stage import Stage
from .workspace import in_front

TAB = Qt.FocusPolicy.TabFocus


class Regions(QObject):
    """Leads the focus on by Tab within and F6 between them; each knows where it was last."""

    def __init__(
        self,
        run_bar: QWidget,
        history_bar: QWidget,
        centre: Centre,
        stage: Stage,
        ring: FocusRing,
    ) -> None:
        super().__init__(centre)
        self._run_bar, self._history_bar = run_bar, history_bar
        self._centre, self._stage, self._ring = centre, stage, ring
        self._last: dict[QWidget, QWidget] = {}  # by region, what had the focus there

    def there(self) -> list[QWidget]:
        """The regions that can be seen now, in the order in which they are gone through."""
        centre = self._centre
        parts: list[QWidget] = [self._run_bar, centre.problem_bar]
        if centre.shows(self._stage):
            parts += [*self._stage.frames.values(), self._stage.bar]
        elif centre.shows(centre.workspace):
            docks = centre.workspace.docks
            panels = [docks[key] for key in docks if key not in ("build", "inspector")]
            parts += [docks["build"], *_as_read(panels, centre), docks["inspector"]]
            parts = [part for part in parts if part not in docks.values() or in_front(part)]
        else:
            parts.append(centre.start_page)
        parts.append(self._history_bar)
        return [part for part in parts if part.isVisible()]

    def order(self) -> list[QWidget]:
        """Everything that Tab leads to, region by region, as it is read."""
        return [widget for region in self.there() for widget in controls(region)]

    # ---- going on --------------------------------------------------------------------------

    def tab(self, onward: bool) -> bool:
        """Put the focus on what comes next, or before; False where there is nothing.

        Qt also asks when what has the focus is hidden or disabled. Then nothing has it any more:
        Enter must not press what nobody went to, and the arrows go through the history.
        """
        order, focus = self.order(), QApplication.focusWidget()
        if focus is not None and not (focus.isVisible() and focus.isEnabled()):
            focus.clearFocus()
            return True
        if not order:
            return False
        place = next((i for i, one in enumerate(order) if one is focus), None)
        if place is None:
            place = self._near(order, focus) - (1 if onward else 0)
        target = order[(place + (1 if onward else -1)) % len(order)]
        reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
        self._focus(target, reason)
        return True

    def go(self, way: int, *_: object) -> None:
        """Put the focus into the next region, or the one before."""
        regions, focus = self.there(), QApplication.focusWidget()
        now = next((i for i, part in enumerate(regions) if _holds(part, focus)), None)
        if now is not None and focus is not None:
            self._last[regions[now]] = focus
        start = now if now is not None else (-1 if way > 0 else 0)
        for step in range(1, len(regions) + 1):
            target = self._entrance(regions[(start + way * step) % len(regions)])
            if target is not None:
                self._focus(target, Qt.FocusReason.ShortcutFocusReason)
                return

    def _focus(self, target: QWidget, reason: Qt.FocusReason) -> None:
        self._ring.by_keys()
        target.setFocus(reason)
        above = target.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(target, 8, 8)
            above = above.parentWidget()

    def _near(self, order: list[QWidget], focus: QWidget | None) -> int:
        """The place of the first control in the region that has the focus; 0 where none has."""
        for region in self.there():
            if _holds(region, focus):
                inside = (i for i, one in enumerate(order) if region.isAncestorOf(one))
                return next(inside, 0)
        return 0

    def _entrance(self, region: QWidget) -> QWidget | None:
        """Where the focus was in a region, or its first control; its title's come last."""
        last = self._last.get(region)
        if last is not None and isValid(last) and last.isVisible() and _holds(region, last):
            return last
        found = controls(region)
        inside = [widget for widget in found if not _in_title(widget)]
        return next(iter(inside or found), None)


def controls(region: QWidget) -> list[QWidget]:
    """Return what Tab leads to in a region, line by line."""
    return _as_read(filter(reachable, region.findChildren(QWidget)), region)


def reachable(widget: QWidget) -> bool:
    """Whether Tab leads to a widget."""
    own = widget.focusProxy() is None and not widget.isWindow()
    tabbed = (widget.focusPolicy() & TAB) == TAB
    return own and tabbed and widget.isVisible() and widget.isEnabled()


def _as_read(widgets: Iterable[QWidget], within: QWidget) -> list[QWidget]:
    """Sort from the left to the right and from above to below; what overlaps shares a line."""
    placed = [(widget.mapTo(within.window(), QPoint(0, 0)), widget) for widget in widgets]
    placed.sort(key=lambda pair: pair[0].y() + pair[1].height() / 2)
    lines: list[list[tuple[QPoint, QWidget]]] = []
    for place, widget in placed:
        middle = place.y() + widget.height() / 2
        if lines and middle <= lines[-1][0][0].y() + lines[-1][0][1].height():
            lines[-1].append((place, widget))
        else:
            lines.append([(place, widget)])
    return [widget for line in lines for _, widget in sorted(line, key=lambda pair: pair[0].x())]


def _in_title(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.objectName() == "title bar"


def _holds(region: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and region.isAncestorOf(widget)
