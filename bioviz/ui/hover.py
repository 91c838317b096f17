"""What a plot tells under the mouse: a cross-hair and the values beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import pyqtgraph as pg
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from . import theme
from .colour import paint
from .curve import Curve
from .plot_area import PlotArea
from .word import number


class Hover:
    """A cross-hair at the sample nearest the mouse, and every curve's value there."""

    def __init__(self, area: PlotArea, curves: Mapping[str, Curve]) -> None:
        self.unit = ""  # of y, behind the values
        self.say_x: Callable[[float], str] | None = None  # instead of the axis's name and number
        self._area, self._curves = area, curves
        self._mouse: QPoint | None = None
        self._cross = pg.InfiniteLine(angle=90)
        self._cross.hide()
        area.getPlotItem().addItem(self._cross, ignoreBounds=True)
        self.words = QLabel(area)
        self.words.setProperty("tone", "readout")
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.hide()

    def follow(self, mouse: QPoint | None) -> None:
        """Go where the mouse is, in the area's pixels; None when it has left."""
        self._mouse = mouse
        self.refresh()

    def recolour(self, look: theme.Theme) -> None:
        self._cross.setPen(pg.mkPen(look.muted))
        self.refresh()

    def refresh(self) -> None:
        """Tell the values that are under the mouse now."""
        at = None if self._mouse is None else self._sampled(self._mouse)
        rows = [] if at is None else self._rows(at)
        self._cross.setVisible(bool(rows))
        self.words.setVisible(bool(rows))
        if not rows or at is None or self._mouse is None:
            return
        self._cross.setPos(at)
        head = f"<span style='color:{theme.current().muted}'>{self._head(at)}</span>"
        self.words.setText("<br>".join([head, *rows]))
        self.words.adjustSize()
        self.words.move(self._beside(self._mouse))

    def _head(self, x: float) -> str:
        if self.say_x is not None:
            return escape(self.say_x(x))
        axis = self._area.getPlotItem().getAxis("bottom")
        return f"{axis.labelText or 'x'} {number(x)}"

    def _sampled(self, mouse: QPoint) -> float | None:
        """Return the sampled x nearest the mouse; None outside the axes."""
        box, scene = self._area.getPlotItem().getViewBox(), self._area.mapToScene(mouse)
        if not box.sceneBoundingRect().contains(scene):
            return None
        x = box.mapSceneToView(scene).x()
        near = [curve.nearest(x) for curve in self._curves.values() if curve.shown]
        found = [value for value in near if value is not None]
        return min(found, key=lambda value: abs(value - x), default=None)

    def _rows(self, x: float) -> list[str]:
        """Word each curve's value at x, or its last one before, which then is shown muted."""
        front_first = sorted(self._curves.values(), key=lambda curve: bool(curve.group))
        sampled = [(curve, curve.sample(x)) for curve in front_first if curve.shown]
        return [self._row(curve, *sample) for curve, sample in sampled if sample is not None]

    def _row(self, curve: Curve, value: float, exact: bool) -> str:
        look = theme.current()
        dot = f"<span style='color:{paint(curve.colour, look).name()}'>■</span>"
        unit = f" {self.unit}".replace(" °", "°") if self.unit else ""
        words = f"{number(value, 4)}{unit}"
        worth = f"<b>{words}</b>" if exact else f"<span style='color:{look.muted}'>{words}</span>"
        return f"{dot} {escape(curve.name)}&nbsp; {worth}"

    def _beside(self, mouse: QPoint) -> QPoint:
        size, room = self.words.size(), self._area.size()
        left = mouse.x() + 14
        if left + size.width() > room.width() - 4:
            left = max(4, mouse.x() - 14 - size.width())
        top = min(max(4, mouse.y() - size.height() // 2), max(4, room.height() - size.height() - 4))
        return QPoint(left, top)
