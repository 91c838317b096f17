"""Presentation mode: the panels go on stage, everything else steps aside, and all comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ..session import gallery
from .centre import Centre
from .controller import Controller
from .dock import PanelDock
from .lesson import lesson_of
from .panel_sets import on_stage
from .sizing import Sizing
from .stage import Stage
from .story import LessonStory, Story
from .views import Views

LARGER, THICK = 1.6, 3.0  # type against the chosen scale, and pixels that a curve has at least
HINTED = 60  # beats, two seconds of them, for which the keys are told
SHOWN = 90  # beats for which the run bar stays after the mouse has moved
PAUSED = ("gallery", "maximise", "reset_layout")


@dataclass(frozen=True)
class Before:
    """How the window was, to be so again."""

    state: Qt.WindowState
    where: QRect
    focus: QWidget | None
    chrome: tuple[QWidget, ...]  # what was seen of it
    layout: QByteArray
    floating: tuple[PanelDock, ...]
    paused: tuple[QAction, ...]


class Presentation(QObject):
    """Enters and leaves; while it is on, it follows a story and the presenter's keys."""

    def __init__(
        self,
        window: QMainWindow,
        centre: Centre,
        views: Views,
        controller: Controller,
        sizing: Sizing,
    ) -> None:
        super().__init__(window)
        self._window, self._centre, self._views = window, centre, views
        self._controller, self._sizing = controller, sizing
        self._actions: Mapping[str, QAction] = {}
        self._chrome: tuple[QWidget, ...] = ()
        self._before: Before | None = None
        self._owed: Before | None = None  # a layout to be put back once more
        self._bookmarks: Story | None = None
        self._story: Story | None = None
        self._place = 0
        self._beats = self._moved = 0
        self._mouse = QPoint()
        self.stage = Stage()
        centre.add_page(self.stage)
        self._connect()

    def _connect(self) -> None:
        self.stage.asked.connect(self._obey)
        self.stage.bar.stepped.connect(self.go)
        self._controller.pump.beaten.connect(self._beat)
        self._centre.turned.connect(self._on_turned)

    def take(
        self,
        actions: Mapping[str, QAction],
        panels: Mapping[str, QAction],
        chrome: Sequence[QWidget],
    ) -> None:
        """Know the window's actions, those that show panels, and what is to step aside."""
        self._actions = {**{f"panel {key}": action for key, action in panels.items()}, **actions}
        self._chrome = tuple(chrome)
        self.stage.bar.offer(actions)

    def tell(self, story: Story | None) -> None:
        """Step through these bookmarks from now on, where there are any."""
        self._bookmarks = story

    @property
    def on(self) -> bool:
        return self._before is not None

    def toggle(self, *_: object) -> None:
        """Enter, or leave."""
        if self.on:
            self.leave()
        else:
            self.enter()

    # ---- entering and leaving --------------------------------------------------------------

    def enter(self) -> None:
        """Fill the screen with up to four panels."""
        if self.on:
            return
        self._centre.show_workspace()
        self._views.complete()
        window = self._window
        self._owed = None
        self._before = Before(
            window.windowState(),
            window.geometry(),
            QApplication.focusWidget(),
            tuple(part for part in self._chrome if not part.isHidden()),
            self._centre.workspace.as_it_is(),
            tuple(dock for dock in self._docks() if dock.isFloating() and not dock.isHidden()),
            tuple(action for action in self._stopped() if action.isEnabled()),
        )
        for part in (*self._before.chrome, *self._before.floating):
            part.hide()
        for action in self._before.paused:
            action.setEnabled(False)
        self._sizing.boost(LARGER, THICK)
        self.stage.bring([self._views.panels[key] for key in self._chosen()])
        self._centre.show_page(self.stage)
        window.showFullScreen()
        self._begin()

    def leave(self) -> None:
        """Put everything back as it was."""
        before, self._before = self._before, None
        if before is None:
            return
        for panel in self.stage.part_with():
            dock = self._centre.workspace.docks[panel.key]
            if dock.widget() is None:  # a panel that failed meanwhile has left its place
                dock.setWidget(panel)
        self._sizing.boost(1.0, 1.0)
        for action in before.paused:
            action.setEnabled(True)
        for part in (*before.chrome, *before.floating):
            part.show()
        self._window.setWindowState(before.state)
        if before.state == Qt.WindowState.WindowNoState:
            self._window.setGeometry(before.where)
        if self._centre.shows(self.stage):
            self._centre.show_workspace()
        self._centre.workspace.put_back(before.layout)
        self._owed = None if self._window.size() == before.where.size() else before
        self._beats = 0
        self._centre.workspace.follow_scale()  # it may have been changed on stage
        if before.focus is not None and before.focus.isVisible():
            before.focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._controller.pump.refresh()

    def _docks(self) -> list[PanelDock]:
        return list(self._centre.workspace.docks.values())

    def _stopped(self) -> list[QAction]:
        """The actions that would lay out panels that are not there."""
        return [
            action
            for key, action in self._actions.items()
            if key in PAUSED or key.startswith(("panel ", "set_"))
        ]

    def _chosen(self) -> list[str]:
        panels, docks = self._views.panels, self._centre.workspace.docks
        sound = {key: panel for key, panel in panels.items() if docks[key].widget() is panel}
        fitting = {key: not panel.idle for key, panel in sound.items()}
        named = [view.key for view in self._controller.document.session.panels]
        return list(on_stage(fitting, named))

    def _begin(self) -> None:
        document = self._controller.document
        marked = self._bookmarks is not None and bool(self._bookmarks.names())
        lesson = lesson_of(document.session, gallery.entries())
        self._story = self._bookmarks if marked else LessonStory(self._controller, lesson)
        self._place = -1 if marked else 0
        self._beats = self._moved = 0
        self._mouse = QCursor.pos()
        self.stage.hint.show()
        self.stage.bar.buttons.show()
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()
        self._controller.pump.refresh()

    # ---- the story -------------------------------------------------------------------------

    def go(self, way: int) -> None:
        """Go on to the next place of the story, or back; its ends stay."""
        if self._story is None:
            return
        place = min(max(self._place + way, 0), len(self._story.names()) - 1)
        if place != self._place:
            self._place = place
            self._story.go(place)
        self._say()

    def _say(self) -> None:
        names = tuple(self._story.names()) if self._story is not None else ()
        self.stage.bar.tell(min(self._place, len(names) - 1), names)

    def _obey(self, order: str) -> None:
        if order == "leave":
            self.leave()
        else:
            self.go(1 if order == "next" else -1)

    # ---- as time goes by -------------------------------------------------------------------

    def _beat(self) -> None:
        """Hide what was to be seen for a while; a mouse that moves brings the run bar back."""
        self._beats += 1
        if not self.on:
            self._pay()
            return
        if self._beats >= HINTED:
            self.stage.hint.hide()
        if QCursor.pos() != self._mouse:
            self._mouse, self._moved = QCursor.pos(), self._beats
        rest = self._beats - self._moved
        self.stage.bar.buttons.setVisible(rest < SHOWN)

    def _pay(self) -> None:
        """Lay the panels out again once the desktop has given the window its size back."""
        owed = self._owed
        if owed is None:
            return
        if self._window.size() == owed.where.size():
            self._centre.workspace.put_back(owed.layout)
            self._owed = None
        elif self._beats > HINTED:
            self._owed = None

    def _on_turned(self) -> None:
        """Another page took the stage's place: a network was opened, or the start page."""
        if self.on and not self._centre.shows(self.stage):
            self.leave()
