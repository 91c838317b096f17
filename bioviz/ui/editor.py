"""Which widget edits a field of which type, and the small ones among them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from .choice import ChoiceEdit
from .limits import Limits
from .line import TextEdit
from .number import NumberEdit
from .word import humanise

AUTO = "auto"  # what None is called where a field has no word of its own for it
LARGEST_SPIN = 2**31 - 1  # a QSpinBox counts in 32 bits


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
    limits, unit = Limits.of(info), extra(info).get("unit", "")
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


def make(kind: Any, info: FieldInfo, title: str) -> Editor:
    """Return a widget that edits values of the type `kind`."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        names = extra(info).get("names", {})
        return ChoiceEdit({key: names.get(key) or humanise(str(key)) for key in inner})
    if origin in (Union, UnionType) and NoneType in inner and len(inner) == 2:
        kept = next(one for one in inner if one is not NoneType)
        return OptionalEdit(make(kept, info, title), _first(kept, info), none_word(info))
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


def none_word(info: FieldInfo) -> str:
    """Return what None is called: the field's names may have an entry "" for it."""
    names: dict[str, str] = extra(info).get("names", {})
    return names.get("", AUTO)


def extra(info: FieldInfo) -> dict[str, Any]:
    """Return what the field says beyond type and bounds: its unit, symbol, choices' names..."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
