"""One line of the command palette: what is found, with the typed letters marked, and its keys."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..ui import icon, theme
from ..ui.scale import px
from .command import Found
from .shortcut_sheet import caps

FOUND = Qt.ItemDataRole.UserRole + 1
VCENTRE = Qt.AlignmentFlag.AlignVCenter


class CommandRow(QStyledItemDelegate):
    """Paints a Found: icon, text, what it does, where it is, and keys."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(px(200), QFontMetrics(option.font).height() + px(12))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: Found = index.data(FOUND)
        look, command = theme.current(), found.command
        row: QRect = option.rect
        font = QFont(option.font)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            self._mark(painter, row)
        room = row.adjusted(px(10), 0, -px(10), 0)
        ink = look.disabled if command.why_not else look.text
        size = px(16)
        if command.icon:
            ratio = painter.device().devicePixelRatioF()
            top = row.center().y() - size // 2
            muted = look.disabled if command.why_not else look.muted
            painter.drawPixmap(room.left(), top, icon.pixmap(command.icon, size, muted, ratio))
        room.setLeft(room.left() + size + px(10))
        room.setRight(self._draw_keys(painter, font, room, command.keys))
        room.setRight(self._draw_place(painter, font, room, found))
        left = self._draw_text(painter, font, room, found, ink)
        self._draw_tip(painter, font, room, left, found)
        painter.restore()

    def _mark(self, painter: QPainter, row: QRect) -> None:
        """The row that Enter chooses: filled, with a bar at its left."""
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent_soft))
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), look.radius, look.radius)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(QRect(row.left() + 1, row.top() + 5, 3, row.height() - 10), 1, 1)

    def _draw_keys(self, painter: QPainter, font: QFont, room: QRect, keys: str) -> int:
        """Draw key caps at the right end; return where they begin."""
        look, right = theme.current(), room.right()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        for cap in reversed(caps(keys) if keys else []):
            wide = max(metrics.horizontalAdvance(cap) + px(10), metrics.height())
            box = QRect(right - wide, 0, wide, metrics.height() + px(2))
            box.moveCenter(QRect(box.left(), room.top(), wide, room.height()).center())
            painter.setPen(QPen(QColor(look.outline), 1))
            painter.setBrush(QColor(look.base))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QColor(look.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
            right = box.left() - px(3)
        return right - (px(6) if keys else 0)

    def _draw_place(self, painter: QPainter, font: QFont, room: QRect, found: Found) -> int:
        """Say where else it is found, before the keys; return where that begins."""
        words = ("recent · " if found.recent else "") + found.command.place
        metrics = QFontMetrics(font)
        wide = min(metrics.horizontalAdvance(words) + 2, room.width() // 3)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
        painter.setPen(QColor(theme.current().muted))
        box = QRect(room.right() - wide, room.top(), wide + 2, room.height())
        painter.drawText(box, VCENTRE | Qt.AlignmentFlag.AlignRight, words)
        return room.right() - wide - px(14)

    def _draw_text(
        self, painter: QPainter, font: QFont, room: QRect, found: Found, ink: str
    ) -> int:
        """Write the command, typed letters bold and underlined; return where it ends."""
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        bold.setUnderline(True)
        text = QFontMetrics(font).elidedText(
            found.command.text, Qt.TextElideMode.ElideRight, room.width()
        )
        left, marked = room.left(), set(found.places)
        for start, end in _stretches(text, marked):
            typed = start in marked
            painter.setFont(bold if typed else font)
            painter.setPen(QColor(theme.current().accent if typed else ink))
            box = QRect(left, room.top(), room.right() - left + px(8), room.height())
            painter.drawText(box, VCENTRE, text[start:end])
            left += painter.fontMetrics().horizontalAdvance(text[start:end])
        return left + px(12)

    def _draw_tip(
        self, painter: QPainter, font: QFont, room: QRect, left: int, found: Found
    ) -> None:
        """Say what it does or why it cannot be chosen, in what room is left."""
        command, look = found.command, theme.current()
        box = QRect(left, room.top(), room.right() - left, room.height())
        if box.width() < px(60):
            return
        painter.setFont(font)
        words = command.why_not or command.tip.split("\n")[-1]
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(QColor(look.warning if command.why_not else look.muted))
        painter.drawText(box, VCENTRE, words)


def _stretches(text: str, marked: set[int]) -> list[tuple[int, int]]:
    """Part a text where marked letters begin and end."""
    cuts = [i for i in range(1, len(text)) if (i in marked) != (i - 1 in marked)]
    edges = [0, *cuts, len(text)]
    return list(pairwise(edges))
