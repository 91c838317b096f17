"""Following: whatever changes in the document or the run is shown wherever it is to be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ..core.catalogue import Catalogue
from ..core.compiled import compiling
from ..core.spec import ExperimentSpec
from ..core.status import Mode, Status
from ..session import gallery
from ..ui import icon
from ..ui.panel import Pick
from .build_column import BuildColumn
from .controller import Controller
from .history_bar import HistoryBar
from .lesson import lesson_of
from .picking import Picking
from .run_bar import RunBar
from .status_line import StatusLine
from .telling import Telling
from .views import Views


class Following(QObject):
    """Hears the document, the controller and the pump, and tells the window's parts."""

    def __init__(
        self,
        controller: Controller,
        views: Views,
        column: BuildColumn,
        run_bar: RunBar,
        history_bar: HistoryBar,
        status_line: StatusLine,
        telling: Telling,
        picking: Picking,
        play: QAction,
        entries: Sequence[gallery.Entry],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller, self._document = controller, controller.document
        self._views, self._column = views, column
        self._run_bar, self._history_bar = run_bar, history_bar
        self._status_line, self._telling = status_line, telling
        self._picking, self._play, self._entries = picking, play, entries
        self._compiling = False
        self._connect()

    def _connect(self) -> None:
        document, controller = self._document, self._controller
        document.spec_changed.connect(self._on_spec)
        document.active_changed.connect(self._on_active)
        document.replaced.connect(self._on_replaced)
        controller.rebuilt.connect(self._on_rebuilt)
        controller.pump.status_changed.connect(self._on_status)
        controller.pump.beaten.connect(self._on_beat)
        controller.looking.changed.connect(self._on_moment)
        self._picking.changed.connect(self._on_pick)

    def _on_pick(self, pick: Pick) -> None:
        self._column.set_pick(pick)
        self._views.set_pick(pick)
        self._controller.pump.refresh()

    def _on_spec(self, _before: ExperimentSpec, spec: ExperimentSpec) -> None:
        self._show_spec(spec)

    def _on_active(self, active: int) -> None:
        self._show_spec(self._document.spec)
        self._views.set_active(active)
        self._on_status(self._controller.status)

    def _show_spec(self, spec: ExperimentSpec) -> None:
        self._column.set_spec(spec)
        self._views.set_spec(spec, self._document.experiments)
        self._run_bar.set_stop(spec.stop)
        self._controller.pump.refresh()

    def _on_replaced(self) -> None:
        """Another session took the place of the one before."""
        session = self._document.session
        self._telling.settle()
        self._picking.clear()
        self._show_spec(self._document.spec)
        self._views.set_lesson(lesson_of(session, self._entries))
        self._run_bar.set_speed(session.speed)
        self._views.restore(session.panels)

    def _on_rebuilt(self, catalogue: Catalogue) -> None:
        self._views.rebuild(catalogue, self._document.active)
        self._on_status(self._controller.status)

    def _on_status(self, status: Status) -> None:
        seed, rate = self._document.spec.seed, self._controller.pump.rate
        self._status_line.show_status(status, seed, rate, self._document.active)
        self._history_bar.show_status(status)
        playing = status.mode is Mode.PLAYING
        words: Mapping[bool, str] = {True: "Pause", False: "Play"}
        if self._play.text() != words[playing]:
            self._play.setText(words[playing])
            icon.tint(self._play, words[playing].lower())
            self._views.set_live(playing)

    def _on_beat(self) -> None:
        if compiling() != self._compiling:
            self._compiling = not self._compiling
            self._status_line.show_compiling(self._compiling)

    def _on_moment(self) -> None:
        self._status_line.show_moment(self._controller.looking.trial)
