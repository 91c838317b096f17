"""Curves that are watched while they grow: few axis redraws, exact values, colours of the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import numpy as np
from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ..figures.span import Extent
from . import theme
from .colour import Colour
from .curve import Curve, Stroke
from .hover import Hover
from .label import toned
from .legend import Entry, Legend
from .plot_area import PlotArea
from .reference import References


class CurvePlot(QWidget):
    """Named curves over one x axis, with a legend of its own row, a cross-hair and references."""

    visibility_changed = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: dict[str, Curve] = {}
        self._live, self._smoothing = True, 0.0
        self._build()
        self._connect()
        self._recolour()

    def _build(self) -> None:
        self.view = PlotArea()
        self.item = self.view.getPlotItem()
        self.box = self.item.getViewBox()
        self.extent = Extent(self.box)
        self.references = References(self.item)
        self.hover = Hover(self.view, self._curves)
        self._empty = toned("Press play to draw this curve", "muted", wrap=True)
        self._empty.setParent(self.view)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(self.view, 1)

    def _build_head(self) -> QHBoxLayout:
        tip = "Show all the data and follow them again (A)"
        self._auto_button = QToolButton()
        self._auto_button.setText("fit")
        self._auto_button.setToolTip(tip)
        self._auto_button.setAccessibleName(tip)
        self._auto_button.setProperty("tone", "small")
        self._auto_button.hide()
        self._legend = Legend()
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 4, 0)
        head.addLayout(self._legend, 1)
        head.addWidget(self._auto_button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _connect(self) -> None:
        self.view.pointed.connect(self._point)
        self.view.left.connect(self._leave)
        self.view.resized.connect(self._arrange)
        self.view.reset.connect(self.auto_range)
        self.box.sigRangeChangedManually.connect(self._take_over)
        self._auto_button.clicked.connect(self.auto_range)
        theme.notifier.changed.connect(self._recolour)

    # What to draw ---------------------------------------------------------------------------

    def set_curve(
        self,
        key: str,
        x: np.ndarray,
        y: np.ndarray,
        *,
        label: str | None = None,
        colour: Colour = None,
        style: Stroke = "solid",
        width: float = 1,
        value: str = "",
        tip: str = "",
        soft: bool = True,
        group: str = "",
        words: str = "",
        beside: str = "",
        mark: int | None = None,
    ) -> None:
        """Draw y (n,) over ascending x (n,) under `key`; NaN is a gap, None the next colour.

        `value` is what the legend tells beside the name, `tip` what its tooltip explains; a curve
        that is not `soft` is never smoothed. Those of one `group` lie behind the others and share
        an entry of the legend; hovering tells them apart by their `words`. So does one that
        stands `beside` the curve of that key, which it is drawn after. A `mark` at its end tells
        whose it is without its colour.
        """
        curve = self._curves.get(key) or self._add(key, label or key, colour, group, beside)
        colour = curve.colour if colour is None else colour
        dressed = (colour, style, width, mark) != (
            curve.colour, curve.style, curve.width, curve.mark
        )  # fmt: skip
        curve.colour, curve.style, curve.width, curve.soft = colour, style, width, soft
        curve.mark = mark
        curve.words = words
        curve.tell(label, value, tip)
        if dressed:
            curve.dress(self._live, self.devicePixelRatioF())
        curve.x = np.asarray(x, dtype=np.float64)
        curve.y = np.asarray(y, dtype=np.float64)
        curve.draw(self.extent.y, self._smoothing)
        self._refit()
        self.hover.refresh()

    def _add(self, key: str, label: str, colour: Colour, group: str, beside: str) -> Curve:
        taken = {curve.colour for curve in self._curves.values()}
        free = next(i for i in range(len(taken) + 1) if i not in taken)
        shared = self._curves[beside].entry if beside else self._entry_of(group)
        entry = shared or self._enter(key, label, behind=bool(group))
        curve = Curve(entry, free if colour is None else colour, group=group, beside=beside)
        for item in (curve.ghost, curve.line, curve.end):
            self.item.addItem(item, ignoreBounds=True)
        self._curves[key] = curve
        curve.dress(self._live, self.devicePixelRatioF())
        return curve

    def _entry_of(self, group: str) -> Entry | None:
        same = (curve.entry for curve in self._curves.values() if group and curve.group == group)
        return next(same, None)

    def set_order(self, keys: Sequence[str]) -> None:
        """Name curves in this order in the legend, whichever is drawn first; others after them."""
        self._legend.set_order(keys)

    def _enter(self, key: str, label: str, *, behind: bool) -> Entry:
        """Put a name into the legend; those behind come last."""
        entry = Entry(label)
        entry.tone = "muted" if behind else "text"
        entry.toggled.connect(self._entry_toggled)
        self._legend.enter(entry, None if behind else key)
        return entry

    def remove_curve(self, key: str) -> None:
        """Take the curve `key` away; it need not be there."""
        curve = self._curves.pop(key, None)
        if curve is None:
            return
        for item in (curve.line, curve.ghost, curve.end):
            self.item.removeItem(item)
        if all(other.entry is not curve.entry for other in self._curves.values()):
            self._legend.leave(curve.entry)
        self._refit()
        self.hover.refresh()

    def keys(self) -> list[str]:
        """Return the curves' keys, oldest first."""
        return list(self._curves)

    def clear(self) -> None:
        """Take every curve away; references and markers stay."""
        for key in self.keys():
            self.remove_curve(key)
        self.extent.forget()
        self._refit()

    def set_line(
        self,
        key: str,
        y: float | None,
        label: str = "",
        *,
        colour: Colour = "muted",
        above: bool = False,
    ) -> None:
        """Draw a horizontal reference at `y` with words on it; None takes it away.

        The words stand on the side with more room, or always above the line.
        """
        self.references.set_line(key, y, label, colour, above)
        self._place()

    def set_band(
        self,
        key: str,
        low: float | None,
        high: float | None = None,
        *,
        colour: Colour = "muted",
        upright: bool = False,
    ) -> None:
        """Shade what lies between two heights, or x values if `upright`; None takes it away."""
        self.references.set_band(key, low, high, colour, upright=upright)
        self._place()

    def set_markers(self, markers: Sequence[tuple[float, str]]) -> None:
        """Mark events by vertical lines, each (x, words)."""
        if [(x, text) for _, x, text in self.references.markers] != list(markers):
            self.references.set_markers(markers)
            self._place()

    # How it is drawn ------------------------------------------------------------------------

    def set_labels(self, x: str, y: str, x_unit: str = "", y_unit: str = "") -> None:
        """Name both axes, each with its unit."""
        for side, text, unit in (("bottom", x, x_unit), ("left", y, y_unit)):
            words = f"{text} ({unit})" if unit else text
            self.item.getAxis(side).setLabel(escape(words), color=theme.current().axis)
        self.hover.unit = y_unit
        for part in (self, self.view):
            part.setAccessibleName(f"Plot of {y} over {x}")

    def set_x_words(self, say: Callable[[float], str] | None) -> None:
        """Choose how hovering words an x value; None names the axis and gives the number."""
        self.hover.say_x = say

    def set_log(self, *, y: bool) -> None:
        """Choose a logarithmic y axis; what is not above zero becomes a gap."""
        if y == self.extent.y.log:
            return
        self.extent.y.log = y
        self.item.getAxis("left").setLogMode(x=False, y=y)
        self.extent.forget()
        self._redraw()
        self._place()

    def set_smoothing(self, amount: float) -> None:
        """Average each curve over about 1 / (1 - amount) points, with the raw one faint behind."""
        if amount == self._smoothing:
            return
        self._smoothing = amount
        self._redraw()
        self._refit()

    def set_y_range(self, low: float | None, high: float | None = None) -> None:
        """Fix the y range; None leaves it to the data again."""
        self.extent.y.fixed = None if low is None or high is None else (low, high)
        self._refit()

    def set_x_range(self, low: float, high: float) -> None:
        """Fix the x range, whatever the data."""
        self.extent.x.fixed = (low, high)
        self._refit()

    def set_live(self, live: bool) -> None:
        """Draw thin while training runs, smooth and thicker when it rests: wide lines are dear."""
        if live != self._live:
            self._live = live
            self._dress()

    def set_empty_text(self, text: str) -> None:
        """Choose what is said where no curve has a point yet."""
        self._empty.setText(text)

    def auto_range(self) -> None:
        """Show all the data, and follow them again."""
        self._auto_button.hide()
        self.extent.follow()
        self._refit()

    # Drawing --------------------------------------------------------------------------------

    def _dress(self) -> None:
        for curve in self._curves.values():
            curve.dress(self._live, self.devicePixelRatioF())

    def _redraw(self) -> None:
        for curve in self._curves.values():
            curve.draw(self.extent.y, self._smoothing)

    def _place(self) -> None:
        self.references.place(self.extent.y)
        self._refit()

    def _refit(self) -> None:
        boxes = [(curve.box, curve.shown) for curve in self._curves.values() if curve.box]
        self._empty.setVisible(not boxes)
        shown = [box for box, visible in boxes if visible]
        self.extent.fit(shown, self.references.heights(self.extent.y))

    def _recolour(self) -> None:
        look = theme.current()
        self.view.setBackground(look.plot)
        for side in ("left", "bottom"):
            self.item.getAxis(side).recolour(look)
        self._dress()
        self._place()
        self.hover.recolour(look)

    # Hearing --------------------------------------------------------------------------------

    def _take_over(self) -> None:
        self.extent.following = False
        self._auto_button.show()

    def _entry_toggled(self) -> None:
        for key, curve in self._curves.items():
            if curve.entry is self.sender():
                curve.draw(self.extent.y, self._smoothing)
                self.visibility_changed.emit(key, curve.shown)
        self._refit()

    def _point(self, mouse: QPoint) -> None:
        self.hover.follow(mouse)

    def _leave(self) -> None:
        self.hover.follow(None)

    def _arrange(self) -> None:
        self._empty.setGeometry(self.view.rect().adjusted(64, 8, -26, -44))  # within the axes

    def sizeHint(self) -> QSize:
        return QSize(360, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)
