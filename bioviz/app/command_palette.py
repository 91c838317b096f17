"""The command palette: type a few letters of what is wanted, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from ..ui.label import toned
from ..ui.scale import px
from .command import Command, Found, search
from .command_row import FOUND, CommandRow
from .parameter_command import words_of

WIDTH, HEIGHT = 720, 460  # pixels at 100 %, where there is room
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}

KEPT_BY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class CommandPalette(QFrame):
    """A field and a list below it; the field keeps the focus, the arrows go through the list."""

    chosen = Signal(str)  # the name of a command that was chosen, to be remembered

    def __init__(
        self,
        commands: Callable[[], Sequence[Command]],
        typed: Callable[[str], Sequence[Command]],
        recent: Callable[[], Sequence[str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Command palette")
        self.setObjectName("palette")
        self._commands, self._typed, self._recent = commands, typed, recent
        self._all: Sequence[Command] = ()
        self._focus: QWidget | None = None  # where it was before
        self._mouse = QCursor.pos()  # where it was last
        self._build()
        self._connect()

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search commands, panels, networks, rules, tasks…")
        self.field.setAccessibleName("Command to search for")
        self.field.setToolTip(
            "A few letters are enough. A parameter's name and a value set it: learning rate 0.5"
        )
        self.list = QListView()
        self.list.setAccessibleName("Commands found")
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items = QStandardItemModel(self)
        self.list.setModel(self._items)
        self._foot = toned("", "muted", wrap=True)
        self._foot.setContentsMargins(4, 0, 4, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run)
        self.list.entered.connect(self._on_entered)
        self.list.selectionModel().currentChanged.connect(self._tell)

    # ---- opening ---------------------------------------------------------------------------

    def open_over(self, window: QWidget) -> None:
        """Open below the window's upper edge, with every command and nothing typed."""
        self._focus = QApplication.focusWidget()
        self._mouse = QCursor.pos()
        self._all = self._commands()
        self.field.clear()
        self._search("")
        self.show()
        self._fit()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """Be as high as what is found needs, below the window's upper edge."""
        window = self.parentWidget()
        if window is None:
            return
        wide, top = min(px(WIDTH), window.width() - 40), px(56)
        rows = max(1, self._items.rowCount()) * max(px(20), self.list.sizeHintForRow(0))
        rest = self.field.sizeHint().height() + self._foot.heightForWidth(wide - 24) + px(36)
        high = min(rows + rest, px(HEIGHT), window.height() - top - px(34))
        self.setGeometry((window.width() - wide) // 2, top, wide, high)

    def put_away(self) -> None:
        """Close, with the focus where it was before."""
        self.hide()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self._focus = None

    # ---- searching -------------------------------------------------------------------------

    def found(self) -> list[Found]:
        """What is listed now, the best first."""
        return [self._items.item(row).data(FOUND) for row in range(self._items.rowCount())]

    def _search(self, query: str) -> None:
        typed = search(words_of(query), self._typed(query))
        known = self._all if not typed else [one for one in self._all if not one.prompt]
        found = [*typed, *search(query, known, self._recent())]
        self._items.clear()
        for one in found:
            item = QStandardItem(one.command.text)
            item.setData(one, FOUND)
            item.setData(one.command.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(one.command.why_not or one.command.tip)
            self._items.appendRow(item)
        if found:
            self.list.setCurrentIndex(self._items.index(0, 0))
            self.list.scrollToTop()
        else:
            self._foot.setText("Nothing is called that. Fewer letters find more.")
        self._fit()

    def _tell(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """Say below the list, and to screen readers, what is marked; the focus is in the field."""
        found: Found | None = index.data(FOUND)
        if found is None:
            return
        command = found.command
        self._foot.setText(command.why_not or command.tip.replace("\n", ": ") or command.place)
        self._foot.setProperty("tone", "warning" if command.why_not else "muted")
        self._foot.style().unpolish(self._foot)  # a property that a style sheet asks about
        self._foot.style().polish(self._foot)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, command.spoken))

    # ---- keys ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in KEPT_BY:
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        """Obey a key that the field is not to have."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key in STEPS:
            self._go(STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go(1 if key == Qt.Key.Key_Tab else -1)
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return False
        return True

    def _go(self, way: int) -> None:
        """Mark another row; one beyond an end comes round, a page stops there."""
        rows = self._items.rowCount()
        if not rows:
            return
        row = self.list.currentIndex().row() + way
        row = row % rows if abs(way) == 1 else min(max(row, 0), rows - 1)
        self.list.setCurrentIndex(self._items.index(row, 0))

    def _on_entered(self, index: QModelIndex) -> None:
        """Mark what the mouse is moved to; not what is scrolled to where it rests."""
        place = QCursor.pos()
        if place != self._mouse:
            self._mouse = place
            self.list.setCurrentIndex(index)

    def _run(self, index: QModelIndex) -> None:
        found: Any = index.data(FOUND)
        if found is None or found.command.why_not:
            return
        command: Command = found.command
        if command.prompt:
            self.field.setText(command.prompt)
            return
        self.put_away()
        if not command.typed:
            self.chosen.emit(command.name)
        command.run()
