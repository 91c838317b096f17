"""The inspector's page of one unit: its activity for the example at hand, and what it looks for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox

from ..core.catalogue import ExperimentEntry, ProjectionEntry
from ..core.projection import Role
from ..core.request import Entry, Incoming
from ..core.snapshot import NOTHING, Snapshot, Wanted
from ..core.spec import ExperimentSpec
from ..ui.label import toned
from ..ui.matrix import MatrixView
from ..ui.panel import Pick
from ..ui.word import number
from .inspect_page import Page, Values
from .weight_strip import WeightStrip

BIAS = ("bias", "Bias", "The unit's constant input, which is learned too.")


class UnitPage(Page):
    """One unit of a layer, for the example that is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._pick = Pick("unit")
        self._entry: ExperimentEntry | None = None
        self._path: ProjectionEntry | None = None
        self._sample = 0
        self._build()
        self._which.valueChanged.connect(self._go)
        self._layer.clicked.connect(self._go_to_layer)

    def _build(self) -> None:
        self.heading = self.head("unit")
        self._which = QSpinBox()
        self._which.setAccessibleName("Unit")
        self._which.setToolTip("Go to another unit of the layer.")
        self._which.setKeyboardTracking(False)
        self._of = QLabel()
        self._layer = QPushButton()
        row = QHBoxLayout()
        row.addWidget(QLabel("Unit"))
        row.addWidget(self._which)
        row.addWidget(self._of)
        row.addStretch()
        self.column.addLayout(row)
        self.table = Values()
        self.part("For the example at hand", self.table)
        self._title = toned("", "heading", wrap=True)
        self.strip = WeightStrip()
        self.picture = MatrixView()
        self.picture.set_aspect("equal")
        self.picture.setMinimumHeight(210)
        self._remark = toned("", "muted", wrap=True)
        for widget in (self._title, self.strip, self.picture, self._remark):
            self.column.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self._layer)
        below.addStretch()
        self.column.addLayout(below)
        self.column.addStretch()

    def show_thing(
        self,
        spec: ExperimentSpec,
        entry: ExperimentEntry | None,
        pick: Pick,
    ) -> None:
        layer = entry.layer(pick.name) if entry else None
        if entry is None or layer is None:
            return
        unit = min(pick.unit, layer.size - 1)
        if (pick.name, unit) != (self._pick.name, self._pick.unit) or entry is not self._entry:
            self.strip.forget()
            self.picture.clear()
        self._entry, self._pick = entry, Pick("unit", pick.name, unit)
        self._path = incoming(entry, pick.name)
        self.heading.show_words(f"Unit {unit} of {pick.name}", f"{layer.unit_title} unit")
        blocked = self._which.blockSignals(True)
        self._which.setRange(0, layer.size - 1)
        self._which.setValue(unit)
        self._which.blockSignals(blocked)
        self._of.setText(f"of 0 to {layer.size - 1:,}")
        self._layer.setText(f"Show {pick.name}")
        self._layer.setToolTip(f"Inspect the whole layer {pick.name}.")
        known = [v for v in layer.variables if self._path is not None or v.name == "rate"]
        rows = [(v.name, v.name.capitalize(), v.help) for v in known]
        biased = self._path is not None and self._path.biased
        self.table.set_rows([*rows, BIAS] if biased else rows)
        self._show_incoming()

    def _show_incoming(self) -> None:
        path, pictured = self._path, self._pictured()
        self._title.setVisible(path is not None)
        self.strip.setVisible(path is not None and not pictured)
        self.picture.setVisible(pictured)
        if path is None:
            words = "Input units have no incoming weights: the task sets their rates."
        elif pictured:
            words = "Each pixel's weight where the pixel stands: what the unit looks for."
        else:
            words = ""
        self._remark.setText(words)
        self._remark.setVisible(bool(words))
        if path is not None:
            self._title.setText(f"Incoming weights (row {self._pick.unit} of {path.name})")

    def _pictured(self) -> bool:
        """Whether the weights are as many as the pixels of the task's pictures."""
        if self._entry is None or self._path is None or self._entry.image is None:
            return False
        return self._path.pre == self._entry.layers[0].name

    def wanted(self) -> Wanted:
        if self._entry is None:
            return NOTHING
        layer = self._entry.layer(self._pick.name)
        names = [variable.name for variable in layer.variables] if layer else []
        values = [self._value(name) for name in names]
        if self._path is None:
            return frozenset(values)
        return frozenset([*values, self._bias(), Incoming(self._path.name, self._pick.unit)])

    def _value(self, variable: str) -> Entry:
        return Entry(f"{self._pick.name}.{variable}", self._sample, self._pick.unit)

    def _bias(self) -> Entry:
        return Entry(f"{self._path.name if self._path else ''}.bias", 0, self._pick.unit)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._entry is None:
            return
        for variable in ("rate", "drive", "delta"):
            self._show_value(variable, snapshot.get(self._value(variable)))
        if self._path is not None:
            self._show_value("bias", snapshot.get(self._bias()))
            weights = snapshot.get(Incoming(self._path.name, self._pick.unit))
            if weights is not None and self._pictured() and self._entry.image:
                self.picture.show_matrix(weights.reshape(self._entry.image))
            elif weights is not None:
                self.strip.show_weights(weights, self._path.pre)
        if snapshot.position.sample != self._sample:  # another example is looked at: ask for it
            self._sample = snapshot.position.sample
            self.changed.emit()

    def _show_value(self, name: str, value: float | None) -> None:
        self.table.show_value(name, "–" if value is None else number(value, 4))

    def _go(self, unit: int) -> None:
        self.picked.emit(Pick("unit", self._pick.name, unit))

    def _go_to_layer(self) -> None:
        self.picked.emit(Pick("layer", self._pick.name))


def incoming(entry: ExperimentEntry, layer: str) -> ProjectionEntry | None:
    """The forward projection that leads to a layer; None for the input."""
    forward = (path for path in entry.projections if path.role is Role.FORWARD)
    return next((path for path in forward if path.post == layer), None)
