"""Opening, saving and leaving by way of dialogs; nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from .controller import Controller

FILTER = "bioviz sessions (*.bioviz *.json);;All files (*)"
SAVE_FILTER = "bioviz session (*.bioviz)"
TABLE_FILTER = "Comma-separated values (*.csv);;All files (*)"
SESSIONS = (".bioviz", ".json")
DATA = (".csv", ".tsv", ".txt", ".npz", ".gz", ".idx")

Then = Callable[[], None]


class Files(QObject):
    """The dialogs around the document's file."""

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._after_save: Then | None = None
        controller.saved.connect(self._on_saved)
        controller.told.connect(self._on_told)

    def open(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a session", "", FILTER)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file, once what is worked on is safe."""
        self.leaving(partial(self._controller.open, path))

    def save(self) -> None:
        """Save into the document's file, or ask for one."""
        path = self._controller.document.path
        if path is None or path.suffix != ".bioviz":
            self.save_as()
        else:
            self._controller.save(path)

    def save_as(self) -> None:
        """Ask for a file and save into it."""
        path = self._ask_where()
        if path is not None:
            self._controller.save(path)

    def export(self, name: str, make: Callable[[], str]) -> None:
        """Ask where to save what a panel shows, and write it there."""
        first = self.suggested(name)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save the table", str(first), TABLE_FILTER
        )
        if chosen:
            path = Path(chosen)
            self._controller.write(path if path.suffix else path.with_suffix(".csv"), make)

    def suggested(self, name: str) -> Path:
        """Where something of this session would be saved: beside it, and called after it."""
        return self._folder() / f"{self._stem()}-{name}"

    def leaving(self, then: Then) -> None:
        """Do `then`, but first offer to save what would be lost."""
        document = self._controller.document
        if not document.precious:
            then()
            return
        answer = self._ask_whether(document.title)
        if answer == QMessageBox.StandardButton.Discard:  # Qt gives a plain number: never `is`
            QTimer.singleShot(0, then)  # a window cannot be closed while it is asked to close
        elif answer == QMessageBox.StandardButton.Save:
            path = document.path or self._ask_where()
            if path is not None:
                self._after_save = then
                self._controller.save(path)

    def _ask_whether(self, title: str) -> QMessageBox.StandardButton:
        buttons = QMessageBox.StandardButton
        return QMessageBox.question(
            self._window,
            "Save changes?",
            f"“{title}” has changes that are not saved. Save them first?",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )

    def _ask_where(self) -> Path | None:
        first = self._folder() / f"{self._stem()}.bioviz"
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save the session", str(first), SAVE_FILTER
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".bioviz")

    def _folder(self) -> Path:
        path = self._controller.document.path
        return path.parent if path else Path.home()

    def _stem(self) -> str:
        document = self._controller.document
        return document.path.stem if document.path else _file_name(document.title)

    def _on_saved(self, _: Path) -> None:
        then, self._after_save = self._after_save, None
        if then is not None:
            then()

    def _on_told(self, severity: str, _text: str, _actions: object) -> None:
        if severity == "error":
            self._after_save = None  # the save failed: stay, so that nothing is lost


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in title)
    return "-".join(kept.lower().split()) or "network"


def dropped(event: QDropEvent) -> Path | None:
    """The one session file that is being dropped, or None."""
    path = _local(event)
    return path if path is not None and path.suffix in SESSIONS else None


def dropped_data(event: QDropEvent) -> Path | None:
    """The one file or folder of data that is being dropped, or None."""
    path = _local(event)
    if path is None or path.suffix in SESSIONS:
        return None
    known = path.suffix.lower() in DATA or path.name.endswith("ubyte")
    return path if known or path.is_dir() else None


def _local(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    one = len(urls) == 1 and urls[0].isLocalFile()
    return Path(urls[0].toLocalFile()) if one else None
