"""Movies in the window: the dialog, made when it is first asked for, and what becomes of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ..figures.panel import FIGURES
from .controller import Controller
from .export import Export
from .files import Files
from .views import ORDER
from .workspace import Workspace, in_front

if TYPE_CHECKING:
    from .movie_dialog import MovieDialog


class Movies(QObject):
    """Opens the dialog on the panels in front; a movie goes on being written once it is closed."""

    progress = Signal(str, float)  # words and the fraction done; empty words once it has ended

    def __init__(
        self, controller: Controller, export: Export, workspace: Workspace, files: Files
    ) -> None:
        super().__init__(workspace)
        self._controller = controller
        self._export = export
        self._workspace = workspace
        self._files = files
        self.dialog: MovieDialog | None = None

    def ask(self) -> None:
        """Open the dialog."""
        front = self._front()
        dialog = self._made()
        dialog.open()
        dialog.begin(front)

    def close(self) -> None:
        """Stop what is being written, and end the thread."""
        if self.dialog is not None:
            self.dialog.export.close()

    def _front(self) -> list[str]:
        """The panels that are seen now."""
        docks = self._workspace.docks
        drawn = set(FIGURES.names())
        return [key for key in ORDER if key in drawn and key in docks and in_front(docks[key])]

    def _made(self) -> MovieDialog:
        if self.dialog is None:
            from .movie_dialog import MovieDialog  # not while the window opens
            from .movie_export import MovieExport

            controller, press = self._controller, self._export.press
            export = MovieExport(controller.trainer, controller.waiting)
            window = self._workspace.window()
            self.dialog = MovieDialog(export, press.figures, self._files.suggested, window)
            self.dialog.told.connect(self._on_told)
            export.progress.connect(self.progress)
            controller.pump.beaten.connect(export.tell)
        return self.dialog

    def _on_told(self, kind: str, words: str) -> None:
        """Say in the window what became of a movie whose dialog was closed."""
        self._controller.told.emit(kind, words, [])
