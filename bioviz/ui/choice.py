"""A box to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from .scale import px

NARROWEST = 60  # pixels of a box whose words may be cut
LIST_EDGE = 30  # pixels around the words of a list, a scroll bar's width among them


class NarrowBox(QComboBox):
    """A box whose words end in an ellipsis where it is narrower, and whose list shows them all."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters; Qt's own is that of the words which were there first."""
        return QSize(px(NARROWEST), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < self.sizeHint().width():
            draw_elided(self)
        else:
            super().paintEvent(event)

    def showPopup(self) -> None:
        fit_list(self)
        super().showPopup()


class ChoiceEdit(QComboBox):
    """One of a few named choices."""

    committed = Signal(object)

    def __init__(self, choices: Mapping[Any, str]) -> None:
        super().__init__()
        self._keys = list(choices)
        self.addItems(list(choices.values()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(self._choose)

    def value(self) -> Any:
        return self._keys[self.currentIndex()]

    def set_value(self, value: object) -> None:
        self.setCurrentIndex(self._keys.index(value))

    def _choose(self, place: int) -> None:
        self.committed.emit(self._keys[place])

    def showPopup(self) -> None:
        fit_list(self)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over a form must not choose a rule

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_elided(self)


def fit_list(box: QComboBox) -> None:
    """Make the list of a box as wide as its words ask for, also where the box is narrower."""
    widest = max((_width(box, place) for place in range(box.count())), default=0)
    box.view().setMinimumWidth(max(box.width(), widest + LIST_EDGE))


def _width(box: QComboBox, place: int) -> int:
    """How wide an entry's words are; Qt's own hint takes those of a bold one for plain."""
    own = box.itemData(place, Qt.ItemDataRole.FontRole)
    font = own.resolve(box.view().font()) if isinstance(own, QFont) else box.view().font()
    return QFontMetrics(font).horizontalAdvance(box.itemText(place))


def draw_elided(box: QComboBox) -> None:
    """Draw a closed box with its words elided: Qt cuts them off in mid-letter."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    if box.currentIndex() < 0 and box.placeholderText():
        option.currentText = box.placeholderText()
        option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
    painter = QStylePainter(box)
    painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    mode = Qt.TextElideMode.ElideRight
    option.currentText = box.fontMetrics().elidedText(option.currentText, mode, room.width() - 4)
    painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
