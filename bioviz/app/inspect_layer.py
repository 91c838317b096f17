"""The inspector's page of a layer: its description to edit, its activity, its units' answer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ..core.catalogue import ExperimentEntry, LayerEntry
from ..core.choose import choose_unit
from ..core.edit import rename_layer, resize_layer, set_unit_params
from ..core.fault import SpecError
from ..core.parameter import Part
from ..core.registry import RULES, UNITS
from ..core.request import Summary
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec, LayerSpec
from ..core.unit import UnitParams
from ..ui import theme
from ..ui.choice import ChoiceEdit
from ..ui.form import Form
from ..ui.label import toned
from ..ui.limits import Limits
from ..ui.line import TextEdit
from ..ui.number import NumberEdit
from ..ui.panel import Pick
from .attempt import Change, attempt
from .inspect_page import Page, Table
from .layer_list import place_of
from .layer_row import MOST_UNITS, ordered_units
from .remark import Remark


class LayerPage(Page):
    """A layer: name, size and units can be changed here as in the list."""

    def __init__(self) -> None:
        super().__init__()
        self._spec: ExperimentSpec | None = None
        self._name = ""
        self._entry: LayerEntry | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.heading = self.head("layer")
        self.column.addWidget(self._fields())
        self.params = Form(UnitParams())
        self.column.addWidget(self.params)
        self.remark = Remark()
        self.column.addWidget(self.remark)
        self.table = Table()
        self.part("Activity now", self.table)
        self._batch = toned("", "muted", wrap=True)
        self.column.addWidget(self._batch)
        self.curve = AnswerCurve()
        self._help = toned("", "muted", wrap=True)
        self._answering = self.part("How a unit answers", self.curve)
        self.column.addWidget(self._help)
        self.column.addStretch()

    def _fields(self) -> QWidget:
        self.name = TextEdit()
        self.size_box = NumberEdit(Limits(ge=1, le=MOST_UNITS), "number of units", whole=True)
        self.unit = ChoiceEdit({key: unit.title for key, unit in ordered_units()})
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        for line, (title, field, tip) in enumerate(
            (
                ("Name", self.name, "Letters, digits and underscores."),
                ("Size", self.size_box, f"Number of units, 1 to {MOST_UNITS:,}."),
                ("Units", self.unit, "How a unit turns its input into its activity."),
            )
        ):
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            for widget in (label, field):
                widget.setToolTip(tip)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        return fields

    def _connect(self) -> None:
        self.name.committed.connect(self._rename)
        self.size_box.committed.connect(self._resize)
        self.size_box.rejected.connect(self._complain)
        self.unit.committed.connect(self._choose_unit)
        self.params.committed.connect(self._set_params)

    def show_thing(self, spec: ExperimentSpec, entry: ExperimentEntry | None, pick: Pick) -> None:
        layers = spec.network.layers
        names = [layer.name for layer in layers]
        at = names.index(pick.name)
        if pick.name != self._name:
            self.remark.say("")
        self._spec, self._name = spec, pick.name
        self.heading.show_words(pick.name, kind_of(at, len(layers)))
        layer, place = layers[at], place_of(spec, pick.name)
        self.name.set_value(layer.name)
        self.size_box.set_value(layer.size)
        self.size_box.setEnabled(not place.end or place.sized)
        self.size_box.setToolTip(place.reason or f"Number of units, 1 to {MOST_UNITS:,}.")
        self.unit.setEnabled(at > 0 or _spiking(spec))
        self._show_unit(layer)
        self._follow(entry, at)

    def _show_unit(self, layer: LayerSpec) -> None:
        """Show what kind its units are, their parameters, and how they answer."""
        known = layer.unit in UNITS
        unit = UNITS[layer.unit] if known else None
        self.params.setVisible(bool(unit and unit.Params.model_fields))
        for widget in (self._answering, self.curve):
            widget.setVisible(bool(unit and not unit.spikes))
        if unit is None:
            return
        self.unit.set_value(layer.unit)
        self._help.setText(unit.help)
        try:
            self.params.set_model(layer.params())
        except SpecError as error:
            self.params.setEnabled(False)
            self.remark.say(error.problems[0], "error")
        else:
            self.params.setEnabled(True)
        if not unit.spikes:
            self.curve.show_unit(layer.unit)

    def _follow(self, entry: ExperimentEntry | None, at: int) -> None:
        self._entry = entry.layer(self._name) if entry else None
        known = self._entry.variables if self._entry else ()
        felt = [v for v in known if at or v.name not in ("drive", "delta")]
        rows = [(v.name, headed(v.name), v.help) for v in felt]
        self.table.set_columns(rows)
        words = f"Over all units and the {entry.batch} examples of a batch." if entry else ""
        self._batch.setText(words)

    def wanted(self) -> Wanted:
        if self._entry is None:
            return NOTHING
        return frozenset(
            Summary(f"{self._name}.{variable.name}") for variable in self._entry.variables
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        for variable in self._entry.variables if self._entry else ():
            statistics = snapshot.get(Summary(f"{self._name}.{variable.name}"))
            self.table.show_statistics(variable.name, statistics)

    def _rename(self, new: object) -> None:
        name = self._name
        self._try(lambda spec: (rename_layer(spec, name, str(new)), []), f"Rename layer {name}")

    def _resize(self, size: object) -> None:
        name, units = self._name, int(str(size))
        self._try(lambda spec: (resize_layer(spec, name, units), []), f"Resize layer {name}")

    def _choose_unit(self, unit: object) -> None:
        name = self._name
        self._try(lambda spec: choose_unit(spec, name, str(unit)), f"Change units of {name}")

    def _set_params(self, params: object) -> None:
        name = self._name
        if isinstance(params, Part):
            self._try(
                lambda spec: (set_unit_params(spec, name, params), []), f"Change units of {name}"
            )

    def _complain(self, reason: str) -> None:
        self.remark.say(reason, "error")

    def _try(self, change: Change, text: str) -> None:
        before = self._spec
        if before is None:
            return
        outcome = attempt(before, change)
        outcome.tell(self.remark)
        after = outcome.spec
        if after is None or after == before:
            self.unit.set_value(next(x.unit for x in before.network.layers if x.name == self._name))
            return
        at = [layer.name for layer in before.network.layers].index(self._name)
        renamed = after.network.layers[at].name
        self.edited.emit(after, text)
        if renamed != self._name:  # follow the layer under its new name
            self.picked.emit(Pick("layer", renamed))


class AnswerCurve(QWidget):
    """A unit's activity against its summed input, and the slope that errors are multiplied by."""

    SPAN = 4.0

    def __init__(self) -> None:
        super().__init__()
        self._rate = np.zeros(2)
        self._slope = np.zeros(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            "Solid: the activity φ(a). Dashed: its slope φ′(a), by which errors are multiplied. "
            "Across: the summed input a."
        )

    def sizeHint(self) -> QSize:
        return QSize(200, 108)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 108)

    def show_unit(self, key: str) -> None:
        """Draw one unit; of those that compete, one beside two others that get nothing."""
        unit = UNITS[key]()
        drive = np.zeros((161, 3))
        drive[:, 0] = np.linspace(-self.SPAN, self.SPAN, len(drive))
        rate = unit.answer(drive, np.empty_like(drive))
        self._slope = unit.slope(rate, np.empty_like(drive))[:, 0].copy()
        self._rate = rate[:, 0].copy()
        self.setAccessibleName(f"Answer of a {unit.title} unit: {unit.help}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        area = QRectF(1, 1, self.width() - 2, self.height() - line - 4)
        painter.fillRect(area, QColor(look.plot))
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawRect(area)
        low = min(-0.12, float(self._rate.min()))
        high = max(1.0, float(self._rate.max()))
        self._axes(painter, area, low, high)
        painter.setClipRect(area)
        slope = QPen(QColor(look.muted), 1.4, Qt.PenStyle.DashLine)
        self._line(painter, area, self._slope, low, high, slope)
        self._line(painter, area, self._rate, low, high, QPen(QColor(look.accent), 2.2))
        painter.setClipping(False)
        painter.setPen(QColor(look.muted))
        below = QRectF(1, area.bottom() + 2, area.width(), line)
        key, words = "― φ(a)   ┄ φ′(a)", "summed input a, −4 to 4"
        wide = self.fontMetrics().horizontalAdvance
        if wide(key) + wide(words) + 12 > below.width():
            words = "a from −4 to 4"
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, words)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, key)

    def _axes(self, painter: QPainter, area: QRectF, low: float, high: float) -> None:
        look, middle = theme.current(), area.center().x()
        for level in (0.0, 1.0, -1.0):
            y = area.bottom() - (level - low) / (high - low) * (area.height() - 12) - 6
            if low <= level <= high:
                painter.setPen(QPen(QColor(look.border), 1))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
                painter.setPen(QColor(look.muted))
                below = y + self.fontMetrics().ascent() + 1
                words = f"{level:g}".replace("-", "−")
                painter.drawText(QPointF(area.left() + 4, below if level > 0 else y - 3), words)
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))

    def _line(
        self,
        painter: QPainter,
        area: QRectF,
        values: np.ndarray,
        low: float,
        high: float,
        pen: QPen,
    ) -> None:
        xs = np.linspace(area.left(), area.right(), len(values))
        ys = area.bottom() - (values - low) / (high - low) * (area.height() - 12) - 6
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))


def _spiking(spec: ExperimentSpec) -> bool:
    """Whether its rule lets the input's units be chosen: numbers, or sources of spikes."""
    return spec.rule.key in RULES and RULES[spec.rule.key].spiking


def headed(name: str) -> str:
    """A variable's name as the head of a column; symbols stay as they are."""
    return name if len(name) <= 3 else name.replace("_", " ").capitalize()


def kind_of(at: int, count: int) -> str:
    """What a layer is, by its place."""
    if at == 0:
        return "Input layer: shows the task's numbers"
    if at == count - 1:
        return "Output layer: gives the network's answer"
    return f"Hidden layer {at} of {count - 2}"
