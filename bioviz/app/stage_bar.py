"""The foot of the stage: where the story is, and a run bar that hides while the mouse rests."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ..ui import icon
from ..ui.label import Elided, toned
from ..ui.scale import keep, px

SHOWN = ("play", "step", "restart", "present")


class StageBar(QWidget):
    """A caption that stays, and buttons that come with the mouse."""

    stepped = Signal(int)  # 1 or -1: to another place of the story

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        return QSize(400, px(34))

    def _build(self) -> None:
        self.place = toned("", "muted")
        self.caption = Elided()
        self.caption.setAccessibleName("Where the story is")
        self.buttons = QWidget()
        self._side = QHBoxLayout(self.buttons)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(2)
        self._back = self._button("previous", "The place of the story before this (Page Up)")
        self._next = self._button("next", "The next place of the story (Page Down)")
        policy = self.buttons.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the caption stays where it is
        self.buttons.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(self.place)
        row.addWidget(self.caption, 1)
        row.addWidget(self.buttons)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        icon.tint(button, name)
        button.setToolTip(words)
        button.setAccessibleName(words)
        keep(button, "icon", 18)
        self._side.addWidget(button)
        return button

    def _connect(self) -> None:
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)

    def offer(self, actions: Mapping[str, QAction]) -> None:
        """Put these of the program's actions on the bar."""
        for key in SHOWN:
            button = QToolButton()
            button.setDefaultAction(actions[key])
            button.setAccessibleName(actions[key].text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            keep(button, "icon", 18)
            self._side.addWidget(button)

    def tell(self, place: int, names: tuple[str, ...]) -> None:
        """Say where the story is; a place below 0 is before its beginning."""
        self.place.setText(f"{place + 1} / {len(names)}" if place >= 0 else "")
        self.caption.setText(names[place] if place >= 0 else "")
        self._back.setEnabled(place > 0)
        self._next.setEnabled(place + 1 < len(names))

    def _go_on(self) -> None:
        self.stepped.emit(1)

    def _go_back(self) -> None:
        self.stepped.emit(-1)
