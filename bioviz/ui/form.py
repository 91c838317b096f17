"""A form made from a frozen pydantic model: its fields' types, bounds and words are the form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from math import floor, isfinite, log10
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from . import theme
from .label import Picture, Section, toned

AUTO = "auto"  # what None is called where a field has no word of its own for it
LARGEST_SPIN = 2**31 - 1  # a QSpinBox counts in 32 bits


@dataclass(frozen=True)
class Limits:
    """What a number may be; `say` words it."""

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None

    @classmethod
    def of(cls, info: FieldInfo) -> Limits:
        names = ("ge", "gt", "le", "lt")
        found = {n: getattr(m, n) for m in info.metadata for n in names if hasattr(m, n)}
        return cls(**found)

    def allow(self, value: float) -> bool:
        return not (
            (self.ge is not None and value < self.ge)
            or (self.gt is not None and value <= self.gt)
            or (self.le is not None and value > self.le)
            or (self.lt is not None and value >= self.lt)
        )

    @property
    def positive(self) -> bool:
        """True where a value below zero has no meaning."""
        return (self.ge is not None and self.ge >= 0) or (self.gt is not None and self.gt >= 0)

    def say(self) -> str:
        words = (
            ("at least", self.ge),
            ("above", self.gt),
            ("at most", self.le),
            ("below", self.lt),
        )
        return " and ".join(f"{word} {show(end)}" for word, end in words if end is not None)


def show(value: float) -> str:
    """Word a number as it would be typed, with up to six significant digits: 3e-5, 0.05, 784."""
    if isinstance(value, int) and abs(value) < 10**9:
        return str(value)
    text = f"{value:.6g}"
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else text


def humanise(name: str) -> str:
    """Turn a field's name into words: 'mirror_rate' into 'Mirror rate'."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _in_sentence(title: str) -> str:
    shouted = len(title) > 1 and title[1].isupper()
    return title if shouted or len(title) == 1 else title[:1].lower() + title[1:]


class LineBox(QLineEdit):
    """A line edit whose context menu also offers the actions that were added to it."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.addSeparator()
        menu.addActions(self.actions())
        menu.exec(event.globalPos())
        menu.deleteLater()


class TextEdit(LineBox):
    """A line of text, given on Enter or when the focus leaves."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value = ""
        self.editingFinished.connect(self._finish)

    def value(self) -> str:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = str(value)
        self.setText(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._value:
            self.setText(self._value)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.text() != self._value:
            self.committed.emit(self.text())


class NumberEdit(LineBox):
    """A number typed as people write it (3e-5, 0.05); a wrong one is explained, never erased."""

    committed = Signal(object)
    rejected = Signal(str)  # why the text is no value; "" when that is mended

    def __init__(
        self,
        limits: Limits | None = None,
        title: str = "Value",
        unit: str = "",
        *,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._limits, self._title, self._unit = limits or Limits(), title, unit
        self._whole = whole
        self._value: float = 0
        self._wrong = False
        if unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 6, 0)
        self.editingFinished.connect(self.finish)

    def value(self) -> float:
        """Return the last good value, to its last bit."""
        return self._value

    def set_value(self, value: object) -> None:
        assert isinstance(value, int | float)  # noqa: S101
        if value == self._value and self.text():
            return  # what is being typed belongs to the user
        self._value = value
        self._restore()

    def finish(self) -> None:
        """Take what was typed, or say what is wrong with it."""
        if self.text() == show(self._value):
            self._complain("")
            return
        reason, value = self._read()
        self._complain(reason)
        if not reason:
            self._take(value)

    def step(self, up: bool) -> None:
        """Go to the next value up or down: 1, 2, 5, 10... where values are positive."""
        reason, value = self._read()
        start = self._value if reason else value
        after = _decade(start, up) if self._limits.positive else _nudge(start, up)
        after = max(1, round(after)) if self._whole and self._limits.positive else after
        after = self._whole_or_not(after)
        if self._limits.allow(after) and after != self._value:
            self._complain("")
            self._take(after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(event.key() == Qt.Key.Key_Up)
        elif event.key() == Qt.Key.Key_Escape and self.text() != show(self._value):
            self._restore()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and event.angleDelta().y():
            self.step(event.angleDelta().y() > 0)
            event.accept()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._wrong:
            self.setCursorPosition(0)  # a long number shows its leading digits

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            look = theme.current()
            painter.setPen(QColor(look.muted if self.isEnabled() else look.disabled))
            inside = self.rect().adjusted(8, 0, -8, 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inside, flags, self._unit)

    def _take(self, value: float) -> None:
        self._value = value
        self.setText(show(value))
        self.committed.emit(value)

    def _restore(self) -> None:
        self.setText(show(self._value))
        self._complain("")

    def _read(self) -> tuple[str, float]:
        """Return what is wrong with the text ("" if nothing) and its value."""
        text = self.text().strip().replace("−", "-")
        name = _in_sentence(self._title)
        if "," in text:
            pointed = text.replace(",", ".")
            return f"Write decimals with a point: {pointed}, not {text}.", 0.0
        try:
            value = self._whole_or_not(float(text))
        except (ValueError, OverflowError):
            kind = "a whole number" if self._whole else "a number such as 0.05 or 3e-5"
            return f"The {name} must be {kind}.", 0.0
        if self._whole and value != float(text):
            return f"The {name} must be a whole number.", 0.0
        if not isfinite(value) or not self._limits.allow(value):
            return f"The {name} must be {self._limits.say() or 'finite'}.", 0.0
        return "", value

    def _whole_or_not(self, value: float) -> float:
        return int(value) if self._whole else value

    def _complain(self, reason: str) -> None:
        if self._wrong != bool(reason):
            self._wrong = bool(reason)
            self.setProperty("wrong", self._wrong)
            self.style().unpolish(self)  # a property that a style sheet asks about changed
            self.style().polish(self)
        self.rejected.emit(reason)


def _decade(value: float, up: bool) -> float:
    """Return the next of 1, 2, 5 times a power of ten beside `value`."""
    if value <= 0:
        return 0.001 if up else 0.0
    power = floor(log10(value))
    ladder = [float(f"{m}e{power + p}") for p in (-1, 0, 1) for m in (1, 2, 5)]
    if up:
        return min(v for v in ladder if v > value * (1 + 1e-9))
    return max(v for v in ladder if v < value * (1 - 1e-9))


def _nudge(value: float, up: bool) -> float:
    power = floor(log10(abs(value))) if value else 0
    step = float(f"1e{power - 1}")
    return round(value + (step if up else -step), max(0, 1 - power))


class WholeEdit(QSpinBox):
    """A whole number between two limits."""

    committed = Signal(object)

    def __init__(self, limits: Limits, unit: str = "") -> None:
        super().__init__()
        low = limits.ge if limits.ge is not None else (limits.gt or 0) + 1
        high = limits.le if limits.le is not None else (limits.lt or 0) - 1
        self.setRange(int(low), int(high))
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(4, 0, 0, 0)  # style sheets cannot move a spin box's text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._finish)

    def set_value(self, value: object) -> None:
        assert isinstance(value, int)  # noqa: S101
        if value != self.value():
            blocked = self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(blocked)

    def _finish(self, value: int) -> None:
        self.committed.emit(value)  # a signal of int does not connect to one of object

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the form scrolls instead


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

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel over a form must not choose a rule

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box with its words elided: Qt cuts them off in mid-letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), mode, room.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class CheckEdit(QCheckBox):
    """Yes or no."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.clicked.connect(self._finish)

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: object) -> None:
        self.setChecked(bool(value))

    def _finish(self, on: bool) -> None:
        self.committed.emit(on)


class OptionalEdit(QWidget):
    """A value that may be None, which a tick stands for: "auto", or what the field calls it."""

    committed = Signal(object)

    def __init__(self, inner: Any, start: object, none: str = AUTO) -> None:
        super().__init__()
        self.inner, self._start = inner, start
        self._tick = QCheckBox(none)
        tip = "Tick to leave this to the program" if none == AUTO else f"Tick for “{none}”"
        self._tick.setToolTip(tip)
        self._tick.setAccessibleName(none)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._tick)
        row.addWidget(inner, 1)
        self.setFocusProxy(self._tick)
        self._tick.clicked.connect(self._ticked)
        inner.committed.connect(self.committed)

    def value(self) -> Any:
        return None if self._tick.isChecked() else self.inner.value()

    def set_value(self, value: object) -> None:
        self._tick.setChecked(value is None)
        self.inner.setVisible(value is not None)
        if value is not None:
            self.inner.set_value(value)

    def _ticked(self, auto: bool) -> None:
        self.committed.emit(None if auto else self._start)


Editor = Any  # any of the above: value(), set_value(value), committed


def _number(info: FieldInfo, title: str, *, whole: bool) -> Editor:
    limits, unit = Limits.of(info), _extra(info).get("unit", "")
    low = limits.ge if limits.ge is not None else limits.gt
    high = limits.le if limits.le is not None else limits.lt
    if whole and low is not None and high is not None and max(-low, high) < LARGEST_SPIN:
        return WholeEdit(limits, unit)
    return NumberEdit(limits, title, unit, whole=whole)


WIDGETS: dict[Any, Callable[[FieldInfo, str], Editor]] = {
    bool: lambda _info, _title: CheckEdit(),
    int: partial(_number, whole=True),
    float: partial(_number, whole=False),
    str: lambda _info, _title: TextEdit(),
}


def _editor(kind: Any, info: FieldInfo, title: str) -> Editor:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        names = _extra(info).get("names", {})
        return ChoiceEdit({key: names.get(key) or humanise(str(key)) for key in inner})
    if origin in (Union, UnionType) and NoneType in inner and len(inner) == 2:
        kept = next(one for one in inner if one is not NoneType)
        return OptionalEdit(_editor(kept, info, title), _first(kept, info), _none(info))
    if kind not in WIDGETS:
        raise TypeError(f"A form has no widget for {title!r}, of type {kind}.")
    return WIDGETS[kind](info, title)


def _first(kind: Any, info: FieldInfo) -> object:
    """Return what an optional value starts from when it is first asked for."""
    limits = Limits.of(info)
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind in (int, float):
        return kind(
            next((v for v in (1, limits.ge, limits.le) if v is not None and limits.allow(v)), 0)
        )
    return kind()


def _none(info: FieldInfo) -> str:
    """Return what None is called: the field's names may have an entry "" for it."""
    names: dict[str, str] = _extra(info).get("names", {})
    return names.get("", AUTO)


def _extra(info: FieldInfo) -> dict[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


class Row(QObject):
    """One field on the form: its label, its editor, its note and what is wrong with it."""

    edited = Signal(str, object)

    def __init__(self, name: str, info: FieldInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.info = name, info
        self.title = info.title or humanise(name)
        self.editor = _editor(info.annotation, info, self.title)
        self.label = QLabel(parent)
        self.message = _Message(parent)
        self.note = toned("", "muted", wrap=True)
        self.note.setParent(parent)
        self.note.hide()
        self.reset = QAction("Reset to default", parent)
        self._explain()
        self._connect()

    def _connect(self) -> None:
        self.editor.committed.connect(self._commit)
        self.reset.triggered.connect(self._to_default)
        inner = getattr(self.editor, "inner", self.editor)
        if isinstance(inner, NumberEdit):
            inner.rejected.connect(self.message.say)

    def _commit(self, value: object) -> None:
        self.edited.emit(self.name, value)

    def _to_default(self) -> None:
        self.edited.emit(self.name, self.default())

    def _explain(self) -> None:
        tip = self._tip()
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(48)  # it wraps rather than widen a narrow column
        self.label.setBuddy(self.editor)
        self.label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        if not isinstance(self.editor, QLineEdit):
            self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.reset.setToolTip(f"Set {_in_sentence(self.title)} to its default")
        for widget in (self.label, self.editor):
            widget.setToolTip(tip)
            widget.addAction(self.reset)
        for widget in {self.editor, getattr(self.editor, "inner", self.editor)}:
            widget.setAccessibleName(self.title)
            widget.setAccessibleDescription(self.info.description or "")

    def default(self) -> Any:
        """Return the field's default; `...` where it must be given."""
        return ... if self.info.is_required() else self.info.get_default(call_default_factory=True)

    def _tip(self) -> str:
        extra, limits = _extra(self.info), Limits.of(self.info).say()
        lines = [self.info.description or self.title]
        if symbol := extra.get("symbol"):
            lines.append(f"Symbol: {symbol}")
        if self.default() is not ...:
            lines.append(f"Default: {self._word(self.default())}")
        if limits:
            lines.append(f"Must be {limits}.")
        if extra.get("rebuild"):
            lines.append("Changing this rebuilds the network.")
        return "\n".join(lines)

    def _word(self, value: Any) -> str:
        if value is None:
            return _none(self.info)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return f"{show(value)} {_extra(self.info).get('unit', '')}".strip()
        names: dict[Any, str] = _extra(self.info).get("names", {})
        return names.get(value) or humanise(str(value))

    def show_value(self, value: Any) -> None:
        """Show `value`, and whether it differs from the default."""
        self.editor.set_value(value)
        default = self.default()
        changed = default is not ... and value != default
        self.reset.setEnabled(changed)
        if default is not ...:
            self.reset.setText(f"Reset to default ({self._word(default)})")
        self.mark(changed)

    def mark(self, changed: bool) -> None:
        look = theme.current()
        words = escape(self.title)
        if changed:
            words += f"&nbsp;<b style='color:{look.accent}'>•</b>"
        if _extra(self.info).get("rebuild"):
            words += f"&nbsp;<span style='color:{look.muted}'>↻</span>"
        self.label.setText(words)

    def place(self, grid: QGridLayout) -> None:
        """Put the row's pieces at the end of `grid`: words left, editor right, remarks below."""
        line = grid.rowCount()
        grid.setRowMinimumHeight(line, theme.current().control)
        grid.addWidget(self.label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.editor, line, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.message, line + 1, 0, 1, 2)
        grid.addWidget(self.note, line + 2, 0, 1, 2)


class _Message(QWidget):
    """What is wrong with a value, in red and with a sign, below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = toned("", "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(6)
        row.addWidget(Picture("error", "danger", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def say(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))


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
            if self._fields is not None and name not in self._fields:
                continue
            if isinstance(getattr(self._model, name), BaseModel):
                self._add_part(name, info)
            else:
                self._add_row(name, info, advanced if _extra(info).get("advanced") else plain)
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
