"""A picker: one of a registry's things from a list, what it is in a line, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..core.fault import SpecError
from ..core.parameter import Part
from ..core.registry import Registry
from ..core.spec import Choice
from ..ui.choice import draw_elided, fit_list
from ..ui.form import Form
from ..ui.label import toned
from .remark import Remark

Entry = tuple[str, str, str]  # key, title, and what it is


class GroupedCombo(QComboBox):
    """A list of choices under headings that cannot be chosen themselves."""

    chosen = Signal(str)

    def __init__(
        self, groups: Mapping[str, Sequence[Entry]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fill(groups)
        self.activated.connect(self._choose)

    def fill(self, groups: Mapping[str, Sequence[Entry]]) -> None:
        """Offer other choices; nothing is chosen then."""
        items = QStandardItemModel(self)
        for heading, entries in groups.items():
            if heading:
                items.appendRow(_heading(heading))
            for key, title, help_ in entries:
                item = QStandardItem(title)
                item.setData(key, Qt.ItemDataRole.UserRole)
                item.setToolTip(help_)
                items.appendRow(item)
        with QSignalBlocker(self):
            self.setModel(items)
            self.setCurrentIndex(-1)

    def key(self) -> str | None:
        """The choice that is shown, None for none."""
        found = self.currentData(Qt.ItemDataRole.UserRole)
        return None if found is None else str(found)

    def show_key(self, key: str) -> None:
        """Show a choice without a signal; one that is not offered shows the placeholder."""
        if key != self.key():
            self.setCurrentIndex(self.findData(key, Qt.ItemDataRole.UserRole))

    def showPopup(self) -> None:
        fit_list(self)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over the column scrolls it

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_elided(self)

    def _choose(self, place: int) -> None:
        self.chosen.emit(str(self.itemData(place, Qt.ItemDataRole.UserRole)))


class Picker(QWidget):
    """Shows a choice and its parameters; it says what is asked for and changes nothing itself."""

    chosen = Signal(str)
    params_changed = Signal(object)  # the chosen thing's Params, checked

    def __init__(
        self,
        registry: Registry[Any],
        groups: Mapping[str, Sequence[Entry]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._registry = registry
        self._form: Form | None = None
        self._build(groups)
        self.combo.chosen.connect(self.chosen)

    def _build(self, groups: Mapping[str, Sequence[Entry]]) -> None:
        self.combo = GroupedCombo(groups)
        name = f"{self._registry.noun[:1].upper()}{self._registry.noun[1:]}"
        self.combo.setAccessibleName(name)
        self.top = QHBoxLayout()
        self.top.setSpacing(4)
        self.top.addWidget(self.combo, 1)
        self._summary = toned("", "muted", wrap=True)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.remark = Remark()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addLayout(self.top)
        self.column.addWidget(self._summary)
        self.column.addWidget(self.remark)

    def show_choice(self, choice: Choice) -> None:
        """Show what is chosen; a key that is not known shows no parameters."""
        known = choice.key in self._registry
        self.combo.setPlaceholderText("" if known else choice.key)  # it would widen the column
        self.combo.show_key(choice.key)
        summary = self._registry[choice.key].summary if known else ""
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        self.combo.setToolTip(summary)
        params = self._params(choice) if known else None
        if params is not None:
            self._show_params(params)
        if self._form is not None:
            self._form.setVisible(params is not None and bool(type(params).model_fields))

    @property
    def form(self) -> Form | None:
        """The parameters' form, made with the first choice that is shown."""
        return self._form

    def _params(self, choice: Choice) -> Part | None:
        try:
            return choice.params(self._registry)
        except SpecError:
            return None  # the description's problems say why

    def _show_params(self, params: Part) -> None:
        if self._form is None:
            self._form = Form(params)
            self.column.insertWidget(self.column.indexOf(self.remark), self._form)
            self._form.committed.connect(self.params_changed)
        else:
            self._form.set_model(params)


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont(item.font())
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    item.setData(text, Qt.ItemDataRole.AccessibleTextRole)
    return item
