"""What a lesson's links do: each verb of the table in `session/link.py`, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from ..core.choose import choose_loss, choose_rule, choose_task, refused
from ..core.fault import BiovizError, SpecError
from ..core.perturbation import FlipSigns
from ..core.registry import RULES, TASKS
from ..core.spec import ExperimentSpec, parse_value
from ..core.status import Mode, Stride
from ..session import gallery
from ..session.link import Link, read_link
from ..ui.panel import Pick
from .controller import Controller
from .lesson_tip import setting_title
from .picking import Picking
from .views import Views

CHOOSERS = {"rule.key": choose_rule, "task.key": choose_task, "loss": choose_loss}


class LessonLinks(QObject):
    """Follows links by pressing what the user could press; whatever cannot be done is told."""

    opened = Signal(str)  # a gallery network's key
    compared = Signal()  # the plausibility of all rules is to be shown
    told = Signal(str, str, object)  # severity, sentence, actions

    def __init__(
        self,
        controller: Controller,
        views: Views,
        picking: Picking,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(controller)
        self._controller = controller
        self._views = views
        self._picking = picking
        self._actions = actions
        self._verbs = {
            "do": self._do,
            "until": self._until,
            "set": self._set,
            "show": self._show,
            "pick": self._pick,
            "flip": self._flip,
            "open": self._open,
        }

    def follow(self, text: str) -> None:
        """Do what a link asks for, or say why not."""
        try:
            link = read_link(text)
            self._verbs[link.verb](link)
        except BiovizError as fault:
            self.told.emit("warning", str(fault), [])

    # ---- running ---------------------------------------------------------------------------

    def _do(self, link: Link) -> None:
        playing = self._controller.status.mode is Mode.PLAYING
        if link.target == "pause":
            self._controller.pause()
        elif not self._actions[link.target].isEnabled():
            raise BiovizError("There is nothing to take back.")  # only undo is ever disabled
        elif not (link.target == "play" and playing):
            self._actions[link.target].trigger()

    def _until(self, link: Link) -> None:
        positions = self._controller.status.positions
        left = int(link.target) - (positions[0].trial if positions else 0)
        if left > 0:
            self._controller.step(left, Stride.BATCH)
        elif left < 0:
            self.told.emit(
                "info",
                f"The run is past trial {int(link.target):,} already.",
                [("Restart", self._controller.restart)],
            )

    def _flip(self, link: Link) -> None:
        self._projection(link.target)
        self._controller.intervene(FlipSigns(link.target))

    # ---- changing --------------------------------------------------------------------------

    def _set(self, link: Link) -> None:
        path, value = link.setting
        before = self._controller.document.spec
        after, notes = _changed(before, path, value)
        why = refused(before, after)
        if why:
            raise SpecError(why)
        self._controller.document.edit(after, f"Set {setting_title(path)} to {value}")
        if notes:
            self.told.emit("info", " ".join(notes), [])

    # ---- looking ---------------------------------------------------------------------------

    def _show(self, link: Link) -> None:
        panel, _, variable = link.target.partition("/")
        if panel == "transport":
            self._views.show_route()
        elif panel == "rule":
            self._views.show_card()
        elif panel == "plausibility":
            self.compared.emit()
        elif panel not in self._views.panels:
            raise BiovizError(f"There is no panel '{panel}' to show.")
        else:
            self._views.bring(panel, variable)

    def _pick(self, link: Link) -> None:
        kind, name, *unit = link.target.split("/")
        if kind == "projection":
            self._projection(name)
        elif name not in [layer.name for layer in self._controller.document.spec.network.layers]:
            raise BiovizError(f"There is no layer '{name}' in this network.")
        self._picking.set(Pick(kind, name, int(unit[0]) if unit else 0))

    def _open(self, link: Link) -> None:
        gallery.path_of(link.target)
        self.opened.emit(link.target)

    def _projection(self, name: str) -> None:
        """See that a projection is there; a sentence where it is not."""
        catalogue = self._controller.trainer.catalogue
        if catalogue is None or catalogue.first.projection(name) is None:
            raise BiovizError(f"There is no projection '{name}' in this network.")


def _changed(spec: ExperimentSpec, path: str, value: str) -> tuple[ExperimentSpec, list[str]]:
    """What a `set` link makes of a description, and what changed along."""
    if path.startswith("task") and _by_file(spec, path, value):
        raise SpecError(["A lesson cannot choose which file is read; choose your data yourself."])
    if path in CHOOSERS:
        return CHOOSERS[path](spec, value)
    group, _, name = path.partition(".")
    if group in ("rule", "task") and name not in _parameters(spec, group):
        raise SpecError([f"There is nothing called '{path}' to set here."])
    return spec.with_value(path, parse_value(value)), []


def _parameters(spec: ExperimentSpec, group: str) -> dict[str, object]:
    """The parameters by name that the rule or the task has."""
    choice, registry = (spec.rule, RULES) if group == "rule" else (spec.task, TASKS)
    return dict(registry[choice.key].Params.model_fields)


def _by_file(spec: ExperimentSpec, path: str, value: str) -> bool:
    """Whether a setting would choose data that lie in a file of the user's."""
    key = value if path == "task.key" else spec.task.key
    return key in TASKS and bool(TASKS[key].by_file)
