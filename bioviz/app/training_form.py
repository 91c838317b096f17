"""The training form: loss, batch, seed, how weights are drawn, what is recorded, when to stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..core.choose import choose_loss
from ..core.parameter import Part
from ..core.spec import Draw, ExperimentSpec, NetworkSpec, Record, Stop
from ..ui.form import Form
from ..ui.label import Section
from .attempt import Change, attempt
from .remark import Remark
from .wording import said

TOP = ("loss", "batch", "seed")


class TrainingForm(QWidget):
    """Edits everything of a description that is neither layers nor rule nor task."""

    edited = Signal(object, str)

    def __init__(self, spec: ExperimentSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self._build(spec)
        self._connect()

    def _build(self, spec: ExperimentSpec) -> None:
        self.top = Form(spec, fields=TOP)
        self.remark = Remark()
        self.biases = Form(spec.network, fields=("biases",))
        self.weights = Form(spec.network.weights)
        self.record = Form(spec.record)
        self.stop = Form(spec.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.top)
        column.addWidget(self.remark)
        for title, forms in (
            ("Weights before learning", (self.weights, self.biases)),
            ("Measuring", (self.record,)),
            ("Stopping", (self.stop,)),
        ):
            section = Section(title, opened=False)
            for form in forms:
                section.add(form)
            column.addWidget(section)

    def _connect(self) -> None:
        self.top.committed.connect(self._take_top)
        self.biases.committed.connect(self._take_biases)
        self.weights.committed.connect(self._take_weights)
        self.record.committed.connect(self._take_record)
        self.stop.committed.connect(self._take_stop)

    def set_spec(self, spec: ExperimentSpec) -> None:
        self._spec = spec
        self.top.set_model(spec)
        self.top.show_fields(None if spec.taught else [name for name in TOP if name != "loss"])
        self.biases.set_model(spec.network)
        self.weights.set_model(spec.network.weights)
        self.record.set_model(spec.record)
        self.stop.set_model(spec.stop)

    def _take_top(self, model: ExperimentSpec) -> None:
        before = self._spec
        update = {name: getattr(model, name) for name in TOP}
        text = said(before, before.model_copy(update=update))
        self._give(lambda spec: choose_loss(spec.model_copy(update=update), model.loss), text)

    def _take_biases(self, model: NetworkSpec) -> None:
        network = self._spec.network.model_copy(update={"biases": model.biases})
        self._change(network=network, text="Use biases" if model.biases else "Leave out biases")

    def _take_weights(self, model: Draw) -> None:
        text = said(self._spec.network.weights, model)
        network = self._spec.network.model_copy(update={"weights": model})
        self._change(network=network, text=f"{text} of the weights")

    def _take_record(self, model: Record) -> None:
        self._change(record=model, text=said(self._spec.record, model))

    def _take_stop(self, model: Stop) -> None:
        self._change(stop=model, text="Change when to stop")

    def _change(self, *, text: str, **parts: Part) -> None:
        self._give(lambda spec: (spec.model_copy(update=parts), []), text)

    def _give(self, change: Change, text: str) -> None:
        outcome = attempt(self._spec, change)
        outcome.tell(self.remark)
        if outcome.spec is None:
            self.set_spec(self._spec)
        elif outcome.spec != self._spec:
            self.edited.emit(outcome.spec, text)
