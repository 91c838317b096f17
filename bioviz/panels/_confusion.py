"""The confusion matrix: what each class of the held-out set is taken for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QToolTip

from ..figures.confusion_words import percent, sentence, shares
from ..ui import theme
from ..ui.canvas import Canvas
from ..ui.colour import colour_table
from ..ui.levels import Levels, Quantiser
from ._confusion_frame import bar_width, draw_bar, draw_column_names, draw_row_names, draw_titles

LEAST = 9  # pixels: smaller numbers cannot be read, so there are none
WIDEST = 1.8  # times as wide as high a cell may be
Key = Qt.Key
STEPS = {
    Key.Key_Left: (0, -1),
    Key.Key_Right: (0, 1),
    Key.Key_Up: (-1, 0),
    Key.Key_Down: (1, 0),
}
ENTER = (Key.Key_Return, Key.Key_Enter)
CONFUSION_KEYS = (  # rows for the sheet of shortcuts
    ("Confusion matrix", "Look at the cell beside", "Left Right Up Down"),
    ("Confusion matrix", "Show the cell's pictures", "Return"),
)


class ConfusionView(Canvas):
    """True classes in rows, answered ones in columns; mistakes in colours, right answers framed.

    Colours are shares of a row, so that frequent classes do not outshine rare ones. A cell is
    looked at with the mouse or the arrow keys (`pointed`), and opened by a click or Enter
    (`pressed`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.percent = False
        self.cell: tuple[int, int] | None = None  # the one that is looked at
        self._counts = np.empty((0, 0), np.int64)
        self._names: tuple[str, ...] = ()
        self._trial = 0
        self._levels = Levels()
        self._levels.set("auto", None)
        self._quantiser = Quantiser()
        self._indices_now = np.empty((0, 0), np.uint8)
        self.setAccessibleName("Confusion matrix")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pointed.connect(self._look)
        theme.notifier.changed.connect(self._recolour)

    def start(self, names: tuple[str, ...], *, opens: bool) -> None:
        """Begin with another network: its classes' names, and whether cells can be opened."""
        self._names, self.cell = names, None
        hand = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)
        ways = "Point at a cell, or go to it with the arrow keys, and it is put into words"
        self.setToolTip(f"{ways}; a click or Enter shows its pictures" if opens else ways)
        self._counts = np.empty((0, 0), np.int64)
        self.clear()

    def say(self, text: str) -> None:
        """Show nothing but a sentence."""
        self._counts = np.empty((0, 0), np.int64)
        self.empty = text
        self.clear()

    def show_counts(self, counts: np.ndarray, trial: int) -> None:
        """Draw (classes, classes), true in rows; what is drawn already is not drawn again."""
        if trial == self._trial and np.array_equal(counts, self._counts):
            return
        self._counts, self._trial = counts, trial
        wrong = shares(counts)
        np.fill_diagonal(wrong, 0)
        self._levels.peak = 0.01
        self._levels.see(self._quantiser.peak(wrong))
        self._indices_now = self._quantiser.quantise(wrong, "sequential", self._levels.peak)
        self._recolour()

    def show_percent(self, on: bool) -> None:
        """Write percent of the row instead of counts."""
        self.percent = on
        self.update()

    def sentence(self) -> str:
        """Say what the cell that is looked at means; "" where none is."""
        if self.cell is None or max(self.cell) >= len(self._counts):
            return ""
        return sentence(self._counts, *self.cell, self._names)

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    # Where things lie -----------------------------------------------------------------------

    def area(self) -> QRect:
        line = self.fontMetrics().height()
        room = self.rect().adjusted(
            line + self._label_width() + 12, 4, -bar_width(self.fontMetrics()), -4
        )
        room.setBottom(room.bottom() - 2 * line - 4)
        wide = min(room.width(), int(WIDEST * room.height()))
        left = room.left() + (room.width() - wide) // 2
        return QRect(left, room.top(), max(1, wide), max(1, room.height()))

    def _label_width(self) -> int:
        """Return the room for the rows' names: a quarter, or more where cells need not so much."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        cells = WIDEST * (self.height() - 2 * metrics.height() - 12)
        spare = self.width() - metrics.height() - 12 - bar_width(metrics) - cells
        return int(min(widest, max(0.24 * self.width(), spare)))

    def _box(self, row: int, col: int, area: QRect) -> QRectF:
        wide, high = self._cell_size(area)
        return QRectF(area.left() + col * wide, area.top() + row * high, wide, high)

    def _cell_size(self, area: QRect) -> tuple[float, float]:
        count = max(1, len(self._counts))
        return area.width() / count, area.height() / count

    # Drawing --------------------------------------------------------------------------------

    def decorate(self, painter: QPainter, area: QRect) -> None:
        self._draw_diagonal(painter, area)
        self._draw_numbers(painter, area)
        painter.setPen(QColor(theme.current().outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.current().text))
        draw_row_names(painter, area, self._names, self._label_width())
        draw_column_names(painter, area, self._names)
        painter.setPen(QColor(theme.current().axis))
        draw_titles(painter, area, self.rect(), self._label_width(), self._trial)
        draw_bar(painter, area, self._levels.peak)
        if self.cell is not None and max(self.cell) < len(self._counts):
            self._draw_frame(painter, self._box(*self.cell, area))

    def _draw_diagonal(self, painter: QPainter, area: QRect) -> None:
        """Fill the right answers in a colour that is in no map, the deeper the more there are."""
        look = theme.current()
        small = min(self._cell_size(area)) < 7  # no room for frames: deeper colours instead
        painter.setPen(Qt.PenStyle.NoPen if small else QPen(QColor(look.good), 1))
        least, more = (0.5, 0.5) if small else (0.1, 0.3)
        for place, share in enumerate(np.diagonal(shares(self._counts)).tolist()):
            painter.setBrush(_mix(QColor(look.plot), QColor(look.good), least + more * share))
            box = self._box(place, place, area)
            painter.drawRect(box if small else box.adjusted(0.5, 0.5, -1, -1))

    def _draw_numbers(self, painter: QPainter, area: QRect) -> None:
        words = self._numbers()
        mistakes = [text for i, row in enumerate(words) for text in row[:i] + row[i + 1 :]]
        font = self._fitting(mistakes, area)
        if font is None:
            return
        rights = [row[i] for i, row in enumerate(words)]
        bold = self._fitting(rights, area, font.pixelSize(), bold=True)
        table, ground = colour_table("sequential", theme.current()), theme.current().plot
        for row, line in enumerate(words):
            for col, text in enumerate(line):
                chosen = bold if row == col else font
                if text and chosen is not None:
                    colour = ground if row == col else table[self._indices_now[row, col]]
                    painter.setFont(chosen)
                    painter.setPen(_readable(QColor(colour)))
                    box = self._box(row, col, area)
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.font())

    def _numbers(self) -> list[list[str]]:
        """Return what is written into each cell: nothing where no mistake was made."""
        if self.percent:
            words = [[percent(value) for value in row] for row in shares(self._counts).tolist()]
        else:
            words = [[str(count) for count in row] for row in self._counts.tolist()]
        none = (self._counts == 0) & ~np.eye(len(words), dtype=bool)
        for row, col in np.argwhere(none).tolist():
            words[row][col] = ""
        return words

    def _fitting(
        self, words: list[str], area: QRect, most: int = 0, *, bold: bool = False
    ) -> QFont | None:
        """Return the largest font in which all words fit into cells; None if none can be read."""
        wide, high = self._cell_size(area)
        longest = max(words, key=len, default="")
        font = QFont(self.font())
        font.setBold(bold)
        for size in range(most or round(1.25 * self.fontInfo().pixelSize()), LEAST - 1, -1):
            font.setPixelSize(size)
            metrics = QFontMetrics(font)
            if metrics.horizontalAdvance(longest) + 4 <= wide and metrics.capHeight() + 5 <= high:
                return font
        return None

    def _draw_frame(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        wide = 2.5 if self.hasFocus() else 1.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((look.base, wide + 2), (look.accent, wide)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(box)

    def _recolour(self) -> None:
        if self._counts.size:
            self.show_indices(self._indices_now, "sequential")

    # Hearing --------------------------------------------------------------------------------

    def _look(self, row: int, col: int) -> None:
        cell = (row, col) if row >= 0 else None
        if cell != self.cell:
            self.cell = cell
            self.setAccessibleDescription(self.sentence())
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() in (*STEPS, *ENTER))
            return event.isAccepted()
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            over = self.cell_at(QPointF(event.pos()))
            words = sentence(self._counts, *over, self._names) if over else self.toolTip()
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._counts.size and key in STEPS:
            self._step(*STEPS[key])
        elif self.cell is not None and key in ENTER:
            self.pressed.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int) -> None:
        last = len(self._counts) - 1
        row, col = self.cell or (0, 0)
        if self.cell is not None:
            row, col = min(max(0, row + down), last), min(max(0, col + right), last)
        self.pointed.emit(row, col)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _mix(ground: QColor, colour: QColor, part: float) -> QColor:
    def between(start: int, end: int) -> int:
        return round(start + part * (end - start))

    return QColor(
        between(ground.red(), colour.red()),
        between(ground.green(), colour.green()),
        between(ground.blue(), colour.blue()),
    )


def _readable(ground: QColor) -> QColor:
    """Return the theme's text or base, whichever stands out from a ground."""
    inks = [QColor(theme.current().text), QColor(theme.current().base)]
    return max(inks, key=lambda ink: abs(_light(ink) - _light(ground)))


def _light(colour: QColor) -> float:
    """Return how bright a colour looks, 0 to 255 (ITU-R BT.601)."""
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()
