"""The main window: composes menus, run bar, build column, panels, inspector and status line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QMainWindow

from ..session import gallery
from ..session.file import Saved
from ..session.session import Session
from ..ui import theme
from ..ui.focus_ring import FocusRing
from ..ui.panel import KeyRow
from .actions import key_rows, make_actions
from .autosave import Autosave
from .beside import Beside
from .build_column import BuildColumn
from .centre import Centre
from .commands import Commands
from .controller import Controller
from .data_choice import DataChoice
from .dock import PanelDock
from .document import Document
from .export import Export
from .files import Files, dropped, dropped_data
from .finder import Finder
from .following import Following
from .history_bar import HistoryBar
from .keeping import Keeping
from .lesson_links import LessonLinks
from .memory import Memory
from .menus import Menus
from .movies import Movies
from .picking import Picking
from .presentation import Presentation
from .regions import Regions
from .run_bar import RunBar
from .salvage import Salvage
from .settings import Settings
from .sheets import Sheets
from .sizing import Sizing
from .slots import slots_of
from .status_line import StatusLine
from .story import BookmarkStory
from .telling import Telling
from .undo_words import UndoWords
from .views import Views

SMALLEST = (960, 600)  # in less the panels of the first layout would lie over each other
FIRST = "fa_two_moons"  # what a new user sees: learned in seconds, and its map bends


class Window(QMainWindow):
    """One document, one trainer, and every view of them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.entries = gallery.entries()
        self.document = Document(gallery.session_of(FIRST), self)
        self.controller = Controller(self.document, self)
        self.autosave = Autosave(self.controller)
        self.files = Files(self.controller, self)
        self.salvage = Salvage(self.autosave.recovery, self.controller, self.files)
        self.memory = Memory(settings, self.controller.pump, self)
        self.picking = Picking(self.document)
        self.sheets = Sheets(self, self._key_rows, self.controller.in_background)
        self.finder = Finder(self, self.memory)
        self.ring = FocusRing(self)
        self._leaving = False
        self._shown = False
        self._build()
        self._connect()
        self._restore_look()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.setObjectName("bioviz")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.status_line = StatusLine(self)
        self.setStatusBar(self.status_line)
        self._build_centre()
        self.data_choice = DataChoice(self.controller, self.build_column, self)
        self.sizing = Sizing(self.memory, self.workspace)
        self.presentation = Presentation(
            self, self.centre, self.views, self.controller, self.sizing
        )
        self.actions_by_key = make_actions(self, slots_of(self))
        self.links = LessonLinks(self.controller, self.views, self.picking, self.actions_by_key)
        self.beside = Beside(self.controller, self.build_column, self.actions_by_key)
        self.run_bar = RunBar(self.actions_by_key, self)
        self.addToolBar(self.run_bar)
        self.history_bar = HistoryBar(
            self.controller.looking, self.controller.trainer, self.actions_by_key, self
        )
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.history_bar)
        self.menus = Menus(
            self,
            self.actions_by_key,
            self.workspace,
            self.files.open_path,
            self.controller.fetch.start,
        )

    def _build_centre(self) -> None:
        self.centre = Centre(self.entries)
        self.setCentralWidget(self.centre)
        self.workspace = self.centre.workspace
        self.start_page = self.centre.start_page
        self.problem_bar = self.centre.problem_bar
        self.telling = Telling(self.problem_bar, self.status_line, self)
        self.build_column = BuildColumn(self.document.spec, self.entries)
        build = PanelDock("build", "Build", "panel-build", self.build_column, self.workspace)
        self.workspace.add(build)
        self.views = Views(self.workspace, self.controller.pump, self)
        self.panels, self.inspector = self.views.panels, self.views.inspector
        self.export = Export(self.controller, self.views, self.workspace, self.files)
        self.movies = Movies(self.controller, self.export, self.workspace, self.files)

    # ---- connecting ------------------------------------------------------------------------

    def _connect(self) -> None:
        self.following = Following(
            self.controller,
            self.views,
            self.build_column,
            self.run_bar,
            self.history_bar,
            self.status_line,
            self.telling,
            self.picking,
            self.actions_by_key["play"],
            self.entries,
            self,
        )
        self._connect_run()
        self._connect_document()
        self._connect_views()
        self._connect_start_page()
        self._connect_lesson()
        self._connect_history()
        self._connect_stage()
        self._connect_movies()

    def _connect_run(self) -> None:
        controller = self.controller
        controller.told.connect(self.telling.tell)
        controller.settled.connect(self.telling.settle)
        controller.earlier.changed.connect(self.views.set_earlier)
        controller.saved.connect(self._on_file)
        controller.opened.connect(self._on_file)
        controller.fetch.progress.connect(self.status_line.show_progress)
        controller.fetch.progress.connect(self.build_column.set_busy)
        self.run_bar.step_asked.connect(controller.step)
        self.run_bar.speed_changed.connect(controller.trainer.set_speed)
        self.run_bar.stop_changed.connect(self.document.stop_at)

    def _connect_document(self) -> None:
        document = self.document
        document.title_changed.connect(self._retitle)
        actions = self.actions_by_key
        UndoWords(document.undo_stack, actions["undo"], actions["redo"])

    def _connect_views(self) -> None:
        views, column = self.views, self.build_column
        views.edited.connect(self.document.edit)
        views.ordered.connect(self.controller.intervene)
        views.unwanted.connect(self.controller.forget)
        views.exported.connect(self.files.export)
        for part in (views, column):
            part.picked.connect(self.picking.set)
        column.edited.connect(self.document.edit)
        column.template_chosen.connect(self.open_network)
        column.fetch_asked.connect(self.controller.fetch.start)
        column.card_asked.connect(views.show_card)
        self.picking.told.connect(self.telling.tell)

    def _connect_lesson(self) -> None:
        card = self.inspector.lesson
        card.again_asked.connect(self.open_network)
        for page in (card, self.inspector.card):
            page.asked.connect(self.links.follow)
        self.links.opened.connect(self.open_network)
        self.links.told.connect(self.telling.tell)
        self.links.compared.connect(self.sheets.show_plausibility)

    def _connect_start_page(self) -> None:
        page = self.start_page
        page.chosen.connect(self.open_network)
        page.opened.connect(self.files.open_path)
        page.recovered.connect(self.salvage.recover)
        page.discarded.connect(self.salvage.discard)
        page.blank_asked.connect(self.new)
        self.salvage.found.connect(page.set_recoverable)
        self.salvage.settled.connect(self.telling.settle)
        self.memory.recent_changed.connect(page.set_recent)
        self.memory.recent_changed.connect(self.menus.show_recent)
        self.controller.known.changed.connect(self.memory.keep_data)

    def _connect_history(self) -> None:
        looking = self.controller.looking
        self.keeping = Keeping(self.actions_by_key["keep_history"], self.document, looking)
        self.controller.pump.status_changed.connect(self.keeping.refresh)
        self.history_bar.branch_asked.connect(self._branch)
        self.views.ordered.connect(looking.live)  # what is done is done to the present

    def _connect_stage(self) -> None:
        """Presentation mode, and all that is reached by keys alone."""
        chrome = (self.menuBar(), self.run_bar, self.history_bar, self.status_line)
        self.presentation.take(self.actions_by_key, self.menus.panels, chrome)
        self.presentation.tell(BookmarkStory(self.controller.looking))
        self.regions = Regions(
            self.run_bar, self.history_bar, self.centre, self.presentation.stage, self.ring
        )
        self.actions_by_key["next_region"].triggered.connect(partial(self.regions.go, 1))
        self.actions_by_key["previous_region"].triggered.connect(partial(self.regions.go, -1))
        self.finder.take(
            Commands(
                self.actions_by_key,
                self.menus,
                self.build_column,
                self.document,
                self.entries,
                self.open_network,
            )
        )

    def _connect_movies(self) -> None:
        self.movies.progress.connect(self.status_line.show_progress)

    # ---- beginning -------------------------------------------------------------------------

    def begin(self, path: Path | None) -> None:
        """Show the first network, or the file; offer what an earlier crash left."""
        self.controller.show(self.document.session)
        if path is not None:
            self.controller.open(path)
        self.controller.pump.start()
        self.centre.show_workspace()
        self.salvage.offer()

    def _restore_look(self) -> None:
        settings = self.memory.settings
        self.controller.pump.set_share(settings.drawing)
        self.controller.known.put(settings.data)
        self.actions_by_key[f"draw_{settings.drawing}"].setChecked(True)
        self.actions_by_key[f"theme_{theme.notifier.choice}"].setChecked(True)
        self.memory.recent_changed.emit(self.memory.recent())
        self.memory.place(self)
        self.sizing.restore(self.actions_by_key)
        self._retitle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.ring.watch(self)
            self.memory.arrange(self.workspace)

    # ---- networks and files ----------------------------------------------------------------

    def open_network(self, key: str) -> None:
        """Open a gallery network, once what is worked on is safe."""
        self.files.leaving(partial(self._show_network, gallery.saved_of(key)))

    def _show_network(self, saved: Saved) -> None:
        if saved.started:
            self.controller.take_over(saved, None)
            self.centre.show_workspace()
        else:
            self.show_session(saved.session)

    def show_session(self, session: Session) -> None:
        self.controller.show(session)
        self.centre.show_workspace()

    def new(self) -> None:
        blank = gallery.session_of(FIRST).experiments[0]
        session = Session(schema=1, experiments=(blank,))
        self.files.leaving(partial(self.show_session, session))

    def saving(self, save: Callable[[], object]) -> None:
        """Note how things are looked at, then save."""
        noted = self.views.noted(self.document.session.panels)
        self.document.put_view(noted, self.run_bar.speed)
        save()

    def _on_file(self, path: Path) -> None:
        self.memory.add_recent(path)
        self.centre.show_workspace()

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

    # ---- words and keys -------------------------------------------------------------------------

    def _branch(self, trial: int) -> None:
        self.controller.branch(self.document.active, trial)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StatusTip and isinstance(event, QStatusTipEvent):
            self.status_line.hint(event.tip())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.history_bar.take_key(event):
            super().keyPressEvent(event)

    def _retitle(self) -> None:
        self.setWindowTitle(f"{self.document.title}[*]")
        self.setWindowModified(self.document.precious)

    def _key_rows(self) -> list[KeyRow]:
        return key_rows(self.menus.panel_keys(), self.views.keys())

    def step(self) -> None:
        self.run_bar.ask_step()

    def focusNextPrevChild(self, onward: bool) -> bool:
        return self.regions.tab(onward) or super().focusNextPrevChild(onward)

    # ---- leaving ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and self.document.precious:
            event.ignore()
            self.files.leaving(self.leave)
            return
        self.presentation.leave()
        self.memory.keep(self, self.workspace)
        self.movies.close()
        self.export.close()
        self.controller.close()
        self.autosave.recovery.close()
        event.accept()

    def leave(self) -> None:
        """Close without asking."""
        self._leaving = True
        self.close()
