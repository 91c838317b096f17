"""What the window remembers: applies the settings at the start, and keeps them when they change."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from ..ui import theme
from ..ui.pump import Pump
from .settings import Layout, Settings, save_settings, settings_path
from .workspace import Workspace

log = logging.getLogger(__name__)

FIRST_SIZE = (1440, 860)


class Memory(QObject):
    """Theme, drawing, recent files and layout: each change takes effect and is written at once."""

    recent_changed = Signal(object)  # a list of Paths that are there

    def __init__(self, settings: Settings, pump: Pump, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._pump = pump

    def set_theme(self, choice: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101  (told to the type checker)
        theme.apply(app, choice)  # type: ignore[arg-type]
        self._put(theme=choice)

    def set_drawing(self, share: str) -> None:
        """Choose how much drawing may take: "watch", "fast" or "off"."""
        self._pump.set_share(share)
        self._put(drawing=share)

    def add_recent(self, path: Path) -> None:
        self._put(recent=self.settings.with_recent(path).recent)
        self.recent_changed.emit(self.recent())

    def recent(self) -> list[Path]:
        """Files that were open lately and are still there, the last one first."""
        return [Path(name) for name in self.settings.recent if Path(name).is_file()]

    def place(self, window: QMainWindow) -> None:
        """Put the window where it was, or give it its first size."""
        if self.settings.geometry is None:
            window.resize(*FIRST_SIZE)
        else:
            window.setGeometry(*self.settings.geometry)
        if self.settings.maximised:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def arrange(self, workspace: Workspace) -> None:
        """Put the panels where they were; in their first places where that is not known."""
        state = self.settings.layout.read() if self.settings.layout else None
        workspace.arrange()
        if state is not None and not workspace.take_layout(state):
            workspace.arrange()

    def keep(self, window: QMainWindow, workspace: Workspace) -> None:
        """Remember where the window and its panels are."""
        where = window.normalGeometry()
        self._put(
            layout=Layout.of(workspace.layout_bytes()),
            geometry=(where.x(), where.y(), where.width(), where.height()),
            maximised=window.isMaximized(),
        )

    def _put(self, **changes: Any) -> None:
        self.settings = self.settings.model_copy(update=changes)
        try:
            save_settings(settings_path(), self.settings)
        except OSError as error:  # a full or read-only disk must not stop a lecture
            log.warning("The settings could not be written: %s", error)
