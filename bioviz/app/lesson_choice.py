"""A choice in a lesson: words on as many lines as they need, and a sign for what was said of it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ..ui import icon, theme

State = Literal["open", "right", "wrong"]
SIDE, TOP, SIGN = 10, 6, 16  # room beside and above the words, and the size of the sign
Wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


class ChoiceButton(QAbstractButton):
    """One answer; once judged it shows a tick or a cross, not a colour alone."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip("Choose this answer")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space still plays
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.state: State = "open"
        theme.notifier.changed.connect(self.update)

    def judge(self, state: State) -> None:
        """Show what was said of it."""
        self.state = state
        words = {"open": "", "right": "right", "wrong": "not right"}[state]
        self.setAccessibleDescription(words)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, width - 3 * SIDE - SIGN, 1000)
        return self.fontMetrics().boundingRect(room, int(Wrapped), self.text()).height() + 2 * TOP

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height() + 2 * TOP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = {"open": look.outline, "right": look.good, "wrong": look.danger}[self.state]
        lifted = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(look.accent if lifted else line), 1.5 if lifted else 1))
        painter.setBrush(QColor(look.hover if self.underMouse() else look.base))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), look.radius, look.radius)
        self._draw_sign(painter, look)
        words = self.rect().adjusted(2 * SIDE + SIGN, TOP, -SIDE, -TOP)
        painter.setPen(QColor(look.text))
        painter.drawText(words, int(Wrapped), self.text())

    def _draw_sign(self, painter: QPainter, look: theme.Theme) -> None:
        place = QRect(SIDE, (self.height() - SIGN) // 2, SIGN, SIGN)
        if self.state == "open":
            painter.setPen(QPen(QColor(look.muted), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place.adjusted(2, 2, -2, -2))
            return
        name, colour = ("check", look.good) if self.state == "right" else ("close", look.danger)
        painter.drawPixmap(place, icon.pixmap(name, SIGN, colour, self.devicePixelRatioF()))
