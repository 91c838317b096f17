"""A grid of cards: as many columns as fit, reached by mouse, Tab and arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..ui.scale import px
from .gallery_card import Card

NARROWEST_CARD = 250
MOST_COLUMNS = 4
GAP = 16


class CardGrid(QWidget):
    """Cards in two to four columns of one width; rows are as high as their highest card."""

    reached = Signal(object)  # the card that an arrow key led to

    def __init__(self, cards: Sequence[Card]) -> None:
        super().__init__()
        self.cards = list(cards)
        for card in self.cards:
            card.setParent(self)
            card.moved.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def columns(self) -> int:
        """How many cards stand side by side at the present width."""
        return min(max((self.width() + GAP) // (px(NARROWEST_CARD) + GAP), 1), MOST_COLUMNS)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST_CARD, 100)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        columns = self.columns()
        wide = (self.width() - GAP * (columns - 1)) // columns
        top = 0
        for start in range(0, len(self.cards), columns):
            row = self.cards[start : start + columns]
            high = max(card.heightForWidth(wide) for card in row)
            for place, card in enumerate(row):
                card.setGeometry(place * (wide + GAP), top, wide, high)
            top += high + GAP
        self.setFixedHeight(max(1, top - GAP))

    def _move(self, right: int, down: int) -> None:
        card = self.sender()
        at = self.cards.index(card) if isinstance(card, Card) else 0
        to = at + right + down * self.columns()
        if 0 <= to < len(self.cards):
            self.cards[to].setFocus(Qt.FocusReason.TabFocusReason)
            self.reached.emit(self.cards[to])
