"""Prose: words on a page, among them links that look and work like small buttons.

Tab goes from link to link, Enter or Space presses one. Where only numbers change, nothing around it
is laid out anew unless it needs another height.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from . import theme

SPACE = "\u202f"  # on both sides of a link's words; no line ends there
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
NONE = -1


@dataclass(frozen=True)
class Span:
    """Words in one look; with a `link` they can be pressed, and `tip` says what that does."""

    text: str
    link: str = ""
    tip: str = ""
    stress: bool = False
    live: bool = False  # a number of the run


class Prose(QWidget):
    """A paragraph; it says which link was pressed, and does nothing itself."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._links: list[tuple[int, int, Span]] = []  # from, to, and what it is
        self._focus = self._under = NONE
        self._tall = 0  # pixels that the words take at the present width
        self._tone = "text"
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setUndoRedoEnabled(False)
        wrap = QTextOption(Qt.AlignmentFlag.AlignLeft)
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        theme.notifier.changed.connect(self._redress)

    # ---- calls down ------------------------------------------------------------------------

    def say(self, spans: Sequence[Span], tone: str = "text") -> None:
        """Show other words; `tone` is a colour of the theme."""
        if (tuple(spans), tone) == (self._spans, self._tone):
            return
        kept = [span.link for span in spans] == [span.link for span in self._spans]
        self._spans, self._tone = tuple(spans), tone
        self._focus = self._focus if kept else NONE
        self._write()

    @property
    def text(self) -> str:
        """What can be read, as plain words."""
        return "".join(span.text for span in self._spans)

    @property
    def links(self) -> list[str]:
        return [span.link for _, _, span in self._links]

    def press(self, place: int) -> None:
        """Do what a click on the link does."""
        self.asked.emit(self._links[place][2].link)

    # ---- writing ---------------------------------------------------------------------------

    def _write(self) -> None:
        self._document.clear()
        self._document.setDefaultFont(self.font())
        cursor = QTextCursor(self._document)
        self._links = []
        for span in self._spans:
            begin = cursor.position()
            words = f"{SPACE}{span.text}{SPACE}" if span.link else span.text
            cursor.insertText(words, self._look(span))
            if span.link:
                self._links.append((begin, cursor.position(), span))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._links else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.text)
        self.setAccessibleDescription("; ".join(span.tip for _, _, span in self._links))
        self._document.setTextWidth(self.width())
        tall = self.heightForWidth(self.width())
        if tall != self._tall:
            self._tall = tall
            self.updateGeometry()
        self.update()

    def _look(self, span: Span) -> QTextCharFormat:
        look, style = theme.current(), QTextCharFormat()
        style.setForeground(QColor(getattr(look, "accent" if span.link else self._tone)))
        style.setFontItalic(span.stress)
        if span.live or span.link:
            style.setFontWeight(QFont.Weight.DemiBold)
        return style

    def _redress(self) -> None:
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._write()

    # ---- room ------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._document.textWidth() != width:
            self._document.setTextWidth(width)
        return int(self._document.size().height() + 0.999)

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 60)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._document.setTextWidth(self.width())
        if event.size().width() != event.oldSize().width():
            self._tall = self.heightForWidth(self.width())
            self.updateGeometry()

    # ---- painting --------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.heightForWidth(self.width())  # other widths may have been tried since
        for place, (begin, end, _) in enumerate(self._links):
            hot = place == self._under
            ringed = self.hasFocus() and place == self._focus
            painter.setBrush(QColor(look.accent_soft if not hot else look.hover))
            painter.setPen(QPen(QColor(look.accent), 2 if ringed else 1))
            if not (hot or ringed):
                painter.setPen(QPen(QColor(look.accent_soft), 1))
            for box in self._boxes(begin, end):
                painter.drawRoundedRect(box, 4, 4)
        self._document.drawContents(painter)

    def _boxes(self, begin: int, end: int) -> Iterator[QRectF]:
        """Where characters `begin` to `end` lie: a box for every line that they are on."""
        block = self._document.findBlock(begin)
        lines, corner = block.layout(), self._document.documentLayout().blockBoundingRect(block)
        first, last = begin - block.position(), end - block.position()
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            start, stop = line.textStart(), line.textStart() + line.textLength()
            left, right = max(first, start), min(last, stop)
            if left >= right:
                continue
            x, beyond = _at(line.cursorToX(left)), _at(line.cursorToX(right))
            top = corner.top() + line.y()
            yield QRectF(corner.left() + x, top + 0.5, beyond - x, line.height() - 1)

    # ---- mouse and keys --------------------------------------------------------------------

    def _link_at(self, where: QPointF) -> int:
        for place, (begin, end, _) in enumerate(self._links):
            if any(box.contains(where) for box in self._boxes(begin, end)):
                return place
        return NONE

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._link_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(NONE)

    def _point(self, place: int) -> None:
        if place != self._under:
            self._under = place
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if place != NONE else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._link_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place != NONE:
            self._focus = place
            self.press(place)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._link_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._links[place][2].tip if place >= 0 else "")
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._keep_key(event) or super().event(event)
        return super().event(event)

    def _keep_key(self, event: QKeyEvent) -> bool:
        """Space plays, but not while a link has the focus."""
        kept = self._focus != NONE and event.key() in PRESS
        if kept:
            event.accept()
        return kept

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESS and 0 <= self._focus < len(self._links):
            self.press(self._focus)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._focus = len(self._links) - 1
        elif event.reason() is Qt.FocusReason.TabFocusReason or self._focus == NONE:
            self._focus = 0
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on to the next link before the focus goes on to the next widget."""
        onward = self._focus + (1 if forward else -1)
        if 0 <= onward < len(self._links):
            self._focus = onward
            self.update()
            return True
        return super().focusNextPrevChild(forward)


def _at(found: object) -> float:
    """Where a cursor stands; PySide gives its position along."""
    x = found[0] if isinstance(found, tuple) else found
    return float(x)  # type: ignore[arg-type]
