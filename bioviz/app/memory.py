"""What the window remembers: applies the settings at the start, and keeps them when they change."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from ..ui import motion, theme
from ..ui.pump import Pump
from .settings import MOST_DATA, Layout, Settings, save_settings, settings_path
from .workspace import Workspace

log = logging.getLogger(__name__)

FIRST_SIZE = (1440, 860)
FRAME = (16, 48)  # room that a desktop takes for a window's frame, at most


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

    def keep_scale(self, level: int) -> None:
        """Remember at how many per cent the interface is drawn."""
        self._put(scale=level)

    def keep_motion(self, choice: motion.Choice) -> None:
        """Remember whether motion is reduced."""
        self._put(motion=choice)

    def add_command(self, name: str) -> None:
        """Note a command that was chosen from the palette."""
        self._put(commands=self.settings.with_command(name).commands)

    def add_recent(self, path: Path) -> None:
        self._put(recent=self.settings.with_recent(path).recent)
        self.recent_changed.emit(self.recent())

    def keep_data(self, paths: tuple[str, ...]) -> None:
        """Remember which files of data the user has chosen."""
        self._put(data=paths[:MOST_DATA])

    def recent(self) -> list[Path]:
        """Files that were open lately and are still there, the last one first."""
        return [Path(name) for name in self.settings.recent if Path(name).is_file()]

    def place(self, window: QMainWindow) -> None:
        """Put the window where it was, or give it its first size; all of it on a screen."""
        if self.settings.geometry is None:
            room = window.screen().availableGeometry()
            size = fitted(FIRST_SIZE, room)
            window.resize(*size)
            maximised = size != FIRST_SIZE
        else:
            window.setGeometry(on_screen(QRect(*self.settings.geometry)))
            maximised = self.settings.maximised
        if maximised:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def arrange(self, workspace: Workspace) -> None:
        """Put the panels where they were; in their first places where that is not known."""
        state = self.settings.layout.read() if self.settings.layout else None
        workspace.arrange()
        if state is not None and not workspace.take_layout(state):
            workspace.arrange()
        elif state is not None and self.settings.maximised:
            self._widening = Widening(workspace, state)

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


class Widening(QObject):
    """Lays the panels out once more when the window has got its maximised size.

    The desktop gives it only after the window is shown; a layout that is stretched from the
    smaller size would come out a little different at every start.
    """

    def __init__(self, workspace: Workspace, state: bytes) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._state = state
        workspace.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._workspace.window().isMaximized():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._lay_out)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._workspace.take_layout(self._state)


def fitted(size: tuple[int, int], room: QRect) -> tuple[int, int]:
    """A window's size, made smaller where the screen's room asks for it."""
    wide, high = room.width() - FRAME[0], room.height() - FRAME[1]
    return min(size[0], wide), min(size[1], high)


def on_screen(where: QRect) -> QRect:
    """Where a window was, moved and made smaller until all of it is on a screen that is there."""
    screen = QGuiApplication.screenAt(where.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    width, height = fitted((where.width(), where.height()), room)
    left = min(max(where.left(), room.left()), room.right() + 1 - width)
    top = min(max(where.top(), room.top()), room.bottom() + 1 - height)
    return QRect(left, top, width, height)
