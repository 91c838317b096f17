"""A gallery card: a network's picture, title, question and rule; a press opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from ..core.registry import RULES, TASKS
from ..session.gallery import Entry, lesson_number
from ..ui import icon, theme
from .sketch import draw_sketch, sketch
from .task_picker import lacks_data

PICTURE = 136
EDGE = 14
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
CARD_KEYS = (  # rows for the sheet of shortcuts
    ("Gallery", "Go to the card beside", "Left Right Up Down"),
    ("Gallery", "Open its network", "Return"),
    ("Gallery", "Back to the network", "Esc"),
)


class Card(QAbstractButton):
    """Something to open, as a sheet that lifts under the mouse; arrows lead to its neighbours."""

    moved = Signal(int, int)  # an arrow key: columns and rows to go

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words = title, words
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setToolTip(f"{title}\n{words}\nEnter or click opens it.")

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(280))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = width - 2 * EDGE
        title, plain = QFontMetrics(self._title_font()), self.fontMetrics()
        lines = len(wrapped(self.title, title, inside, 2)) * title.lineSpacing()
        lines += len(wrapped(self.words, plain, inside, 3)) * plain.lineSpacing()
        return PICTURE + lines + plain.lineSpacing() + 3 * EDGE + 6

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.moved.emit(*ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._draw_sheet(painter, sheet, look)
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(sheet.adjusted(1, 1, -1, -1), 7, 7)
        painter.setClipPath(clip)
        self.draw_picture(painter, QRectF(sheet.left(), sheet.top(), sheet.width(), PICTURE))
        painter.restore()
        self._draw_words(painter, PICTURE + EDGE)
        foot = self.height() - EDGE - self._line()
        self.draw_foot(painter, QRect(EDGE, foot, self.width() - 2 * EDGE, self._line()))

    def _draw_sheet(self, painter: QPainter, sheet: QRectF, look: theme.Theme) -> None:
        lifted = self.underMouse() or self.hasFocus()
        painter.setBrush(QColor(look.base))
        wide = 2.0 if self.hasFocus() else 1.2
        painter.setPen(QPen(QColor(look.accent if lifted else look.border), wide))
        painter.drawRoundedRect(sheet, 8, 8)

    def draw_picture(self, painter: QPainter, area: QRectF) -> None:
        """Draw what is above the words."""

    def draw_foot(self, painter: QPainter, area: QRect) -> None:
        """Draw what is below the words."""

    def _draw_words(self, painter: QPainter, top: int) -> None:
        look, inside = theme.current(), self.width() - 2 * EDGE
        for text, font, colour, most in (
            (self.title, self._title_font(), look.text, 2),
            (self.words, self.font(), look.muted, 3),
        ):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            for line in wrapped(text, metrics, inside, most):
                painter.drawText(QPointF(EDGE, top + metrics.ascent()), line)
                top += metrics.lineSpacing()
            top += 3

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPointSizeF(font.pointSizeF() * 1.1)
        return font

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()


class GalleryCard(Card):
    """A gallery network; its picture is drawn from its description."""

    chosen = Signal(str)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        about = entry.session.about
        super().__init__(about.title or entry.key, about.question, parent)
        self.key = entry.key
        self._spec = entry.session.experiments[0]
        self._sketch = sketch(self._spec)
        rules = dict.fromkeys(spec.rule.key for spec in entry.session.experiments)
        self._rules = [RULES[rule].title if rule in RULES else rule for rule in rules]
        self.lesson = lesson_number(entry.key)
        self.needs_data = False
        self._needs = ""
        self.check_data()
        self.clicked.connect(self._choose)

    def check_data(self) -> None:
        """Look again whether the task's data are on this machine."""
        self.needs_data = lacks_data(self._spec.task)
        needs = ""
        if self.needs_data:
            task = TASKS[self._spec.task.key]
            self._needs = f"needs {task.title}"
            needs = f" Needs {task.title}, {task.megabytes} MB."
        lesson = f"{self.lesson}. " if self.lesson else ""
        told = f"{lesson}{self.words} {', '.join(self._rules)}.{needs}"
        self.setAccessibleDescription(told)
        self.update()

    def draw_picture(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        painter.fillRect(area, QColor(look.alternate))
        low = 10.0 * (self.needs_data or bool(self.lesson))  # makes room for what is above
        draw_sketch(painter, self._sketch, area.adjusted(0, low, 0, low), self.font())
        if self.needs_data:
            self._draw_badge(painter, area)
        if self.lesson:
            painter.setFont(self.font())
            painter.setPen(QColor(look.muted))
            corner = QPointF(area.left() + EDGE, area.top() + 6 + self.fontMetrics().ascent())
            painter.drawText(corner, self.lesson)

    def draw_foot(self, painter: QPainter, area: QRect) -> None:
        look, metrics = theme.current(), self.fontMetrics()
        picture = icon.pixmap("rule", 16, look.accent, self.devicePixelRatioF())
        painter.drawPixmap(area.left(), area.center().y() - 7, picture)
        painter.setPen(QColor(look.accent))
        painter.setFont(self.font())
        first, *more = self._rules
        words = ", ".join(self._rules)
        if more and metrics.horizontalAdvance(words) > area.width() - 22:
            words = f"{first} and {len(more)} more"
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() - 22)
        painter.drawText(area.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_badge(self, painter: QPainter, area: QRectF) -> None:
        """Say at the top right that the data must be fetched first."""
        look, metrics = theme.current(), self.fontMetrics()
        wide, high = metrics.horizontalAdvance(self._needs) + 16, metrics.height() + 4
        pill = QRectF(area.right() - wide - 8, area.top() + 8, wide, high)
        painter.setPen(QPen(QColor(look.warning), 1.2))
        painter.setBrush(QColor(look.base))
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setFont(self.font())
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._needs)

    def _choose(self) -> None:
        self.chosen.emit(self.key)


def wrapped(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Break words into at most `most` lines; the last one ends in an ellipsis where cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line += f" {words.pop(0)}"
        lines.append(line)
    if words:
        rest = " ".join(words)
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return lines
