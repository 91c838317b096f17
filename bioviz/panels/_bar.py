"""The row of controls above a panel's picture: named choices, segments and toggles that wrap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..ui import icon, theme
from ..ui.choice import NarrowBox
from ..ui.label import Flow
from ..ui.scale import keep


class Choice(NarrowBox):
    """One of a few named things, by key; what cannot be chosen now says why."""

    chosen = Signal(str)

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._barred: dict[str, str] = {}  # why some cannot be chosen
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._choose)

    def offer(self, choices: Mapping[str, str], reasons: Mapping[str, str] | None = None) -> None:
        """List `choices` (words by key); those in `reasons` are shown, but cannot be chosen."""
        barred = dict(reasons or {})
        same = self._keys == list(choices) and self._texts() == list(choices.values())
        if same and barred == self._barred:
            return
        before, self._barred = self.value(), barred
        self.clear()
        self._keys = list(choices)
        self.addItems(list(choices.values()))
        for key, why in barred.items():
            self._disable(key, why)
        self.choose(before)

    def explain(self, tips: Mapping[str, str]) -> None:
        """Give the list's entries tooltips of their own."""
        for place, key in enumerate(self._keys):
            if key in tips:
                self.setItemData(place, tips[key], Qt.ItemDataRole.ToolTipRole)

    def value(self) -> str:
        """Return the chosen key, "" where there is nothing to choose from."""
        place = self.currentIndex()
        return self._keys[place] if 0 <= place < len(self._keys) else ""

    def keys(self) -> list[str]:
        return list(self._keys)

    def choose(self, key: str) -> bool:
        """Show `key` as chosen, without a signal; False if it cannot be."""
        if key not in self._keys or not self._item(self._keys.index(key)).isEnabled():
            return False
        self.setCurrentIndex(self._keys.index(key))
        return True

    def _texts(self) -> list[str]:
        return [self.itemText(place) for place in range(self.count())]

    def _item(self, place: int) -> QStandardItem:
        return cast(QStandardItemModel, self.model()).item(place)

    def _disable(self, key: str, why: str) -> None:
        if key in self._keys:
            item = self._item(self._keys.index(key))
            item.setEnabled(False)
            item.setToolTip(why)

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._keys[place])


class Segments(QWidget):
    """A few views side by side, one of which is chosen; arrow keys go from one to the next.

    Where there is no room for them side by side they are a list that opens.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._words = {key: words for key, (words, _) in choices.items()}
        self._tips = {key: tip for key, (_, tip) in choices.items()}
        self._reasons: dict[str, str] = {}  # why some cannot be chosen
        self._build(name)
        self._group.buttonClicked.connect(self._clicked)
        self._list.chosen.connect(self._picked)
        self.choose(next(iter(choices)))
        self._offer()

    def _build(self, name: str) -> None:
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._row = QWidget()
        side = QHBoxLayout(self._row)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        for key, words in self._words.items():
            self._buttons[key] = button = toggle(words, self._tips[key])
            self._group.addButton(button)
            side.addWidget(button)
        self._list = Choice(name, f"{name}: there is more to see in this panel")
        keep(self._list, "least width", 60)
        self._list.hide()
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._row)
        both.addWidget(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the room that all take side by side, whether they are shown so or not."""
        return QSize(self._row.sizeHint().width(), max(self._heights()))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, max(self._heights()))

    def _heights(self) -> tuple[int, int]:
        return self._row.sizeHint().height(), self._list.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def value(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> bool:
        """Show `key` as chosen, without a signal; False if it cannot be."""
        button = self._buttons.get(key)
        if button is None or button.isHidden() or not button.isEnabled():
            return False
        button.setChecked(True)
        self._list.choose(key)
        return True

    def allow(self, key: str, reason: str = "") -> None:
        """Let `key` be chosen, or say in its tooltip why it cannot."""
        button = self._buttons[key]
        button.setEnabled(not reason)
        button.setToolTip(reason or self._tips[key])
        self._reasons[key] = reason
        self._offer()

    def show_only(self, keys: tuple[str, ...]) -> None:
        """Show some of the views; the first of them is chosen where the chosen one is not."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)
        if self.value() not in keys:
            self._buttons[keys[0]].setChecked(True)
        self._offer()
        self.updateGeometry()
        self._fit()

    def _offer(self) -> None:
        """List what can be seen, for where there is no room to show it side by side."""
        shown = [key for key, button in self._buttons.items() if not button.isHidden()]
        self._list.offer(
            {key: self._words[key] for key in shown},
            {key: why for key, why in self._reasons.items() if why},
        )
        self._list.explain({key: self._reasons.get(key) or self._tips[key] for key in shown})
        self._list.choose(self.value())

    def _fit(self) -> None:
        """Show the row where there is room for it, else the list."""
        narrow = self.width() < self._row.sizeHint().width()
        self._row.setHidden(narrow)
        self._list.setVisible(narrow)

    def _clicked(self) -> None:
        self._list.choose(self.value())
        self.chosen.emit(self.value())

    def _picked(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self.chosen.emit(key)


def toggle(words: str, tip: str, picture: str = "") -> QToolButton:
    """Return a small button that stays down."""
    button = push(words, tip, picture)
    button.setCheckable(True)
    return button


def push(words: str, tip: str, picture: str = "") -> QToolButton:
    """Return a small button with words, and an icon where one is named."""
    button = QToolButton()
    button.setText(words)
    button.setToolTip(tip)
    button.setAccessibleName(words)
    button.setAccessibleDescription(tip)
    button.setProperty("tone", "small")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if picture:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icon.tint(button, picture)
    return button


def in_row(*controls: QWidget, gap: int = 2) -> QWidget:
    """Return a widget that holds controls side by side, with no room around them."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for control in controls:
        row.addWidget(control)
    return made


def stack_up(panel: QWidget, controls: list[QWidget], body: QWidget) -> None:
    """Lay a panel out: its controls in a row that wraps, and below them what they control."""
    row = Flow(gap=4)
    for control in controls:
        keep(control, "height", theme.LIGHT.control)  # one height: one line of text
        row.addWidget(control)
    head = QHBoxLayout()  # a flow knows no margins
    head.setContentsMargins(8, 4, 8, 0)
    head.addLayout(row)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addLayout(head)
    column.addWidget(body, 1)
