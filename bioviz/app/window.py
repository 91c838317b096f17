"""The main window: composes menus, run bar, build column, panels, inspector and status line."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..core import edit
from ..core.catalogue import Catalogue
from ..core.fault import BiovizError
from ..core.registry import Registry
from ..core.spec import ExperimentSpec, Stop
from ..core.trainer import Mode, Status, Stride
from ..session import gallery
from ..session.recovery import Recoverable
from ..session.session import PanelView, Session
from ..ui import icon, theme
from ..ui.label import Empty
from ..ui.panel import Panel, Pick
from ..ui.problem import ProblemBar
from .actions import ACTIONS, MENUS, key_rows, make_actions
from .autosave import Autosave
from .build_column import BuildColumn
from .controller import Controller
from .dock import PanelDock
from .document import Document
from .files import Files
from .inspector import Inspector
from .run_bar import RunBar
from .settings import Layout, Settings, save_settings, settings_path
from .start_page import StartPage
from .status_line import StatusLine
from .workspace import Workspace

FIRST = "fa_two_moons"  # what a new user sees: learned in seconds, and its map bends
PANEL_ORDER = ("network", "loss", "alignment", "weights", "task")

PANELS: Registry[Any] = Registry("panel", "bioviz.panels")


class Window(QMainWindow):
    """One document, one trainer, and every view of them."""

    def __init__(self, settings: Settings, *, reset_layout: bool = False) -> None:
        super().__init__()
        self.settings = settings
        self.entries = gallery.entries()
        self.document = Document(gallery_session(FIRST), self)
        self.controller = Controller(self.document, self)
        self.autosave = Autosave(self.controller)
        self.files = Files(self.controller, self)
        self.panels: dict[str, Panel] = {}
        self._closing = False
        self._arranged = reset_layout or settings.layout is None
        self._pick = Pick("nothing")
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
        self._stack = QStackedWidget()
        self._stack.addWidget(self.workspace)
        self._stack.addWidget(self.start_page)
        self._build_centre()
        self._build_menus()
        self._sheet: QDialog | None = None

    def _build_panels(self) -> None:
        self.build_column = BuildColumn(self.document.spec, self.entries)
        self.inspector = Inspector()
        found = dict(PANELS.items())
        first = [key for key in PANEL_ORDER if key in found]
        for key in [*first, *(key for key in found if key not in first)]:
            self.panels[key] = found[key]()
        add = self.workspace.add
        add(PanelDock("build", "Build", "panel-build", self.build_column))
        for key, panel in self.panels.items():
            add(PanelDock(key, panel.title, panel.icon, panel))
            self.controller.pump.add(panel)
        add(PanelDock("inspector", "Inspector", "panel-inspector", self.inspector))
        self.controller.pump.add(self.inspector)

    def _build_centre(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problem_bar)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(centre)

    def _build_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        for spec in ACTIONS:
            if spec.rule:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self.actions_by_key[spec.key])
        self._recent_menu = QMenu(self)
        self.actions_by_key["recent"].setMenu(self._recent_menu)
        self._group("draw_watch", "draw_fast", "draw_off")
        self._group("theme_light", "theme_dark", "theme_system")
        self._build_panel_menu(menus["View"])

    def _group(self, *keys: str) -> None:
        group = QActionGroup(self)
        for key in keys:
            group.addAction(self.actions_by_key[key])

    def _build_panel_menu(self, menu: QMenu) -> None:
        self.panel_actions: dict[str, QAction] = {}
        first = menu.actions()[0]
        for number, (key, dock) in enumerate(self.workspace.docks.items(), 1):
            action = QAction(dock.windowTitle(), self)
            if number <= 9:
                action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.setToolTip(f"Show or hide {dock.windowTitle()}")
            action.triggered.connect(partial(self.workspace.toggle_panel, key))
            menu.insertAction(first, action)
            self.addAction(action)
            self.panel_actions[key] = action
        menu.insertSeparator(first)

    def _slots(self) -> dict[str, Any]:
        return {
            "new": self._new,
            "open": self.files_open,
            "gallery": self.show_start_page,
            "save": self._save,
            "save_as": self._save_as,
            "fetch_mnist": self.controller.fetch_mnist,
            "quit": self.close,
            "undo": self.document.undo_stack.undo,
            "redo": self.document.undo_stack.redo,
            "add_layer": self._add_layer,
            "remove_layer": self._remove_layer,
            "rule_card": self._show_card,
            "play": self.controller.toggle,
            "step": self._step,
            "step_epoch": partial(self.controller.step, 1, Stride.EPOCH),
            "restart": self.controller.restart,
            "new_weights": self.controller.new_weights,
            "draw_watch": partial(self.set_drawing, "watch"),
            "draw_fast": partial(self.set_drawing, "fast"),
            "draw_off": partial(self.set_drawing, "off"),
            "theme_light": partial(self.set_theme, "light"),
            "theme_dark": partial(self.set_theme, "dark"),
            "theme_system": partial(self.set_theme, "system"),
            "maximise": self.workspace_maximise,
            "reset_layout": self.reset_layout,
            "keys": self.show_keys,
            "about": self._about,
        }

    def _connect(self) -> None:
        self._connect_run()
        self._connect_document()
        self._connect_views()

    def _connect_run(self) -> None:
        controller = self.controller
        controller.rebuilt.connect(self._on_rebuilt)
        controller.told.connect(self.tell)
        controller.settled.connect(self.problem_bar.dismiss)
        controller.saved.connect(self._on_file)
        controller.opened.connect(self._on_file)
        controller.busy.connect(self.status_line.show_progress)
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
        self.build_column.edited.connect(self._on_edited)
        self.build_column.picked.connect(self.set_pick)
        self.inspector.edited.connect(self._on_edited)
        self.inspector.ordered.connect(self._on_ordered)
        for panel in self.panels.values():
            panel.edited.connect(self._on_edited)
            panel.ordered.connect(self._on_ordered)
            panel.picked.connect(self.set_pick)
        self.build_column.template_chosen.connect(self.open_network)
        self.build_column.fetch_asked.connect(self.controller.fetch_mnist)
        self.build_column.card_asked.connect(self._show_card)
        self.start_page.chosen.connect(self.open_network)
        self.start_page.opened.connect(self.files.open_path)
        self.start_page.recovered.connect(self._recover)
        self.start_page.discarded.connect(self._discard)
        self.start_page.blank_asked.connect(self._new)
        self.start_page.closed.connect(self.show_workspace)

    # ---- beginning -------------------------------------------------------------------------

    def begin(self, path: Path | None) -> None:
        """Show the first network, or the file; offer what an earlier crash left."""
        for action in ("undo", "redo"):
            self.actions_by_key[action].setEnabled(False)
        self.controller.show(self.document.session)
        if path is not None:
            self.controller.open(path)
        self.controller.pump.start()
        self.panels["network"].setFocus()  # so that Space plays, and does not type
        self.offer_recovery()

    def offer_recovery(self) -> None:
        """Offer the newest copy that a crash left; the start page lists the others."""
        found = self.autosave.recovery.find()
        self.start_page.set_recoverable(found)
        if found:
            newest = found[0]
            self.tell(
                "warning",
                f"bioviz did not close properly. A copy of “{newest.title}” from "
                f"{datetime.fromtimestamp(newest.time):%d %B, %H:%M} can be recovered.",
                [
                    ("Recover", partial(self._recover, newest)),
                    ("Discard", partial(self._discard, newest)),
                ],
            )

    def _recover(self, left: Recoverable) -> None:
        self.problem_bar.dismiss()
        self.files.leaving(partial(self.controller.recover_copy, left.path))

    def _discard(self, left: Recoverable) -> None:
        self.autosave.recovery.discard(left)
        self.problem_bar.dismiss()
        self.start_page.set_recoverable(self.autosave.recovery.find())

    def _restore_look(self) -> None:
        self.set_drawing(self.settings.drawing)
        self.actions_by_key[f"theme_{theme.notifier.choice}"].setChecked(True)
        if self.settings.geometry is not None:
            x, y, width, height = self.settings.geometry
            self.setGeometry(x, y, max(width, 900), max(height, 560))
        else:
            self.resize(1440, 860)
        if self.settings.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._retitle()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._arranged:
            self.workspace.arrange()
        elif self.settings.layout is not None:
            state = self.settings.layout.read()
            if state is None or not self.workspace.take_layout(state):
                self.workspace.arrange()
        self._arranged = False
        self.settings = self.settings.model_copy(update={"layout": None})

    # ---- networks and files ----------------------------------------------------------------

    def open_network(self, key: str) -> None:
        """Open a gallery network, once what is worked on is safe."""
        self.files.leaving(partial(self._show_session, gallery_session(key)))

    def _show_session(self, session: Session) -> None:
        self.controller.show(session)
        self.show_workspace()

    def _new(self) -> None:
        blank = gallery_session(FIRST).experiments[0]
        session = Session.model_validate(
            {"schema": 1, "about": {"title": "New network"}, "experiments": [blank.model_dump()]}
        )
        self.files.leaving(partial(self._show_session, session))

    def files_open(self) -> None:
        self.files.open()

    def _save(self) -> None:
        self._note_view()
        self.files.save()

    def _save_as(self) -> None:
        self._note_view()
        self.files.save_as()

    def _note_view(self) -> None:
        views = [PanelView(key=key, options=panel.options()) for key, panel in self.panels.items()]
        unknown = [view for view in self.document.session.panels if view.key not in self.panels]
        self.document.put_view((*views, *unknown), self.run_bar.speed)

    def _on_file(self, path: Path) -> None:
        self.settings = self.settings.with_recent(path)
        self._fill_recent()
        self.show_workspace()

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        paths = [Path(name) for name in self.settings.recent if Path(name).is_file()]
        for path in paths:
            action = self._recent_menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self.files.open_path, path))
        self.actions_by_key["recent"].setEnabled(bool(paths))
        self.start_page.set_recent(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)

    # ---- edits -----------------------------------------------------------------------------

    def _on_edited(self, spec: ExperimentSpec, text: str) -> None:
        self.document.edit(spec, text)

    def _on_ordered(self, order: Any) -> None:
        self.controller.intervene(order)

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
        self.inspector.set_pick(pick)
        for panel in self.panels.values():
            panel.set_pick(pick)
        self.controller.pump.refresh()

    # ---- following -------------------------------------------------------------------------

    def _on_spec(self, _before: ExperimentSpec, spec: ExperimentSpec) -> None:
        self._show_spec(spec)

    def _show_spec(self, spec: ExperimentSpec) -> None:
        self.build_column.set_spec(spec)
        self.inspector.set_spec(spec)
        for panel in self.panels.values():
            panel.set_spec(spec)
        self.run_bar.set_stop(spec.stop)
        self.controller.pump.refresh()

    def _on_replaced(self) -> None:
        self.problem_bar.dismiss()
        self.set_pick(Pick("nothing"))
        self._show_spec(self.document.spec)
        self.inspector.set_about(self.document.about)
        self.run_bar.set_speed(self.document.session.speed)
        for view in self.document.session.panels:
            if view.key in self.panels:
                self.panels[view.key].set_options(dict(view.options))

    def _on_rebuilt(self, catalogue: Catalogue) -> None:
        self.inspector.rebuild(catalogue)
        for panel in self.panels.values():
            panel.rebuild(catalogue)
        self._show_status(self.controller.status)

    def _on_status(self, status: Status) -> None:
        self._show_status(status)
        playing = status.mode is Mode.PLAYING
        play = self.actions_by_key["play"]
        if play.text() != ("Pause" if playing else "Play"):
            play.setText("Pause" if playing else "Play")
            icon.tint(play, "pause" if playing else "play")
            for panel in self.panels.values():
                panel.set_live(playing)

    def _show_status(self, status: Status) -> None:
        self.status_line.show_status(status, self.document.spec.seed, self.controller.pump.rate)

    def _on_panel_failed(self, panel: Panel, reason: str) -> None:
        self.controller.pump.remove(panel)
        words = f"This panel met a fault and was stopped ({reason}). The log has the details."
        self.workspace.docks[panel.key].setWidget(Empty("error", words))

    def tell(self, severity: str, text: str, actions: Any) -> None:
        """Say one sentence: above the panels, or at the foot where there is nothing to decide."""
        if severity == "info" and not actions:
            self.status_line.say(text)
            return
        self.problem_bar.show_problem(
            severity,  # type: ignore[arg-type]
            text,
            [(words, partial(self._act, call)) for words, call in actions],
        )

    def _act(self, call: Any) -> None:
        self.problem_bar.dismiss()
        call()

    def tell_fault(self, fault: BaseException) -> None:
        """An unforeseen fault: one sentence; the log has its trace."""
        self.tell("error", f"Something in bioviz failed ({type(fault).__name__}: {fault}).", [])

    def _on_undo_text(self, text: str) -> None:
        self.actions_by_key["undo"].setText(f"Undo {text}".strip())

    def _on_redo_text(self, text: str) -> None:
        self.actions_by_key["redo"].setText(f"Redo {text}".strip())

    def _retitle(self) -> None:
        self.setWindowTitle(f"{self.document.title}[*]")
        self.setWindowModified(self.document.precious)

    # ---- looks -----------------------------------------------------------------------------

    def set_theme(self, choice: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101  (told to the type checker)
        theme.apply(app, choice)  # type: ignore[arg-type]
        self.settings = self.settings.model_copy(update={"theme": choice})
        self.actions_by_key[f"theme_{choice}"].setChecked(True)

    def set_drawing(self, share: str) -> None:
        self.controller.pump.set_share(share)
        self.settings = self.settings.model_copy(update={"drawing": share})
        self.actions_by_key[f"draw_{share}"].setChecked(True)

    def reset_layout(self) -> None:
        self.show_workspace()
        self.workspace.arrange()

    def workspace_maximise(self) -> None:
        self.workspace.maximise_focused()

    def show_start_page(self) -> None:
        self.start_page.check_data()
        self._stack.setCurrentWidget(self.start_page)
        self.start_page.focus_first()

    def show_workspace(self) -> None:
        self._stack.setCurrentWidget(self.workspace)

    def show_keys(self) -> None:
        """Show the sheet of shortcuts, made when it is first asked for."""
        from .shortcut_sheet import ShortcutSheet

        if self._sheet is None:
            panels = [
                (action.text(), action.shortcut().toString())
                for action in self.panel_actions.values()
                if not action.shortcut().isEmpty()
            ]
            self._sheet = ShortcutSheet(key_rows(panels), self)
        self._sheet.show()
        self._sheet.raise_()

    def _show_card(self) -> None:
        self.inspector.show_card()
        self.workspace.show_panel("inspector")

    def _about(self) -> None:
        from .. import __version__

        QMessageBox.about(
            self,
            "About bioviz",
            f"<h3>bioviz {__version__}</h3><p>Assemble layered networks, choose a learning rule, "
            "and watch how a brain might learn without weight transport.</p><p>MIT licence.</p>"
            f"<p>Digits 8×8: {_digits_source()}.</p>",
        )

    def _step(self) -> None:
        self.run_bar.ask_step()

    # ---- leaving ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closing and self.document.precious:
            event.ignore()
            self.files.leaving(self._leave)
            return
        self._remember()
        self.controller.close()
        self.autosave.recovery.close()
        event.accept()

    def _leave(self) -> None:
        self._closing = True
        self.close()

    def _remember(self) -> None:
        where = self.normalGeometry()
        self.settings = self.settings.model_copy(
            update={
                "layout": Layout.of(self.workspace.layout_bytes()),
                "geometry": (where.x(), where.y(), where.width(), where.height()),
                "maximised": self.isMaximized(),
            }
        )
        save_settings(settings_path(), self.settings)


def gallery_session(key: str) -> Session:
    """A gallery network by key."""
    from ..session.file import load

    return load(gallery.path_of(key)).session


def _digits_source() -> str:
    from ..tasks.digits import Digits

    return Digits.source


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file that is dropped, or None."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix in (".bioviz", ".json") else None
