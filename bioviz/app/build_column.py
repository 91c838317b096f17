"""The build column: what the network is, from template to seed, each part edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.choose import choose_rule, choose_task, choose_task_params, mend
from ..core.fault import SpecError
from ..core.parameter import Part
from ..core.registry import RULES, TASKS
from ..core.spec import ExperimentSpec
from ..session import gallery
from ..tasks.own_data import OwnData, OwnDataParams
from ..ui.label import Flow, Section
from ..ui.panel import Pick
from ..ui.problem import ProblemBar
from ..ui.scale import px
from .attempt import Change, attempt
from .experiment_list import ExperimentList
from .layer_list import LayerList
from .picker import GroupedCombo, Picker
from .rule_picker import RulePicker
from .task_picker import TaskPicker
from .training_form import TrainingForm
from .wording import said

WIDTH = 284
NARROWEST = 230


class BuildColumn(QWidget):
    """Edits a description; it gives on a new one for every edit that makes sense."""

    edited = Signal(object, str)  # an ExperimentSpec, and what was done
    picked = Signal(object)  # a Pick
    template_chosen = Signal(str)  # a gallery key
    fetch_asked = Signal(str)  # the key of a task whose data are to be downloaded
    card_asked = Signal()
    data_asked = Signal()  # the user's own data are to be chosen

    def __init__(
        self,
        spec: ExperimentSpec,
        templates: Sequence[gallery.Entry] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._spec = spec
        self._templates = list(templates)
        self._all: tuple[ExperimentSpec, ...] = (spec,)  # of the session
        self._given = spec  # the description that was given on last
        self._told: list[str] = []
        self._build()
        self._connect()
        self.set_spec(spec)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(px(NARROWEST), 340), 200)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.problem_bar = ProblemBar()
        self.mend = QPushButton("Put it right")
        self.mend.setToolTip("Let sizes, output units and loss follow the task.")
        self.experiments = ExperimentList()
        self.template = self._template_combo()
        self.layers = LayerList()
        self.rule = RulePicker()
        self.task = TaskPicker()
        self.training = TrainingForm(self._spec)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 6, 4, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self.problem_bar)
        self._column.addWidget(self.mend)
        self._column.addWidget(self.experiments)
        self.sections = {
            title: self._section(title, widget)
            for title, widget in (
                ("Template", self.template),
                ("Layers", self.layers),
                ("Learning rule", self.rule),
                ("Task", self.task),
                ("Training", self.training),
            )
        }
        self._column.addStretch()
        self._scroll(inside)

    def _section(self, title: str, widget: QWidget) -> Section:
        section = Section(title)
        section.add(widget)
        self._column.addWidget(section)
        return section

    def _scroll(self, inside: QWidget) -> None:
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _template_combo(self) -> GroupedCombo:
        combo = GroupedCombo({"": [_offer(entry) for entry in self._templates]})
        combo.setPlaceholderText("Own network")
        combo.setAccessibleName("Template")
        return combo

    def _connect(self) -> None:
        self.template.chosen.connect(self.template_chosen)
        self.mend.clicked.connect(self._fit)
        self.layers.edited.connect(self._pass_on)
        self.layers.picked.connect(self.picked)
        self.rule.chosen.connect(self.choose_rule)
        self.rule.params_changed.connect(self.change_rule)
        self.rule.card_asked.connect(self.card_asked)
        self.task.chosen.connect(self.choose_task)
        self.task.params_changed.connect(self._change_task)
        self.task.fetch_asked.connect(self.fetch_asked)
        self.task.data_asked.connect(self.data_asked)
        self.training.edited.connect(self._pass_on)

    # ---- calls down ------------------------------------------------------------------------

    def set_spec(self, spec: ExperimentSpec) -> None:
        """Show a description; the focus and what is being typed stay."""
        if spec not in (self._spec, self._given):
            self._forget_remarks()  # an undo, or another session: they no longer hold
        self._spec = spec
        self._show_template(spec)
        self.layers.set_spec(spec)
        self.rule.show_choice(spec.rule)
        self.task.show_choice(spec.task)
        self.training.set_spec(spec)
        self._show_problems(spec.problems())

    def show_experiments(self, experiments: Sequence[ExperimentSpec], active: int) -> None:
        """List all experiments of the session, of which the `active` one is edited here."""
        self._all = tuple(experiments)
        self.experiments.show_experiments(experiments, active)
        self._show_template(experiments[active])

    def offer_beside(self, *actions: QAction) -> None:
        """Offer, below the rule, what puts another one beside it."""
        row = Flow(gap=4)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setProperty("tone", "small")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        self.rule.column.addLayout(row)
        self.experiments.add.setDefaultAction(actions[-1])

    def set_pick(self, pick: Pick) -> None:
        """Mark the layer that is picked, wherever it was clicked."""
        self.layers.set_pick(pick)

    def set_templates(self, entries: Sequence[gallery.Entry]) -> None:
        """Offer these gallery networks."""
        self._templates = list(entries)
        self.template.fill({"": [_offer(entry) for entry in entries]})
        self._show_template(self._spec)

    def set_busy(self, text: str, fraction: float) -> None:
        """Show how far a download is; an empty text means that none is under way."""
        self.task.set_busy(text, fraction)
        if not text:
            self.task.show_choice(self._spec.task)

    def _show_template(self, spec: ExperimentSpec) -> None:
        now = self._all if spec in self._all else (spec,)
        same = (e for e in self._templates if e.session.experiments == now)
        entry = next(same, None)
        self.template.show_key(entry.key if entry else "")
        question = entry.session.about.question if entry else ""
        self.template.setToolTip(question or "Choose a ready-made network to start from.")

    def _show_problems(self, problems: list[str]) -> None:
        if problems != self._told:  # one that was dismissed stays away until it changes
            self._told = problems
            if problems:
                self.problem_bar.show_problem("error", listed(problems))
            else:
                self.problem_bar.hide()
        self.mend.setVisible(bool(problems) and _mends(self._spec))

    # ---- what the user does ----------------------------------------------------------------

    def _fit(self) -> None:
        self._give(mend, "Fit the network to the task", self.task)

    def choose_rule(self, key: str) -> None:
        """Train by another rule; what cannot stay with it changes along."""
        self._give(lambda spec: choose_rule(spec, key), f"Choose {RULES[key].title}", self.rule)

    def take_data(self, params: OwnDataParams) -> None:
        """Learn from data of the user's own; sizes, output units and loss follow."""
        self._give(
            lambda spec: choose_task(spec, OwnData.key, params), f"Use {params.name}", self.task
        )

    def choose_task(self, key: str) -> None:
        """Learn another task; sizes, output units and loss follow."""
        if TASKS[key].by_file:
            self.task.show_choice(self._spec.task)  # until a file has been chosen
            self.data_asked.emit()
            return
        self._give(lambda spec: choose_task(spec, key), f"Choose {TASKS[key].title}", self.task)

    def change_rule(self, params: Part) -> None:
        """Give the rule other parameters."""
        text = said(self._spec.rule.params(RULES), params, "the rule's parameters")
        rule = self._spec.rule.with_params(params)
        self._give(lambda spec: (spec.model_copy(update={"rule": rule}), []), text, self.rule)

    def _change_task(self, params: Part) -> None:
        text = said(self._spec.task.params(TASKS), params, "the task's parameters")
        self._give(lambda spec: choose_task_params(spec, params), text, self.task)

    def _give(self, change: Change, text: str, where: Picker) -> None:
        """Give on what was chosen and say what changed along, or say there why it cannot be."""
        outcome = attempt(self._spec, change)
        if outcome.spec is None:
            self.set_spec(self._spec)
        self._forget_remarks()
        outcome.tell(where.remark)
        if outcome.spec is not None and outcome.spec != self._spec:
            self._pass_on(outcome.spec, text)

    def _pass_on(self, spec: ExperimentSpec, text: str) -> None:
        self._given = spec
        self.edited.emit(spec, text)

    def _forget_remarks(self) -> None:
        for remark in (
            self.layers.remark,
            self.rule.remark,
            self.task.remark,
            self.training.remark,
        ):
            remark.say("")


def _offer(entry: gallery.Entry) -> tuple[str, str, str]:
    about = entry.session.about
    return entry.key, about.title, about.question


def listed(sentences: list[str]) -> str:
    """One sentence as it is; several as points."""
    if len(sentences) == 1:
        return sentences[0]
    return "\n".join(f"• {sentence}" for sentence in sentences)


def _mends(spec: ExperimentSpec) -> bool:
    """Whether following the task is all that a description lacks."""
    try:
        return not mend(spec)[0].problems()
    except SpecError:
        return False
