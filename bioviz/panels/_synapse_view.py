"""Two neurons and a synapse, painted; a click or a key fires one of them."""

from __future__ import annotations

from math import degrees

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontInfo,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from ..core.synapse import Change, SynapseReply
from ..figures.panels.living_synapse import SPAN
from ..figures.synapse_words import Words
from ..ui import theme
from ..ui.picture import Kept
from ._synapse_label import draw_labels
from ._synapse_motion import Motion
from ._synapse_shape import Shape
from ._synapse_trace import TraceArea, column, draw_curve, draw_frame
from ._synapse_weight import draw_row, draw_weight

GRADES = 200  # sizes of the spine that are told apart
TALLEST = 0.46  # of the width: the neurons need no more height
LEAST = 0.33  # of the drawing's size, below which its parts have no names
SMALL = 430  # pixels across below which words are few
KEYS = {Qt.Key.Key_A: "pre", Qt.Key.Key_D: "post"}
TIPS = {
    "pre": "Presynaptic cell: click to fire it (A)",
    "post": "Postsynaptic cell: click to fire it, whatever its potential (D)",
    "": "A fires the presynaptic cell, D the postsynaptic one",
}


class SynapseView(Kept):
    """What stays is drawn once for each size of the synapse; what moves is painted over it."""

    fired = Signal(str)  # "pre" or "post"
    focused = Signal()  # it got the keys, or lost them

    def __init__(self) -> None:
        super().__init__()
        self.reply: SynapseReply | None = None
        self.labelled = True
        self._first = 0.0  # the weight that it began with
        self._change: Change | None = None
        self._words = Words("", "", "")
        self._live = False
        self._shape: Shape | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Two neurons and their synapse")
        self.setToolTip(TIPS[""])
        theme.notifier.changed.connect(self.draw_anew)

    def start(self) -> None:
        """Begin with another network."""
        self.reply, self._change = None, None
        self.draw_anew()

    def show_reply(
        self, reply: SynapseReply, first: float, change: Change | None, words: Words
    ) -> None:
        """Show a synapse as it is now, where it began, what the last pair did, and what to say."""
        before, self.reply = self.reply, reply
        known = before is not None and (before.rest, before.threshold) == (
            reply.rest,
            reply.threshold,
        )
        if (
            not known
            or first != self._first
            or words != self._words
            or _grade(before) != _grade(reply)
        ):
            self._first, self._words = first, words
            self.setAccessibleDescription(f"{words.said} {words.why}")
            self.draw_anew()
        self._change = change
        self.update()

    def set_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def set_labelled(self, labelled: bool) -> None:
        self.labelled = labelled
        self.draw_anew()

    # ---- where things lie ------------------------------------------------------------------

    @property
    def type(self) -> QFont:
        """Large type where there is much room, as in a lecture hall."""
        font = QFont(self.font())
        room = min(self.width() / 640, self.height() / 380)
        font.setPixelSize(round(QFontInfo(self.font()).pixelSize() * min(2.6, max(0.85, room))))
        return font

    def _line(self) -> int:
        return int(1.3 * QFontInfo(self.type).pixelSize())

    @property
    def small(self) -> bool:
        return self.width() < SMALL

    @property
    def low(self) -> bool:
        """Whether there is room for nothing but the neurons and the weight."""
        return self.height() < 11 * self._line()

    def scene(self) -> QRectF:
        """Where the neurons are."""
        return QRectF(2, 2, self.width() - 4, max(20.0, self.foot().top() - 6))

    def foot(self) -> QRectF:
        """Where potential and weight are."""
        line, lines = self._line(), 1 if self.low else 2
        bottom = self.height() - lines * line - 4
        free = bottom - TALLEST * self.width()  # what the neurons cannot use
        high = line if self.low else max(2.6 * line, 0.27 * self.height(), free)
        return QRectF(8, bottom - high, self.width() - 16, high - 4)

    def trace(self, reply: SynapseReply) -> TraceArea:
        foot, beside = self.foot(), column(QFontMetrics(self.type), reply)
        area = QRectF(foot.left() + beside, foot.top(), 0.66 * foot.width() - beside, foot.height())
        return TraceArea.of(area, reply, SPAN)

    def gauge(self) -> QRectF:
        foot = self.foot()
        if self.low:
            return foot
        part = 0.30 * foot.width()
        return QRectF(foot.right() - part, foot.top(), part, foot.height())

    def shape(self) -> Shape:
        strength = 0.5 if self.reply is None else _grade(self.reply) / GRADES
        known, area = self._shape, self.scene()
        if known is None or known.area != area:
            self._shape = Shape(area, strength)
        elif known.strength != strength:
            self._shape = known.grown(strength)
        assert self._shape is not None  # noqa: S101  (told to the type checker)
        return self._shape

    def cell_at(self, place: QPointF) -> str:
        """Which cell lies there: "pre", "post" or ""."""
        shape = self.shape()
        near = QRectF(place - QPointF(4, 4), place + QPointF(4, 4))
        if shape.pre_side.intersects(near):
            return "pre"
        return "post" if shape.receiver.intersects(near) else ""

    # ---- painting --------------------------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        if self.reply is None:
            return
        painter.setFont(self.type)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = self.shape()
        painter.save()
        painter.setClipRect(self.scene())
        draw_cells(painter, shape)
        painter.restore()
        draw_labels(painter, shape, small=self.small, all_=self.labelled and shape.scale > LEAST)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if not self.low:
            draw_frame(painter, self.trace(self.reply), self.reply)
        self._draw_words(painter)

    def _draw_words(self, painter: QPainter) -> None:
        look, metrics, room = theme.current(), painter.fontMetrics(), self.width() - 16
        fits = metrics.horizontalAdvance(self._words.said) <= room
        top = self.foot().bottom() + 4 + metrics.ascent()
        for words, colour in (
            (self._words.said if fits else self._words.brief, look.text),
            ("" if self.low else self._words.why, look.muted),
        ):
            painter.setPen(QColor(colour))
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(8, top), text)
            top += self._line()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.reply is None:
            return
        painter, shape = QPainter(self), self.shape()
        painter.setFont(self.type)
        if self.low:
            draw_row(painter, self.gauge(), self.reply, self._first)
        else:
            draw_weight(painter, self.gauge(), self.reply, self._first)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self._live)
            draw_curve(painter, self.trace(self.reply), self.reply)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.scene())
        Motion(painter, shape, self.reply).paint(self._change)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    # ---- hearing ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        end = KEYS.get(Qt.Key(event.key()), "")
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if end and plain:
            if not event.isAutoRepeat():  # a key that is held down fires once
                self.fired.emit(end)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        end = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and end:
            self.fired.emit(end)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        end = self.cell_at(event.position())
        if self.toolTip() != TIPS[end]:
            self.setToolTip(TIPS[end])
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if end else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()


def _grade(reply: SynapseReply | None) -> int:
    """The weight in steps so fine that nobody sees one: the picture is kept between them."""
    return -1 if reply is None else round(GRADES * min(1.0, max(0.0, reply.w / reply.w_max)))


def draw_cells(painter: QPainter, shape: Shape) -> None:
    """Draw both cells at rest."""
    look, scale = theme.current(), shape.scale
    edge = QPen(QColor(look.axis), max(1.0, 1.8 * scale))
    below, above = QColor(look.accent_soft), QColor(look.alternate)
    painter.setPen(edge)
    painter.setBrush(below)
    painter.drawPath(shape.pre_side)
    painter.setBrush(above)
    painter.drawPath(shape.receiver)
    painter.setBrush(QColor(look.border))
    painter.setPen(QPen(QColor(look.faded), max(1.0, 1.2 * scale)))
    for centre in (shape.pre, shape.post):
        painter.drawEllipse(centre, 0.36 * shape.radius, 0.36 * shape.radius)  # the nucleus
    painter.setPen(QPen(QColor(look.axis), max(1.0, 1.2 * scale)))
    painter.setBrush(QColor(look.series[2]))
    for place in (*shape.store, *shape.docked):
        painter.drawEllipse(place, shape.vesicle * 0.82, shape.vesicle * 0.82)
    _draw_receptors(painter, shape)


def _draw_receptors(painter: QPainter, shape: Shape) -> None:
    """Small channels across the spine's membrane."""
    look, scale = theme.current(), shape.scale
    painter.setPen(QPen(QColor(look.axis), max(1.0, 1.2 * scale)))
    painter.setBrush(QColor(look.series[3]))
    for place, angle in shape.slots:
        painter.save()
        painter.translate(place)
        painter.rotate(degrees(angle))
        channel = QRectF(-6 * scale, -3.6 * scale, 12 * scale, 7.2 * scale)
        painter.drawRoundedRect(channel, 2 * scale, 2 * scale)
        painter.restore()
