"""A form made from a frozen pydantic model: its fields' types, bounds and words are the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from . import theme
from .editor import Editor, extra
from .label import Section
from .row import Row
from .word import humanise


class Form(QWidget):
    """Edits one frozen model; it gives a new one whenever the user finishes an edit."""

    committed = Signal(object)

    def __init__(
        self,
        model: BaseModel,
        parent: QWidget | None = None,
        *,
        fields: Collection[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._fields = model, fields
        self._rows: dict[str, Row] = {}
        self._parts: dict[str, Form] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._build()
        theme.notifier.changed.connect(self._recolour)
        self.set_model(model)

    def model(self) -> BaseModel:
        """Return the last good model."""
        return self._model

    def set_model(self, model: BaseModel) -> None:
        """Show `model` in place, without a signal; what is being typed and the focus stay."""
        if type(model) is not type(self._model):
            self._model = model
            self._rebuild()
        self._model = model
        for name, row in self._rows.items():
            row.show_value(getattr(model, name))
        for name, part in self._parts.items():
            part.set_model(getattr(model, name))

    def set_enabled_fields(self, names: Collection[str] | None) -> None:
        """Let only `names` be edited; None lets all."""
        for name, row in self._rows.items():
            free = names is None or name in names
            row.editor.setEnabled(free)
            row.label.setEnabled(free)
        for name, part in self._parts.items():
            part.setEnabled(names is None or name in names)

    def show_fields(self, names: Collection[str] | None) -> None:
        """Show only `names` of the rows that there are; None shows all."""
        for name, row in self._rows.items():
            row.show_row(names is None or name in names)

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """Show a remark below each field named; those not named lose theirs."""
        for name, row in self._rows.items():
            row.note.setText(notes.get(name, ""))
            row.note.setVisible(name in notes)

    def editor(self, name: str) -> Editor:
        """Return the widget that edits the field `name`."""
        return self._rows[name].editor

    def problem(self, name: str) -> str:
        """Return the sentence shown below the field `name`, or ""."""
        return self._rows[name].message.text()

    def sizeHint(self) -> QSize:
        return QSize(max(240, super().sizeHint().width()), super().sizeHint().height())

    # Building -------------------------------------------------------------------------------

    def _build(self) -> None:
        basic, folded = QWidget(self), QWidget(self)
        plain, advanced = self._grid(basic), self._grid(folded)
        for name, info in type(self._model).model_fields.items():
            shown = not extra(info).get("hidden") if self._fields is None else name in self._fields
            if not shown:
                continue
            if isinstance(getattr(self._model, name), BaseModel):
                self._add_part(name, info)
            else:
                self._add_row(name, info, advanced if extra(info).get("advanced") else plain)
        self._column.insertWidget(0, basic)
        folded.setVisible(advanced.count() > 0)
        if advanced.count():
            more = Section("More", opened=False)
            more.add(folded)
            self._column.addWidget(more)

    def _grid(self, owner: QWidget) -> QGridLayout:
        grid = QGridLayout(owner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _add_row(self, name: str, info: FieldInfo, grid: QGridLayout) -> None:
        row = Row(name, info, self)
        row.place(grid)
        self._rows[name] = row
        row.edited.connect(self.edit)

    def _add_part(self, name: str, info: FieldInfo) -> None:
        part = Form(getattr(self._model, name))
        part.committed.connect(self._part_edited)
        self._parts[name] = part
        section = Section(info.title or humanise(name))
        section.setToolTip(info.description or "")
        section.add(part)
        self._column.addWidget(section)

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows.values():
            row.deleteLater()
        self._rows.clear()
        self._parts.clear()
        self._build()

    # Hearing --------------------------------------------------------------------------------

    def edit(self, name: str, value: object) -> None:
        """Give a new model with `value` in the field `name`, or say below it why not."""
        values = {field: getattr(self._model, field) for field in type(self._model).model_fields}
        try:
            model = type(self._model).model_validate({**values, name: value})
        except ValidationError as error:
            self._explain(name, error)
            return
        changed = model != self._model
        self.set_model(model)
        if name in self._rows:
            self._rows[name].message.say("")
        if changed:
            self.committed.emit(model)

    def _part_edited(self, model: object) -> None:
        for name, part in self._parts.items():
            if part is self.sender():
                self.edit(name, model)

    def _explain(self, name: str, error: ValidationError) -> None:
        if name not in self._rows:
            return
        first = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
        self._rows[name].message.say(first[:1].upper() + first[1:].rstrip(".") + ".")

    def _recolour(self) -> None:
        for name, row in self._rows.items():
            default = row.default()
            row.mark(default is not ... and getattr(self._model, name) != default)
