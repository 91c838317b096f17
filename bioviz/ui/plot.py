"""Curves that are watched while they grow: few axis redraws, exact values, colours of the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate
from math import ceil, floor, isfinite, log10
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from . import theme
from .label import Elided, Flow, toned

Stroke: TypeAlias = Literal["solid", "dash", "dot"]
Colour: TypeAlias = int | str | None

MOST_POINTS = 4000  # a longer curve is drawn as the highest and lowest point of each stretch
STROKES = {
    "solid": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dot": Qt.PenStyle.DotLine,
}
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def round_up(value: float, steps: Sequence[float] = (1, 2, 5)) -> float:
    """Return the first round number (1, 2 or 5 times a power of ten) not below `value` > 0."""
    decade = 10.0 ** floor(log10(value))
    return next((s * decade for s in steps if s * decade >= value * (1 - 1e-9)), 10 * decade)


def number(value: float, digits: int = 6) -> str:
    """Word a number for the screen: few digits, a true minus, thin spaces, 10⁻⁵ for 1e-05."""
    if value != value:
        return "no value"
    text = f"{value:.{digits}g}"
    mantissa, e, exponent = text.partition("e")
    if e:
        power = "10" + str(int(exponent)).translate(_SUPERSCRIPT)
        text = {"1": power, "-1": f"-{power}"}.get(mantissa, f"{mantissa}×{power}")
    elif "." not in text and len(text) > 4 and isfinite(value):
        text = f"{int(text):,}".replace(",", "\u2009")
    return text.replace("-", "−")


def smooth(values: np.ndarray, amount: float) -> np.ndarray:
    """Return the exponential moving average of (n,) values; a gap stays a gap and is bridged."""

    def follow(mean: float, value: float) -> float:
        if value != value or mean != mean:
            return mean if value != value else value
        return amount * mean + (1 - amount) * value

    means = np.fromiter(accumulate(values.tolist(), follow), np.float64, len(values))
    means[np.isnan(values)] = np.nan
    return means


def thin(x: np.ndarray, y: np.ndarray, most: int = MOST_POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Return at most `most` points: the lowest and the highest y of each stretch of x."""
    if len(x) <= most:
        return x, y
    size = ceil(len(x) / (most // 2))
    whole = len(x) // size * size
    rows = y[:whole].reshape(-1, size)  # the tail, shorter than a stretch, stays as it is
    both = np.stack([np.fmin.reduce(rows, axis=1), np.fmax.reduce(rows, axis=1)], axis=1)
    ends = x[:whole].reshape(-1, size)[:, [0, -1]]
    return np.append(ends.ravel(), x[whole:]), np.append(both.ravel(), y[whole:])


def paint(colour: Colour, look: theme.Theme) -> QColor:
    """Return the theme's colour for a series index, a token's name or '#rrggbb'."""
    if isinstance(colour, int):
        return QColor(look.series[colour % len(look.series)])
    return QColor(getattr(look, colour) if colour and hasattr(look, colour) else colour or "")


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with one level of round ticks, plain numbers and the theme's colours."""

    SPACING: ClassVar = {"left": 32, "bottom": 92}  # logical pixels between two numbers

    def __init__(self, orientation: Literal["left", "bottom"]) -> None:
        super().__init__(orientation)
        self.steps: Sequence[float] = (1, 2, 5)  # of which ticks are apart, times a power of ten
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickLength=0,
            tickTextOffset=6,
            tickAlpha=255,
            hideOverlappingLabels=False,
            autoReduceTextSpace=False,
        )
        self.recolour(theme.current())

    def boundingRect(self) -> QRectF:
        """Leave room beyond both ends: numbers that do not fit in here are not drawn at all."""
        wide, high = (0, 12) if self.orientation == "left" else (48, 0)
        return QRectF(super().boundingRect().adjusted(-wide, -high, wide, high))

    def recolour(self, look: theme.Theme) -> None:
        self.setPen(pg.mkPen(look.outline))
        self.setTickPen(pg.mkPen(look.grid))
        self.setTextPen(pg.mkPen(look.axis))
        self.setGrid(255)
        self.labelStyle["color"] = look.axis
        self.label.setHtml(self.labelString())

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        room = max(2, size / self.SPACING[self.orientation])
        low, high = min(low, high), max(low, high)
        step = round_up(max((high - low) / room, 1e-300), self.steps)
        if self.logMode:
            step = max(1.0, ceil(step))
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        values = [i * step for i in range(first, last + 1)]
        if self.logMode and (high - low) * 3 <= room:
            between = [d + log10(m) for d in range(floor(low), ceil(high) + 1) for m in (2, 5)]
            values = sorted(values + [v for v in between if low <= v <= high])
        return [(step, values)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [_power(10.0**value) for value in values]
        digits = max(0, -floor(log10(spacing) + 1e-9))
        if digits > 4 or max(map(abs, values), default=0) >= 1e6:
            return [number(value, 4) for value in values]
        gap = "\u2009" if max(map(abs, values), default=0) >= 1e4 else ""
        texts = (f"{value:,.{digits}f}" for value in values)
        return [text.replace(",", gap).replace("-", "−") for text in texts]


def _power(value: float) -> str:
    if 1e-3 < value < 1e5:
        return number(value, 3)
    exponent = floor(log10(value) + 1e-9)
    power = "10" + str(exponent).translate(_SUPERSCRIPT)
    mantissa = round(value / 10.0**exponent)
    return power if mantissa == 1 else f"{mantissa}×{power}"


@dataclass
class Span:
    """One axis's range: it grows in round steps, so that its axis is seldom redrawn."""

    low: float = 0.0
    high: float = 1.0
    fresh: bool = True

    def fit(self, low: float, high: float) -> None:
        """Take in [low, high]; start again if that fills less than 40 % of what is shown."""
        if high <= low:
            pad = abs(low) * 0.1 or 0.5
            low, high = low - pad, high + pad
        inside = self.low <= low and high <= self.high
        if inside and not self.fresh and (high - low) > 0.4 * (self.high - self.low):
            return
        step = round_up((high - low) / 8)
        self.low = floor(low / step + 1e-6) * step
        self.high = ceil(high / step - 1e-6) * step
        self.fresh = False


class Entry(QAbstractButton):
    """One curve's name in the legend, with a piece of its line; a click hides the curve."""

    SAMPLE = 22

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pen = QPen()
        self.value = ""
        self._room = 0  # pixels kept for the value: it changes often, the layout should not
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name(text)

    def name(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(f"Curve {text}")
        self.setToolTip(f"{text}: click to hide or show this curve")
        self.updateGeometry()

    def tell(self, value: str) -> None:
        """Show the curve's present value behind its name."""
        if value == self.value:
            return
        self.value = value
        wide = self._bold().horizontalAdvance(value) + 6 if value else 0
        if wide > self._room:
            self._room = wide
            self.updateGeometry()
        self.update()

    def _bold(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = self.SAMPLE + 6 + metrics.horizontalAdvance(self.text()) + self._room + 10
        return QSize(wide, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.SAMPLE + 18, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isChecked() else 0.4)
        middle = self.height() // 2
        painter.setPen(self.pen)
        painter.drawLine(2, middle, self.SAMPLE, middle)
        words = self.rect().adjusted(self.SAMPLE + 6, 0, -4 - self._room, 0)
        elided = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.setPen(QColor(look.accent if self.hasFocus() else look.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided)
        if self.value:
            words.setLeft(words.left() + self.fontMetrics().horizontalAdvance(elided) + 6)
            words.setRight(self.width())
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.value)


class _View(pg.PlotWidget):  # type: ignore[misc]
    """The plotting area: it tells where the mouse is and when a reset is asked for."""

    pointed = Signal(QPoint)
    resized = Signal()
    left = Signal()
    reset = Signal()

    def __init__(self) -> None:
        axes = {"left": Axis("left"), "bottom": Axis("bottom")}
        super().__init__(axisItems=axes, enableMenu=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the panel has its own
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        item = self.getPlotItem()
        item.hideButtons()
        item.getViewBox().disableAutoRange()
        item.layout.setContentsMargins(2, 8, 26, 2)  # room for the last number of the x axis
        for axis in axes.values():
            axis.setZValue(-200)  # pyqtgraph draws its grid over the curves

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(event.position().toPoint())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.reset.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and not event.modifiers():
            self.reset.emit()
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


@dataclass
class _Curve:
    line: Any
    ghost: Any
    entry: Entry
    colour: Colour
    style: Stroke = "solid"
    width: float = 1
    soft: bool = True
    x: np.ndarray = field(default_factory=lambda: np.empty(0))
    y: np.ndarray = field(default_factory=lambda: np.empty(0))
    box: tuple[float, float, float, float] | None = None  # x low, x high, y low, y high, as drawn


class CurvePlot(QWidget):
    """Named curves over one x axis, with a legend of its own row, a cross-hair and references."""

    log_changed = Signal(bool)
    smoothing_changed = Signal(float)
    visibility_changed = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, tools: bool = True) -> None:
        super().__init__(parent)
        self._curves: dict[str, _Curve] = {}
        self._lines: dict[str, tuple[Any, float, Colour]] = {}
        self._bands: dict[str, tuple[Any, float, float, Colour]] = {}
        self._markers: list[tuple[Any, float, str]] = []
        self._live, self._auto, self._smoothing = True, True, 0.0
        self._log = {"x": False, "y": False}
        self._span = {"x": Span(), "y": Span()}
        self._fixed: dict[str, tuple[float, float] | None] = {"x": None, "y": None}
        self._mouse: QPoint | None = None
        self._unit = ""  # of y, behind the values that hovering shows
        self._say_x: Callable[[float], str] | None = None
        self._build(tools)
        self._connect()
        self._recolour()

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
    ) -> None:
        """Draw y (n,) over ascending x (n,) under `key`; NaN is a gap, None the next colour.

        `value` is what the legend tells beside the name, `tip` what its tooltip explains; a curve
        that is not `soft` is never smoothed.
        """
        curve = self._curves.get(key) or self._add(key, label or key, colour)
        colour = curve.colour if colour is None else colour
        dressed = (colour, style, width) != (curve.colour, curve.style, curve.width)
        curve.colour, curve.style, curve.width, curve.soft = colour, style, width, soft
        if label is not None and label != curve.entry.text():
            curve.entry.name(label)
        curve.entry.tell(value)
        if tip:
            curve.entry.setToolTip(f"{tip}\nClick to hide or show this curve.")
        if dressed:
            self._dress(curve)
        curve.x = np.asarray(x, dtype=np.float64)
        curve.y = np.asarray(y, dtype=np.float64)
        self._draw(curve)
        self._refit()
        self._refresh_hover()

    def remove_curve(self, key: str) -> None:
        """Take the curve `key` away; it need not be there."""
        curve = self._curves.pop(key, None)
        if curve is None:
            return
        for item in (curve.line, curve.ghost):
            self.item.removeItem(item)
        self._legend.removeWidget(curve.entry)
        curve.entry.hide()
        curve.entry.deleteLater()
        self._refit()
        self._refresh_hover()

    def keys(self) -> list[str]:
        """Return the curves' keys, oldest first."""
        return list(self._curves)

    def clear(self) -> None:
        """Take every curve away; references and markers stay."""
        for key in list(self._curves):
            self.remove_curve(key)
        self._span = {"x": Span(), "y": Span()}
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
        old = self._lines.pop(key, None)
        if old is not None:
            self.item.removeItem(old[0])
        if y is not None:
            opts = {"position": 0.99, "anchors": [(1, 1) if above else (1, 0), (1, 1)]}
            line = pg.InfiniteLine(angle=0, label=label or None, labelOpts=opts)
            line.setZValue(-5)
            self.item.addItem(line, ignoreBounds=True)
            self._lines[key] = (line, float(y), colour)
        self._place()

    def set_band(
        self, key: str, low: float | None, high: float | None = None, *, colour: Colour = "muted"
    ) -> None:
        """Shade what lies between two heights; None takes the band away."""
        old = self._bands.pop(key, None)
        if old is not None:
            self.item.removeItem(old[0])
        if low is not None and high is not None:
            band = pg.LinearRegionItem((low, high), orientation="horizontal", movable=False)
            band.setZValue(-10)
            self.item.addItem(band, ignoreBounds=True)
            self._bands[key] = (band, float(low), float(high), colour)
        self._place()

    def set_markers(self, markers: Sequence[tuple[float, str]]) -> None:
        """Mark events by vertical lines, each (x, words)."""
        if [(x, text) for _, x, text in self._markers] == list(markers):
            return
        for line, _, _ in self._markers:
            self.item.removeItem(line)
        self._markers = [self._mark(i, x, text) for i, (x, text) in enumerate(markers)]
        self._place()

    # How it is drawn ------------------------------------------------------------------------

    def set_title(self, text: str) -> None:
        """Show a title above the legend; an empty one takes no room."""
        self._title.setText(text)
        self._title.setVisible(bool(text))

    def set_labels(self, x: str, y: str, x_unit: str = "", y_unit: str = "") -> None:
        """Name both axes, each with its unit."""
        for side, text, unit in (("bottom", x, x_unit), ("left", y, y_unit)):
            words = f"{text} ({unit})" if unit else text
            self.item.getAxis(side).setLabel(escape(words), color=theme.current().axis)
        self._unit = y_unit
        self.setAccessibleName(f"Plot of {y} over {x}")

    def set_x_words(self, say: Callable[[float], str] | None) -> None:
        """Choose how hovering words an x value; None names the axis and gives the number."""
        self._say_x = say

    def set_log(self, *, x: bool | None = None, y: bool | None = None) -> None:
        """Choose logarithmic axes; what is not above zero becomes a gap."""
        asked = {"x": self._log["x"] if x is None else x, "y": self._log["y"] if y is None else y}
        if asked == self._log:
            return
        self._log = asked
        self.item.getAxis("bottom").setLogMode(x=asked["x"], y=False)
        self.item.getAxis("left").setLogMode(x=False, y=asked["y"])
        self._log_button.setChecked(asked["y"])
        self._span = {"x": Span(), "y": Span()}
        for curve in self._curves.values():
            self._draw(curve)
        self._place()
        self.log_changed.emit(asked["y"])

    def set_smoothing(self, amount: float) -> None:
        """Average each curve over about 1 / (1 - amount) points, with the raw one faint behind."""
        if amount == self._smoothing:
            return
        self._smoothing = amount
        self._smooth_button.setChecked(amount > 0)
        for curve in self._curves.values():
            self._draw(curve)
        self._refit()
        self.smoothing_changed.emit(amount)

    def set_y_range(self, low: float | None, high: float | None = None) -> None:
        """Fix the y range; None leaves it to the data again."""
        self._fixed["y"] = None if low is None or high is None else (low, high)
        self._refit()

    def set_x_range(self, low: float | None, high: float | None = None) -> None:
        """Fix the x range; None leaves it to the data again."""
        self._fixed["x"] = None if low is None or high is None else (low, high)
        self._refit()

    def set_live(self, live: bool) -> None:
        """Draw thin while training runs, smooth and thicker when it rests: wide lines are dear."""
        if live != self._live:
            self._live = live
            for curve in self._curves.values():
                self._dress(curve)

    def set_empty_text(self, text: str) -> None:
        """Choose what is said where no curve has a point yet."""
        self._empty.setText(text)

    def auto_range(self) -> None:
        """Show all the data, and follow them again."""
        self._auto = True
        self._auto_button.hide()
        self._span = {"x": Span(), "y": Span()}
        self._refit()

    # Building -------------------------------------------------------------------------------

    def _build(self, tools: bool) -> None:
        self.view = _View()
        self.item = self.view.getPlotItem()
        self.box = self.item.getViewBox()
        self._title = Elided()
        self._title.setProperty("tone", "heading")
        self._title.hide()
        self._build_tools(tools)
        self._build_overlays()
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 4, 0)
        self._legend = Flow()
        head.addLayout(self._legend, 1)
        for button in (self._auto_button, self._smooth_button, self._log_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def _build_tools(self, tools: bool) -> None:
        self._auto_button = _tool("fit", "Show all the data and follow them again (A)")
        self._auto_button.hide()
        self._smooth_button = _tool("smooth", "Smooth the curves; the raw ones stay faint behind")
        self._log_button = _tool("log", "Logarithmic y axis")
        for button in (self._smooth_button, self._log_button):
            button.setCheckable(True)
            button.setVisible(tools)

    def _build_overlays(self) -> None:
        self._cross = pg.InfiniteLine(angle=90)
        self._cross.hide()
        self.item.addItem(self._cross, ignoreBounds=True)
        self._values = QLabel(self.view)
        self._values.setProperty("tone", "readout")
        self._empty = toned("Press play to draw this curve", "muted", wrap=True)
        self._empty.setParent(self.view)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for overlay in (self._values, self._empty):
            overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._values.hide()

    def _connect(self) -> None:
        self.view.pointed.connect(self._point)
        self.view.left.connect(self._leave)
        self.view.resized.connect(self._arrange)
        self.view.reset.connect(self.auto_range)
        self.box.sigRangeChangedManually.connect(self._take_over)
        self._auto_button.clicked.connect(self.auto_range)
        self._log_button.toggled.connect(self._log_asked)
        self._smooth_button.toggled.connect(self._smoothing_asked)
        theme.notifier.changed.connect(self._recolour)

    def _add(self, key: str, label: str, colour: Colour) -> _Curve:
        line, ghost = pg.PlotCurveItem(), pg.PlotCurveItem()
        ghost.setZValue(-1)
        for item in (ghost, line):
            self.item.addItem(item, ignoreBounds=True)
        entry = Entry(label)
        entry.toggled.connect(self._entry_toggled)
        self._legend.addWidget(entry)
        taken = {curve.colour for curve in self._curves.values()}
        free = next(i for i in range(len(taken) + 1) if i not in taken)
        curve = _Curve(line, ghost, entry, free if colour is None else colour)
        self._curves[key] = curve
        self._dress(curve)
        return curve

    def _mark(self, place: int, x: float, text: str) -> tuple[Any, float, str]:
        height = 0.97 - 0.07 * (place % 3)  # neighbours' words at different heights
        opts = {"position": height, "anchors": [(0, 0), (1, 0)]}
        line = pg.InfiniteLine(angle=90, label=f" {text}" if text else None, labelOpts=opts)
        line.setZValue(-4)
        self.item.addItem(line, ignoreBounds=True)
        return line, float(x), text

    # Drawing --------------------------------------------------------------------------------

    def _draw(self, curve: _Curve) -> None:
        x, y = thin(curve.x, curve.y)
        soft = self._smoothing > 0 and curve.soft
        raw = self._scaled(y, "y")
        x = self._scaled(x, "x")
        main = self._scaled(smooth(y, self._smoothing), "y") if soft else raw
        _put(curve.line, x, main)
        shown = curve.entry.isChecked()
        curve.line.setVisible(shown)
        curve.ghost.setVisible(shown and soft)
        if soft:
            _put(curve.ghost, x, raw)
        good = np.isfinite(x) & np.isfinite(raw)
        curve.box = _bounds(x[good], raw[good]) if good.any() else None

    def _scaled(self, values: np.ndarray, axis: str) -> np.ndarray:
        if not self._log[axis]:
            return values
        with np.errstate(invalid="ignore"):
            logs: np.ndarray = np.full(values.shape, np.nan)
            np.log10(values, out=logs, where=values > 0)
        return logs

    def _at(self, value: float, axis: str) -> float:
        if not self._log[axis]:
            return value
        return log10(value) if value > 0 else float("nan")

    def _place(self) -> None:
        """Put the references where the axes' scales want them, in the theme's colours."""
        look = theme.current()
        for line, y, colour in self._lines.values():
            _move(line, self._at(y, "y"))
            _ink(line, paint(colour, look))
        for band, low, high, colour in self._bands.values():
            ends = self._at(low, "y"), self._at(high, "y")
            band.setVisible(all(map(isfinite, ends)))
            if band.isVisible():
                band.setRegion(ends)
            shade = paint(colour, look)
            shade.setAlpha(34)
            band.setBrush(shade)
            for edge in band.lines:
                edge.setPen(pg.mkPen(None))
        for line, x, _ in self._markers:
            _move(line, self._at(x, "x"))
            _ink(line, QColor(look.warning))
        self._refit()

    def _refit(self) -> None:
        boxes = [c.box for c in self._curves.values() if c.box and c.entry.isChecked()]
        self._empty.setVisible(not any(c.box for c in self._curves.values()))
        if not self._auto:
            return
        heights = [self._at(y, "y") for _, y, _ in self._lines.values()]
        heights += [self._at(y, "y") for _, *ends, _ in self._bands.values() for y in ends]
        heights = [y for y in heights if isfinite(y)]
        if boxes:
            self._span["x"].fit(min(b[0] for b in boxes), max(b[1] for b in boxes))
            heights += [edge for box in boxes for edge in box[2:]]
        if heights:
            self._span["y"].fit(min(heights), max(heights))
        self._show_range()

    def _show_range(self) -> None:
        ends = {}
        for axis, span in self._span.items():
            fixed = self._fixed[axis]
            low, high = span.low, span.high
            if fixed is not None:
                low, high = self._at(fixed[0], axis), self._at(fixed[1], axis)
            pad = 0.02 * (high - low) if axis == "y" else 0.0  # a line on the frame is not seen
            ends[axis] = [low - pad, high + pad]
        if [ends["x"], ends["y"]] != self.box.viewRange():
            self.box.setRange(xRange=ends["x"], yRange=ends["y"], padding=0, disableAutoRange=True)

    def _dress(self, curve: _Curve) -> None:
        ink = paint(curve.colour, theme.current())
        fine = 1.6 * self.devicePixelRatioF()  # these pens count the screen's own pixels
        wide = max(1.0, curve.width) * (1.0 if self._live else fine)
        pen = pg.mkPen(ink, width=wide, style=STROKES[curve.style])
        for item in (curve.line, curve.ghost):
            item.opts["antialias"] = not self._live
        curve.line.setPen(pen)
        faint = QColor(ink)
        faint.setAlpha(80)
        curve.ghost.setPen(pg.mkPen(faint, width=1))
        curve.entry.pen = pg.mkPen(ink, width=2, style=STROKES[curve.style], cosmetic=False)
        curve.entry.update()

    def _recolour(self) -> None:
        look = theme.current()
        self.view.setBackground(look.plot)
        for side in ("left", "bottom"):
            self.item.getAxis(side).recolour(look)
        self._cross.setPen(pg.mkPen(look.muted))
        for curve in self._curves.values():
            self._dress(curve)
        self._place()
        self._refresh_hover()

    # Hearing --------------------------------------------------------------------------------

    def _log_asked(self, on: bool) -> None:
        self.set_log(y=on)

    def _smoothing_asked(self, on: bool) -> None:
        if on != (self._smoothing > 0):
            self.set_smoothing(0.9 if on else 0.0)

    def _take_over(self) -> None:
        self._auto = False
        self._auto_button.show()

    def _entry_toggled(self) -> None:
        for key, curve in self._curves.items():
            if curve.entry is self.sender():
                self._draw(curve)
                self.visibility_changed.emit(key, curve.entry.isChecked())
        self._refit()

    def _point(self, where: QPoint) -> None:
        self._mouse = where
        self._refresh_hover()

    def _leave(self) -> None:
        self._mouse = None
        self._refresh_hover()

    def _refresh_hover(self) -> None:
        at = self._hovered_x()
        rows = [] if at is None else self._rows(at)
        self._cross.setVisible(bool(rows))
        self._values.setVisible(bool(rows))
        if not rows or at is None or self._mouse is None:
            return
        self._cross.setPos(self._at(at, "x"))
        words = f"{self.item.getAxis('bottom').labelText or 'x'} {number(at)}"
        words = escape(self._say_x(at)) if self._say_x else words
        head = f"<span style='color:{theme.current().muted}'>{words}</span>"
        self._values.setText("<br>".join([head, *rows]))
        self._values.adjustSize()
        self._values.move(self._beside(self._mouse))

    def _hovered_x(self) -> float | None:
        """Return the sampled x nearest the mouse, in data units."""
        if self._mouse is None:
            return None
        scene = self.view.mapToScene(self._mouse)
        if not self.box.sceneBoundingRect().contains(scene):
            return None
        x = self.box.mapSceneToView(scene).x()
        x = 10**x if self._log["x"] else x
        near = [_nearest(c.x, x) for c in self._curves.values() if c.entry.isChecked()]
        found = [value for value in near if value is not None]
        return min(found, key=lambda value: abs(value - x), default=None)

    def _rows(self, x: float) -> list[str]:
        """Word each curve's value at x, or its last one before, which then is shown muted."""
        look, rows = theme.current(), []
        for curve in self._curves.values():
            place = int(np.searchsorted(curve.x, x, side="right")) - 1
            if not curve.entry.isChecked() or place < 0:
                continue
            dot = f"<span style='color:{paint(curve.colour, look).name()}'>■</span>"
            unit = f" {self._unit}".replace(" °", "°") if self._unit else ""
            value = f"{number(float(curve.y[place]), 4)}{unit}"
            exact = curve.x[place] == x
            value = (
                f"<b>{value}</b>" if exact else f"<span style='color:{look.muted}'>{value}</span>"
            )
            rows.append(f"{dot} {escape(curve.entry.text())}&nbsp; {value}")
        return rows

    def _beside(self, mouse: QPoint) -> QPoint:
        size, room = self._values.size(), self.view.size()
        left = mouse.x() + 14
        if left + size.width() > room.width() - 4:
            left = max(4, mouse.x() - 14 - size.width())
        top = min(max(4, mouse.y() - size.height() // 2), max(4, room.height() - size.height() - 4))
        return QPoint(left, top)

    def _arrange(self) -> None:
        self._empty.setGeometry(self.view.rect().adjusted(64, 8, -26, -44))  # within the axes

    def sizeHint(self) -> QSize:
        return QSize(360, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)


def _tool(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setProperty("tone", "small")
    return button


def _put(item: Any, x: np.ndarray, y: np.ndarray) -> None:
    whole = bool(np.isfinite(y).all()) and bool(np.isfinite(x).all())
    item.setData(x, y, connect="all" if whole else "finite", skipFiniteCheck=whole)


def _bounds(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float, float]:
    return float(x.min()), float(x.max()), float(y.min()), float(y.max())


def _move(line: Any, where: float) -> None:
    line.setVisible(isfinite(where))
    if isfinite(where):
        line.setPos(where)


def _ink(line: Any, colour: QColor) -> None:
    """Colour a reference and its words, on a plate that keeps them readable over curves."""
    line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
    if hasattr(line, "label"):
        line.label.setColor(colour)
        plate = QColor(theme.current().plot)
        plate.setAlpha(200)
        line.label.fill = pg.mkBrush(plate)
        line.label.update()


def _nearest(xs: np.ndarray, x: float) -> float | None:
    if not len(xs):
        return None
    place = int(np.clip(np.searchsorted(xs, x), 1, max(1, len(xs) - 1)))
    around = xs[max(0, place - 1) : place + 1]
    return float(around[np.abs(around - x).argmin()])
