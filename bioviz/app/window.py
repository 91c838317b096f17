"""The main window: composes menus, run bar, build column, panels, inspector and status line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from .. import __version__
from ..core import edit
from ..core.catalogue import Catalogue
from ..core.earlier import EarlierRun
from ..core.fault import BiovizError
from ..core.registry import TASKS, Registry
from ..core.spec import ExperimentSpec, Stop
from ..core.status import Mode, Status, Stride
from ..session import gallery
from ..session.file import load
from ..session.session import PanelView, Session
from ..ui import icon, theme
from ..ui.label import Empty
from ..ui.panel import Panel, Pick
from ..ui.problem import ProblemBar
from .actions import key_rows, make_actions
from .autosave import Autosave
from .build_column import BuildColumn
from .controller import Controller
from .data_choice import DataChoice
from .dock import PanelDock
from .document import Document
from .files import Files, dropped, dropped_data
from .inspector import Inspector
from .memory import Memory
from .menus import Menus
from .run_bar import RunBar
from .salvage import Salvage
from .settings import Settings
from .start_page import StartPage
from .status_line import StatusLine
from .workspace import Workspace

FIRST = "fa_two_moons"  # what a new user sees: learned in seconds, and its map bends
PANEL_ORDER = (
    "network", "loss", "alignment", "weights", "task", "weight_scatter", "flow_field", "table",
)  # fmt: skip

PANELS: Registry[Any] = Registry("panel", "bioviz.panels")


class Window(QMainWindow):
    """One document, one trainer, and every view of them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.entries = gallery.entries()
        self.document = Document(gallery_session(FIRST), self)
        self.controller = Controller(self.document, self)
        self.autosave = Autosave(self.controller)
        self.files = Files(self.controller, self)
        self.salvage = Salvage(self.autosave.recovery, self.controller, self.files)
        self.memory = Memory(settings, self.controller.pump, self)
        self.panels: dict[str, Panel] = {}
        self._pick = Pick("nothing")
        self._sheet: QDialog | None = None
        self._leaving = False
        self._shown = False
        self._build()
        self._connect()
        self._restore_look()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.setObjectName("bioviz")
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.actions_by_key = make_actions(self, self._slots())
        self.run_bar = RunBar(self.actions_by_key, self)
        self.addToolBar(self.run_bar)
        self.status_line = StatusLine(self)
        self.setStatusBar(self.status_line)
        self.problem_bar = ProblemBar()
        self.start_page = StartPage(self.entries)
        self.workspace = Workspace()
        self._build_panels()
        self._build_centre()
        self.data_choice = DataChoice(self.controller, self.build_column, self)
        self.menus = Menus(
            self,
            self.actions_by_key,
            self.workspace,
            self.files.open_path,
            self.controller.fetch.start,
        )

    def _build_panels(self) -> None:
        self.build_column = BuildColumn(self.document.spec, self.entries)
        self.inspector = Inspector()
        found = dict(PANELS.items())
        first = [key for key in PANEL_ORDER if key in found]
        for key in [*first, *(key for key in found if key not in first)]:
            self.panels[key] = found[key]()
        self.workspace.add(PanelDock("build", "Build", "panel-build", self.build_column))
        for panel in (*self.panels.values(), self.inspector):
            self.workspace.add(PanelDock(panel.key, panel.title, panel.icon, panel))
            self.controller.pump.add(panel)

    def _build_centre(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.workspace)
        self._stack.addWidget(self.start_page)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problem_bar)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(centre)

    def _slots(self) -> dict[str, Any]:
        """What each action of the table does."""
        controller, memory, stack = self.controller, self.memory, self.document.undo_stack
        return {
            "new": self._new,
            "open": self.files.open,
            "gallery": self.show_start_page,
            "save": partial(self._saving, self.files.save),
            "save_as": partial(self._saving, self.files.save_as),
            "own_data": self._ask_data,
            "quit": self.close,
            "undo": stack.undo,
            "redo": stack.redo,
            "add_layer": self._add_layer,
            "remove_layer": self._remove_layer,
            "rule_card": self._show_card,
            "play": controller.toggle,
            "step": self._step,
            "step_epoch": partial(controller.step, 1, Stride.EPOCH),
            "restart": controller.restart,
            "new_weights": controller.new_weights,
            **{f"draw_{name}": partial(memory.set_drawing, name) for name in DRAWINGS},
            **{f"theme_{name}": partial(memory.set_theme, name) for name in THEMES},
            "maximise": self._maximise,
            "reset_layout": self.reset_layout,
            "keys": self.show_keys,
            "about": self._about,
        }

    # ---- connecting ------------------------------------------------------------------------

    def _connect(self) -> None:
        self._connect_run()
        self._connect_document()
        self._connect_views()
        self._connect_start_page()

    def _connect_run(self) -> None:
        controller = self.controller
        controller.rebuilt.connect(self._on_rebuilt)
        controller.told.connect(self.tell)
        controller.settled.connect(self.problem_bar.dismiss)
        controller.earlier.changed.connect(self._on_earlier)
        controller.saved.connect(self._on_file)
        controller.opened.connect(self._on_file)
        controller.fetch.progress.connect(self.status_line.show_progress)
        controller.fetch.progress.connect(self.build_column.set_busy)
        controller.pump.status_changed.connect(self._on_status)
        controller.pump.panel_failed.connect(self._on_panel_failed)
        self.run_bar.step_asked.connect(controller.step)
        self.run_bar.speed_changed.connect(controller.trainer.set_speed)
        self.run_bar.stop_changed.connect(self._on_stop)

    def _connect_document(self) -> None:
        document = self.document
        document.spec_changed.connect(self._on_spec)
        document.replaced.connect(self._on_replaced)
        document.title_changed.connect(self._retitle)
        stack = document.undo_stack
        stack.canUndoChanged.connect(self.actions_by_key["undo"].setEnabled)
        stack.canRedoChanged.connect(self.actions_by_key["redo"].setEnabled)
        stack.undoTextChanged.connect(self._on_undo_text)
        stack.redoTextChanged.connect(self._on_redo_text)

    def _connect_views(self) -> None:
        for panel in (*self.panels.values(), self.inspector):
            panel.edited.connect(self.document.edit)
            panel.ordered.connect(self.controller.intervene)
            panel.unwanted.connect(self.controller.forget)
            panel.exported.connect(self.files.export)
            panel.picked.connect(self.set_pick)
        self.build_column.edited.connect(self.document.edit)
        self.build_column.picked.connect(self.set_pick)
        self.build_column.template_chosen.connect(self.open_network)
        self.build_column.fetch_asked.connect(self.controller.fetch.start)
        self.build_column.card_asked.connect(self._show_card)

    def _connect_start_page(self) -> None:
        page = self.start_page
        page.chosen.connect(self.open_network)
        page.opened.connect(self.files.open_path)
        page.recovered.connect(self.salvage.recover)
        page.discarded.connect(self.salvage.discard)
        page.blank_asked.connect(self._new)
        page.closed.connect(self.show_workspace)
        self.salvage.found.connect(page.set_recoverable)
        self.salvage.settled.connect(self.problem_bar.dismiss)
        self.memory.recent_changed.connect(page.set_recent)
        self.memory.recent_changed.connect(self.menus.show_recent)
        self.controller.known.changed.connect(self.memory.keep_data)

    # ---- beginning -------------------------------------------------------------------------

    def begin(self, path: Path | None) -> None:
        """Show the first network, or the file; offer what an earlier crash left."""
        for action in ("undo", "redo"):
            self.actions_by_key[action].setEnabled(False)
        self.controller.show(self.document.session)
        if path is not None:
            self.controller.open(path)
        self.controller.pump.start()
        self.show_workspace()
        self.salvage.offer()

    def _restore_look(self) -> None:
        settings = self.memory.settings
        self.controller.pump.set_share(settings.drawing)
        self.controller.known.put(settings.data)
        self.actions_by_key[f"draw_{settings.drawing}"].setChecked(True)
        self.actions_by_key[f"theme_{theme.notifier.choice}"].setChecked(True)
        self.memory.recent_changed.emit(self.memory.recent())
        self.memory.place(self)
        self._retitle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.memory.arrange(self.workspace)

    # ---- networks and files ----------------------------------------------------------------

    def open_network(self, key: str) -> None:
        """Open a gallery network, once what is worked on is safe."""
        self.files.leaving(partial(self.show_session, gallery_session(key)))

    def show_session(self, session: Session) -> None:
        self.controller.show(session)
        self.show_workspace()

    def _new(self) -> None:
        blank = gallery_session(FIRST).experiments[0]
        session = Session(schema=1, experiments=(blank,))
        self.files.leaving(partial(self.show_session, session))

    def _saving(self, save: Any) -> None:
        """Note how things are looked at, then save."""
        views = [PanelView(key=key, options=panel.options()) for key, panel in self.panels.items()]
        unknown = [view for view in self.document.session.panels if view.key not in self.panels]
        self.document.put_view((*views, *unknown), self.run_bar.speed)
        save()

    def _on_file(self, path: Path) -> None:
        self.memory.add_recent(path)
        self.show_workspace()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) is not None or dropped_data(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path, data = dropped(event), dropped_data(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)
        elif data is not None:
            event.acceptProposedAction()
            self.data_choice.ask(str(data))

    def _ask_data(self) -> None:
        self.data_choice.ask_again()

    # ---- edits -----------------------------------------------------------------------------

    def _on_stop(self, stop: Stop) -> None:
        spec = self.document.spec.model_copy(update={"stop": stop})
        self.document.edit(spec, "Change when to stop")

    def _add_layer(self) -> None:
        self._try_edit("Add layer", edit.add_layer, self._picked_layer())

    def _remove_layer(self) -> None:
        name = self._picked_layer()
        if name is None:
            self.tell("info", "Pick a hidden layer first: click its name in the diagram.", [])
        else:
            self._try_edit(f"Remove layer {name}", edit.remove_layer, name)

    def _try_edit(self, text: str, change: Any, *args: Any) -> None:
        try:
            self.document.edit(change(self.document.spec, *args), text)
        except BiovizError as error:
            self.tell("error", str(error), [])

    def _picked_layer(self) -> str | None:
        names = [layer.name for layer in self.document.spec.network.layers]
        return self._pick.name if self._pick.name in names else None

    def set_pick(self, pick: Pick) -> None:
        """Something was clicked: show it everywhere."""
        self._pick = pick
        self.build_column.set_pick(pick)
        for panel in (*self.panels.values(), self.inspector):
            panel.set_pick(pick)
        self.controller.pump.refresh()

    # ---- following -------------------------------------------------------------------------

    def _on_spec(self, _before: ExperimentSpec, spec: ExperimentSpec) -> None:
        self._show_spec(spec)

    def _show_spec(self, spec: ExperimentSpec) -> None:
        self.build_column.set_spec(spec)
        for panel in (*self.panels.values(), self.inspector):
            panel.set_spec(spec)
        self.run_bar.set_stop(spec.stop)
        self.controller.pump.refresh()

    def _on_replaced(self) -> None:
        self.problem_bar.dismiss()
        self.set_pick(Pick("nothing"))
        self._show_spec(self.document.spec)
        self.inspector.set_about(self.document.about)
        self.run_bar.set_speed(self.document.session.speed)
        views = self.document.session.panels
        for view in views:
            if view.key in self.panels:
                self.panels[view.key].set_options(dict(view.options))
        self.workspace.bring_forward([view.key for view in views])

    def _on_rebuilt(self, catalogue: Catalogue) -> None:
        for panel in (*self.panels.values(), self.inspector):
            panel.rebuild(catalogue)
        self._on_status(self.controller.status)

    def _on_earlier(self, runs: tuple[EarlierRun, ...]) -> None:
        for panel in self.panels.values():
            panel.set_earlier(runs)

    def _on_status(self, status: Status) -> None:
        seed, rate = self.document.spec.seed, self.controller.pump.rate
        self.status_line.show_status(status, seed, rate)
        playing = status.mode is Mode.PLAYING
        play = self.actions_by_key["play"]
        if play.text() != ("Pause" if playing else "Play"):
            play.setText("Pause" if playing else "Play")
            icon.tint(play, "pause" if playing else "play")
            for panel in self.panels.values():
                panel.set_live(playing)

    def _on_panel_failed(self, panel: Panel, reason: str) -> None:
        self.controller.pump.remove(panel)
        words = f"This panel met a fault and was stopped ({reason}). The log has the details."
        self.workspace.docks[panel.key].setWidget(Empty("error", words))

    # ---- telling ---------------------------------------------------------------------------

    def tell(self, severity: str, text: str, actions: Any) -> None:
        """Say one sentence: above the panels, or at the foot where there is nothing to decide."""
        if severity == "info" and not actions:
            self.status_line.say(text)
            return
        self.problem_bar.show_problem(
            severity,  # type: ignore[arg-type]
            text,
            [(words, partial(self._answer, call)) for words, call in actions],
        )

    def _answer(self, call: Any) -> None:
        self.problem_bar.dismiss()
        call()

    def tell_fault(self, fault: BaseException) -> None:
        """An unforeseen fault: one sentence; the log has its trace."""
        self.tell("error", f"Something in bioviz failed ({type(fault).__name__}: {fault}).", [])

    def _on_undo_text(self, text: str) -> None:
        self.actions_by_key["undo"].setText(f"Undo {_lower(text)}".strip())

    def _on_redo_text(self, text: str) -> None:
        self.actions_by_key["redo"].setText(f"Redo {_lower(text)}".strip())

    def _retitle(self) -> None:
        self.setWindowTitle(f"{self.document.title}[*]")
        self.setWindowModified(self.document.precious)

    # ---- looks -----------------------------------------------------------------------------

    def reset_layout(self) -> None:
        self.show_workspace()
        self.workspace.arrange()

    def _maximise(self) -> None:
        self.workspace.maximise_focused()

    def show_start_page(self) -> None:
        self.start_page.check_data()
        self._stack.setCurrentWidget(self.start_page)
        self.start_page.focus_first()

    def show_workspace(self) -> None:
        self._stack.setCurrentWidget(self.workspace)
        self.panels["network"].setFocus()  # so that Space plays, and does not type

    def show_keys(self) -> None:
        """Show the sheet of shortcuts, made when it is first asked for."""
        from .shortcut_sheet import ShortcutSheet

        if self._sheet is None:
            self._sheet = ShortcutSheet(key_rows(self.menus.panel_keys()), self)
        self._sheet.show()
        self._sheet.raise_()

    def _show_card(self) -> None:
        self.inspector.show_card()
        self.workspace.show_panel("inspector")

    def _step(self) -> None:
        self.run_bar.ask_step()

    def _about(self) -> None:
        QMessageBox.about(
            self,
            "About bioviz",
            f"<h3>bioviz {__version__}</h3><p>Assemble layered networks, choose a learning rule, "
            "and watch how a brain might learn without weight transport.</p><p>MIT licence.</p>"
            f"<p>Digits 8×8: {TASKS['digits'].source}.</p>",
        )

    # ---- leaving ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and self.document.precious:
            event.ignore()
            self.files.leaving(self.leave)
            return
        self.memory.keep(self, self.workspace)
        self.controller.close()
        self.autosave.recovery.close()
        event.accept()

    def leave(self) -> None:
        """Close without asking."""
        self._leaving = True
        self.close()


THEMES = ("light", "dark", "system")
DRAWINGS = ("watch", "fast", "off")


def gallery_session(key: str) -> Session:
    """A gallery network by key."""
    return load(gallery.path_of(key)).session


def _lower(text: str) -> str:
    """An edit's words after Undo or Redo: names of things keep their case."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
