"""The menu bar, filled from the table of actions, the panels and the recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ..core.registry import TASKS
from ..ui.label import run
from ..ui.panel import KeyRow
from ..ui.scale import LEVELS
from .action_table import ACTIONS, MENUS
from .workspace import Workspace

GROUPS = (
    ("draw_watch", "draw_fast", "draw_off"),
    ("theme_light", "theme_dark", "theme_system"),
    tuple(f"scale_{level}" for level in LEVELS),
)  # of each, one is chosen


class Menus:
    """Fills a window's menu bar and keeps its changing parts up to date."""

    def __init__(
        self,
        window: QMainWindow,
        actions: dict[str, QAction],
        workspace: Workspace,
        open_path: Callable[[Path], None],
        fetch: Callable[[str], None],
    ) -> None:
        self._window = window
        self._actions = actions
        self._open_path = open_path
        self._fetch = fetch
        self.panels: dict[str, QAction] = {}
        self._menus = {name: window.menuBar().addMenu(f"&{name}") for name in MENUS}
        self._recent = QMenu(window)
        self._data = QMenu(window)
        self._data.setToolTipsVisible(True)
        self._data.aboutToShow.connect(self.show_data)
        self._menus["Network"].setToolTipsVisible(True)  # they say why something cannot be done
        self._fill()
        self._fill_panels(workspace)

    def _fill(self) -> None:
        for spec in ACTIONS:
            menu, place = self._menus[spec.menu], f"{spec.menu} > {spec.under}"
            if spec.rule and (not spec.under or place not in self._menus):
                menu.addSeparator()
            if spec.under:
                inside = self._menus.get(place)
                if inside is not None and spec.rule:
                    inside.addSeparator()
                menu = self._menus[place] = inside or menu.addMenu(f"&{spec.under}")
            menu.addAction(self._actions[spec.key])
        self._actions["recent"].setMenu(self._recent)
        self._actions["fetch"].setMenu(self._data)
        for keys in GROUPS:
            group = QActionGroup(self._window)
            for key in keys:
                group.addAction(self._actions[key])

    def _fill_panels(self, workspace: Workspace) -> None:
        view = self._menus["View"]
        menu = QMenu("&Panels", self._window)
        view.insertMenu(view.actions()[0], menu)
        for number, (key, dock) in enumerate(workspace.docks.items(), 1):
            action = QAction(dock.windowTitle(), self._window)
            digit = f"Ctrl+{number}" if number < 10 else f"Ctrl+Shift+{number - 10}"
            if number < 20:
                action.setShortcut(QKeySequence(digit))
            action.setToolTip(f"Show or hide {dock.windowTitle()}.")
            action.triggered.connect(partial(workspace.toggle_panel, key))
            menu.addAction(action)
            self._window.addAction(action)
            self.panels[key] = action

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Fill the menu of recent files."""
        self._recent.clear()
        for path in paths:
            action = self._recent.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open_path, path))
        self._actions["recent"].setEnabled(bool(paths))

    def show_data(self) -> None:
        """Fill the menu of data sets; those that are here need no download."""
        self._data.clear()
        for key, task in TASKS.items():
            if not task.megabytes:
                continue
            here = task.folder()
            state = "on this machine" if here else f"{task.megabytes} MB"
            action = self._data.addAction(f"{task.title} ({state})")
            action.setToolTip(f"{task.summary}\n{here or task.source}")
            action.setEnabled(here is None)
            action.triggered.connect(partial(run, partial(self._fetch, key)))

    def panel_keys(self) -> list[KeyRow]:
        """What shows each panel, for the sheet of shortcuts."""
        return [
            ("Panels", action.text(), action.shortcut().toString())
            for action in self.panels.values()
            if not action.shortcut().isEmpty()
        ]
