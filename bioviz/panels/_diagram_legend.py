"""The diagram's key: what solid, dashed and dotted arrows, widths and line colours mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..ui import theme
from ..ui.word import number
from ._diagram_colour import draw_ramp
from ._diagram_route import chevron

PENS = {
    "forward": Qt.PenStyle.SolidLine,
    "feedback": Qt.PenStyle.DashLine,
    "lateral": Qt.PenStyle.DotLine,
    "inhibitory": Qt.PenStyle.DashDotLine,
}
SAMPLE, GAP = 24, 14


@dataclass(frozen=True)
class Key:
    """One entry: an arrow's role, or the colours of weights up to `peak`."""

    role: str
    peak: float = 0.0
    told: str = ""  # of the way that errors take

    @property
    def words(self) -> tuple[str, str]:
        """What stands before and after the sample."""
        if self.told:
            return "", self.told
        if self.role == "weight":
            return f"weight {number(-self.peak, 2)}", number(self.peak, 2)
        return "", self.role


class Legend(QWidget):
    """As many entries as there is room for, the most needed first, at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Key to the arrows")
        self.setToolTip(
            "<p>Solid arrows carry activity forward; dashed ones carry errors back through "
            "feedback weights of their own; those that end in a disc inhibit. An arrow is as wide "
            "as the RMS of its weights. Where single weights are drawn, colour is their sign and "
            "width their size. A lock beside a name: it is frozen; −30 %: so much of it is "
            "removed.</p>"
        )
        theme.notifier.changed.connect(self.update)

    def show_keys(self, roles: tuple[str, ...], weight_peak: float | None, way: str = "") -> None:
        """Explain these roles, the colours of weights where lines are drawn, and first of all the
        way that errors take while it is shown."""
        keys: tuple[Key, ...] = (Key("route", told=way),) if way else ()
        keys += tuple(Key(role) for role in roles)
        if weight_peak:
            keys += (Key("weight", weight_peak),)
        if keys != self._keys:
            self._keys = keys
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(sum(self._wide(key) for key in self._keys)), self.fontMetrics().height())

    def shown(self) -> list[Key]:
        """The entries that fit."""
        room, fitting = self.width(), []
        for key in self._keys:
            room -= int(self._wide(key))
            if room < 0:
                break
            fitting.append(key)
        return fitting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        keys = self.shown()
        x = self.width() - sum(self._wide(key) for key in keys) + GAP
        for key in keys:
            self._draw(painter, look, key, x)
            x += self._wide(key)

    def _wide(self, key: Key) -> float:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(text) + 5 for text in key.words if text)
        return SAMPLE + words + GAP

    def _draw(self, painter: QPainter, look: theme.Theme, key: Key, x: float) -> None:
        metrics, middle = self.fontMetrics(), self.height() / 2
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        before, after = key.words
        painter.setPen(QColor(look.muted))
        if before:
            painter.drawText(QPointF(x, base), before)
            x += metrics.horizontalAdvance(before) + 5
        painter.drawText(QPointF(x + SAMPLE + 5, base), after)
        if key.role == "weight":
            draw_ramp(painter, QRectF(x, round(middle) - 3, SAMPLE, 7), "diverging")
            return
        if key.told:
            painter.setPen(QPen(QColor(look.feedback), 2.2))
            for step in range(3):
                mark = chevron(QPointF(x + 6 + step * 8, middle), 180)
                painter.strokePath(mark, painter.pen())
            return
        colour, way = QColor(getattr(look, key.role)), 1 if key.role != "feedback" else -1
        painter.setPen(QPen(colour, 2, PENS[key.role]))
        painter.drawLine(QPointF(x, middle), QPointF(x + SAMPLE, middle))
        tip = x + SAMPLE if way > 0 else x
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if key.role == "inhibitory":
            painter.drawEllipse(QPointF(tip - 3.5, middle), 3.5, 3.5)
            return
        back = QPointF(tip - 7 * way, middle)
        painter.drawPolygon([QPointF(tip, middle), back + QPointF(0, 4), back - QPointF(0, 4)])
