"""The windows beside the work: all shortcuts, and what bioviz is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from .. import __version__
from ..core.registry import TASKS
from ..ui.panel import KeyRow

if TYPE_CHECKING:
    from .plausibility_sheet import PlausibilitySheet

Background = Callable[[Callable[[], Any], Callable[[Any], None]], None]


class Sheets(QObject):
    """Makes each when it is first asked for."""

    def __init__(
        self, window: QWidget, rows: Callable[[], Sequence[KeyRow]], background: Background
    ) -> None:
        super().__init__(window)
        self._window = window
        self._rows = rows
        self._background = background
        self._keys: QDialog | None = None
        self._plausibility: PlausibilitySheet | None = None

    def show_keys(self) -> None:
        from .shortcut_sheet import ShortcutSheet

        if self._keys is None:
            self._keys = ShortcutSheet(self._rows(), self._window)
        self._keys.show()
        self._keys.raise_()

    def show_plausibility(self) -> None:
        from .plausibility_sheet import PlausibilitySheet, watch_all

        if self._plausibility is None:
            self._plausibility = PlausibilitySheet(self._window)
            self._background(watch_all, self._plausibility.show_table)
        self._plausibility.show()
        self._plausibility.raise_()

    def show_about(self) -> None:
        QMessageBox.about(
            self._window,
            "About bioviz",
            f"<h3>bioviz {__version__}</h3><p>Assemble layered networks, choose a learning rule, "
            "and watch how a brain might learn without weight transport.</p><p>MIT licence.</p>"
            f"<p>Digits 8×8: {TASKS['digits'].source}.</p>",
        )
